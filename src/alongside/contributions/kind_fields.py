"""The questions of a kind: what each answer may be, and how it is said in words."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic import Field as Declared

from alongside.web import dates

from .rules import Problem

DAY_ALONE = len("2026-03-04")
LONDON = ZoneInfo("Europe/London")
YES = frozenset({"yes", "true", "y", "1"})
NO = frozenset({"no", "false", "n", "0"})
TRUTHS = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)

Key = Annotated[str, Declared(pattern=r"^[a-z][a-z0-9_]*$")]
Type = Literal["text", "long_text", "choice", "choices", "boolean", "date", "datetime", "number", "phone"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(Strict):
    code: str
    label: str


def _choices(written: object) -> object:
    """In a file choices stand as `code = "label"`."""
    if isinstance(written, dict):
        return [{"code": code, "label": label} for code, label in written.items()]
    return written


class Field(Strict):
    """One question: what is asked, what may be answered, and why the answer helps the next person."""

    key: Key
    label: str
    type: Type = "text"
    hint: str = ""
    choices: Annotated[list[Choice], BeforeValidator(_choices)] = []
    helps: str
    step: str = "what_happened"
    wanted: bool = False
    # Text shorter than this says nothing: "as above", "n/a".
    least: int = 0
    gap_answer: str = ""
    counts_towards: str = ""
    # Answers that put what is told before everything else until somebody has it, each with why, as pages say it.
    at_once: dict[str, str] = {}
    # Partners whose word this is alone; empty: anybody may tell it.
    only_by: list[str] = []
    # False for what protects whoever told: kept, and on no page that others read.
    show: bool = True
    # True for what says who told it or how they know: on no page outside the partnership's own timeline.
    about_source: bool = False
    childs_words: bool = False

    @model_validator(mode="after")
    def has_choices_where_it_offers_them(self) -> "Field":
        if self.type.startswith("choice") != bool(self.choices):
            raise ValueError("a field of type choice or choices lists them, and no other does")
        if self.at_once.keys() - (self._known if self.type == "choice" else set()):
            raise ValueError("at_once names an answer that is no choice")
        return self

    def label_of(self, code: object) -> str:
        return next((choice.label for choice in self.choices if choice.code == code), str(code))

    def tidied(self, value: object) -> object:
        """The answer as we keep it: files say "yes", "3" and "knife|other", and mean what a form means."""
        if isinstance(value, str):
            return _tidy_text(self, value.strip())
        return value

    def problem(self, value: object) -> Problem | None:
        """What makes this answer impossible, if anything does."""
        field = f"details.{self.key}"
        rule, mend, may_be = EXPECTED[self.type]
        if not may_be(self.tidied(value)):
            return Problem(field, str(value)[:200], rule, mend)
        unknown = [one for one in _codes(self.tidied(value)) if self.choices and one not in self._known]
        if unknown:
            known = ", ".join(f"{choice.code} ({choice.label})" for choice in self.choices)
            return Problem(field, str(value)[:200], "This is not one of the answers.", f"Use {known}.")
        return None

    @property
    def _known(self) -> set[str]:
        return {choice.code for choice in self.choices}

    def words(self, value: object) -> str:
        """The answer as a reader should see it."""
        value = self.tidied(value)
        if self.type == "boolean":
            return "Yes" if value else "No"
        if self.choices:
            return ", ".join(self.label_of(code) for code in _codes(value))
        if self.type in ("date", "datetime") and len(str(value)) == DAY_ALONE:
            return dates.day_and_year(date.fromisoformat(str(value)))
        if self.type == "datetime":
            return dates.moment(_local(datetime.fromisoformat(str(value))))
        return str(value)

    @property
    def schema(self) -> dict[str, Any]:
        """This question as JSON Schema."""
        offered = {"enum": [choice.code for choice in self.choices]} if self.choices else {}
        shapes: dict[str, dict[str, Any]] = {
            "boolean": {"type": "boolean"},
            "number": {"type": "number"},
            "date": {"type": "string", "format": "date"},
            "datetime": {"type": "string", "format": "date-time"},
            "choices": {"type": "array", "items": {"type": "string", **offered}},
            "choice": {"type": "string", **offered},
        }
        shape = shapes.get(self.type, {"type": "string"})
        return {"title": self.label, "description": self.helps, **shape}


def _local(when: datetime) -> datetime:
    """A time told without an offset is London's."""
    return when.astimezone(LONDON) if when.tzinfo else when


def _codes(value: object) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def _tidy_text(field: Field, text: str) -> object:
    if field.type == "boolean":
        return TRUTHS.get(text.lower(), text)
    if field.type == "number":
        return _number(text)
    if field.choices:
        codes = {choice.label.lower(): choice.code for choice in field.choices}
        parts = re.split(r"[|;]", text) if field.type == "choices" else [text]
        found = [codes.get(part.strip().lower(), part.strip()) for part in parts]
        return found if field.type == "choices" else found[0]
    return text


def _number(text: str) -> object:
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _reads_as(read: Callable[[str], object]) -> Callable[[object], bool]:
    def may_be(value: object) -> bool:
        try:
            read(value if isinstance(value, str) else "")
        except ValueError:
            return False
        return True

    return may_be


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 20_000 and "\x00" not in value


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


TEXT = (
    "This is not text, or it is longer than 20000 characters.",
    "Give words in quotation marks.",
    _is_text,
)
EXPECTED: dict[str, tuple[str, str, Callable[[object], bool]]] = {
    "text": TEXT,
    "long_text": TEXT,
    "phone": TEXT,
    "choice": ("This is not one answer.", "Give one of the codes, as text.", _is_text),
    "choices": ("This is not a list of answers.", 'Give a list of codes, like ["a", "b"].', _is_texts),
    "boolean": ("This is neither yes nor no.", "Give true or false.", lambda value: isinstance(value, bool)),
    "number": ("This is no number.", "Give it in digits, like 3 or 2.5.", _is_number),
    "date": ("This is no date.", "Give it year first, like 2026-03-04.", _reads_as(date.fromisoformat)),
    "datetime": (
        "This is no date and time.",
        "Give it like 2026-03-04T22:15.",
        _reads_as(datetime.fromisoformat),
    ),
}
