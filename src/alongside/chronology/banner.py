"""What stands above every page of a child: the child before the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alongside.access.permissions import Permission
from alongside.people.ethnicity import NOT_SAID, in_words, said_by
from alongside.people.models import AgencyRecord, Person
from alongside.web.dates import years_old

from .guard import Look
from .models import ChronologyEntry
from .queries import entries_seen_by, records_seen_by
from .tellings import Telling, tellings_in
from .timeline_facts import timeline_facts
from .waits import waits_in
from .whereabouts import whereabouts_in

SEXES = {"M": "male", "F": "female", "X": "another gender"}
NUMBERS = (
    ("nhs_number", "NHS number"),
    ("upn", "Unique pupil number"),
    ("la_child_id", "Council’s child number"),
)


@dataclass(frozen=True)
class Source:
    """Who said so, to which agency, and when that agency last told us."""

    said: str
    told_by: str
    told: datetime


@dataclass(frozen=True)
class Heritage:
    """A child's ethnicity in words, and all who said so, newest first."""

    words: str
    sources: list[Source]


@dataclass(frozen=True)
class Number:
    """One identifier of a child; its value leaves only when asked for, and that is recorded."""

    key: str
    label: str
    value: str


def born(person: Person) -> date | None:
    """The whole date of birth, where it is known."""
    try:
        return date.fromisoformat(person.date_of_birth)
    except ValueError:
        return None


def heritage_of(person: Person, records: Iterable[AgencyRecord]) -> list[Heritage]:
    """What agencies were told of ethnicity, newest first; the same words from several tellers once. That somebody
    preferred not to say is said where nothing is known."""
    found: dict[str, dict[str, Source]] = {}
    for record in records:
        words = in_words(str(record.ethnicity.get("code", "")))
        said = said_by(str(record.ethnicity.get("stated_by", "")), person.likes_to_be_called)
        if words:
            found.setdefault(words, {}).setdefault(said, Source(said, record.agency.short_name, record.told_at))
    known = {words: sources for words, sources in found.items() if words != NOT_SAID}
    return [Heritage(words, list(sources.values())) for words, sources in (known or found).items()]


def numbers_of(records: Iterable[AgencyRecord]) -> list[Number]:
    """Every number that an agency knows the child by, each value once."""
    held = list(records)
    numbers = {
        (key, value): Number(key, label, value)
        for key, label in NUMBERS
        for record in held
        if (value := getattr(record, key))
    }
    references = [Number(f"reference-{one.pk}", f"{one.agency.short_name} reference", one.reference) for one in held]
    return [*numbers.values(), *references]


def strengths_of(records: Iterable[AgencyRecord]) -> str:
    """The newest word on what is strong."""
    return next((str(one.more["strengths"]) for one in records if one.more.get("strengths")), "")


def tellings_of(look: Look) -> list[Telling]:
    """What may tell where the child is, and what they wait for. What is for named people only makes no banner."""
    facts = timeline_facts()
    missing, kinds = facts.missing_now, {rule.kind for rule in facts.waits}
    kinds |= {missing.kind, *missing.after_return, facts.custody_now.kind}
    read = entries_seen_by(**look.asks).exclude(handling="restricted")
    return tellings_in(ChronologyEntry.objects.filter(person=look.person, kind__in=kinds), read=read)


def banner_for(look: Look, *, page: str, today: date) -> dict[str, Any]:
    """The context that every page of this child shares."""
    person = look.person
    records = list(records_seen_by(**look.asks))
    birthday, facts, told = born(person), timeline_facts(), tellings_of(look)
    return {
        "look": look,
        "person": person,
        "page": page,
        "records": records,
        "born": birthday,
        "today": today,
        "may_restrict": look.viewer.may(Permission.RESTRICT_CHILDREN),
        "is_adult": birthday is not None and years_old(birthday, today) >= 18,
        "sex": SEXES.get(person.sex, ""),
        "heritage": heritage_of(person, records),
        "strengths": strengths_of(records),
        "whereabouts": whereabouts_in(told, facts, at=look.at),
        "waits": waits_in(told, facts.waits),
    }
