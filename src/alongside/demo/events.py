"""What happens outside the home, as each agency that met it tells it: its own minute, place and view."""

from datetime import date, datetime, timedelta

from . import details, words
from .city import Spot
from .families import Person
from .telling import Batch, at_clock, school_day
from .words import Harm

POLICE = "west-yorkshire-police"
SOCIAL_CARE = "leeds-city-council"
HOSPITAL = "leeds-teaching-hospitals"
AMBULANCE = "yorkshire-ambulance"
EDUCATION = "leeds-education"
NAVIGATORS = "ed-navigators"
HOURS = timedelta(hours=1)


def where(batch: Batch, child: Person) -> Spot:
    return batch.draw.choice(batch.city.places_near(child.neighbourhood))


def peer_of(batch: Batch, child: Person) -> Person | None:
    """Another child of about the same age from these streets, but for those whose year is told apart."""
    day = batch.period.until
    near = [
        one
        for one in batch.children
        if one.household not in {child.household, *batch.told_apart}
        and abs(one.age(day) - child.age(day)) <= 2
        and one.age(day) >= 12
    ]
    return batch.draw.choice(near) if near else None


def evening_assault(batch: Batch, child: Person, day: date, *, place: Spot | None = None) -> str:
    """An assault in the evening: police at the scene, the ambulance, A&E that night, school the next day.

    Gives the incident's key in the truth.
    """
    draw, place, incident = batch.draw, place or where(batch, child), batch.new_incident()
    began = at_clock(day, draw.randint(17, 22), draw.randint(0, 59))
    harm = draw.choice(words.HARMS)
    peer = peer_of(batch, child) if draw.random() < 0.5 else None
    _police_at_the_scene(batch, child, peer, began, place, harm, incident)
    if draw.random() < 0.45:
        _ambulance(batch, child, began, place, harm, incident)
    _emergency_department(batch, child, began, place, harm, incident)
    if school_day(day + timedelta(days=1)) == day + timedelta(days=1) and child.school:
        _school_next_day(batch, child, day, place, incident)
    if draw.random() < 0.65:
        notification(batch, child, began, place, incident, what="assault", weapon=harm.weapon, then="hurt")
    return incident


def _police_at_the_scene(
    batch: Batch, child: Person, peer: Person | None, began: datetime, place: Spot, harm: Harm, incident: str
) -> None:
    people = [("victim", child)] + ([("suspect", peer)] if peer else [])
    batch.tell(
        "police_incident",
        POLICE,
        began + timedelta(minutes=batch.draw.choice((5, 10, 12))),
        people,
        details.police_incident(batch.draw, "assault", weapon=harm.weapon, hurt=True),
        place=place,
        narrative=f"{harm.police} Officers spoke with the child at {place.name}.",
        after=HOURS,
        incident=incident,
    )


def _ambulance(batch: Batch, child: Person, began: datetime, place: Spot, harm: Harm, incident: str) -> None:
    batch.tell(
        "ambulance_call",
        AMBULANCE,
        began + timedelta(minutes=batch.draw.randint(8, 25)),
        [("subject", child)],
        details.ambulance_call(batch.draw, harm),
        place=place,
        narrative=f"Crew met the child at {place.name}. {harm.health}",
        after=6 * HOURS,
        incident=incident,
    )


def _emergency_department(batch: Batch, child: Person, began: datetime, place: Spot, harm: Harm, incident: str) -> None:
    came = began + timedelta(minutes=batch.draw.randint(45, 160))
    batch.tell(
        "emergency_department_attendance",
        HOSPITAL,
        came,
        [("subject", child)],
        details.emergency_attendance(batch.draw, harm, came),
        place=place if batch.draw.random() < 0.8 else None,
        narrative=f"{harm.health} Said it happened near {place.name}.",
        after=8 * HOURS,
        incident=incident,
    )
    if batch.draw.random() < 0.5:
        _navigator(batch, child, came)


def _navigator(batch: Batch, child: Person, came: datetime) -> None:
    """A navigator meets the child by the bed and stays in touch."""
    nadia = ("Nadia Rahman", "0113 496 0204")
    team, day = f"{NAVIGATORS}-hospital", came.date()
    beside = details.involvement(batch.draw, "service_attendance", "A&E navigators", team, day, nadia)
    batch.tell("service_attendance", NAVIGATORS, came, [("subject", child)], beside, after=10 * HOURS)


def _school_next_day(batch: Batch, child: Person, day: date, place: Spot, incident: str) -> None:
    morning = at_clock(day + timedelta(days=1), 8, batch.draw.choice((40, 50, 55)))
    if morning > batch.period.ends:
        return
    wrote = batch.draw.choice(words.SCHOOL_MORNINGS)
    batch.tell(
        "general_note",
        EDUCATION,
        morning,
        [("subject", child)],
        details.note("worry", morning.date(), met=wrote.met) | details.voice(batch.draw),
        place=place if batch.draw.random() < 0.4 else None,
        narrative=wrote.words.format(place=place.name),
        after=2 * HOURS,
        incident=incident,
    )


def notification(
    batch: Batch,
    child: Person,
    began: datetime,
    place: Spot,
    incident: str,
    *,
    what: str,
    weapon: str = "none",
    then: str = "unhurt",
) -> None:
    """A protection notification. A third of them lack something that a good one says."""
    people = [("subject", child)] + [("sibling", one) for one in batch.siblings(child)[:2]]
    envelope = batch.tell(
        "police_protection_notification",
        POLICE,
        began + timedelta(minutes=20),
        people,
        details.notification(batch.draw, what, weapon=weapon, then=then),
        place=place,
        narrative=words.MET_OFFICERS[then].format(name=child.given_name, place=place.name),
        after=5 * HOURS,
        incident=incident,
    )
    if batch.draw.random() < 0.25:
        envelope["people"][0].pop("ethnicity", None)


def something_seen(batch: Batch, child: Person, day: date) -> None:
    """Police are called to a group or a weapon; nobody is hurt."""
    draw, place, incident = batch.draw, where(batch, child), batch.new_incident()
    began = at_clock(day, draw.randint(15, 22), draw.randint(0, 59))
    peer = peer_of(batch, child)
    people = [(draw.choice(("suspect", "witness", "victim")), child)] + ([("witness", peer)] if peer else [])
    what = draw.choice(("robbery", "weapon", "disorder", "threats"))
    batch.tell(
        "police_incident",
        POLICE,
        began,
        people,
        details.police_incident(draw, what, weapon="knife" if what == "weapon" else "none"),
        place=place,
        narrative=words.SEEN[what].format(place=place.name),
        after=2 * HOURS,
        incident=incident,
    )
    if draw.random() < 0.6:
        weapon = "knife" if what in {"weapon", "robbery"} else "none"
        notification(batch, child, began, place, incident, what=what, weapon=weapon)


def custody(batch: Batch, child: Person, day: date) -> None:
    """An arrest, some hours in custody, an appropriate adult, release. Nobody under twelve, here."""
    if child.age(day) < 12:
        something_seen(batch, child, day)
        return
    draw, place, incident = batch.draw, where(batch, child), batch.new_incident()
    came = at_clock(day, draw.randint(14, 23), draw.randint(0, 59))
    offence, what, weapon = draw.choice(details.ARRESTED_FOR)
    batch.tell(
        "custody_episode",
        POLICE,
        came,
        [("subject", child)],
        details.custody(draw, came, batch.period.ends, offence),
        place=place,
        narrative=f"{child.given_name} was brought in from {place.name}. An appropriate adult came.",
        after=12 * HOURS,
        incident=incident,
    )
    if draw.random() < 0.7:
        met = came - timedelta(minutes=draw.randint(40, 70))
        notification(batch, child, met, place, incident, what=what, weapon=weapon, then="custody")


def missing(batch: Batch, child: Person, day: date, *, still: bool = False) -> None:
    """Away from home overnight; then, for most, a talk with somebody independent."""
    draw, place = batch.draw, where(batch, child)
    left = at_clock(day, draw.randint(18, 21), draw.randint(0, 59))
    found = left + timedelta(hours=draw.randint(5, 40), minutes=draw.randint(0, 59))
    back = None if still or found > batch.period.ends else found
    told = details.missing(draw, left, back)
    batch.tell(
        "missing_episode",
        POLICE,
        left,
        [("subject", child)],
        told,
        place=place,
        narrative=f"Last seen near {place.name}. {words.BACK[told['how_returned']] if back else words.STILL_AWAY}",
        after=3 * HOURS,
    )
    if back and draw.random() < 0.75:
        _return_interview(batch, child, back, place)


def _return_interview(batch: Batch, child: Person, back: datetime, place: Spot) -> None:
    """Within 72 hours for most; later, or without a talk, for some."""
    draw = batch.draw
    days = draw.choices((1, 2, 3, 5), (30, 35, 20, 15))[0]
    talked = at_clock(back.date() + timedelta(days=days), draw.randint(10, 17), draw.choice((0, 15, 30)))
    if talked > batch.period.ends:
        return
    outcome = draw.choices(("talked", "not_now", "not_reached"), (65, 20, 15))[0]
    batch.tell(
        "return_home_interview",
        SOCIAL_CARE,
        talked,
        [("subject", child)],
        details.return_interview(draw, back, talked, place.name, outcome),
        narrative=words.NO_TALK.get(outcome) or draw.choice(words.TALKS),
        after=20 * HOURS,
    )
