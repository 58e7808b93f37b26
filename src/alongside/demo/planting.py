"""What every city holds for certain: the practice studies, twins, a father and son of one name, a move.

Each is written to `planted.json` with the keys that `people.csv` uses, so that a measurement can find them.
"""

from datetime import timedelta

from . import details, events, helping
from .families import Family
from .practice_studies import ELLIS, KAI, for_improvement, highly_effective
from .telling import Batch, at_clock


def tell_of_the_planted(batch: Batch) -> set[str]:
    """Tell of them, note them, and give the keys of the children whose whole year has been told."""
    told_apart = set()
    for number, family in enumerate(batch.families):
        for what in family.planted:
            _note(batch, what, family)
            if what in TELLINGS:
                TELLINGS[what](batch, family)
        if batch.number == 0 and number < 2:
            story, name = ((highly_effective, KAI), (for_improvement, ELLIS))[number]
            story(batch, family.children[0])
            _note(batch, f"practice study: {name}", family, family.children[0].key)
            told_apart.add(family.children[0].key)
    return told_apart


def _note(batch: Batch, what: str, family: Family, *keys: str) -> None:
    people = list(keys) or [one.key for one in (*family.children, *family.adults)]
    batch.planted.append({"what": what, "household": family.key, "people": people})


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


TELLINGS = {"twins": _twins, "father and son": _father_and_son, "moved": _moved}
