"""What is asked before a record is opened in an emergency, and before a link is undone."""

from django import forms

REASONS = [
    ("A child is in danger now", "A child is in danger now"),
    ("I must decide before the team can be reached", "I must decide before the team can be reached"),
    ("Another reason", "Another reason"),
]


class EmergencyForm(forms.Form):
    why = forms.ChoiceField(
        label="Why do you need it?",
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you need it"},
    )
    happening = forms.CharField(
        label="What is happening?",
        help_text="A line is enough. It is kept with your name and the time.",
        max_length=150,
        error_messages={"required": "Write in a line what is happening"},
    )

    @property
    def because(self) -> str:
        return f"{self.cleaned_data['why']}: {self.cleaned_data['happening']}"


class NotThisChildForm(forms.Form):
    because = forms.CharField(
        label="How do you know?",
        help_text="For example: the school has met both children.",
        max_length=300,
        error_messages={"required": "Write in a line how you know"},
    )
