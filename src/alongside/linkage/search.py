"""Finding a child by name, nickname, sound, part of a date or a number, among those the reader may know of."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from rapidfuzz.distance import OSA, JaroWinkler

from alongside.agencies.models import Practitioner
from alongside.people.models import AgencyRecord, NameKey, Person
from alongside.people.queries import Doors, children_seen_by, doors_of

from .asking import Asked, read_asked
from .names import roots, tokens
from .record import number_keys, told_to_few
from .sounds import may_be_meant, name_keys

MOST = 50
# As many as this are looked at one by one from each way in.
LOOKED_AT = 100
# With no more than this found, as many again are sought by how their name begins, from that many letters on.
FEW, BEGINNING = 20, 4
# From here on a name is common, and how common does not matter.
COMMON = 10_000
EXACT, NICKNAME, SOUNDS, CLOSE, CLOSE_ENOUGH, LEAST = 100.0, 96.0, 94.0, 80.0, 60.0, 50.0

Keys = frozenset[str]
# Sets of keys of which a record must have one of each.
Way = tuple[Keys, ...]

# What is looked at of each record, and no more: making whole records took half of a search's time.
LOOKED_AT_IN = ("person_id", "given_name", "family_name", "aliases", "earlier", "more", "date_of_birth")
# Sealed at rest, and so opened one by one: only where a number was typed.
NUMBERS_IN = ("nhs_number", "upn", "la_child_id", "reference")


@dataclass(frozen=True)
class Found:
    """A person and, in words, why they match."""

    person: Person
    why: tuple[str, ...]
    likeness: float


@dataclass(frozen=True)
class Match:
    """Why a person matches, before they are fetched."""

    person_id: int
    why: tuple[str, ...]
    likeness: float


def nothing() -> Q:
    return Q(pk__in=())


def find(
    text: str,
    *,
    viewer: Practitioner,
    at: datetime,
    limit: int = MOST,
    doors: Doors | None = None,
    readable: Callable[[], Q] = nothing,
) -> list[Found]:
    """People the viewer may know of who match what was typed, the likest first. `doors`: the viewer's, where they were
    looked up. `readable`: of a name key, whether the viewer may read something that its record was told by; a record
    that was told to a few alone is found by nobody else."""
    asked = read_asked(text)
    if not asked:
        return []
    seen = children_seen_by(viewer, at=at, doors=doors or doors_of(viewer))
    best = {match.person_id: match for match in _by_reference(asked, seen)}
    for record in _candidates(asked, seen, readable):
        match = judged(asked, record)
        if match and (match.person_id not in best or best[match.person_id].likeness < match.likeness):
            best[match.person_id] = match
    likest = sorted(best.values(), key=lambda match: -match.likeness)
    # Those as like as the last one shown are fetched too, for names decide between them.
    least = likest[min(limit, len(likest)) - 1].likeness if likest else 0.0
    people = Person.objects.in_bulk([match.person_id for match in likest if match.likeness >= least])
    found = [Found(people[one.person_id], one.why, one.likeness) for one in likest if one.person_id in people]
    return sorted(found, key=lambda one: (-one.likeness, str(one.person.full_name), one.person.pk))[:limit]


def _by_reference(asked: Asked, seen: QuerySet[Person]) -> list[Match]:
    people = seen.filter(reference__in=asked.numbers).values_list("pk", flat=True) if asked.numbers else ()
    return [Match(person, ("our reference is the same",), EXACT + 2) for person in people]


def _candidates(asked: Asked, seen: QuerySet[Person], readable: Callable[[], Q]) -> Iterable[Any]:
    """Records worth looking at one by one: whoever has a number that was typed, then by names and dates."""
    names = {word: frozenset(name_keys(word)) for word in asked.words}
    numbers = [key for number in asked.numbers for key in number_keys(number)]
    born = [f"born:{day}" for day in asked.dates]
    index = Index(seen, readable, {*numbers, *born}.union(*names.values()))
    found = dict.fromkeys(pk for number in numbers for pk in index.sharing((frozenset([number]),)))
    names = index.rarest_first(names)
    words, meant = tuple(names), tuple(names.values())
    # Few records share two names, however they are written: all of those hold what any narrower way would find.
    if len(words) > 1 and len(shared := index.sharing(meant)) < LOOKED_AT:
        found |= dict.fromkeys(shared)
    else:
        found |= _narrowest_first(_ways_in(asked, words, meant, index), index)
    if not found and len(words) > 1:
        # One word may be mistaken: whoever has any other of them.
        found |= _narrowest_first(((keys,) for keys in meant), index)
    if len(found) <= FEW and len(words) == 1:
        found |= dict.fromkeys(index.beginning(words[0]))
    columns = (*LOOKED_AT_IN, *NUMBERS_IN) if asked.numbers else LOOKED_AT_IN
    return AgencyRecord.objects.filter(pk__in=found).order_by("pk").values_list(*columns, named=True)


def _ways_in(asked: Asked, words: Sequence[str], meant: Way, index: "Index") -> Iterator[Way]:
    """From the narrowest way in to the widest: the words as typed, then as they may be meant; with the dates first,
    then without."""
    exact = tuple(frozenset([f"word:{word}"]) for word in words)
    born = tuple(frozenset([f"born:{day}"]) for day in asked.dates)
    if born:
        # A month or a day is rarer than most names; a year is not, but than whatever sounds as a common name.
        early = len(asked.dates[0]) > len("2010")
        yield (*born, *exact) if early else (*exact, *born)
        yield (*born, *meant) if early or all(map(index.is_common, meant)) else (*meant, *born)
    if exact:
        yield exact
        yield meant


def _narrowest_first(ways: Iterable[Way], index: "Index") -> dict[int, None]:
    """Records by one way in after the other, until there are enough."""
    found: dict[int, None] = {}
    for way in ways:
        if len(found) > MOST:
            break
        found |= dict.fromkeys(index.sharing(way))
    return found


class Index:
    """Looks into the index of names, for records of people whom a reader may know of; each look made once."""

    def __init__(self, seen: QuerySet[Person], readable: Callable[[], Q], keys: Iterable[str]) -> None:
        self._seen, self._readable = seen, readable
        # Few records were told to a few alone: who may read one is a long question, asked where one may be meant.
        self._asks_readers = _holders(told_to_few(keys)).exists()
        self._counted: dict[Keys, int] = {}
        self._shared: dict[Way, list[int]] = {}

    def rarest_first(self, names: dict[str, Keys]) -> dict[str, Keys]:
        """Each word with the keys of all that it may mean; the word that the fewest records share leads, for the others
        are only looked up for its records."""
        return dict(sorted(names.items(), key=lambda name: self._count(name[1]))) if len(names) > 1 else names

    def is_common(self, name: Keys) -> bool:
        return self._count(name) == COMMON

    def _count(self, name: Keys) -> int:
        """How many records share a name, up to where it does not matter."""
        if name not in self._counted:
            self._counted[name] = _holders(name)[:COMMON].count()
        return self._counted[name]

    def sharing(self, way: Way) -> list[int]:
        """Some hundred records that have a key of each set: a look that stops there, however many share a name."""
        if way not in self._shared:
            self._shared[way] = self._known(_sharing(way), LOOKED_AT)
            if self._asks_readers:
                few = _sharing(tuple(frozenset(told_to_few(keys)) for keys in way))
                self._shared[way] += self._known(few.filter(self._readable()), LOOKED_AT)
        return self._shared[way]

    def beginning(self, word: str) -> list[int]:
        """A few records with a name that begins so; of Latin letters only."""
        if len(word) < BEGINNING:
            return []
        found = self._known(_begins(f"word:{word}"), FEW)
        few = _begins(*told_to_few([f"word:{word}"]))
        return found + (self._known(few.filter(self._readable()), FEW) if few.exists() else [])

    def _known(self, keys: QuerySet[NameKey], most: int) -> list[int]:
        known = keys.filter(Exists(self._seen.filter(pk=OuterRef("record__person"))))
        return list(known.order_by().values_list("record", flat=True).distinct()[:most])


def _holders(keys: Set[str]) -> QuerySet[NameKey]:
    return NameKey.objects.filter(key__in=keys)


def _begins(key: str) -> QuerySet[NameKey]:
    return NameKey.objects.filter(key__gt=key, key__lt=f"{key}zzzz")


def _sharing(terms: Way) -> QuerySet[NameKey]:
    leading, *others = terms
    keys = _holders(leading).alias(whose=F("record") + 0)
    for other in others:
        if len(other) > 1:
            # As a set made once: looked up for each record of a common name, several keys are thousands of looks.
            # The sum keeps SQLite from turning the set into such looks again.
            keys = keys.filter(whose__in=_holders(other).values("record"))
        else:
            keys = keys.filter(Exists(_holders(other).filter(record=OuterRef("record"))))
    return keys


def judged(asked: Asked, record: Any) -> Match | None:
    """How like this record (its LOOKED_AT_IN, and NUMBERS_IN where a number was typed) is to what was typed, and why;
    nothing where too little is."""
    if record.person_id is None:
        return None
    number = _number_of(asked, record) if asked.numbers else ""
    if number:
        return Match(record.person_id, (number,), EXACT + 1)
    known_as = [word for name in _names_of(record) for word in tokens(name)]
    words = [likeness(word, known_as) for word in asked.words]
    name = sum(score for score, _ in words) / len(words) if words else LEAST
    dates = [_of_date(day, record.date_of_birth) for day in asked.dates]
    if name < LEAST or not any([why for _, why in words] or dates):
        return None
    # A date that was typed and differs counts against, but never hides: dates are often mistaken.
    date = sum(5.0 if why else -10.0 for why in dates)
    reasons = [*(why for _, why in words), *dates]
    return Match(record.person_id, tuple(dict.fromkeys(why for why in reasons if why)), name + date)


def _names_of(record: Any) -> list[str]:
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
    # Somebody who types a nickname means its name, before whatever sounds as short.
    is_form = bool(set(roots(word)) & set(roots(name)))
    if may_be_meant(word, name):
        return (NICKNAME if is_form else SOUNDS) + alike, f"sounds like “{word}”"
    if is_form:
        return NICKNAME, f"a form of “{word}”"
    if len(word) >= BEGINNING and name.startswith(word):
        return CLOSE, f"begins with “{word}”"
    score = CLOSE * alike
    few = max(1, min(len(word), len(name)) // 3)
    slip = score >= CLOSE_ENOUGH and OSA.distance(word, name, score_cutoff=few) <= few
    return score, f"close to “{word}”" if slip else ""


def _number_of(asked: Asked, record: Any) -> str:
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
    if day.startswith("--") and born[4:] == day[1:]:
        return "the day and month of birth"
    if len(day) == len(born) == 10 and day[:4] == born[:4] and day[5:7] == born[8:] and day[8:] == born[5:7]:
        return "the date of birth, day and month the other way round"
    return ""
