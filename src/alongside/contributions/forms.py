"""The pages on which partners tell: one form for each step of each kind, made from the kind's definition."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from alongside.web.partial_date import PartialDate
from alongside.web.widgets import PartialDateField

from .about_people import people_questions
from .form_fields import LONGEST, NumberedField, TimeField, fields_for
from .kinds import ROLES, Field, Kind
from .moments import NOT_TOLD

MOST_PEOPLE = 12
TODAY, YESTERDAY, ANOTHER = "today", "yesterday", "another"
WHEN = [(TODAY, "Today"), (YESTERDAY, "Yesterday"), (ANOTHER, "Another day")]
DAY_HELP = "For example, 23 11 2026. If you know only the month, leave the day empty; if not even that, leave all empty"
HANDLING = [
    ("team", "The team around the child, and the meetings the child is before"),
    ("statutory", "The same, but statutory agencies only"),
    ("partnership", "Everybody who works with children: only that we work with the child, and whom to call"),
    ("police", "Police only"),
]


class PersonForm(forms.Form):
    """What is told of one person."""

    def __init__(self, kind: Kind, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if len(kind.roles) > 1:
            roles = [(role, ROLES[role]) for role in kind.roles]
            self.fields["role"] = forms.ChoiceField(choices=roles, required=False, label="Who are they in this?")
        questions = people_questions()
        for key in kind.about_people:
            self.fields.update(fields_for(questions[key]))


class QuestionsForm(forms.Form):
    """The questions of one step, besides those about each person."""

    def __init__(
        self, kind: Kind, step: str, *args: Any, at: datetime, people: list[str] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.today = timezone.localdate(at)
        self.people = people or []
        if step == "check":
            self.fields.update(_before_sending(kind))
            return
        for part, fields in _asked_of_all(kind).items():
            if kind.step_for(part) == step:
                self.fields.update(fields)
        for field in kind.fields:
            if field.step == step:
                self.fields.update(fields_for(field))
                self.fields.update(_voices(field, self.people))

    def clean_occurred_on(self) -> PartialDate | None:
        told = self.cleaned_data["occurred_on"]
        if told and not told.month:
            raise forms.ValidationError("Add the month, or leave all three empty and say the year in your words")
        if told and date(told.year, told.month, told.day or 1) > self.today:
            raise forms.ValidationError("Enter the day it happened: this one is still to come")
        return told

    @property
    def happened(self) -> str:
        """The day or the month it happened, as the envelope says it, once cleaned; `not_told` where neither is."""
        days = {TODAY: self.today, YESTERDAY: self.today - timedelta(days=1)}
        day = days.get(self.cleaned_data.get("occurred_when", ""))
        told = self.cleaned_data.get("occurred_on")
        return day.isoformat() if day else told.iso if told else NOT_TOLD


def _voices(field: Field, people: list[str]) -> dict[str, forms.Field]:
    """Each child has a voice: the first child's stands under the field's own name."""
    if not field.childs_words or len(people) < 2:
        return {}
    voices = fields_for(field, label=f"{people[0]}: {field.label}")
    for number, called in enumerate(people[1:], start=2):
        asked = fields_for(field, label=f"{called}: {field.label}")
        voices[f"{field.key}_{number}"] = asked[field.key]
    return voices


def _asked_of_all(kind: Kind) -> dict[str, dict[str, forms.Field]]:
    """When and where it was and what happened, in the order in which this kind asks."""
    what = {"narrative": forms.CharField(widget=forms.Textarea({"rows": 6}), label=kind.narrative, required=False)}
    where = {
        "place_name": forms.CharField(label="Where?", max_length=LONGEST["place_name"], required=False),
        "place_postcode": NumberedField("postcode", label="Postcode of the place, if you know it", required=False),
    }
    if kind.about_people:
        return {"when": _when(), "where": where, "what_happened": what}
    quick = forms.ChoiceField(choices=WHEN, widget=forms.RadioSelect(), label="When?", required=False)
    when = {"occurred_when": quick} | _when(label="If another day, which?")
    return {"what_happened": what, "when": when, "where": where}


def _when(label: str = "When did it happen?") -> dict[str, forms.Field]:
    clock = TimeField(
        label="At what time?", help_text="For example, 10:15pm. Leave it empty if you do not know", required=False
    )
    clock.widget.attrs["class"] = "govuk-input--width-5"
    return {
        "occurred_on": PartialDateField(label=label, help_text=DAY_HELP, required=False),
        "occurred_time": clock,
    }


def _before_sending(kind: Kind) -> dict[str, forms.Field]:
    reason = forms.CharField(
        label="In a line, why is it missing?",
        help_text="You can send without a reason too.",
        max_length=300,
        required=False,
    )
    if not kind.about_people:
        return {"gaps_reason": reason}
    who = forms.ChoiceField(choices=HANDLING, label="Who may read it?", required=False, initial=kind.default_handling)
    return {"handling": who, "gaps_reason": reason}


Answers = dict[str, list[str]]


def number_of_people(answers: Answers) -> int:
    """How many people the step "who" has room for: one at least."""
    count = (answers.get("people") or ["1"])[0]
    return min(max(int(count), 1), MOST_PEOPLE) if count.isdecimal() else 1


def people_forms(kind: Kind, answers: Answers) -> list[PersonForm]:
    """One form for each person, filled in with what was answered."""
    data = MultiValueDict(answers) if answers else None
    if not kind.about_people:
        return []
    return [PersonForm(kind, data, prefix=f"p{n}") for n in range(1, number_of_people(answers) + 1)]


def questions_form(
    kind: Kind, step: str, answers: Answers, *, at: datetime, people: list[str] | None = None
) -> QuestionsForm:
    """The form of one step, filled in with what was answered."""
    data = MultiValueDict(answers) if answers else None
    return QuestionsForm(kind, step, data, at=at, people=people)
