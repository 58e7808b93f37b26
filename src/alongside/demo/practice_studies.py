"""The inspection letter's two practice studies, as two invented children.

Kai's team read his year together and he came back to school. Ellis's school told early; the others were late.
What follows the letter: its order of events and what each agency did or did not do. All else is made up.
"""

from dataclasses import replace
from datetime import date, timedelta

from . import details, helping, words
from .city import City
from .events import EDUCATION, POLICE, SOCIAL_CARE, evening_assault, notification
from .families import Family, Person
from .helping import CAMHS, SAFE, YOUTH_JUSTICE
from .names import names
from .telling import Batch, at_clock, working_day

KAI, ELLIS = "highly effective practice", "areas for improvement"


def as_studies(families: list[Family], city: City, today: date) -> list[Family]:
    """The first two families of the city become those of the two studies: boys of fifteen at one school."""
    school = city.school("Beckside Academy")
    born = today - timedelta(days=15 * 365 + 100)
    kai = replace(
        families[0].children[0],
        given_name="Kai-Emmanuel",
        family_name="Grant",
        called="Kai",
        sex="M",
        born=born,
        school=school,
        heritage=names().heritage("Caribbean"),
        language="English",
        trusted_person="Leon Samuels, his youth justice worker; then his grandmother",
        strengths="Builds things with care and helps younger children to. Wants to be a joiner.",
    )
    ellis = replace(
        families[1].children[0],
        given_name="Ellis",
        family_name="Holdsworth",
        called="",
        sex="M",
        born=born - timedelta(days=61),
        school=school,
        heritage=names().heritage("White and Black Caribbean"),
        language="English",
        trusted_person="Mr Whitaker at school",
        strengths="Remembers everything about trains, and looks after his sister’s rabbits.",
    )
    return [_home_of(families[0], kai), _home_of(families[1], ellis), *families[2:]]


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

    def note(self, days: int, agency: str, narrative: str, topic: str = "contact", said: str = "") -> None:
        day = working_day(self.on(days))
        told = details.note(topic, day) | ({"childs_words": said} if said else {})
        people = [("subject", self.child)]
        self.batch.tell("general_note", agency, at_clock(day, 15, 30), people, told, narrative=narrative)


def highly_effective(batch: Batch, child: Person) -> None:
    """Excluded; understood without waiting for a diagnosis; the virtual school; safely back to school."""
    study = Study(batch, child)
    place = batch.city.place("Tannery Bus Station")
    evening_assault(batch, child, study.on(330), place=place)
    excluded = helping.exclusion(batch, child, study.on(318), permanent=True)
    helping.referral(batch, child, study.on(317))
    helping.begin(batch, child, helping.OUTSIDE_THE_HOME, study.on(315), worker=0)
    helping.begin(batch, child, helping.JUSTICE, study.on(312), worker=0)
    helping.at_school(batch, child, study.on(311))
    study.note(
        300,
        SOCIAL_CARE,
        "Risk matrix completed with everyone who works with Kai. Most of the risk is when he is not in "
        "school and on the way through the bus station. What we do first: a safe way back to school.",
        "change",
    )
    helping.begin(batch, child, helping.MIND, study.on(296), worker=0)
    study.note(
        282,
        CAMHS,
        "Formulation meeting. The ADHD assessment has not happened yet, so we worked out together how "
        "Kai learns: short tasks, one instruction at a time, moving about, time to answer. Everyone "
        "adapts how they speak with him from today.",
        "change",
    )
    study.note(
        262,
        EDUCATION,
        "Virtual school met the academy and asked what stands in the way of Kai coming back. Agreed: a "
        "changed timetable, a lift past the bus station, and a person to go to. Kai chose the person.",
        "change",
    )
    if excluded:
        batch.tell_again(excluded, at_clock(study.on(258), 16), type="CANCELLED", partners_told="yes")
    helping.begin(batch, child, helping.CATCH_CENTRE, study.on(250), worker=0)
    study.note(
        230,
        YOUTH_JUSTICE,
        "Kai and his carers see the same worker each week. He said: “They ask me first now.” Risk "
        "matrix looked at again: fewer worries about travel, the same about money.",
    )
    study.note(
        205,
        EDUCATION,
        "Kai is back at Beckside Academy, mornings first. He came every day of the first week.",
        "change",
    )
    study.note(
        120,
        SOCIAL_CARE,
        "Plan looked at again this month. In school full time for nine weeks; no police contact since "
        "the spring. We talked about joinery at college after Year 11.",
        "change",
    )
    study.note(40, YOUTH_JUSTICE, "Kai visited the college workshop with his worker and asked to come back.")


def for_improvement(batch: Batch, child: Person) -> None:
    """Told early by the school; assessed late; each incident answered by itself; waits by several routes."""
    study = Study(batch, child)
    study.note(
        350,
        EDUCATION,
        "Ellis has new friends outside school, comes in tired and has been given a phone. We are "
        "worried that older young people are using him. Referred to the front door today.",
        "worry",
    )
    helping.referral(batch, child, study.on(349))
    helping.at_school(batch, child, study.on(348))
    _waits(study)
    _incidents_one_by_one(study)
    helping.begin(batch, child, helping.IN_NEED, study.on(250), worker=1)
    study.note(
        150,
        SOCIAL_CARE,
        "Social work assessment finished. It was due in the winter. It looks at home and school; the "
        "evenings in Saltmarket Square are not in it yet.",
        "change",
    )
    study.note(
        95,
        SOCIAL_CARE,
        "First risk matrix, with police, school and health. Read together, five incidents in ten months"
        " are one pattern: the same place, the same older young people. Referred to the Safe team.",
        "change",
    )
    helping.begin(batch, child, helping.OUTSIDE_THE_HOME, study.on(94), worker=1)
    helping.begin(batch, child, helping.SAFE_TEAM, study.on(80), worker=0)
    study.note(
        60,
        SAFE,
        "We work with Ellis and his mother together, so that he feels safe and valued. He said: “I want"
        " to be somewhere quiet.”",
    )
    evening_assault(batch, child, study.on(30), place=batch.city.place("Saltmarket Square"))
    study.note(
        12,
        EDUCATION,
        "School keeps speaking up for Ellis: a quiet room, and Mr Whitaker at the gate each morning. He"
        " is not yet safer in the evenings.",
        "change",
    )


def _waits(study: Study) -> None:
    """One child, three ways to one assessment, and no assessment."""
    helping.begin(study.batch, study.child, helping.MIND, study.on(320), worker=1)
    study.note(
        318,
        CAMHS,
        "Referral for a neurodevelopmental assessment from school. Put on the waiting list.",
        "contact",
    )
    study.note(
        240,
        CAMHS,
        "Second referral for the same assessment, this time through social care. The wait is over a "
        "year. His mother was advised to ask the GP.",
        "contact",
    )
    study.note(
        170,
        EDUCATION,
        "Ellis’s mother rang. The GP said to ask school, school had said to ask CAMHS, and CAMHS the "
        "GP. She does not know who has her son’s referral. There is still no assessment.",
        "contact",
    )


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
