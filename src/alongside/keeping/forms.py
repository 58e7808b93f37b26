"""What is asked of a records officer."""

from datetime import date
from typing import Any

from django import forms

from alongside.web.widgets import WholeDateField

NAMES_NOBODY = "It is kept for as long as the system: name nobody in it."


class ProposeForm(forms.Form):
    """Which of those that are due."""

    receipts = forms.MultipleChoiceField(
        choices=(),
        widget=forms.CheckboxSelectMultiple,
        label="What falls due",
        error_messages={"required": "Choose what you propose to dispose of"},
    )

    def __init__(self, *args: Any, due: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receipts"].choices = due


class HoldForm(forms.Form):
    """What is held, why, and until when."""

    covers = forms.ChoiceField(
        label="What is held?",
        choices=[
            ("thing", "This alone, in all its versions"),
            ("people", "All that we told of the people in it"),
            ("kind", "All that we told of this kind"),
            ("everything", "All that we told"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is held"},
    )
    because = forms.CharField(
        label="Why is it held?",
        help_text=f"For example: an inquiry has asked for it, number 12 of 2026. {NAMES_NOBODY}",
        max_length=300,
        error_messages={"required": "Write in a line why it is held"},
    )
    until = WholeDateField(
        label="Until when, if that is known?",
        help_text="For example, 31 3 2027. Leave it empty where nobody can say: it is held until somebody lifts it.",
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until and until < self.today:
            raise forms.ValidationError("Choose today or a later day, or leave it empty")
        return until


class LiftForm(forms.Form):
    because = forms.CharField(
        label="Why is it no longer held?",
        help_text=NAMES_NOBODY,
        max_length=300,
        error_messages={"required": "Write in a line why it is no longer held"},
    )


class DecideForm(forms.Form):
    """The second person's word."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[("approve", "Dispose of all of it, for good"), ("refuse", "Keep all of it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is disposed of or kept"},
    )
    because = forms.CharField(label="If you keep it: why?", help_text=NAMES_NOBODY, max_length=300, required=False)

    def clean_because(self) -> str:
        because: str = self.cleaned_data["because"]
        if self.cleaned_data.get("decision") == "refuse" and not because:
            raise forms.ValidationError("Write in a line why it is kept")
        return because


class LetInForm(forms.Form):
    because = forms.CharField(
        label="Why may it be told again?",
        help_text=NAMES_NOBODY,
        max_length=300,
        error_messages={"required": "Write in a line why it may be told again"},
    )
