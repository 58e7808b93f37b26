"""DfE's children in need census (XML): children by the council's id, their referrals, assessments and plans.

Source: DfE, Children in need census; elements as in its schema of 2024 and the example of 2026.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from alongside.connectors import children
from alongside.connectors.arrivals import Arrival, Head, Notes, Refused, Told
from alongside.connectors.reading import Opened
from alongside.connectors.xml_elements import Element, elements, text_of
from alongside.contributions.rules import Problem

from . import told

SYSTEM = "cin-census"


class CinCensus:
    name = "cin_census"
    called = "children in need census (XML)"
    rejects = "ndjson"

    def recognises(self, head: Head) -> bool:
        return head.shape == "xml" and head.root == "Message" and "<Collection>CIN</Collection>" in head.start

    def arrivals(self, opened: Opened, head: Head, notes: Notes) -> Iterator[Arrival]:
        turns = children.Turns()
        for element in elements(opened, "Child"):
            yield from of_child(element, turns, notes, today=head.today)


def of_child(element: Element, turns: children.Turns, notes: Notes, *, today: date) -> Iterator[Arrival]:
    """Everything that the census says of one child, each as a contribution of its own."""
    row = element.sourceline or 0
    reference = text_of(element, "ChildIdentifiers/LAchildID")
    if not reference:
        mend = "Give the council's id of the child: without it nobody can tell whose referral this is."
        yield Refused(row, (Problem("LAchildID", "", "This child has no id.", mend),), {})
        return
    note_left_out(element, notes)
    person = children.child(reference, notes, today=today, told=facts(element, reference))
    happenings = [one for details in element.iterfind("CINdetails") for one in told.happenings(details, notes)]
    for happening in happenings:
        key = turns.name(f"{reference}-{happening.what}-{happening.on}")
        envelope = in_envelope(key, happening, person, text_of(element, "ChildIdentifiers/PersonDeathDate"))
        yield Told(row, envelope, envelope)
    if not happenings:
        mend = "Give the child's referral (CINdetails), or leave the child out."
        rule = "The census says nothing that happened for this child."
        yield Refused(row, (Problem("CINdetails", reference, rule, mend),), {})


def facts(element: Element, reference: str) -> dict[str, str]:
    """The child as the census names their facts, in the words that `children.child` reads."""
    sex = text_of(element, "ChildIdentifiers/Sex") or text_of(element, "ChildIdentifiers/GenderCurrent")
    return {
        "la_child_id": reference,
        "upn": text_of(element, "ChildIdentifiers/UPN"),
        "dob": text_of(element, "ChildIdentifiers/PersonBirthDate"),
        "sex": sex,
        "ethnicity": text_of(element, "ChildCharacteristics/Ethnicity"),
    }


def note_left_out(element: Element, notes: Notes) -> None:
    for path, reason in told.LEFT_OUT.items():
        if count := len(element.findall(path)):
            notes.leave_out(reason, count)


def in_envelope(key: str, happening: told.Happening, person: dict[str, Any], died: str) -> dict[str, Any]:
    gone = f" The census says that the child died on {children.in_words(died)}." if died else ""
    return {
        "kind": happening.kind,
        "source": {"agency": children.COUNCIL, "system": SYSTEM, "reference": key},
        "occurred_at": happening.on,
        "narrative": happening.narrative + gone,
        "people": [person],
        "details": happening.details,
    }
