"""What can be asked of the ledger."""

from django import forms

from alongside.ledger.models import Operation
from alongside.web.widgets import WholeDateField


class LedgerForm(forms.Form):
    child = forms.RegexField(
        r"^[0-9A-Za-z]+$",
        label="Child, by reference",
        required=False,
        max_length=12,
        error_messages={"invalid": "Enter the reference, like 4HRZ9BCD"},
    )
    who = forms.CharField(label="Practitioner, by name or key", required=False, max_length=80)
    operation = forms.ChoiceField(
        label="What was done",
        required=False,
        choices=[("", "Anything"), *((one.value, one.label.capitalize()) for one in Operation)],
    )
    on = WholeDateField(label="On which day", required=False)

    def clean_child(self) -> str:
        return str(self.cleaned_data["child"]).upper()
