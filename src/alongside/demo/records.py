"""How each agency knows somebody: its own reference, and what it wrote down, right or wrong.

Schools and social care know children well. Police and ambulance crews write what they hear at night. The
truth is kept beside it: `Registers.truth` says whose each reference is.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from .families import Person
from .names import names

# A system with fewer slips than this has a name as its owner spells it.
CAREFUL = 0.1


@dataclass(frozen=True)
class Habit:
    """What one system usually gets down. Numbers are chances from 0 to 1."""

    system: str
    prefix: str
    nhs_number: float = 0.0
    upn: float = 0.0
    la_child_id: float = 0.0
    postcode: float = 0.9
    ethnicity: float = 0.8
    slips: float = 0.1
    called: float = 0.15
    twice: float = 0.0
    scheme: str = "sde18"


HABITS = {
    "west-yorkshire-police": Habit("niche", "N", postcode=0.75, ethnicity=0.7, slips=0.3, twice=0.05),
    "leeds-city-council": Habit("mosaic", "M", nhs_number=0.5, upn=0.75, la_child_id=1, slips=0.05, scheme="dfe"),
    "leeds-teaching-hospitals": Habit("ppm", "RR8", nhs_number=0.85, slips=0.12, ethnicity=0.6, twice=0.04),
    "leeds-camhs": Habit("paris", "P", nhs_number=0.97, slips=0.06),
    "leeds-youth-justice": Habit("childview", "CV", la_child_id=0.6, slips=0.1, ethnicity=0.95),
    "leeds-education": Habit("synergy", "E", upn=0.97, la_child_id=0.2, slips=0.04, scheme="dfe"),
    "yorkshire-ambulance": Habit("epr", "Y", nhs_number=0.3, postcode=0.5, ethnicity=0.3, slips=0.35),
    "leeds-safe-team": Habit("safe-list", "S", la_child_id=0.5, slips=0.1, called=0.4),
    "catch": Habit("register", "CT", postcode=0.6, ethnicity=0.4, slips=0.25, called=0.6),
    "ed-navigators": Habit("navigator-log", "NV", nhs_number=0.4, postcode=0.6, slips=0.2, called=0.5),
}


@dataclass(frozen=True, slots=True)
class Truth:
    """Whose a reference truly is, and which slip was made when it was written down."""

    agency: str
    system: str
    reference: str
    person: str
    slip: str


@dataclass
class Registers:
    """Every agency's register of people while the city is written. Forgets a batch, keeps the counting."""

    seed: int
    counters: dict[str, int] = field(default_factory=dict)
    entries: dict[tuple[str, str, int], dict[str, Any]] = field(default_factory=dict)
    truth: list[Truth] = field(default_factory=list)

    def known_as(self, person: Person, agency: str, *, when: date) -> dict[str, Any]:
        """What this agency holds of this person: the same at each telling, but for a home they moved from."""
        time = self._which_time(person, agency, when)
        entry = self.entries.get((person.key, agency, time))
        if entry is None:
            entry = self.entries[person.key, agency, time] = self._register(person, agency, time)
        told = dict(entry)
        if person.moved_on and when < person.moved_on and "postcode" in told:
            told["postcode"] = person.earlier_postcode
        return told

    def _which_time(self, person: Person, agency: str, when: date) -> int:
        """0; or 1 where a busy desk did not find the child it knew, and began a second record."""
        twice = random.Random(f"{self.seed} twice {agency} {person.key}").random() < HABITS[agency].twice
        return when.toordinal() % 2 if twice else 0

    def _register(self, person: Person, agency: str, time: int) -> dict[str, Any]:
        habit = HABITS[agency]
        reference = f"{habit.prefix}-{100000 + self.next_number(agency) * 7}"
        draw = random.Random(f"{self.seed} {agency} {person.key} {time}")
        told, slip = written_down(person, habit, draw)
        self.truth.append(Truth(agency, habit.system, reference, person.key, slip))
        return {"reference": reference} | told

    def next_number(self, series: str) -> int:
        self.counters[series] = self.counters.get(series, 0) + 1
        return self.counters[series]

    def forget(self) -> list[Truth]:
        """Let a batch go, and give back whose each new reference was."""
        truth, self.truth, self.entries = self.truth, [], {}
        return truth


def written_down(person: Person, habit: Habit, draw: random.Random) -> tuple[dict[str, Any], str]:
    """What a system holds of a person, and the name of the slip made in writing it, if any."""
    if person.spelt_in_many_ways:
        return _spelt_in_its_own_way(person, habit, draw)
    slip = ""
    told: dict[str, Any] = {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "date_of_birth": person.born.isoformat(),
        "sex": person.sex,
    }
    if person.called and draw.random() < habit.called:
        told["given_name"], told["aliases"] = person.called, [person.full_name]
    if draw.random() < habit.slips:
        slipped, before = draw.choice(SLIPS), dict(told)
        slipped(told, draw)
        slip = slipped.__name__.strip("_") if told != before else ""
    for name in ("nhs_number", "upn", "la_child_id"):
        if person.is_child and draw.random() < getattr(habit, name):
            told[name] = getattr(person, name)
    if draw.random() < habit.postcode:
        heard_of_the_move = not person.earlier_postcode or draw.random() < 0.65
        told["postcode"] = person.postcode if heard_of_the_move else person.earlier_postcode
    if draw.random() < habit.ethnicity:
        told["ethnicity"] = _ethnicity(person, habit, draw)
    return told | (_what_matters(person, habit, draw) if person.is_child else {}), slip


def _spelt_in_its_own_way(person: Person, habit: Habit, draw: random.Random) -> tuple[dict[str, Any], str]:
    """Every number that the system may hold, the home, and the name as whoever wrote it down heard it."""
    sure = {name: float(getattr(habit, name) > 0) for name in ("nhs_number", "upn", "la_child_id")}
    careful = replace(habit, slips=0.0, called=0.0, postcode=1.0, **sure)
    told, _ = written_down(replace(person, spelt_in_many_ways=False), careful, draw)
    if habit.slips < CAREFUL:
        return told, ""
    told["given_name"] = draw.choice(names().spellings[person.given_name])
    return told, "another_spelling"


def _ethnicity(person: Person, habit: Habit, draw: random.Random) -> dict[str, str]:
    if draw.random() < 0.03:
        return {
            "scheme": habit.scheme,
            "code": {"sde18": "NS", "dfe": "REFU"}[habit.scheme],
            "stated_by": "self",
        }
    said_by = draw.choices(("self", "parent", "worker"), (60, 30, 10))[0]
    return {"scheme": habit.scheme, "code": getattr(person.heritage, habit.scheme), "stated_by": said_by}


def _what_matters(person: Person, habit: Habit, draw: random.Random) -> dict[str, Any]:
    """What those who know the child have written beside the name."""
    told: dict[str, Any] = {}
    if person.school and habit.upn and draw.random() < 0.95:
        told["school_urn"] = person.school.urn
    if person.called and draw.random() < habit.called + 0.3:
        told["likes_to_be_called"] = person.called
    if habit.upn or habit.called >= 0.4:
        told |= {"language": person.language, "parents": person.parents}
        told |= {"trusted_person": person.trusted_person, "strengths": person.strengths}
    return told


Told = dict[str, Any]


def _another_spelling(told: Told, draw: random.Random) -> None:
    for name in ("given_name", "family_name"):
        others = names().spellings.get(told[name])
        if others:
            told[name] = draw.choice(others)
            return
    _typing(told, draw)


def _typing(told: Told, draw: random.Random) -> None:
    """Two letters change places, or one is left out."""
    name = draw.choice(("given_name", "family_name"))
    text = told[name]
    at = draw.randrange(1, max(2, len(text) - 1))
    swapped = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
    told[name] = swapped if draw.random() < 0.6 and len(text) > 3 else text[:at] + text[at + 1 :]


def _names_swapped(told: Told, draw: random.Random) -> None:
    told["given_name"], told["family_name"] = told["family_name"], told["given_name"]


def _plain_letters(told: Told, draw: random.Random) -> None:
    plain = str.maketrans("łŁśńóąćężźșțăêîŚ’", "lLsnoacezzstaeiS'")
    told["family_name"] = told["family_name"].translate(plain).replace("'", "").replace("-", " ")
    told["given_name"] = told["given_name"].translate(plain)


def _day_and_month_swapped(told: Told, draw: random.Random) -> None:
    born = date.fromisoformat(told["date_of_birth"])
    if born.day <= 12:
        told["date_of_birth"] = born.replace(month=born.day, day=born.month).isoformat()
    else:
        _day_mistyped(told, draw)


def _day_mistyped(told: Told, draw: random.Random) -> None:
    born = date.fromisoformat(told["date_of_birth"])
    told["date_of_birth"] = born.replace(day=draw.choice([day for day in range(1, 29) if day != born.day])).isoformat()


def _only_a_year(told: Told, draw: random.Random) -> None:
    told["date_of_birth"] = told["date_of_birth"][: draw.choice((4, 7))]


def _no_date(told: Told, draw: random.Random) -> None:
    del told["date_of_birth"]


SLIPS = (
    _another_spelling,
    _another_spelling,
    _another_spelling,
    _typing,
    _typing,
    _names_swapped,
    _plain_letters,
    _day_and_month_swapped,
    _day_mistyped,
    _only_a_year,
    _no_date,
)
