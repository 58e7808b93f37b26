"""The first page: what is new about my children, and what became of what I sent."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alongside.access.guard import open_to_signed_in
from alongside.access.permissions import Permission
from alongside.agencies.models import Practitioner
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.kinds import kinds
from alongside.contributions.models import Contribution
from alongside.contributions.waiting import Waiting, waiting_for
from alongside.ledger import subjects
from alongside.ledger.models import Operation, record_each
from alongside.meetings.carrying import due_from
from alongside.meetings.models import MeetingAction
from alongside.people.judging import emergencies_on_my_day
from alongside.people.models import EmergencyNotice
from alongside.sharing.waiting import waiting_for as waiting_to_share
from alongside.web.context import address
from alongside.web.dates import near_day

from . import queries
from .rules import became, news_begins


@open_to_signed_in("the reader’s own first page; each child it names is in the ledger before it leaves")
@require_safe
def my_day(request: HttpRequest) -> HttpResponse:
    """What changed about my children since I was last here. Whoever has no children is led to their own page."""
    viewer, at = request.user, timezone.now()
    notices, verdicts = emergencies_on_my_day(viewer, at=at)
    given, many = waiting_to_share(viewer, at=at), queries.many_for(viewer, at=at)
    if not viewer.may(Permission.SEE_CHILDREN):
        return told_only(request, notices, given, many)
    since = news_begins(last_seen=viewer.last_seen_at, now=timezone.localtime(at))
    news = news_for(viewer, since, at=at, is_all="all" in request.GET)
    changed = news["changed"]
    emergencies = list(queries.opened_in_emergency(since, viewer=viewer, at=at))
    due, waiting = due_from(viewer), sorted([*waiting_for(viewer, at=at), *given], key=lambda one: not one.is_now)
    write_down(viewer, [*changed, *emergencies, *due, *(one.standing for one in (*notices, *verdicts))], at=at)
    context = {
        "since": since,
        "at": at,
        **news,
        "notices": notices,
        "many": many,
        "emergencies": emergencies,
        "verdicts": verdicts,
        "due": due,
        "today": timezone.localdate(at),
        "sent": [(one, title_of(one), became_of(one)) for one in queries.sent(viewer)],
        "waiting": waiting,
        "with_me": None if viewer.may(Permission.FRONT_DOOR) else queries.how_many_near(viewer, at=at),
    }
    following = next_step(changed, notices, waiting, due, today=context["today"])
    return render(request, "my_day/my_day.html", context | {"next": following})


def news_for(viewer: Practitioner, since: datetime, *, at: datetime, is_all: bool) -> dict[str, Any]:
    """What is new, as the page shows it: the latest, or as far back as the page goes."""
    most = queries.LOOKED_AT if is_all else queries.CHANGED
    changed = queries.changed_since(since, viewer=viewer, at=at, most=most)
    cut = {"there_may_be_more": len(changed) == most, "more": 0 if is_all else queries.LOOKED_AT}
    return {"changed": changed, **cut, **queries.told_apart(changed)}


def write_down(viewer: Practitioner, named: list[Any], *, at: datetime) -> None:
    """A line in the ledger for each child whom something on the page is about."""
    about = sorted({subjects.child(one.person.reference) for one in named})
    record_each(Operation.VIEW, "my day", by=viewer, at=at, about=about)


def told_only(
    request: HttpRequest, notices: list[EmergencyNotice], waiting: list[Waiting], many: list[dict[str, Any]]
) -> HttpResponse:
    """For whoever sees no child: emergency notices and who looked at much, which name none, and what was given to
    them on purpose; where there is nothing, they are led to their own page."""
    if not (notices or waiting or many):
        return redirect(first_page_of(request.user))
    write_down(request.user, [one.standing for one in notices], at=timezone.now())
    context = {"notices": notices, "waiting": waiting, "many": many}
    context |= {"first_page": first_page_of(request.user), "at": timezone.now()}
    return render(request, "my_day/told_only.html", context)


def first_page_of(viewer: Practitioner) -> str:
    """The first page of the reader's own menu that this server has, else their account."""
    menu = [item.url_name for item in viewer.navigation if item.url_name != "my_day"]
    if viewer.role == "place_worker":
        menu.insert(0, "what_i_sent")
    return next((url for url in map(address, menu) if url), reverse("my_account"))


def next_step(
    changed: list[ChronologyEntry],
    notices: list[EmergencyNotice],
    waiting: list[Waiting],
    due: list[MeetingAction],
    *,
    today: date,
) -> dict[str, str]:
    """The one thing to do: what came in urgent, or was given now, then an emergency opening to look into, then what
    waits for the reader, then what is due, else nothing."""
    urgent = next((one for one in changed if one.contribution.urgent), None)
    if urgent is not None:
        person = urgent.person
        return {
            "do": f"Read what {urgent.agency.short_name} told us now about {person.likes_to_be_called}.",
            "url": reverse("child_entry", args=[person.reference, urgent.contribution.receipt]),
            "button": "Read it",
        }
    if notices and not (waiting and waiting[0].is_now):
        do = "Say whether the emergency opening of a child’s record was fair."
        return {"do": do, "url": reverse("emergency_notice", args=[notices[0].pk]), "button": "Look into it"}
    if waiting:
        return {"do": waiting[0].do, "url": waiting[0].url, "button": waiting[0].button}
    if due and due[0].due <= today:
        do = f"{due[0].what}, about {due[0].person.likes_to_be_called}, by {near_day(due[0].due, today)}."
        return {"do": do, "url": reverse("tick_off", args=[due[0].pk]), "button": "Tick off"}
    return {}


def title_of(contribution: Contribution) -> str:
    """The kind by its name; what was told is not repeated here."""
    kind = kinds().get(contribution.kind)
    return kind.name if kind else contribution.kind


def became_of(contribution: Any) -> Any:
    return became(
        is_withdrawn=contribution.withdrawn_at is not None,
        is_newest=contribution.is_newest,
        is_pending=contribution.is_pending,
        has_gaps=bool(contribution.gaps_reason),
        is_returned=contribution.is_returned,
    )
