"""What is asked when an action is raised in the meeting, and when it is ticked off."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.agencies.models import Practitioner
from alongside.people.models import Person
from alongside.web.widgets import WholeDateField

from .carrying import owners


class OwnerField(forms.ModelChoiceField):
    def label_from_instance(self, owner: Practitioner) -> str:
        return f"{owner.name}, {owner.agency.short_name}"


class ActionForm(forms.Form):
    what = forms.CharField(
        label="What will be done?",
        help_text="Begin with a verb: “Call Kai’s school before 10am”.",
        max_length=200,
        error_messages={"required": "Write what will be done"},
    )
    owner = OwnerField(
        label="Who will do it?",
        queryset=Practitioner.objects.none(),
        empty_label="Choose one person",
        error_messages={"required": "Choose who will do it"},
    )
    due = WholeDateField(label="By when?", error_messages={"required": "Enter the day, like 23 11 2026"})

    def __init__(self, *args: Any, on: date, about: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on
        self.fields["owner"].queryset = owners(about)

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due < self.on:
            raise ValidationError("Enter a day on or after the meeting")
        return due


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label="What came of it?",
        help_text="A line for the next meeting. “We could not reach her” is an answer too.",
        max_length=300,
        error_messages={"required": "Write in a line what came of it"},
    )
