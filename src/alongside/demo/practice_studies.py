"""The inspection letter's two practice studies, as two invented children.

Kai's team read his year together and he came back to school. Ellis's school told early; the others were late.
What follows the letter: its order of events and what each agency did or did not do. All else is made up.
"""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from . import details, helping, words
from .city import City
from .events import POLICE, evening_assault, notification
from .families import Family, Person
from .names import names
from .telling import Batch, at_clock, working_day

KAI_REFERRED = words.Referral(
    "{name} was hurt at the bus station and is now out of school. School and his grandmother ask for help together.",
    "2A",
)
KAI, ELLIS = "highly effective practice", "areas for improvement"


@cache
def _story() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("practice_studies.toml").read_text("utf-8"))


def as_studies(families: list[Family], city: City, today: date) -> list[Family]:
    """The first two families of the city become those of the two studies: boys of fifteen at one school."""
    kai, ellis = _story()["children"]["kai"], _story()["children"]["ellis"]
    born = today - timedelta(days=15 * 365 + 100)
    first = _home_of(families[0], _become(families[0].children[0], kai, city, born))
    second = _home_of(families[1], _become(families[1].children[0], ellis, city, born - timedelta(days=61)))
    return [first, second, *families[2:]]


def _become(child: Person, who: dict[str, str], city: City, born: date) -> Person:
    school, heritage = city.school("Beckside Academy"), names().heritage(who["heritage"])
    fixed: dict[str, Any] = {"sex": "M", "born": born, "school": school, "language": "English"}
    return replace(child, **(who | fixed | {"heritage": heritage}))


def _home_of(family: Family, child: Person) -> Family:
    """The child's family carries his name, as far as it is told of."""
    mother = replace(family.adults[0], family_name=child.family_name, heritage=child.heritage)
    others = [replace(one, family_name=child.family_name, heritage=child.heritage) for one in family.children[1:]]
    children = tuple(replace(one, parents=mother.full_name) for one in (child, *others))
    return replace(family, children=children, adults=(mother,))


class Study:
    """One child's year, told from so many days before the end."""

    def __init__(self, batch: Batch, child: Person) -> None:
        self.batch, self.child = batch, child

    def on(self, days_before_the_end: int) -> date:
        """That many days before the end, of a year; a shorter period holds the same order in less time."""
        period = self.batch.period
        return period.until - timedelta(days=max(1, days_before_the_end * period.days // 365))

    def notes(self, child: str) -> None:
        """Everything that agencies wrote about this child, from the story's own file."""
        for one in _story()[child]:
            day = working_day(self.on(one["days"]))
            told = details.note(one["topic"], day, met=one["met"])
            when, people = at_clock(day, 15, 30), [("subject", self.child)]
            self.batch.tell("general_note", one["agency"], when, people, told, narrative=one["words"])


def highly_effective(batch: Batch, child: Person) -> None:
    """Excluded; understood without waiting for a diagnosis; the virtual school; safely back to school."""
    study = Study(batch, child)
    place = batch.city.place("Tannery Bus Station")
    evening_assault(batch, child, study.on(330), place=place)
    excluded = helping.exclusion(batch, child, study.on(318), permanent=True)
    helping.referral(batch, child, study.on(317), why=KAI_REFERRED, decision="assessment")
    helping.begin(batch, child, helping.OUTSIDE_THE_HOME, study.on(315), worker=0)
    helping.begin(batch, child, helping.JUSTICE, study.on(312), worker=0)
    helping.at_school(batch, child, study.on(311))
    helping.begin(batch, child, helping.MIND, study.on(296), worker=0, what="working", for_assessment=["adhd"])
    if excluded:
        batch.tell_again(excluded, at_clock(study.on(258), 16), type="CANCELLED", partners_told="yes")
    helping.begin(batch, child, helping.CATCH_CENTRE, study.on(250), worker=0)
    study.notes("kai")


def for_improvement(batch: Batch, child: Person) -> None:
    """Told early by the school; assessed late; each incident answered by itself; waits by several routes."""
    study = Study(batch, child)
    helping.referral(batch, child, study.on(346), why=words.REFERRALS[0], decision="assessment")
    helping.at_school(batch, child, study.on(345))
    helping.begin(batch, child, helping.MIND, study.on(320), worker=1, what="waiting")
    study.notes("ellis")
    _incidents_one_by_one(study)
    helping.begin(batch, child, helping.IN_NEED, study.on(250), worker=1)
    helping.begin(batch, child, helping.OUTSIDE_THE_HOME, study.on(94), worker=1)
    helping.begin(batch, child, helping.SAFE_TEAM, study.on(80), worker=0)
    evening_assault(batch, child, study.on(30), place=batch.city.place("Saltmarket Square"))


def _incidents_one_by_one(study: Study) -> None:
    """Five incidents with police; a notification followed only one of them."""
    batch, child = study.batch, study.child
    square = batch.city.place("Saltmarket Square")
    for days, what in (
        (300, "disorder"),
        (265, "threats"),
        (215, "robbery"),
        (180, "weapon"),
        (128, "robbery"),
    ):
        began, incident = at_clock(study.on(days), 19, 40), batch.new_incident()
        batch.tell(
            "police_incident",
            POLICE,
            began,
            [("victim" if what in {"robbery", "threats"} else "witness", child)],
            details.police_incident(batch.draw, what, weapon="knife" if what == "weapon" else "none"),
            place=square,
            narrative=words.SEEN[what].format(place=square.name),
            incident=incident,
        )
        if days == 180:
            notification(batch, child, began, square, incident, what=what, weapon="knife")
