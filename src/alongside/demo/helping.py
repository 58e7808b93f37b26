"""Who works with a child, and what school, services and neighbours tell."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from . import details, words
from .city import Spot
from .events import EDUCATION, POLICE, SOCIAL_CARE, where
from .families import Person
from .telling import Batch, at_clock, school_day, working_day

CATCH = "catch"
SAFE = "leeds-safe-team"
CAMHS = "leeds-camhs"
YOUTH_JUSTICE = "leeds-youth-justice"
# The safeguarding lead of each school, by its number.
SAFEGUARDING_LEADS = {
    "990001": ("Asha Mistry", "0113 496 0281"),
    "990002": ("Tom Whitaker", "0113 496 0205"),
    "990003": ("Fran Kershaw", "0113 496 0282"),
    "990004": ("Dele Balogun", "0113 496 0283"),
    "990005": ("Wiktoria Nowak", "0113 496 0284"),
    "990006": ("Liz Horsfall", "0113 496 0285"),
    "990007": ("Marcus Reid", "0113 496 0286"),
    "990008": ("Parveen Iqbal", "0113 496 0287"),
}
PRIMARY_LEAD = ("Jo Butterworth", "0113 496 0288")
# How long partners' intelligence waits at most to be graded; police tell on what was told before.
DESK_TAKES = timedelta(days=14)
TELLERS_OF_INTELLIGENCE = (CATCH, "leeds-highways", "corner-shops", "leeds-licensing")


Told = dict[str, Any]


@dataclass(frozen=True)
class Beside:
    """One kind of standing near a child: which kind of contribution opens it, whose, and which team's."""

    kind: str
    agency: str
    service: str
    team: str
    workers: tuple[tuple[str, str], ...]
    plan: str = ""


FRONT_DOOR = Beside(
    "social_care_involvement",
    SOCIAL_CARE,
    "Children’s social care, front door",
    "leeds-city-council-front-door",
    (("Maya Osei", "0113 496 0201"),),
    "assessment",
)
OUTSIDE_THE_HOME = Beside(
    "social_care_involvement",
    SOCIAL_CARE,
    "Children’s social care, risk outside the home",
    "leeds-city-council-risk-outside-the-home",
    (("Rowan Pickles", "0113 496 0202"), ("Beth Sutcliffe", "0113 496 0222")),
    "risk_outside_the_home",
)
IN_NEED = Beside(
    "social_care_involvement",
    SOCIAL_CARE,
    "Children’s social care, child in need",
    "leeds-city-council-east",
    (("Aidan Byrne", "0113 496 0231"), ("Sadia Malik", "0113 496 0232"), ("Joanne Firth", "0113 496 0233")),
    "child_in_need",
)
JUSTICE = Beside(
    "youth_justice_involvement",
    YOUTH_JUSTICE,
    "Youth justice",
    "leeds-youth-justice-prevention",
    (("Leon Samuels", "0113 496 0206"), ("Carys Shaw", "0113 496 0241")),
)
MIND = Beside(
    "camhs_contact",
    CAMHS,
    "CAMHS",
    "leeds-camhs-community",
    (("Dr Hannah Okafor", "0113 496 0207"), ("Imran Shah", "0113 496 0251")),
)
SAFE_TEAM = Beside(
    "service_attendance",
    SAFE,
    "Safe team",
    "leeds-safe-team-exploitation",
    (("Jas Bains", "0113 496 0208"), ("Dean Crossley", "0113 496 0261")),
)
CATCH_CENTRE = Beside(
    "service_attendance",
    CATCH,
    "CATCH",
    "catch-larkfield",
    (("Keeley Wallace", "0113 496 0271"), ("Abdi Warsame", "0113 496 0272")),
)
POLICE_OFFICER = Beside(
    "service_attendance",
    POLICE,
    "Police, child exploitation officer",
    "west-yorkshire-police-safeguarding",
    (("Priya Nair", "0113 496 0203"),),
)


def begin(
    batch: Batch,
    child: Person,
    beside: Beside,
    day: date,
    *,
    worker: int | None = None,
    ended: date | None = None,
    **told: Any,
) -> None:
    """Open a standing near the child, and close it again by a newer version of the same reference. `told` stands
    in place of what chance would say."""
    draw, day = batch.draw, working_day(day)
    who = beside.workers[draw.randrange(len(beside.workers)) if worker is None else worker]
    envelope = batch.tell(
        beside.kind,
        beside.agency,
        at_clock(day, draw.randint(9, 16), draw.choice((0, 15, 30))),
        [("subject", child)],
        details.involvement(draw, beside.kind, beside.service, beside.team, day, who)
        | ({"plan": beside.plan} if beside.plan else {})
        | told,
        after=timedelta(hours=20),
    )
    if ended and ended < batch.period.until:
        batch.tell_again(envelope, at_clock(ended, 16, 30), status="closed", ended_on=ended.isoformat())


def at_school(batch: Batch, child: Person, day: date) -> None:
    """The school names the person to talk to about a child whom other services know."""
    if child.school is None:
        return
    service = Beside(
        "service_attendance",
        EDUCATION,
        child.school.name,
        f"{EDUCATION}-{child.school.team}",
        (SAFEGUARDING_LEADS.get(child.school.urn, PRIMARY_LEAD),),
    )
    begin(batch, child, service, day, what="working")


def absence(batch: Batch, child: Person, day: date) -> None:
    if child.school is None:
        return
    day = school_day(day)
    batch.tell(
        "school_absence",
        EDUCATION,
        at_clock(day, 9, 30),
        [("subject", child)],
        details.absence(batch.draw, day),
        narrative=batch.draw.choice(words.ABSENCES),
        after=timedelta(hours=30),
    )


def exclusion(batch: Batch, child: Person, day: date, *, permanent: bool | None = None) -> Told | None:
    if child.school is None:
        return None
    day = school_day(day)
    return batch.tell(
        "school_exclusion",
        EDUCATION,
        at_clock(day, 13, 10),
        [("subject", child)],
        details.exclusion(batch.draw, day, permanent=permanent),
        narrative=batch.draw.choice(words.EXCLUSIONS),
        after=timedelta(hours=3),
    )


def referral(batch: Batch, child: Person, day: date, *, why: words.Referral | None = None, **told: Any) -> None:
    day, why = working_day(day), why or batch.draw.choice(words.REFERRALS)
    reason = why.reason.format(name=child.given_name)
    batch.tell(
        "front_door_referral",
        SOCIAL_CARE,
        at_clock(day, batch.draw.randint(9, 16), 20),
        [("subject", child)] + [("sibling", one) for one in batch.siblings(child)],
        details.referral(batch.draw, reason, why.source) | told,
        after=timedelta(hours=4),
    )


def note(batch: Batch, child: Person, day: date, *, handling: str = "") -> None:
    agency = SOCIAL_CARE if handling else batch.draw.choice((EDUCATION, SOCIAL_CARE, CATCH, SAFE))
    day = working_day(day)
    wrote = batch.draw.choice(words.KEPT_CLOSE if handling else words.NOTES[agency])
    topic = "worry" if handling else batch.draw.choice(("went_well", "contact", "change"))
    batch.tell(
        "general_note",
        agency,
        at_clock(day, batch.draw.randint(9, 17), batch.draw.choice((5, 20, 40))),
        [("subject", child)],
        details.note(topic, day, met=wrote.met),
        narrative=wrote.words.format(name=child.called or child.given_name),
        handling=handling,
    )


def intelligence(
    batch: Batch,
    child: Person | None,
    day: date,
    *,
    place: Spot | None = None,
    graded: bool = False,
    cleared: bool | None = None,
    handling: str = "",
) -> None:
    """What somebody noticed at a place. Most of it names no child; half comes from police, cleared for the meeting."""
    draw = batch.draw
    place = place or (where(batch, child) if child else draw.choice(batch.city.places))
    teller = draw.choice(TELLERS_OF_INTELLIGENCE)
    noticed, topic, released = (said.format(place=place.name) for said in draw.choice(words.NOTICED))
    is_cleared = draw.random() < 0.5 if cleared is None else cleared
    graded = graded or day < batch.period.until - DESK_TAKES
    agency = POLICE if graded or is_cleared else teller
    batch.tell(
        "partnership_intelligence",
        agency,
        at_clock(day, draw.randint(8, 20), draw.randint(0, 59)),
        [("subject", child)] if child and agency in {POLICE, CATCH} else [],
        details.intelligence(draw, topic, graded=graded, released=released if is_cleared else ""),
        place=place,
        narrative=noticed,
        handling=handling or draw.choices(("police", "team", "restricted:priya"), (75, 20, 5))[0],
        after=timedelta(hours=1),
    )


def visit_to_emergency_department(batch: Batch, child: Person, day: date) -> None:
    """A quiet child's one entry: hurt at play or on the road, nobody else's doing."""
    came = at_clock(day, batch.draw.randint(10, 21), batch.draw.randint(0, 59))
    batch.tell(
        "emergency_department_attendance",
        "leeds-teaching-hospitals",
        came,
        [("subject", child)],
        details.emergency_attendance(batch.draw, words.ACCIDENT, came),
        narrative=words.ACCIDENT.health,
        after=timedelta(hours=9),
    )
