"""Writing down how agencies know people, and who works with whom."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from alongside.access.rules import Handling
from alongside.agencies.models import Team

from .facts import best_of, newer_facts
from .models import AgencyRecord, Person, Standing
from .told import Involvement, RecordKey, Told, record_key

LONDON = ZoneInfo("Europe/London")
FACTS = (
    "given_name",
    "family_name",
    "aliases",
    "date_of_birth",
    "sex",
    "postcode",
    "nhs_number",
    "upn",
    "la_child_id",
    "school_urn",
    "ethnicity",
)
MORE = ("likes_to_be_called", "language", "trusted_person", "strengths", "parents", "identifiers")


def know_people(contributions: Iterable[Any], *, at: datetime) -> Told:
    """Make or bring up to date each agency's record of each person told of."""
    mentions = [
        (one, record_key(one, n, person), person)
        for one in contributions
        for n, person in enumerate(one.told.get("people", []), start=1)
    ]
    known = _known_records({key for _, key, _ in mentions})
    fresh: dict[RecordKey, AgencyRecord] = {}
    changed: dict[int, AgencyRecord] = {}
    for contribution, key, person in mentions:
        record = known.get(key)
        if record is None:
            record = known[key] = fresh[key] = AgencyRecord(
                agency_id=key[0], system=key[1], reference=key[2], told_at=_told_at(contribution)
            )
        if (
            _bring_up_to_date(record, person, told_at=_told_at(contribution), is_open=_is_open(contribution))
            and record.pk
        ):
            changed[record.pk] = record
    AgencyRecord.objects.bulk_create(fresh.values())
    AgencyRecord.objects.bulk_update(changed.values(), [*FACTS, "more", "earlier", "told_at"], batch_size=200)
    return Told(
        records=[*fresh.values(), *changed.values()],
        involvements=[Involvement(one, known[key], person["role"]) for one, key, person in mentions],
    )


def _told_at(contribution: Any) -> datetime:
    return contribution.reported_at or contribution.occurred_at


def _known_records(keys: set[RecordKey]) -> dict[RecordKey, AgencyRecord]:
    found = AgencyRecord.objects.filter(
        agency__in={key[0] for key in keys}, reference__in={key[2] for key in keys}
    ).order_by()
    return {(one.agency_id, one.system, one.reference): one for one in found}


def _is_open(contribution: Any) -> bool:
    """Whether everyone in the child's team may read it; what was told under a closed handling is for its
    readers only, and so does not show in the banner or among those involved."""
    return contribution.handling in {Handling.PARTNERSHIP, Handling.TEAM}


def _bring_up_to_date(record: AgencyRecord, person: dict[str, Any], *, told_at: datetime, is_open: bool) -> bool:
    """True when this telling added or changed a fact. What stood before moves to `earlier`."""
    before = {name: getattr(record, name) for name in FACTS} | {"more": record.more}
    told = {name: person[name] for name in FACTS if name in person}
    told["more"] = {name: person[name] for name in MORE if name in person and is_open}
    facts, moved = newer_facts(before, told, is_newer=told_at >= record.told_at)
    if facts == before and not moved:
        return False
    for name, value in facts.items():
        setattr(record, name, value)
    if moved:
        entry = {"until": told_at.date().isoformat(), **moved}
        if entry not in record.earlier:
            record.earlier = [entry, *record.earlier]
    record.told_at = max(record.told_at, told_at)
    return True


def show_best(people: Iterable[Person]) -> None:
    """Show of each person the best of what their linked records say."""
    people = list(people)
    records: dict[int, list[AgencyRecord]] = {person.pk: [] for person in people}
    for record in AgencyRecord.objects.filter(person__in=people).order_by("-told_at", "pk"):
        records[record.person_id].append(record)
    changed = [person for person in people if _shows(person, records[person.pk])]
    Person.objects.bulk_update(changed, [*best_of([]), "stands"], batch_size=200)


def _shows(person: Person, records: list[AgencyRecord]) -> bool:
    """True when the best of the records is other than what was shown."""
    best = best_of([_facts(record) for record in records]) | {"stands": bool(records)}
    before = {name: getattr(person, name) for name in best}
    for name, value in best.items():
        setattr(person, name, value)
    return before != best


def _facts(record: AgencyRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in FACTS} | record.more


def _day(text: object) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(str(text)[:10]), time(), LONDON)
    except ValueError:
        return None


def note_standings(told: Told, *, at: datetime) -> None:
    """An involvement that a partner tells of puts its team near the child, until it is told closed."""
    wanted = [one for one in told.involvements if _gives_standing(one)]
    teams = {team.slug: team for team in Team.objects.all()} if wanted else {}
    fresh = [_standing(one, teams) for one in wanted]
    Standing.objects.bulk_create(
        {(one.person_id, one.source): one for one in fresh}.values(),
        update_conflicts=True,
        unique_fields=["person", "source"],
        update_fields=["team", "is_quiet", "role", "worker", "phone", "because", "since", "until", "level"],
    )


def _gives_standing(one: Involvement) -> bool:
    details = one.contribution.told.get("details", {})
    return one.role == "subject" and "service" in details and "status" in details


def _standing(one: Involvement, teams: dict[str, Team]) -> Standing:
    contribution, details = one.contribution, one.contribution.told["details"]
    since = _day(details.get("started_on")) or contribution.occurred_at
    until = _day(details.get("ended_on"))
    if details["status"] == "closed" and until is None:
        until = contribution.occurred_at
    if contribution.withdrawn_at:
        until = contribution.withdrawn_at
    team = teams.get(str(details.get("team", "")))
    return Standing(
        person_id=one.record.person_id,
        team=team,
        agency_id=contribution.agency_id,
        level="team",
        is_quiet=not _is_open(contribution),
        role=str(details["service"])[:120],
        worker=str(details.get("worker", ""))[:120],
        phone=str(details.get("phone", "") or (team.phone if team else ""))[:40],
        because=f"Open to {details['service']}"[:200],
        source=_source(contribution),
        since=since,
        until=max(until, since) if until else None,
    )


def move_standings(entries: Any, *, before: Person, to: Person) -> None:
    """The standings that these timeline entries gave go where their record goes."""
    told = {entry.contribution for entry in entries.select_related("contribution")}
    moving = Standing.objects.filter(person=before, source__in=[_source(one) for one in told])
    there = Standing.objects.filter(person=to).values("source")
    moving.exclude(source__in=there).update(person=to)


def _source(contribution: Any) -> str:
    return f"{contribution.agency_id}/{contribution.system}/{contribution.reference}"[:160]
