"""What was typed on the pages, step by step, exactly as typed; and what a button does to it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from .forms import ANOTHER, MOST_PEOPLE, TODAY, YESTERDAY, number_of_people
from .kinds import Kind
from .words import kinder_words, phrases, with_kinder_words

Answers = dict[str, list[str]]
ALL_STEPS = dict[str, Answers]

OURS = frozenset({"csrfmiddlewaretoken", "do", "window", "had"})
PART_OF_A_DATE = re.compile(r"_(?:day|month|year|time)$")
# What every kind asks, and in which part of its questions.
ASKED_OF_ALL = dict.fromkeys(("occurred_when", "occurred_on", "occurred_time"), "when") | dict.fromkeys(
    ("place_name", "place_postcode"), "where"
)
PERSON = re.compile(r"p(\d+)-(.+)")
# Under which record a person was told of before, in a correction: kept on the server, never asked of the page.
RECORD = "record"


def in_their_steps(kind: Kind, answers: ALL_STEPS) -> ALL_STEPS:
    """The same answers, each under the step that asks for it now: the playbook may have moved a question to another
    step since they were typed. What was typed on its own step stays."""
    placed: ALL_STEPS = {step: {} for step in answers}
    moved: ALL_STEPS = {}
    for step, told in answers.items():
        for name, values in told.items():
            home = _step_of(kind, name) or step
            (placed if home == step else moved).setdefault(home, {})[name] = values
    return {step: moved.get(step, {}) | placed.get(step, {}) for step in placed | moved}


def _step_of(kind: Kind, name: str) -> str:
    """The step of the question that this answer, or this part of a date, is to; "" for one about a person."""
    for key in (name, PART_OF_A_DATE.sub("", name)):
        if field := kind.field(key):
            return field.step
        if part := ASKED_OF_ALL.get(key):
            return kind.step_for(part)
    return ""


def answers_in(post: Any) -> Answers:
    """What a page sent, without what is the page's own."""
    return {name: values for name, values in post.lists() if name not in OURS}


def typed(before: Answers, post: Any) -> Answers:
    """What a page sent of one step, with the records of its people as they stand."""
    records = {name: values for name, values in before.items() if name.endswith(f"-{RECORD}")}
    sent = {name: values for name, values in answers_in(post).items() if not name.endswith(f"-{RECORD}")}
    return sent | records


def fingerprint(answers: Answers | None) -> str:
    """Short for what a step holds, to tell whether it changed; "" for nothing."""
    text = json.dumps(answers or {}, sort_keys=True)
    return blake2b(text.encode(), digest_size=8).hexdigest() if answers else ""


@dataclass(frozen=True)
class Window:
    """The window somebody writes in: which it is, on which step, and what that step held when it was opened."""

    key: str
    step: str
    had: str

    def writes_over(self, kept: ALL_STEPS, last: str, mine: ALL_STEPS) -> bool:
        """Whether saving would lose what another window, `last`, wrote on this step meanwhile."""
        theirs = kept.get(self.step)
        if not self.key or last in {"", self.key}:
            return False
        return fingerprint(theirs) not in {self.had, fingerprint(mine.get(self.step))}


def with_a_day(answers: ALL_STEPS, day: date, *, step: str) -> ALL_STEPS:
    """Where "today" or "yesterday" was chosen on that step: that day by its date."""
    when = answers.get(step, {})
    if when.get("occurred_when", [""])[0] not in {TODAY, YESTERDAY}:
        return answers
    parts = {"day": day.day, "month": day.month, "year": day.year}
    dated = {f"occurred_on_{part}": [str(number)] for part, number in parts.items()}
    return answers | {step: when | dated | {"occurred_when": [ANOTHER]}}


def after(do: str, answers: ALL_STEPS, *, step: str, kind: Kind) -> ALL_STEPS:
    """The answers after a button that changes them: add, remove:<person>, use:<field>:<phrase>. Others change
    nothing."""
    verb, _, rest = do.partition(":")
    if verb == "add":
        return answers | {"who": with_one_more(answers.get("who", {}))}
    if verb == "remove" and rest.isdecimal():
        return without(answers, int(rest), kind)
    if verb == "use":
        field, _, found = rest.partition(":")
        return answers | {step: _with_kinder_words(answers.get(step, {}), field, found)}
    return answers


def with_one_more(who: Answers) -> Answers:
    return who | {"people": [str(min(number_of_people(who) + 1, MOST_PEOPLE))]}


def without(answers: ALL_STEPS, number: int, kind: Kind) -> ALL_STEPS:
    """Without that person; those after move up, and each child's words stay with the child who said them."""
    left = number_of_people(answers.get("who", {})) - 1
    voices = [field.key for field in kind.fields if field.childs_words]
    moved = {
        step: {new: values for name, values in told.items() if (new := _moved(name, number, voices))}
        for step, told in answers.items()
    }
    return moved | {"who": moved.get("who", {}) | {"people": [str(max(left, 1))]}}


def _moved(name: str, gone: int, voices: list[str]) -> str:
    """The name an answer has once person `gone` is gone, or "" where it goes with them."""
    person = PERSON.fullmatch(name)
    if person:
        return _number_name(int(person[1]), gone, lambda n: f"p{n}-{person[2]}")
    for voice in voices:
        said_by = re.fullmatch(rf"{voice}(?:_(\d+))?", name)
        if said_by:
            return _number_name(int(said_by[1] or 1), gone, lambda n, v=voice: v if n == 1 else f"{v}_{n}")
    return name


def _number_name(number: int, gone: int, named: Any) -> str:
    if number == gone:
        return ""
    return str(named(number - 1 if number > gone else number))


def with_place(answers: ALL_STEPS, step: str, place: Mapping[str, str]) -> ALL_STEPS:
    """With this place on that step: its `name` and `postcode`, as they were told before."""
    told = {f"place_{part}": [place.get(part, "")] for part in ("name", "postcode")}
    return answers | {step: answers.get(step, {}) | told}


def _with_kinder_words(answers: Answers, field: str, found: str) -> Answers:
    text = (answers.get(field) or [""])[0]
    advice = next((one for one in kinder_words(text, phrases()) if one.found == found), None)
    return answers | {field: [with_kinder_words(text, advice)]} if advice else answers
