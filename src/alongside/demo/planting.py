"""What every city holds for certain: the practice studies, twins, a father and son of one name, a move.

Each is written to `planted.json` with the keys that `people.csv` uses, so that a measurement can find them.
"""

import random
from collections.abc import Callable
from datetime import timedelta

from . import details, events, helping, words
from .families import Family, Person
from .practice_studies import ELLIS, KAI, for_improvement, highly_effective
from .telling import Batch, at_clock, school_day, working_day

# Longer than any agency keeps what was seen at a place.
LONG_AGO = timedelta(days=3 * 366)
STUDIES = ((highly_effective, KAI), (for_improvement, ELLIS))


def tell_of_the_planted(batch: Batch) -> set[str]:
    """Tell of them, note them, and give the keys of the children whose whole year has been told."""
    for family in batch.families:
        for what in family.planted:
            _note(batch, what, family, WHO[what](family))
            if what in TELLINGS:
                TELLINGS[what](batch, family)
    if not batch.told_apart:
        return set()
    for family, (story, name) in zip(batch.families, STUDIES, strict=False):
        story(batch, family.children[0])
        _note(batch, f"practice study: {name}", family, [family.children[0]])
    _assault_told_by_three(batch)
    return {family.children[0].key for family in batch.families[:2]}


def seen_long_ago(batch: Batch) -> None:
    """What highways keep no longer, by the playbook's periods: a records officer finds something that is due. It draws
    by itself, after all else: the rest of the city is the same with it and without."""
    day = working_day(batch.period.until - LONG_AGO)
    place = batch.city.place("Kiln Lane underpass")
    noticed, topic, _ = words.NOTICED[0]
    batch.tell(
        "partnership_intelligence",
        "leeds-highways",
        at_clock(day, 17, 40),
        [],
        details.intelligence(random.Random("seen long ago"), topic, graded=False, released=""),
        place=place,
        narrative=noticed.format(place=place.name),
        handling="police",
    )


def _note(batch: Batch, what: str, family: Family, people: list[Person]) -> None:
    keys = [one.key for one in people]
    batch.planted.append({"what": what, "household": family.key, "people": keys})


def _born_on_one_day(family: Family) -> list[Person]:
    days = [child.born for child in family.children]
    return [child for child in family.children if days.count(child.born) > 1]


WHO: dict[str, Callable[[Family], list[Person]]] = {
    "twins": _born_on_one_day,
    "born on one day": _born_on_one_day,
    "father and son": lambda family: [family.children[0], family.adults[-1]],
    "moved": lambda family: [*family.children, *family.adults],
    "spelt in many ways": lambda family: family.children[:1],
    "lived elsewhere": lambda family: [*family.children, *family.adults],
}


def _assault_told_by_three(batch: Batch) -> None:
    """An evening before a school day, so that police, A&E and a school all tell of it."""
    today = batch.period.until
    fitting = [
        (family, child)
        for family in batch.families[len(STUDIES) :]
        for child in family.children
        if child.school and child.age(today) >= 12
    ]
    eve = school_day(today - timedelta(days=6)) - timedelta(days=1)
    for family, child in fitting[:1]:
        incident = events.evening_assault(batch, child, eve)
        _note(batch, f"assault told by three: {incident}", family, [child])


def _twins(batch: Batch, family: Family) -> None:
    """Both at school, in A&E and with police, so that their records can be taken for one child's."""
    day = batch.period.some_day(batch.draw)
    for child in family.children[:2]:
        helping.absence(batch, child, day)
        helping.visit_to_emergency_department(batch, child, batch.period.some_day(batch.draw))
    one, other = family.children[0], family.children[-1]
    batch.tell(
        "police_incident",
        events.POLICE,
        at_clock(day, 17, 15),
        [("witness", one), ("witness", other)],
        details.police_incident(batch.draw, "disorder"),
        place=events.where(batch, one),
        narrative="Two children who are brother or sister told officers what they had seen.",
    )


def _father_and_son(batch: Batch, family: Family) -> None:
    """Both known to police under one name and one address."""
    son, father = family.children[0], family.adults[-1]
    day = batch.period.some_day(batch.draw)
    for role, person in (("victim", father), ("witness", son)):
        batch.tell(
            "police_incident",
            events.POLICE,
            at_clock(day, 18, 5 if person is son else 45),
            [(role, person)],
            details.police_incident(batch.draw, "threats"),
            place=events.where(batch, son),
            narrative="Told officers about threats outside the home.",
        )
    helping.absence(batch, son, batch.period.some_day(batch.draw))


def _moved(batch: Batch, family: Family) -> None:
    """Told of before and after the move, so that agencies hold two addresses."""
    child, moved_on = family.children[0], family.children[0].moved_on or batch.period.until
    for days in (-25, -9, 12):
        day = min(max(moved_on + timedelta(days=days), batch.period.first), batch.period.last_evening)
        helping.visit_to_emergency_department(batch, child, day)
        helping.absence(batch, child, day)
        events.something_seen(batch, child, day)


def _spelt_in_many_ways(batch: Batch, family: Family) -> None:
    """Known to several agencies, so that a search by sound has somebody to find, with a story worth reading."""
    child = family.children[0]
    helping.begin(batch, child, helping.FRONT_DOOR, batch.period.some_day(batch.draw))
    for day in (batch.period.some_day(batch.draw), batch.period.some_day(batch.draw)):
        helping.absence(batch, child, day)
        helping.visit_to_emergency_department(batch, child, day)
    events.something_seen(batch, child, batch.period.some_day(batch.draw))


TELLINGS = {
    "twins": _twins,
    "father and son": _father_and_son,
    "moved": _moved,
    "spelt in many ways": _spelt_in_many_ways,
}
