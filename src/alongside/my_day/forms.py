"""What is asked of whoever is told that a record was opened in an emergency."""

from django import forms

from alongside.people.models import Verdict


class JudgementForm(forms.Form):
    verdict = forms.ChoiceField(
        label="Was it fair to open the record?",
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it was fair"},
    )
    because = forms.CharField(
        label="How do you know?",
        help_text="For example: I called her, and the child was in A&E with her.",
        max_length=300,
        error_messages={"required": "Write in a line how you know"},
    )
