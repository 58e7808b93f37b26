"""What happened, as the census's elements say it: a referral, an assessment, a plan, an enquiry."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from alongside.connectors.arrivals import Notes
from alongside.connectors.children import day_or_text, in_words, sentences
from alongside.connectors.xml_elements import Element, text_of
from alongside.contributions.moments import EARLIEST

from .codes import ABUSE, CLOSED, FACTORS, NEED, REFERRED_BY, YES, word

LEFT_OUT = {
    "ChildCharacteristics/Disabilities/Disability": "disabilities, because health partners tell of them",
    "ChildIdentifiers/FormerUPN": "former pupil numbers, because the present one finds the child",
    "ChildIdentifiers/UPNunknown": "why a pupil number is not known",
    "ChildIdentifiers/ExpectedPersonBirthDate": "expected dates of birth of unborn children",
    "CINdetails/PreProceedingsandFGDM": "steps before court proceedings, because they are the court's",
    "CINdetails/ChildProtectionPlans/Reviews/CPPreviewDate": "dates of plan reviews",
}


@dataclass(frozen=True)
class Happening:
    kind: str
    what: str
    on: str
    narrative: str
    details: dict[str, Any] = field(default_factory=dict)
    # What the census calls the fields of ours that it fills.
    elements: dict[str, str] = field(default_factory=dict)


def happenings(details: Element, notes: Notes) -> Iterator[Happening]:
    """The referral first, then what followed from it."""
    yield referral(details)
    for element in details.iterfind("Assessments"):
        yield assessment(element, notes)
    for element in details.iterfind("CINPlanDates"):
        yield involvement("child_in_need", element, ("CINPlanStartDate", "CINPlanEndDate"))
    for element in details.iterfind("Section47"):
        yield enquiry(element)
    for element in details.iterfind("ChildProtectionPlans"):
        yield protection_plan(element)


def has_happened(happening: Happening, *, today: date) -> bool:
    """Whether it has a day that can be: the envelope's own bounds."""
    try:
        return EARLIEST.date() <= date.fromisoformat(happening.on) <= today
    except ValueError:
        return False


def named_in_the_census(on: str) -> Happening:
    """What stands where nothing else can be taken: that the census names the child."""
    says = "The council’s census of children in need names them."
    return Happening("social_care_involvement", "census", on, says, elements={"occurred_at": "ReferenceDate"})


def referral(details: Element) -> Happening:
    """Who told children's social care, why, and how it ended."""
    closed = text_of(details, "CINclosureDate")
    ended = word(CLOSED, text_of(details, "ReasonForClosure"))
    no_action = text_of(details, "ReferralNFA").lower() in YES
    narrative = sentences(
        ("Referred by", word(REFERRED_BY, text_of(details, "ReferralSource"))),
        ("Main need", word(NEED, text_of(details, "PrimaryNeedCode"))),
        ("After the referral", "no further action" if no_action else ""),
        ("First child protection conference", in_words(text_of(details, "DateOfInitialCPC"))),
        ("Closed", f"{in_words(closed)}, {ended}" if closed and ended else in_words(closed)),
    )
    source = text_of(details, "ReferralSource").upper()
    told = {"referral_source": source} if source in REFERRED_BY else {}
    elements = {"occurred_at": "CINreferralDate", "details.referral_source": "ReferralSource"}
    return Happening("front_door_referral", "referral", day(details, "CINreferralDate"), narrative, told, elements)


def day(element: Element, name: str) -> str:
    return day_or_text(text_of(element, name))


def involvement(
    plan: str, element: Element, dates: tuple[str, str], narrative: str = "", category: str = ""
) -> Happening:
    """Something that begins and ends. `plan`: its code in our kinds; `dates`: the elements that say when."""
    started, ended = (day(element, name) for name in dates)
    if ended and ended < started:
        narrative = f"{narrative} Said to end on {in_words(ended)}, before it began.".strip()
    details = {
        "service": "Children’s social care",
        "plan": plan,
        "category": category if category in ABUSE else "",
        "status": "closed" if ended else "open",
        "started_on": started,
        "ended_on": ended if ended >= started else "",
    }
    kept = {name: value for name, value in details.items() if value}
    elements = {"occurred_at": dates[0], "details.started_on": dates[0], "details.ended_on": dates[1]}
    return Happening("social_care_involvement", plan, started, narrative, kept, elements)


def assessment(element: Element, notes: Notes) -> Happening:
    codes = [one.text or "" for one in element.iterfind("FactorsIdentifiedAtAssessment/AssessmentFactors")]
    named = [FACTORS[code] for code in codes if code in FACTORS]
    if len(named) < len(codes):
        reason = "assessment factors about the household or health, because the assessment itself tells them"
        notes.leave_out(reason, len(codes) - len(named))
    dates = ("AssessmentActualStartDate", "AssessmentAuthorisationDate")
    narrative = sentences(("Found at assessment", ", ".join(named)))
    return involvement("assessment", element, dates, narrative)


def enquiry(element: Element) -> Happening:
    """A section 47 enquiry has no end of its own in the census: the conference, or none, ends it."""
    conference = text_of(element, "DateOfInitialCPC")
    not_needed = text_of(element, "ICPCnotRequired").lower() in YES
    narrative = sentences(("First child protection conference", "not required" if not_needed else in_words(conference)))
    dates = ("S47ActualStartDate", "DateOfInitialCPC")
    return involvement("section_47", element, dates, narrative)


def protection_plan(element: Element) -> Happening:
    narrative = sentences(
        ("First category", word(ABUSE, text_of(element, "InitialCategoryOfAbuse"))),
        ("Latest category", word(ABUSE, text_of(element, "LatestCategoryOfAbuse"))),
        ("Plans before this", text_of(element, "NumberOfPreviousCPP")),
    )
    dates = ("CPPstartDate", "CPPendDate")
    latest = text_of(element, "LatestCategoryOfAbuse").upper()
    return involvement("child_protection", element, dates, narrative, latest)
