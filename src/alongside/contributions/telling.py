"""From what was answered on the pages to what is sent: the canonical envelope."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from .answers import RECORD, in_their_steps, with_a_day
from .forms import PersonForm, QuestionsForm, number_of_people, people_forms, questions_form
from .kinds import Field, Kind, kinds
from .models import Contribution, Draft
from .moments import DAY, NOT_TOLD
from .quality import Gap, gaps_in
from .rules import OUR_PAGES, in_danger_now
from .words import Advice, kinder_words, phrases

LONDON = ZoneInfo("Europe/London")
ETHNICITY = {"ethnicity": "code", "ethnicity_stated_by": "stated_by", "ethnicity_why_not": "why_not_known"}


@dataclass(frozen=True)
class Telling:
    """A draft as it stands: its forms with what is wrong in them, its envelope, and what would still help."""

    kind: Kind
    people: list[PersonForm]
    steps: dict[str, QuestionsForm]
    envelope: dict[str, Any]
    gaps: list[Gap]
    # The places on the page of those who are told of: an empty one is nobody.
    told_of: list[int]

    @property
    def wrong(self) -> dict[str, list[Any]]:
        """The forms with something impossible in them, by step."""
        forms = {step: [form] for step, form in self.steps.items()}
        forms["who"] = [*self.people, *forms.get("who", [])]
        mending = {step: [form for form in those if form.is_bound and form.errors] for step, those in forms.items()}
        return {step: those for step, those in mending.items() if those}

    @property
    def gaps_reason(self) -> str:
        return str(_cleaned(self.steps["check"]).get("gaps_reason", ""))

    @property
    def urgent(self) -> bool:
        return in_danger_now(self.envelope)


def telling_of(draft: Draft, *, at: datetime) -> Telling:
    """Read everything answered so far, each answer under the step that asks for it now."""
    kind = kinds()[draft.kind]
    draft.answers = in_their_steps(kind, draft.answers)
    people = people_forms(kind, draft.answers.get("who", {}))
    called = names_of(kind, draft.answers)
    steps = {
        step.key: questions_form(kind, step.key, draft.answers.get(step.key, {}), at=at, people=called)
        for step in kind.steps
    }
    told = {
        n: _as_known(person, draft, n)
        for n, form in enumerate(people, 1)
        if (person := _person(kind, form, voice=_voice(kind, steps, n)))
    }
    envelope = _envelope(draft, kind, list(told.values()), steps, at)
    return Telling(kind, people, steps, envelope, gaps_in(kind, envelope), list(told))


def names_of(kind: Kind, answers: dict[str, Any]) -> list[str]:
    """What to call each person on the pages."""
    who = answers.get("who", {})
    if not kind.about_people:
        return []

    def called(number: int) -> str:
        names = (who.get(f"p{number}-{key}", [""])[0] for key in ("likes_to_be_called", "given_name"))
        return next((name for name in names if name), f"Person {number}")

    return [called(number) for number in range(1, number_of_people(who) + 1)]


def words_advice(telling: Telling, step: str) -> list[tuple[str, Advice]]:
    """Kinder words for what this step says, each once, with the name of the field it stands in. A child's own
    words are theirs: nothing is advised on them."""
    form, found, seen = telling.steps[step], [], set()
    theirs = tuple(field.key for field in telling.kind.fields if field.childs_words)
    for name, value in _texts(form):
        if name.startswith(theirs):
            continue
        for advice in kinder_words(value, phrases()):
            if advice.instead not in seen:
                seen.add(advice.instead)
                found.append((name, advice))
    return found


def _texts(form: QuestionsForm) -> list[tuple[str, str]]:
    cleaned = _cleaned(form)
    return [(name, value) for name, value in cleaned.items() if isinstance(value, str) and value]


def _cleaned(form: PersonForm | QuestionsForm) -> dict[str, Any]:
    """What can be used of a form; what is impossible in it is left out."""
    if not form.is_bound:
        return {}
    form.full_clean()
    return form.cleaned_data


def _voice(kind: Kind, steps: dict[str, QuestionsForm], number: int) -> str:
    """What this child said, where several are told of; the words of an only child stand among the details."""
    for field in kind.fields:
        form = steps[field.step]
        if field.childs_words and len(form.people) > 1:
            return str(_cleaned(form).get(field.key if number == 1 else f"{field.key}_{number}", ""))
    return ""


def _person(kind: Kind, form: PersonForm, *, voice: str = "") -> dict[str, Any]:
    said = _cleaned(form) | {"childs_words": voice}
    told = {name: value for name, value in said.items() if value not in ("", None)}
    role = told.pop("role", kind.roles[0])
    if not told:
        return {}
    ethnicity = {word: told.pop(name) for name, word in ETHNICITY.items() if name in told}
    if "code" in ethnicity:
        ethnicity["scheme"] = "sde18"
    else:
        ethnicity.pop("stated_by", None)
    if "date_of_birth" in told:
        told["date_of_birth"] = told["date_of_birth"].iso
    return {"role": role, **told, **({"ethnicity": ethnicity} if ethnicity else {})}


def _as_known(person: dict[str, Any], draft: Draft, number: int) -> dict[str, Any]:
    """In a correction each person stays the one they were, whoever is taken out before them; somebody new is
    nobody from the version before."""
    if draft.corrects is None:
        return person
    record = draft.answers.get("who", {}).get(f"p{number}-{RECORD}", [""])[0]
    return person | {"reference": record or f"{draft.reference}#{draft.corrects.version + 1}.{number}"}


def answers_to_correct(draft: Draft, sent: Contribution) -> dict[str, Any]:
    """The answers that `sent` was sent from, each person with the record they were told under, and the day as a
    day: "today" was another one."""
    who, told_of = draft.answers.get("who", {}), telling_of(draft, at=draft.saved_at).told_of
    people = enumerate(sent.told.get("people", []), start=1)
    records = {
        f"p{number}-{RECORD}": [person.get("reference") or f"{sent.reference}#{place}"]
        for number, (place, person) in zip(told_of, people, strict=True)
    }
    answers = draft.answers | ({"who": who | records} if records else {})
    return with_a_day(answers, sent.occurred_at.astimezone(LONDON).date(), step=kinds()[sent.kind].step_for("when"))


def _envelope(
    draft: Draft, kind: Kind, people: list[dict[str, Any]], steps: dict[str, QuestionsForm], at: datetime
) -> dict[str, Any]:
    said, details, when = {}, {}, steps[kind.step_for("when")]
    for form in steps.values():
        said |= _cleaned(form)
        details |= _details(kind, _cleaned(form), form.people)
    place = {"name": said.get("place_name", ""), "postcode": said.get("place_postcode", "")}
    return {
        "kind": kind.key,
        "source": {"agency": draft.author.agency_id, "system": OUR_PAGES, "reference": draft.reference},
        "occurred_at": _occurred(when, said),
        "reported_at": at.isoformat(),
        "handling": said.get("handling") or kind.default_handling,
        "place": {name: value for name, value in place.items() if value},
        "narrative": said.get("narrative", ""),
        "people": people,
        "details": details,
    }


def _occurred(form: QuestionsForm, what: dict[str, Any]) -> str:
    """The moment, or the day or month alone where no more is known; that it is not told, where nobody says."""
    return _moment(form.happened if form.is_bound else NOT_TOLD, what.get("occurred_time", ""))


def _moment(day: str, clock: str) -> str:
    return f"{day}T{clock}" if clock and DAY.fullmatch(day) else day


def _details(kind: Kind, cleaned: dict[str, Any], people: list[str]) -> dict[str, Any]:
    told = {field.key: _detail(field, cleaned, people) for field in kind.fields if field.key in cleaned}
    return {key: value for key, value in told.items() if value not in ("", None, [])}


def _detail(field: Field, cleaned: dict[str, Any], people: list[str]) -> object:
    value = cleaned[field.key]
    if isinstance(value, date):
        return _moment(value.isoformat(), cleaned.get(f"{field.key}_time", ""))
    if field.type == "boolean":
        return {"yes": True, "no": False}.get(value)
    if field.childs_words and len(people) > 1:
        return ""
    return int(value) if isinstance(value, float) and value.is_integer() else value
