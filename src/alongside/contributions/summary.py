"""What is about to be sent, as its writer reads it through."""

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.text import capfirst

from alongside.web import dates
from alongside.web.partial_date import PartialDate

from .form_fields import SchoolField
from .forms import HANDLING
from .kinds import ROLES, kinds
from .models import Contribution, Draft
from .telling import Telling, names_of
from .voices import voice_label

Row = dict[str, str]
HANDLING_WORDS = dict(HANDLING)


def sections(telling: Telling, draft: Draft) -> list[tuple[str, list[Row]]]:
    """(heading, rows) for each step that was answered; each row links to where it can be changed."""
    shown = []
    for step in telling.kind.steps[:-1]:
        change = reverse("tell_step", args=[draft.kind, draft.key, step.key])
        if step.key == "who":
            called = names_of(telling.kind, draft.answers)
            for name, form in zip(called, telling.people, strict=True):
                shown.append((name, _rows(form, change)))
        shown.append((step.title, _rows(telling.steps[step.key], change)))
    return [(heading, rows) for heading, rows in shown if rows]


def told_rows(sent: Contribution, *, all_answers: bool = False) -> list[Row]:
    """What was told, as its author or their supervisor reads it again. `all_answers`: also those that protect
    whoever told."""
    kind, told = kinds()[sent.kind], sent.told
    facts = [
        ("When", capfirst(sent.happened)),
        ("Where", " ".join(told.get("place", {}).get(name, "") for name in ("name", "postcode")).strip()),
        *(fact for person in told.get("people", []) for fact in (_who(person), _said(sent.kind, person))),
        (kind.narrative, told.get("narrative", "")),
        *kind.shown(told.get("details", {}), all_answers=all_answers),
        ("Who may read it", HANDLING_WORDS.get(sent.handling, sent.handling)),
        ("Why something is missing", sent.gaps_reason),
    ]
    return [{"label": label, "value": value} for label, value in facts if value]


def names_in(told: Contribution) -> list[str]:
    """Who is told of, by name, as their teller wrote it."""
    people = [_who(person)[1] for person in told.told.get("people", [])]
    return list(dict.fromkeys(people))


def who_in(told: Contribution) -> list[str]:
    """Each person told of, in their order: their part in it, and their name as their teller wrote it."""
    return [": ".join(_who(person)) for person in told.told.get("people", [])]


def _who(person: dict[str, Any]) -> tuple[str, str]:
    """Their part in it; then what they are called, their whole name and date of birth."""
    whole = " ".join(person.get(name, "") for name in ("given_name", "family_name")).strip()
    called = person.get("likes_to_be_called", "")
    born = f"born {dates.partial_date(person['date_of_birth'])}" if person.get("date_of_birth") else ""
    return ROLES[person["role"]], ", ".join(dict.fromkeys(filter(None, (called, whole, born)))) or "No name told"


def _said(kind: str, person: dict[str, Any]) -> tuple[str, str]:
    called = person.get("likes_to_be_called") or person.get("given_name") or ROLES[person["role"]]
    return f"{called}: {voice_label(kind)}", person.get("childs_words", "")


def _rows(form: forms.Form, change: str) -> list[Row]:
    if not form.is_bound:
        return []
    return [
        {"label": str(form[name].label), "value": words, "change_url": f"{change}#{form[name].auto_id}"}
        for name in form.fields
        if (words := _words(form, name))
    ]


def _words(form: forms.Form, name: str) -> str:
    value, field = form.cleaned_data.get(name), form.fields[name]
    if value in (None, "", []):
        return ""
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, date):
        return dates.day_and_year(value)
    if isinstance(field, forms.ChoiceField):
        return _chosen(field, value)
    if isinstance(field, SchoolField):
        return field.words(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _chosen(field: forms.ChoiceField, value: Any) -> str:
    labels = {}
    for code, label in field.choices:
        labels |= dict(label) if isinstance(label, list | tuple) else {code: label}
    codes = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(code, code)) for code in codes)
