"""The kinds of thing partners tell each other: one definition each, in the playbook.

From it come the form, the API's schema, the file import, the quality advice and the words on the timeline.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from django.conf import settings
from pydantic import BeforeValidator, model_validator

from alongside import playbook
from alongside.access.rules import parse_handling

from .kind_fields import Choice, Field, Key, Strict
from .rules import Problem

# What a mark on a child's strip of events stands for.
Group = Literal["danger", "missing", "school", "custody", "intelligence", "support"]

ROLES = {
    "subject": "The child this is about",
    "victim": "Was hurt or harmed",
    "suspect": "Is thought to have done it",
    "witness": "Saw or heard it",
    "missing": "Was missing",
    "present": "Was there",
    "linked": "Has a link to it",
    "sibling": "Brother or sister",
    "parent": "Parent or carer",
    "associate": "Was with them",
}

OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")
SUMMARY = 220
# The first words of what was told, for a title: the first sentence, or so much of it.
OPENING = 70
SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s")


class Enough(Strict):
    """Of several questions that together answer one, how many make enough."""

    key: Key
    least: int
    label: str
    helps: str


class Step(Strict):
    key: Key
    title: str


def _steps(written: object) -> object:
    if isinstance(written, dict):
        return [{"key": key, "title": title} for key, title in written.items()]
    return written


STEPS = [
    Step(key="who", title="Who"),
    Step(key="what_happened", title="What happened"),
    Step(key="check", title="Check and send"),
]


class Kind(Strict):
    """One kind of thing that partners tell."""

    key: Key
    name: str
    short: str
    group: Group
    says: str
    default_handling: str = "team"
    told_by: list[str] = []
    roles: list[Key]
    title: str
    narrative: str = "What happened"
    incident: bool = False
    involves: bool = False
    # Its author's supervisor looks it over, after it is sent.
    supervised: bool = False
    # Not where it comes of a page of its own, as what police release of something they hold.
    has_form: bool = True
    # It comes to the front door, and waits in sight there until somebody of it has opened it.
    to_front_door: bool = False
    # Police grade it (3x5x2) before it goes further.
    graded: bool = False
    about_people: list[str] = []
    wanted_about_people: list[str] = []
    wants_place: bool = False
    # What is named first where it is missing, before sending; other gaps are folded under it.
    foremost: list[Key] = []
    steps: Annotated[list[Step], BeforeValidator(_steps)] = STEPS
    enough: list[Enough] = []
    fields: list[Field]
    example: dict[str, Any]

    @model_validator(mode="after")
    def holds_together(self) -> "Kind":
        keys = {field.key for field in self.fields}
        steps = {step.key for step in self.steps}
        parse_handling(self.default_handling)
        _must(len(keys) == len(self.fields), "two fields have the same key")
        _must(set(self.roles) <= ROLES.keys(), f"a role is not known; known are {', '.join(ROLES)}")
        _must({f.gap_answer for f in self.fields} <= keys | {""}, "gap_answer names no field")
        _must({f.step for f in self.fields} <= steps, "a field stands in a step that is not there")
        _must({f.counts_towards for f in self.fields} <= {e.key for e in self.enough} | {""}, "enough of what?")
        _must(set(self.foremost) <= keys | set(self.about_people), "foremost names no question")
        _must(set(SLOT.findall(self.title)) <= keys | {"place", "opening"}, "title names no field")
        problems = self.problems(self.example.get("details", {}))
        _must(not problems, f"its example is not a good one: {problems[:1]}")
        return self

    def step_for(self, part: str) -> str:
        """On which step it is asked when and where it was: one of that name, or with what happened."""
        return part if any(step.key == part for step in self.steps) else STEPS[1].key

    def field(self, key: str) -> Field | None:
        return next((field for field in self.fields if field.key == key), None)

    def problems(self, details: dict[str, Any], *, agency: str = "") -> list[Problem]:
        """Every answer that cannot be, or is not this agency's to give. What is missing is a gap, never a problem."""
        found = []
        for key, value in details.items():
            field = self.field(key)
            if field is None:
                mend = "Take it out, or mend its name. Known: " + ", ".join(f.key for f in self.fields)
                found.append(Problem(f"details.{key}", str(value)[:200], "No field has this name.", mend))
            elif agency and field.only_by and agency not in field.only_by:
                mend = "Leave it out. It is told by: " + ", ".join(field.only_by)
                found.append(Problem(f"details.{key}", str(value)[:200], "This is not yours to say.", mend))
            elif problem := field.problem(value):
                found.append(problem)
        return found

    def tidied(self, details: dict[str, Any]) -> dict[str, Any]:
        """Details of which `problems` knows none, as we keep them."""
        return {field.key: field.tidied(details[field.key]) for field in self.fields if field.key in details}

    def title_for(self, envelope: dict[str, Any]) -> str:
        """One line for the timeline. A part in [brackets] stands only where all it names is known, and says more than
        that it was something else."""
        told, answers = self._words(envelope), envelope.get("details", {})

        def says_something(name: str) -> bool:
            return bool(told.get(name)) and answers.get(name) not in ("other", ["other"])

        def part(match: re.Match[str]) -> str:
            return match[1] if all(says_something(name) for name in SLOT.findall(match[1])) else ""

        title = SLOT.sub(lambda slot: told.get(slot[1], ""), OPTIONAL.sub(part, self.title)).strip(" :,")
        return title[:1].upper() + title[1:] or self.name

    def summary_for(self, envelope: dict[str, Any]) -> str:
        """Two lines at most: what was told, or the answers that are shown."""
        told = " ".join(str(envelope.get("narrative") or "").split())
        if not told:
            told = " ".join(
                f"{label.rstrip('?:')}: {words.rstrip('.')}."
                for label, words in self.shown(envelope.get("details", {}))
            )
        return told if len(told) <= SUMMARY else told[:SUMMARY].rsplit(" ", 1)[0] + "…"

    def shown(self, details: dict[str, Any], *, all_answers: bool = False) -> list[tuple[str, str]]:
        """The answers that belong on the timeline, as (label, words); or all, for whoever told them."""
        return [
            (field.label, field.words(details[field.key]))
            for field in self.fields
            if (field.show or all_answers) and details.get(field.key) not in (None, "", [])
        ]

    def keeps_apart(self, field: Field) -> bool:
        """Whether this answer could show who told it, or is what police say of that: it is given to nobody."""
        return not field.show or field.about_source or (self.graded and bool(field.only_by))

    def given(self, details: dict[str, Any]) -> list[tuple[Field, str]]:
        """The answers that may be given on purpose or go out in a pack, each in words."""
        told = [field for field in self.fields if details.get(field.key) not in (None, "", [])]
        return [(field, field.words(details[field.key])) for field in told if not self.keeps_apart(field)]

    def json_schema(self) -> dict[str, Any]:
        """The details of this kind as JSON Schema (2020-12)."""
        properties = {field.key: field.schema for field in self.fields}
        return {
            "title": self.name,
            "description": self.says,
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }

    def _words(self, envelope: dict[str, Any]) -> dict[str, str]:
        details, place = envelope.get("details", {}), envelope.get("place", {})
        told = {f.key: f.words(details[f.key]) for f in self.fields if details.get(f.key) not in (None, "", [])}
        return told | {"opening": opening_of(envelope), "place": place.get("name") or place.get("postcode") or ""}


def opening_of(envelope: dict[str, Any]) -> str:
    """The first sentence of what was told, cut after a word where it is long."""
    told = " ".join(str(envelope.get("narrative") or "").split())
    first = SENTENCE_ENDS.split(told, maxsplit=1)[0].rstrip(".")
    return first if len(first) <= OPENING else first[:OPENING].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


def read_kinds(folder: Path) -> dict[str, Kind]:
    """Raises playbook.BrokenPlaybookError. A file is named as its kind."""
    found = playbook.load_folder(folder, Kind)
    misnamed = [
        playbook.Mistake(str(folder / f"{stem}.toml"), 1, f"It defines {kind.key}.", f"Name it {kind.key}.toml.")
        for stem, kind in found.items()
        if stem != kind.key
    ]
    if misnamed:
        raise playbook.BrokenPlaybookError(misnamed)
    return found


@lru_cache(maxsize=4)
def _kinds_of(book: Path) -> dict[str, Kind]:
    return read_kinds(book / "contributions")


def kinds() -> dict[str, Kind]:
    """Every kind of this partnership's playbook by its key."""
    return _kinds_of(settings.PLAYBOOK)


def kinds_of_agency(agency: str) -> list[str]:
    """Keys of the kinds that this agency tells, and of those that anybody does."""
    return [key for key, kind in kinds().items() if not kind.told_by or agency in kind.told_by]


__all__ = ["ROLES", "Choice", "Field", "Kind", "kinds", "kinds_of_agency", "read_kinds"]
