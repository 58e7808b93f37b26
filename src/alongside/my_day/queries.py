"""What is new to a practitioner since they last signed in, and what became of what they sent."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, QuerySet, When
from django.utils.timezone import localdate

from alongside.access.permissions import Permission
from alongside.access.queries import measure_of, much_looked_at
from alongside.access.rules import Handling
from alongside.agencies.governance import agencies_of_office, alone_in_office
from alongside.agencies.models import Practitioner
from alongside.chronology.models import ChronologyEntry
from alongside.chronology.queries import entries_seen_by
from alongside.contributions.models import Contribution, SupervisorLook
from alongside.contributions.queries import sent_by, with_open
from alongside.contributions.supervision import with_the_last_look
from alongside.contributions.unfiled import closed_since
from alongside.people.judging import OPENED
from alongside.people.models import Standing
from alongside.people.queries import children_near, near_the_child

CHANGED, SENT = 25, 10
# Entries of one page of changes; a busy front door reads the rest in the briefing and on the children's pages.
LOOKED_AT = 200
# An agency may report late, and that is news; what was told longer ago came with a whole register, and is not.
TOLD_WITHIN = timedelta(days=28)
FEW = 200
MANY_SHOWN_FOR = timedelta(days=7)


def changed_since(since: datetime, *, viewer: Practitioner, at: datetime, most: int = CHANGED) -> list[ChronologyEntry]:
    """What came in since then about children near the viewer, or that names the viewer, told latest first,
    without what they sent themselves. `is_near`: whether the child's own pages open to them; `reached_us`: when it came
    in, of what was told before the day that the list begins with."""
    told: dict[tuple[int, int], ChronologyEntry] = {}
    for entry in _told_lately(since, viewer=viewer, at=at):
        fresh = entry.contribution.received_at > since and entry.contribution.author_id != viewer.pk
        if fresh:
            is_older = localdate(entry.told_at) < localdate(since)
            entry.reached_us = entry.contribution.received_at if is_older else None
            told.setdefault((entry.person_id, entry.contribution_id), entry)
    return sorted(told.values(), key=lambda entry: (entry.told_at, entry.pk), reverse=True)[:most]


def by_child(changed: list[ChronologyEntry]) -> list[list[ChronologyEntry]]:
    """The same, what is new of one child together; the child of whom was told last comes first."""
    of: dict[int, list[ChronologyEntry]] = {}
    for entry in changed:
        of.setdefault(entry.person_id, []).append(entry)
    return list(of.values())


def _told_lately(since: datetime, *, viewer: Practitioner, at: datetime) -> list[ChronologyEntry]:
    """Entries among which the news is. The few children of most readers are looked up one by one; for a reader
    with many, the latest entries are asked whether they may be read."""
    near = near_the_child(viewer, at=at, person="person")
    lately = (
        entries_seen_by(viewer, at=at)
        .filter(told_at__gt=since - TOLD_WITHIN)
        .annotate(is_near=Case(When(near, then=True), default=False))
        .select_related("person", "agency", "contribution")
        .defer("contribution__told")
        .order_by("-told_at", "-pk")
    )
    children = list(children_near(viewer, at=at).order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(children) > FEW:
        return list(lately[:LOOKED_AT])
    named = lately.filter(handling=Handling.RESTRICTED)
    return [*lately.filter(person__in=children)[:LOOKED_AT], *named[:LOOKED_AT]]


def opened_in_emergency(since: datetime, *, viewer: Practitioner, at: datetime) -> QuerySet[Standing]:
    """Who opened, since then, the record of a child near the viewer in an emergency, but for what the viewer was
    told of in a notice of their own."""
    return (
        Standing.objects.filter(OPENED, practitioner__isnull=False)
        .filter(since__gt=since, since__lte=at)
        .filter(near_the_child(viewer, at=at, person="person"))
        .exclude(practitioner=viewer)
        .exclude(notices__told=viewer)
        .select_related("person", "practitioner", "agency")
        .order_by("-since", "-pk")[:CHANGED]
    )


def sent(viewer: Practitioner) -> list[Contribution]:
    """The latest that the viewer sent, with whether it still waits to be filed (`is_pending`) and whether a
    supervisor returned it (`is_returned`): said to nobody to whom it is closed since."""
    latest = list(with_open(viewer, with_the_last_look(sent_by(viewer))).defer("told")[:SENT])
    returned = {one for one in latest if one.stands and one.outcome == SupervisorLook.Outcome.RETURNED}
    closed = closed_since(viewer, returned)
    for one in latest:
        one.is_pending = hasattr(one, "pending")
        one.is_returned = one in returned and one.pk not in closed
    return latest


def how_many_near(viewer: Practitioner, *, at: datetime) -> int:
    return children_near(viewer, at=at).count()


def told_apart(changed: list[ChronologyEntry]) -> dict[str, Any]:
    """What is new child by child (`children`); who of them like to be called the same (`alike`), to whom the family
    name is added; and of whom that is the same too (`namesakes`), to whom the date of birth is."""
    people = {entry.person_id: entry.person for entry in changed}
    called = {pk: person.likes_to_be_called for pk, person in people.items()}
    named = {pk: f"{called[pk]} {person.family_name}" for pk, person in people.items()}
    return {"children": by_child(changed), "alike": _alike(called), "namesakes": _alike(named)}


def _alike(names: dict[int, str]) -> set[int]:
    often = Counter(names.values())
    return {pk for pk, name in names.items() if often[name] > 1}


def many_for(viewer: Practitioner, *, at: datetime) -> list[dict[str, object]]:
    """For whoever governs information at an agency, and for those where nobody does or one who cannot judge themselves:
    who of them looked at more than is usual, and why, in a week. `of`: their agency, where it is another."""
    if not viewer.may(Permission.HEAR_EMERGENCIES):
        return []
    agencies = dict(agencies_of_office(viewer).values_list("slug", "short_name"))
    alone = list(alone_in_office(viewer))
    people = [one.key for one in alone]
    others = {one.agency_id: one.agency.short_name for one in alone} | agencies | {viewer.agency_id: ""}
    return [
        {
            "who": one.actor_name,
            "of": others[one.agency],
            "at": one.at,
            "in_words": measure_of(one),
            "because": one.purpose,
        }
        for one in much_looked_at(agencies=agencies, people=people, since=at - MANY_SHOWN_FOR)[:CHANGED]
    ]
