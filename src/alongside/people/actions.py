"""Writing down how agencies know people."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from alongside.shared.rows import update_rows, with_key

from .facts import best_of, newer_facts
from .models import AgencyRecord, Person
from .told import Involvement, RecordKey, Told, is_open, record_key

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
NAMED = ("given_name", "family_name", "date_of_birth")
# The record's name was told to a few, and is shown because it has no other: a key among the closed facts.
LENT = "lent"
KEPT = (*FACTS, "more", "earlier", "closed", "is_told", "told_at")
MORE = ("likes_to_be_called", "language", "trusted_person", "strengths", "parents", "identifiers")


def know_people(contributions: Iterable[Any], *, at: datetime) -> Told:
    """Make or bring up to date each agency's record of each person told of, by the newest versions alone."""
    contributions = list(contributions)
    mentions = [
        (one, record_key(one, n, person), person)
        for one in contributions
        if one.is_newest
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
        if _hear(record, contribution, person) and record.pk:
            changed[record.pk] = record
    AgencyRecord.objects.bulk_create(fresh.values())
    update_rows(changed.values(), KEPT)
    return Told(
        records=[*fresh.values(), *changed.values()],
        involvements=[Involvement(one, known[key], person["role"]) for one, key, person in mentions],
        contributions=contributions,
    )


def know_anew(tellings: Mapping[AgencyRecord, Iterable[Any]], *, at: datetime) -> list[AgencyRecord]:
    """Make each record say what these contributions say of them and no more: something that told of them was
    corrected or taken back. Returns the records."""
    for record, contributions in tellings.items():
        name, is_lent = {part: getattr(record, part) for part in NAMED}, LENT in record.closed
        standing = [one for one in contributions if one.withdrawn_at is None]
        _forget(record)
        record.is_told = bool(contributions)
        in_order = sorted(standing, key=lambda one: (_told_at(one), one.pk))
        record.told_at = _told_at(in_order[0]) if in_order else record.told_at
        for one in in_order:
            for n, person in enumerate(one.told.get("people", []), start=1):
                if record_key(one, n, person) == (record.agency_id, record.system, record.reference):
                    _hear(record, one, person)
        if contributions and not standing:
            # What was taken back stays on the timeline as such, and has to say of whom.
            for part, said in name.items():
                setattr(record, part, said)
            if is_lent or not any(map(is_open, contributions)):
                record.closed = {LENT: True}
    update_rows(tellings, KEPT)
    return list(tellings)


def _forget(record: AgencyRecord) -> None:
    blank = AgencyRecord()
    for name in (*FACTS, "more", "earlier", "closed"):
        setattr(record, name, getattr(blank, name))


def _told_at(contribution: Any) -> datetime:
    return contribution.reported_at or contribution.occurred_at


def _known_records(keys: set[RecordKey]) -> dict[RecordKey, AgencyRecord]:
    found = AgencyRecord.objects.filter(with_key(keys)).order_by()
    return {(one.agency_id, one.system, one.reference): one for one in found}


def _hear(record: AgencyRecord, contribution: Any, person: dict[str, Any]) -> bool:
    """True when this telling added or changed a fact."""
    told_at, was_told, record.is_told = _told_at(contribution), record.is_told, True
    hear = _hear_openly if is_open(contribution) else _hear_closely
    changed = hear(record, person, told_at)
    record.told_at = max(record.told_at, told_at) if changed else record.told_at
    return changed or not was_told


def _hear_openly(record: AgencyRecord, person: dict[str, Any], told_at: datetime) -> bool:
    """What stood before moves to `earlier`."""
    if record.closed.pop(LENT, None):
        for part in NAMED:
            setattr(record, part, "")
    before = {name: getattr(record, name) for name in FACTS} | {"more": record.more}
    told = {name: person[name] for name in FACTS if name in person}
    told["more"] = {name: person[name] for name in MORE if name in person}
    facts, moved = newer_facts(before, told, is_newer=told_at >= record.told_at)
    if facts == before and not moved:
        return False
    for name, value in facts.items():
        setattr(record, name, value)
    if moved:
        entry = {"until": told_at.date().isoformat(), **moved}
        if entry not in record.earlier:
            record.earlier = [entry, *record.earlier]
    return True


def _hear_closely(record: AgencyRecord, person: dict[str, Any], told_at: datetime) -> bool:
    """Kept apart, for linkage. Only the name and date of birth are lent to a record that has no name of its own."""
    blank = {name: getattr(AgencyRecord(), name) for name in FACTS}
    before = blank | {name: value for name, value in record.closed.items() if name in FACTS}
    told = {name: person[name] for name in FACTS if name in person}
    facts, _ = newer_facts(before, told, is_newer=told_at >= record.told_at)
    kept = {name: value for name, value in facts.items() if value}
    is_lent = LENT in record.closed or not (record.given_name or record.family_name)
    after = kept | ({LENT: True} if is_lent else {})
    if after == record.closed:
        return False
    record.closed = after
    if is_lent:
        for part in NAMED:
            setattr(record, part, kept.get(part, ""))
    return True


def show_best(people: Iterable[Person]) -> None:
    """Show of each person the best of what their linked records say."""
    people = list(people)
    records: dict[int, list[AgencyRecord]] = {person.pk: [] for person in people}
    for record in AgencyRecord.objects.filter(person__in=people).order_by("-told_at", "pk"):
        records[record.person_id].append(record)
    changed = [person for person in people if _shows(person, records[person.pk])]
    update_rows(changed, [*best_of([]), "stands"])


def _shows(person: Person, records: list[AgencyRecord]) -> bool:
    """True when the best of the records is other than what was shown."""
    told = [record for record in records if record.is_told]
    best = best_of([_facts(record) for record in _own_names_first(told)]) | {"stands": bool(told)}
    before = {name: getattr(person, name) for name in best}
    for name, value in best.items():
        setattr(person, name, value)
    return before != best


def _own_names_first(told: list[AgencyRecord]) -> list[AgencyRecord]:
    """Records with a name of their own; where there are none, those to which one that was told to a few is lent."""
    own = [record for record in told if LENT not in record.closed]
    return own if any(record.given_name or record.family_name for record in own) else told


def _facts(record: AgencyRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in FACTS} | record.more
