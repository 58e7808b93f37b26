"""Finding a child by name, nickname, sound, part of a date or a number, among those the reader may know of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from rapidfuzz.distance import JaroWinkler

from alongside.agencies.models import Practitioner
from alongside.people.models import AgencyRecord, NameKey, Person
from alongside.people.queries import children_seen_by

from .asking import Asked, read_asked
from .names import roots, tokens
from .sounds import name_keys, sound_alike

MOST = 50
# Of those that share the most keys, as many as this are looked at one by one.
LOOKED_AT = 200
EXACT, SOUNDS, NICKNAME, CLOSE, LEAST = 100.0, 94.0, 92.0, 80.0, 60.0


@dataclass(frozen=True)
class Found:
    """A person and, in words, why they match."""

    person: Person
    why: tuple[str, ...]
    likeness: float


def find(text: str, *, viewer: Practitioner, at: datetime, limit: int = MOST) -> list[Found]:
    """People the viewer may know of who match what was typed, the likest first."""
    asked = read_asked(text)
    if not asked:
        return []
    seen = children_seen_by(viewer, at=at)
    best: dict[int, Found] = {found.person.pk: found for found in _by_reference(asked, seen)}
    for record in _candidates(asked, seen):
        found = judged(asked, record)
        if found and (found.person.pk not in best or best[found.person.pk].likeness < found.likeness):
            best[found.person.pk] = found
    ranked = sorted(best.values(), key=lambda one: (-one.likeness, str(one.person.full_name), one.person.pk))
    return ranked[:limit]


def _by_reference(asked: Asked, seen: QuerySet[Person]) -> list[Found]:
    people = seen.filter(reference__in=asked.numbers) if asked.numbers else ()
    return [Found(person, ("our reference is the same",), EXACT + 2) for person in people]


def _candidates(asked: Asked, seen: QuerySet[Person]) -> list[AgencyRecord]:
    """Records that share the most keys with what was typed, found in the index alone."""
    named = {key for word in asked.words for key in name_keys(word)}
    born = {f"born:{day}" for day in asked.dates}
    numbers = {f"number:{number}" for number in asked.numbers}
    must = named | numbers or born
    keys = NameKey.objects.filter(key__in=must | born, record__person__in=seen).order_by()
    counted = keys.values("record").annotate(
        asked_for=Count("pk", filter=Q(key__in=must)),
        # An empty list here would make Django drop the whole query; no key is "".
        sure=Count("pk", filter=Q(key__in=numbers or {""})),
        shared=Count("pk"),
    )
    likely = counted.filter(asked_for__gt=0).order_by(-F("sure"), -F("shared"), "record")
    records = list(likely.values_list("record", flat=True)[:LOOKED_AT])
    return list(AgencyRecord.objects.filter(pk__in=records).select_related("person"))


def judged(asked: Asked, record: AgencyRecord) -> Found | None:
    """How like this record is to what was typed, and why; nothing where too little is."""
    if record.person is None:
        return None
    number = _number_of(asked, record)
    if number:
        return Found(record.person, (number,), EXACT + 1)
    known_as = [word for name in _names_of(record) for word in tokens(name)]
    words = [likeness(word, known_as) for word in asked.words]
    name = sum(score for score, _ in words) / len(words) if words else LEAST
    dates = [_of_date(day, record.date_of_birth) for day in asked.dates]
    if name < LEAST or (not words and not any(dates)):
        return None
    # A date that was typed and differs counts against, but never hides: dates are often mistaken.
    date = sum(5.0 if why else -10.0 for why in dates)
    reasons = [*(why for _, why in words), *dates]
    return Found(record.person, tuple(dict.fromkeys(why for why in reasons if why)), name + date)


def _names_of(record: AgencyRecord) -> list[str]:
    earlier = [str(old[part]) for old in record.earlier for part in ("given_name", "family_name") if part in old]
    called = str(record.more.get("likes_to_be_called") or "")
    return [record.given_name, record.family_name, called, *record.aliases, *earlier]


def likeness(word: str, known_as: Iterable[str]) -> tuple[float, str]:
    """The best that one typed word does against the words of a name, and why."""
    return max((_pair(word, name) for name in known_as), default=(0.0, ""))


def _pair(word: str, name: str) -> tuple[float, str]:
    if word == name:
        return EXACT, f"the name “{word}”"
    alike = JaroWinkler.similarity(word, name)
    if sound_alike(word, name):
        return SOUNDS + alike, f"sounds like “{word}”"
    if set(roots(word)) & set(roots(name)):
        return NICKNAME, f"a form of “{word}”"
    score = CLOSE * alike
    return score, f"close to “{word}”" if score >= LEAST else ""


def _number_of(asked: Asked, record: AgencyRecord) -> str:
    held = {
        record.nhs_number: "the NHS number",
        record.upn: "the pupil number",
        record.la_child_id: "the council’s number",
        record.reference.upper(): "an agency’s reference",
    }
    return next((f"{words} is the same" for value, words in held.items() if value and value in asked.numbers), "")


def _of_date(day: str, born: str) -> str:
    """Why a date matches: as far as both are known, or with day and month the wrong way round."""
    if born and (born.startswith(day) or day.startswith(born)):
        return {4: "the year of birth", 7: "the month of birth"}.get(len(day), "the date of birth")
    if len(day) == len(born) == 10 and day[:4] == born[:4] and day[5:7] == born[8:] and day[8:] == born[5:7]:
        return "the date of birth, day and month the other way round"
    return ""
