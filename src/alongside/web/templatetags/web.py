"""Tags and filters that every template has without loading anything (see the gallery at /components/)."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from alongside.web import dates
from alongside.web.icons import ICONS
from alongside.web.nothing import nothing as nothing_words
from alongside.web.status import status as status_of

register = template.Library()
LONGEST_MASKED_TAIL = 4


def here(when: date | datetime) -> date | datetime:
    """A moment in local time; a day, or a moment without a zone, as it is."""
    return timezone.localtime(when) if isinstance(when, datetime) and timezone.is_aware(when) else when


def local_filter(name: str, words: Callable[[Any], str]) -> None:
    """Registers a filter that says a moment in those words, and says nothing of nothing."""

    def said(when: date | datetime | None) -> str:
        return words(here(when)) if when else ""

    register.filter(name, said)


for filter_name, in_words in {
    "moment": dates.moment,
    "short_moment": dates.short_moment,
    "long_day": dates.long_day,
    "day_and_year": dates.day_and_year,
    "short_day": dates.short_day,
    "clock_time": dates.clock_time,
    "month_and_year": dates.month,
    "night": dates.night,
    "by_when": dates.by_when,
}.items():
    local_filter(filter_name, in_words)

register.filter("partial_date", dates.partial_date)
register.simple_tag(dates.age, name="age")
register.simple_tag(dates.days, name="days")
register.simple_tag(dates.near_day, name="near_day")


@register.simple_tag
def past_by(limit: datetime, now: datetime) -> str:
    """ "past by 2 days", or nothing."""
    return dates.past_by(limit, now)


@register.simple_tag(name="status")
def status_tag(of: str, state: str, more: str = "") -> SafeString:
    """The label of a state of a thing; `more` carries a time ("until 3:10am")."""
    shown = status_of(of, str(state))
    words = f"{shown.word} {more}".strip()
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', shown.colour, words)


@register.simple_tag
def nothing(kind: str, why: str = "", since: str = "") -> SafeString:
    """One of the five kinds of nothing, in words."""
    return format_html('<span class="app-quiet">{}</span>', nothing_words(kind, why, since))


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of our eight pictures; always beside a word, so hidden from those who listen."""
    return mark_safe(  # noqa: S308 - only our own drawings
        '<svg class="app-icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" '
        'stroke-width="1.75" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f'<path d="{ICONS[name]}"/></svg>'
    )


@register.simple_tag
def person_name(called: str, full: str = "") -> SafeString:
    """What someone likes to be called and, where it differs, the whole name once; whatever the script."""
    if not full or full == called:
        return format_html('<bdi dir="auto">{}</bdi>', called)
    return format_html(
        '<bdi dir="auto">{}</bdi> <span class="app-quiet">(<bdi dir="auto">{}</bdi>)</span>', called, full
    )


@register.filter
def isolated(value: object) -> SafeString:
    """Someone else's text, shown so that its direction cannot disturb the sentence around it."""
    return format_html('<bdi dir="auto">{}</bdi>', value)


def dialled(number: str) -> str:
    """The number as a phone dials it: digits, with +44 for the first 0 of a full number of ours."""
    digits = "".join(sign for sign in number if sign.isdigit())
    if number.strip().startswith("+"):
        return f"+{digits}"
    return f"+44{digits[1:]}" if len(digits) > 9 and digits.startswith("0") else digits


@register.simple_tag
def phone(number: str, whose: str = "") -> SafeString:
    """A number to press; `whose` is read out with it, so no two links sound alike."""
    if not number:
        return nothing("none_recorded")
    unseen = format_html('<span class="govuk-visually-hidden">Call {}: </span>', whose) if whose else ""
    return format_html(
        '<a class="govuk-link govuk-link--no-visited-state app-phone" href="tel:{}">{}{}{}</a>',
        dialled(number),
        icon("phone"),
        unseen,
        number,
    )


@register.inclusion_tag("web/_next_step.html")
def next_step(do: str = "", url: str = "", button: str = "", by: date | datetime | None = None) -> dict:
    """The one thing to do next, under the heading; without words it says that nothing is waiting."""
    return {"do": do, "url": url, "button": button, "by": by}


@register.inclusion_tag("web/_provenance.html")
def provenance(
    told_by: str,
    happened: date | datetime | None = None,
    told: date | datetime | None = None,
    version: int = 1,
    earlier_url: str = "",
) -> dict:
    """The foot of a fact: who told us, when it happened, when we were told, which version."""
    facts = {"told_by": told_by, "happened": happened, "told": told}
    return facts | {"version": version, "earlier_url": earlier_url}


@register.inclusion_tag("web/_masked.html", takes_context=True)
def masked(context: template.Context, label: str, value: str, show_url: str) -> dict:
    """An identifier by its last four signs, with a button whose use is recorded."""
    tail = str(value)[-LONGEST_MASKED_TAIL:] if len(str(value)) > 2 * LONGEST_MASKED_TAIL else ""
    return {"label": label, "tail": tail, "show_url": show_url, "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("web/_alert.html")
def alert(title: str, text: str = "", kind: str = "information") -> dict:
    """A standing fact about the page: information, success, warning or error; at most two a page."""
    return {"title": title, "text": text, "kind": kind}


@register.inclusion_tag("web/_error_summary.html")
def error_summary(*forms: BaseForm, takes_focus: bool = True) -> dict:
    """What has to be mended, each line a link to its field; nothing while nothing is wrong."""
    wrong = [form for form in forms if form is not None and form.errors]
    return {"forms": wrong, "takes_focus": takes_focus}


@register.simple_tag
def error_prefix(*forms: BaseForm) -> str:
    """ "Error: " for the start of the title while a form has something to mend."""
    return "Error: " if any(form is not None and form.errors for form in forms) else ""


@register.filter
def first_id(field: BoundField) -> str:
    """The id that an error must lead to: the field's own, or that of its first part."""
    suffix = getattr(field.field.widget, "first_part", "")
    return f"{field.auto_id}{suffix}"
