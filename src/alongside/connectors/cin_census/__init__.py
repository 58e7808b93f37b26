"""DfE's children in need census (XML): children by the council's id, their referrals, assessments and plans.

Source: DfE, Children in need census; elements as in its schema of 2024 and the example of 2026.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.connectors import children
from alongside.connectors.arrivals import Arrival, Head, Notes, Refused, Told
from alongside.connectors.reading import Opened
from alongside.connectors.xml_elements import Element, as_it_stood, elements, text_of
from alongside.contributions.rules import Problem

from . import told

SYSTEM = "cin-census"
REFERENCE_DAY = re.compile(r"<ReferenceDate>\s*([0-9]{4}-[0-9]{2}-[0-9]{2})")


class CinCensus:
    name = "cin_census"
    called = "children in need census (XML)"
    rejects = "ndjson"

    def recognises(self, head: Head) -> bool:
        return head.shape == "xml" and head.root == "Message" and "<Collection>CIN</Collection>" in head.start

    def arrivals(self, opened: Opened, head: Head, notes: Notes) -> Iterator[Arrival]:
        census = Census(children.Turns(), notes, head.today, reference_day(head.start))
        for element in elements(opened, "Child"):
            yield from of_child(element, census)


@dataclass(frozen=True)
class Census:
    """One file. `on`: the day that the whole census speaks of, ISO, or "" where it does not say."""

    turns: children.Turns
    notes: Notes
    today: date
    on: str


def reference_day(start: str) -> str:
    found = REFERENCE_DAY.search(start)
    return found[1] if found else ""


def of_child(element: Element, census: Census) -> Iterator[Arrival]:
    """Everything that the census says of one child, each as a contribution of its own."""
    notes = census.notes
    row = element.sourceline or 0
    reference = text_of(element, "ChildIdentifiers/LAchildID")
    if not reference:
        mend = "Give the council's id of the child: without it nobody can tell whose referral this is."
        problem = Problem("LAchildID", "", "This child has no id.", mend)
        yield Refused(row, (problem,), {"child": as_it_stood(element)})
        return
    note_left_out(element, notes)
    person = children.child(reference, notes, today=census.today, told=facts(element, reference))
    happenings = [one for details in element.iterfind("CINdetails") for one in told.happenings(details, notes)]
    # A child must not vanish because every date about them is wrong: the census itself knows them.
    if not any(told.has_happened(one, today=census.today) for one in happenings):
        happenings.append(told.named_in_the_census(census.on))
    died = text_of(element, "ChildIdentifiers/PersonDeathDate")
    for happening in happenings:
        key = census.turns.name(f"{reference}-{happening.what}-{happening.on}")
        envelope = in_envelope(key, happening, person, died)
        yield Told(row, envelope, envelope, happening.elements)


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
