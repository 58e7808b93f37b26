"""Writing the timeline: every contribution enters the timeline of each person it speaks of."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from alongside.access.rules import parse_handling
from alongside.contributions.kinds import kinds
from alongside.contributions.models import Contribution
from alongside.people.models import AgencyRecord
from alongside.people.told import Involvement, Told, record_key
from alongside.shared.rows import insert_rows, with_key

from .incidents import regroup
from .models import ChronologyEntry
from .moments import day_known, group_told, lasted_until, seen_at
from .named_in import named_title
from .timeline_facts import TimelineFacts, timeline_facts
from .work import summary_told


def write_entries(told: Told, *, at: datetime) -> set[int]:
    """Write what was told onto each timeline; a newer version takes the place of the older on the page, and
    accounts of one incident find each other. Returns the records of which some telling no longer stands."""
    superseded = [one for one in told.contributions if one.version > 1 and one.is_newest]
    left, lost = _clear_older(superseded)
    regroup(left | _write(told))
    return lost | {one.record.pk for one in told.involvements if one.contribution.withdrawn_at}


def _write(told: Told) -> set[int]:
    """Whose timelines changed."""
    facts = timeline_facts()
    made = (_entry(one, facts) for one in told.involvements)
    entries = {(e.contribution_id, e.record_id, e.role): e for e in made}
    ChronologyEntry.objects.filter(contribution__in={key[0] for key in entries}).delete()
    insert_rows(entries.values())
    return {entry.person_id for entry in entries.values()}


def _clear_older(newer: Iterable[Contribution]) -> tuple[set[int], set[int]]:
    """Whose timelines the older versions were taken from, and by which records."""
    version = {one.key: one.version for one in newer}
    if not version:
        return set(), set()
    told = Contribution.objects.filter(with_key(version)).values_list("pk", "agency", "system", "reference", "version")
    # By their keys, found before: a database that has not counted its tables would look at all of them for each.
    older = ChronologyEntry.objects.filter(contribution__in=[pk for pk, *key, number in told if number < version[*key]])
    of = list(older.values_list("person_id", "record_id"))
    older.delete()
    return {person for person, _ in of}, {record for _, record in of}


def _entry(one: Involvement, facts: TimelineFacts) -> ChronologyEntry:
    contribution: Any = one.contribution
    word, readers = parse_handling(contribution.handling)
    return ChronologyEntry(
        person_id=one.record.person_id,
        record=one.record,
        contribution=contribution,
        agency_id=contribution.agency_id,
        kind=contribution.kind,
        role=one.role[:40],
        occurred_at=contribution.occurred_at,
        occurred_to=contribution.occurred_to,
        told_at=contribution.reported_at or contribution.received_at,
        version=contribution.version,
        handling=word,
        readers=f",{','.join(readers)}," if readers else "",
        withdrawn=contribution.withdrawn_at is not None,
        **_account(one, facts),
    )


def _account(one: Involvement, facts: TimelineFacts) -> dict[str, Any]:
    """What the timeline says of what happened; of somebody who is only named in it, that they were named."""
    contribution: Any = one.contribution
    envelope, kind = contribution.told, kinds()[contribution.kind]
    if one.role in facts.same_incident.not_involved:
        return {"title": named_title(kind.key, one.role)[:200]}
    place, details = envelope.get("place", {}), envelope.get("details", {})
    called = one.record.more.get("likes_to_be_called") or one.record.given_name
    return {
        "title": kind.title_for(envelope)[:200],
        "summary": summary_told(kind, envelope, called=called)[:300],
        "group": group_told(kind.key, kind.group, details, facts),
        "until": lasted_until(kind.key, details, contribution.occurred_at, facts),
        "seen_at": seen_at(kind.key, one.role, details, day_known(contribution), facts.seen),
        "place": place.get("name", place.get("postcode", ""))[:160],
        "latitude": place.get("latitude"),
        "longitude": place.get("longitude"),
    }


@transaction.atomic
def rebuild(*, at: datetime, batch: int = 2000) -> int:
    """Write every timeline anew from the contributions. Returns the number of entries."""
    ChronologyEntry.objects.all().delete()
    newest = Contribution.objects.filter(is_newest=True, pending=None).order_by("pk")
    chunk: list[Contribution] = []
    for contribution in newest.iterator(chunk_size=batch):
        chunk.append(contribution)
        if len(chunk) == batch:
            _write(_told(chunk))
            chunk = []
    _write(_told(chunk))
    regroup(ChronologyEntry.objects.order_by("person").values_list("person", flat=True).distinct())
    return ChronologyEntry.objects.count()


def _told(contributions: list[Contribution]) -> Told:
    """Whom these contributions speak of, from the records as they stand."""
    mentions = [
        (one, record_key(one, n, person), person["role"])
        for one in contributions
        for n, person in enumerate(one.told.get("people", []), start=1)
    ]
    known = AgencyRecord.objects.filter(with_key(key for _, key, _ in mentions))
    records = {(one.agency_id, one.system, one.reference): one for one in known}
    return Told(involvements=[Involvement(one, records[key], role) for one, key, role in mentions])
