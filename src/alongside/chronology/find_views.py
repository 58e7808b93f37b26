"""Finding a child. What was typed travels by POST and is kept on the server, sealed: no name is in an address, and none
in a table that nothing is taken out of."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from alongside.access.guard import requires
from alongside.access.limits import Measure
from alongside.access.permissions import Permission
from alongside.agencies.held_back import held_back
from alongside.agencies.models import Practitioner
from alongside.ledger.models import Operation, record, record_each
from alongside.linkage.search import MOST
from alongside.people.leads import leading_first
from alongside.people.models import Person, Standing
from alongside.people.queries import Doors, doors_of, near_among, open_standings, services_named_to
from alongside.people.sealing import vault
from alongside.shared.keys import keys_in
from alongside.shared.vault import blinds_by

from .asked import asked_of, in_a_pair
from .finding import FoundChild, find_children
from .timeline_facts import timeline_facts
from .typed import keep_typed, typed

LONGEST = 200
FINDS = "finds"
# What tells how near somebody stands, and whom to call: of fifty children these are hundreds of rows.
NEEDED_OF_STANDINGS = (
    *("person", "agency", "team", "practitioner__key", "level", "is_quiet", "source", "since", "role", "phone"),
    *("agency__name", "agency__phone"),
)


@requires(Permission.FIND_CHILDREN)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The empty form; with something typed, on to a short-lived address that does not tell what."""
    if request.method != "POST":
        return render(request, "chronology/find.html", {"asked": "", "found": None})
    return redirect("find_results", keep_typed(request, request.POST.get("q", "")[:LONGEST], under=FINDS))


@requires(Permission.FIND_CHILDREN)
@require_safe
def results(request: HttpRequest, key: str) -> HttpResponse:
    """Who matches, and why, among those the reader may know of."""
    asked = typed(request, key, under=FINDS)
    if asked is None:
        return redirect("find")
    at = timezone.now()
    if instead := held_back(request, Measure.SEARCH, at=at):
        return instead
    doors = doors_of(request.user)
    found = find_children(asked, viewer=request.user, at=at, limit=MOST + 1, doors=doors)
    write_down(found[:MOST], asked=asked, by=request.user, at=at)
    context = {"asked": asked, "found": cards_of(found[:MOST], viewer=request.user, at=at, doors=doors)}
    more = {
        "has_more": len(found) > MOST,
        "most": MOST,
        "today": timezone.localdate(at),
        "nobody_found": timeline_facts().nobody_found,
    }
    return render(request, "chronology/find.html", context | more)


def write_down(found: list[FoundChild], *, asked: str, by: Practitioner, at: datetime) -> None:
    """That something was asked, and each child whose name the answer shows. What was typed is a name or a number, and
    the ledger is kept for good: of it stands a keyed hash (`asked_as`), by which somebody who looks into a search
    finds whether it was for a name that they have in mind, and nobody reads which names were sought."""
    record(Operation.VIEW, "search", by=by, at=at, asked=asked_as(asked), found=len(found))
    about = [f"person:{one.person.reference}" for one in found]
    record_each(Operation.VIEW, "search result", by=by, at=at, about=about)


def asked_as(text: str) -> str:
    """The same for the same words, however they are spaced and in capitals or not; tells nothing of them."""
    return vault().blind(_even(text))


def asked_as_ever(text: str) -> list[str]:
    """The same by every key that a search may have been kept under: those of today, and those of before, which find
    nothing else any more."""
    older = keys_in(settings.OLD_SEARCH_KEYS, name="ALONGSIDE_OLD_SEARCH_KEYS").values()
    return [*vault().blinds(_even(text)), *blinds_by(older, _even(text))]


def _even(text: str) -> str:
    return f"search {' '.join(text.split()).casefold()}"


def cards_of(found: list[FoundChild], *, viewer: Practitioner, at: datetime, doors: Doors) -> list[dict[str, Any]]:
    """Each result with what this reader may be shown of it: the child, or only whom to call."""
    people = [one.person for one in found]
    keys = [one.pk for one in people]
    paired = Person.objects.filter(in_a_pair(), pk__in=keys).values_list("pk", flat=True)
    asked = asked_of(paired, viewer=viewer, at=at)
    working = open_standings(at).filter(person__in=keys).select_related("agency", "practitioner")
    standings = list(working.only(*NEEDED_OF_STANDINGS).order_by("since", "pk"))
    near = near_among(people, viewer=viewer, standings=standings, doors=doors)
    call: dict[int, Standing] = {}
    for each in leading_first(services_named_to(viewer, standings)):
        call.setdefault(each.person_id, each)
    return [
        {
            "person": one.person,
            "why": one.why,
            "entry": one.entry,
            "near": one.person.pk in near,
            "call": call.get(one.person.pk),
            "another_asked": one.person.pk in asked,
        }
        for one in found
    ]
