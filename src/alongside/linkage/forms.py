"""What a person says of a pair of records."""

from django import forms

from .models import Verdict


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        label="Are these the same child?",
        choices=[
            (Verdict.SAME, "Same child"),
            (Verdict.DIFFERENT, "Different children"),
            (Verdict.NOT_SURE, "Not sure: one of the two agencies has to be asked"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether these are the same child"},
    )
    because = forms.CharField(
        label="Why?",
        help_text="A line for whoever reads this after you.",
        max_length=300,
        error_messages={"required": "Write in a line why"},
    )
