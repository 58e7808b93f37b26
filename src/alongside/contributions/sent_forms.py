"""What is asked of whoever takes something back, and of a supervisor who looks it over."""

from typing import Any

from django import forms

from .models import SupervisorLook

Outcome = SupervisorLook.Outcome


class WithdrawForm(forms.Form):
    because = forms.CharField(
        label="Why do you take it back?",
        help_text="For example: it was about another child. Partners see this line.",
        max_length=300,
        error_messages={"required": "Write in a line why you take it back"},
    )


class LookForm(forms.Form):
    """Seen, or returned with what would help."""

    outcome = forms.ChoiceField(
        label="What do you say?",
        choices=[(Outcome.SEEN, "It is seen"), (Outcome.RETURNED, "Return it to its author")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is seen or goes back to its author"},
    )
    comment = forms.CharField(
        label="If you return it: what would help?",
        help_text="Its author reads this on their first page.",
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        required=False,
    )

    def clean_comment(self) -> Any:
        comment = self.cleaned_data["comment"]
        if self.cleaned_data.get("outcome") == Outcome.RETURNED and not comment:
            raise forms.ValidationError("Write what would help, so that its author can mend it")
        return comment
