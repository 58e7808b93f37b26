"""The answers that agencies give to each kind's own questions. Some leave gaps, as busy people do."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from . import words
from .telling import as_told, school_day
from .words import Harm

Details = dict[str, Any]
OFFENCES = {
    "assault": "violence_with_injury",
    "robbery": "robbery",
    "weapon": "weapons",
    "disorder": "public_order",
    "threats": "violence_without_injury",
}
CONCERNS = {
    "assault": ["serious_violence"],
    "robbery": ["serious_violence"],
    "weapon": ["weapon", "serious_violence"],
    "disorder": ["other"],
    "threats": ["serious_violence", "criminal_exploitation"],
}
# What a child is arrested for: as custody writes it, as a notification asks it, and the weapon there was.
ARRESTED_FOR = (
    ("Possession of a blade", "weapon", "knife"),
    ("Affray", "assault", "none"),
    ("Robbery", "robbery", "none"),
)
HAPPENED = {"none": "assault_body", "knife": "assault_sharp", "blunt": "assault_blunt"}


def voice(draw: random.Random, chance: float = 0.6, *, when: str = "day") -> Details:
    """The child's own words, or why not; one time in ten neither."""
    luck = draw.random()
    if luck < chance:
        return {"childs_words": draw.choice(words.CHILDS_WORDS)}
    return {"why_child_not_asked": draw.choice(words.WHY_NOT_ASKED[when])} if luck < 0.9 else {}


def police_incident(draw: random.Random, what: str, *, weapon: str = "none", hurt: bool = False) -> Details:
    return {
        "offence_group": OFFENCES[what],
        "crime_reference": f"13{draw.randrange(10**9):09d}",
        "weapon": {"blunt": "other"}.get(weapon, weapon),
        "injury": draw.choice(("minor", "hospital")) if hurt else "none",
        "outcome": draw.choices(("open", "18", "14", "20"), (70, 10, 10, 10))[0],
    }


def notification(draw: random.Random, what: str, *, weapon: str, then: str) -> Details:
    """`then`: what came of the child there and then, as `words.AT_ONCE` has it."""
    told: Details = {
        "concern_types": CONCERNS[what],
        "weapon_used_or_seen": weapon,
        "officer": f"PC {draw.randrange(1000, 9999)}, {draw.choice(('Calder', 'Aire', 'Wharfe'))} team",
        "immediate_action": draw.choice(words.AT_ONCE[then]),
        "seen_alone": draw.choices(("yes", "no", "not_possible"), (60, 25, 15))[0],
        "officer_assessment": draw.choices(("tonight", "tomorrow", "this_week", "to_know"), (8, 32, 45, 15))[0],
        "consent_or_reason": draw.choice(words.AGREED),
    }
    if draw.random() < 0.75:
        told["reason"] = draw.choice(words.ASKS)
    if draw.random() < 0.6:
        told |= {
            "voice_appearance": draw.choice(words.LOOKED),
            "voice_environment": draw.choice(words.AROUND),
        }
    if draw.random() < 0.6:
        told["siblings_and_household"] = draw.choice(words.AT_HOME)
    return told | voice(draw, when="custody" if then == "custody" else "night")


def ambulance_call(draw: random.Random, harm: Harm) -> Details:
    return {
        "reason": "assault_sharp" if harm.weapon == "knife" else "assault_other",
        "outcome": "taken_to_hospital",
        "worry": draw.choice(words.CREW_WORRIES),
        "adults_there": draw.choice(("Mother came within ten minutes.", "No adult there.", "A shop worker waited.")),
    } | voice(draw, 0.4, when="health")


def emergency_attendance(draw: random.Random, harm: Harm, came: datetime) -> Details:
    if harm is words.ACCIDENT:
        return {
            "arrived_at": as_told(came),
            "reason_for_attendance": "other",
            "injury": "minor",
            "came_with": "Mother",
        }
    return {
        "arrived_at": as_told(came),
        "site": draw.choice(("Royal Aire Infirmary", "St Hilda’s Hospital")),
        "reason_for_attendance": HAPPENED[harm.weapon],
        "assault_location_type": "street",
        "injury": "serious" if harm.serious else "minor",
        "came_with": draw.choice(("Mother", "Ambulance crew", "Friend", "Alone", "Older brother")),
        "navigator_offered": draw.choices(("accepted", "not_now", "waiting", "no"), (40, 20, 25, 15))[0],
        "police_told": draw.random() < 0.8,
    } | voice(draw, 0.7, when="health")


def custody(draw: random.Random, came: datetime, ends: datetime, offence: str) -> Details:
    """Still held where the release would lie beyond what is told."""
    released = came + timedelta(hours=draw.randint(6, 20), minutes=draw.randint(0, 59))
    told: Details = {
        "detention_authorised_at": as_told(came),
        "offence": offence,
        "appropriate_adult": draw.choice(("Mother", "Volunteer from the appropriate adult service", "Grandfather")),
        "appropriate_adult_at": as_told(came + timedelta(minutes=draw.randint(40, 280))),
        "parent_told_at": as_told(came + timedelta(minutes=draw.randint(10, 90))),
        "social_care_told": draw.random() < 0.7,
        "liaison_and_diversion": draw.choice(("seen", "offered", "not_available", "not_asked")),
        "intimate_or_strip_search": "no",
        "outcome": "still_held",
    }
    if released < ends:
        told["released_at"] = as_told(released)
        told["outcome"] = draw.choice(("bail", "released_under_investigation", "no_further_action"))
    return told | voice(draw, when="custody")


def missing(draw: random.Random, left: datetime, back: datetime | None) -> Details:
    told: Details = {
        "missing_from": draw.choices(("family_home", "childrens_home", "foster_home"), (80, 12, 8))[0],
        "last_seen_at": as_told(left),
        "reported_missing_at": as_told(left + timedelta(hours=2)),
        "status": "missing" if back is None else "returned",
        "times_in_90_days": draw.choice((0, 0, 1, 2, 4)),
        "interview_offered": back is not None and draw.random() < 0.85,
    }
    if back is None:
        return told
    told["returned_at"] = as_told(back)
    told["how_returned"] = draw.choice(("alone", "family", "police", "friend", "unknown_adult"))
    return told | {"condition": draw.choice(words.CAME_BACK)} | voice(draw, 0.5, when="night")


def return_interview(draw: random.Random, back: datetime, offered: datetime, place: str, outcome: str) -> Details:
    told: Details = {
        "returned_at": as_told(back),
        "offered_at": as_told(offered),
        "outcome": outcome,
        "intelligence_shared": outcome == "talked" and draw.random() < 0.4,
    }
    if outcome != "talked":
        return told | {"why_child_not_asked": words.NO_TALK[outcome]}
    push, pull, helps = draw.choice(words.PUSH), draw.choice(words.PULL), draw.choice(words.WOULD_HELP)
    told |= {
        "push": push,
        "pull": pull,
        "what_would_help": helps,
        "where_and_with_whom": f"Near {place}, with friends.",
    }
    return told | voice(draw, 0.8)


def exclusion(draw: random.Random, day: date, *, permanent: bool | None) -> Details:
    if permanent is None:
        permanent = draw.random() < 0.08
    told: Details = {
        "type": "PERM" if permanent else "SUSP",
        "reason": draw.choice(("PP", "VP", "OW", "DB", "TH", "VA")),
        "started_on": day.isoformat(),
        "send_provision": draw.choice(("N", "K", "K", "E")),
        "what_came_before": draw.choice(words.CAME_BEFORE),
        "partners_told": draw.choice(("yes", "no", "none")),
    }
    if not permanent:
        told["sessions"] = draw.choice((2, 4, 6, 10))
        told["ended_on"] = (day + timedelta(days=told["sessions"] // 2 - 1)).isoformat()
    return told | voice(draw)


def absence(draw: random.Random, day: date) -> Details:
    pattern = draw.choices(("sudden", "persistent", "severe", "certain_times", "part_time"), (15, 45, 15, 15, 10))[0]
    percent = {"severe": draw.randint(20, 49), "part_time": draw.randint(45, 70)}.get(pattern, draw.randint(60, 90))
    told: Details = {
        "pattern": pattern,
        "started_on": (day - timedelta(days=draw.randint(7, 40))).isoformat(),
        "attendance_percent": percent,
        "seen_by_us": school_day(day - timedelta(days=draw.randint(0, 9))).isoformat(),
    }
    return told | voice(draw, 0.5)


def referral(draw: random.Random, reason: str, source: str) -> Details:
    return {
        "referral_source": source,
        "concern_types": draw.choice((["24A"], ["24A", "10A"], ["18B"], ["15A", "24A"])),
        "reason": reason,
        "decision": draw.choices(("assessment", "strategy_discussion", "early_help", "advice"), (45, 15, 25, 15))[0],
        "consent_or_reason": draw.choice(words.AGREED),
    } | voice(draw)


STANDING: dict[str, dict[str, tuple[str, ...]]] = {
    "social_care_involvement": {"primary_need": ("N1", "N4", "N5")},
    "youth_justice_involvement": {"disposal": ("prevention", "diversion", "community_resolution", "referral_order")},
    "camhs_contact": {"what": ("referred", "waiting", "first_contact", "working")},
    "service_attendance": {"what": ("offered", "came", "working")},
}


def involvement(draw: random.Random, kind: str, service: str, team: str, day: date, who: tuple[str, str]) -> Details:
    """A service begins to work with a child: which team, who, and how to call them."""
    told: Details = {"service": service, "team": team, "worker": who[0], "phone": who[1], "status": "open"}
    told["started_on"] = day.isoformat()
    told |= {name: draw.choice(answers) for name, answers in STANDING[kind].items()}
    if kind == "camhs_contact":
        told["for_assessment"] = [draw.choice(("adhd", "autism"))]
        told["care_while_waiting"] = draw.choice(words.WHILE_WAITING)
    return told


def note(topic: str, day: date, *, met: bool) -> Details:
    """A letter or a call about a child is no meeting with them."""
    return {"topic": topic} | ({"seen_on": day.isoformat()} if met else {})


def intelligence(draw: random.Random, topic: str, *, graded: bool, released: str) -> Details:
    """`released`: the words that police cleared for the morning meeting, or none."""
    told: Details = {
        "at_risk_now": draw.choices(("no", "not_sure", "yes"), (75, 22, 3))[0],
        "topic": topic,
        "how_known": draw.choice(("saw", "told", "heard")),
        "may_trace": draw.choice(("yes", "not_sure")),
    }
    if graded or released:
        told |= {
            "source_grade": draw.choice(("1", "2", "2")),
            "information_grade": draw.choice(("A", "B", "C", "D")),
            "handling_grade": draw.choice(("P", "C")),
            "priority": draw.choice(("medium", "low")),
        }
    if released:
        told |= {"cleared_for_meeting": True, "words_for_meeting": released}
    return told
