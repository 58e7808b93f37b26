"""What can be asked of the ledger."""

from urllib.parse import urlencode

from django import forms
from django.db.models import Q

from alongside.agencies.models import Practitioner
from alongside.ledger.models import LedgerEvent, Operation
from alongside.people.reference import LENGTH, LETTERS
from alongside.web.widgets import WholeDateField

# None is mistaken for a name: no vowel is among the letters.
REFERENCE = rf"^(?i:[{LETTERS}]{{{LENGTH}}})$"


class LedgerForm(forms.Form):
    child = forms.RegexField(
        REFERENCE,
        strip=True,
        label="Child, by reference",
        help_text="Eight letters and figures, like GQ2SKTKB",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        required=False,
        error_messages={"invalid": "Write the reference, like GQ2SKTKB"},
    )
    who = forms.CharField(
        label="Practitioner, by name or key",
        required=False,
        max_length=80,
        error_messages={"nobody": "Nobody has that name or key"},
    )
    operation = forms.ChoiceField(
        label="What was done",
        required=False,
        choices=[("", "Anything"), *((one.value, one.label.capitalize()) for one in Operation)],
    )
    on = WholeDateField(label="On which day", required=False)

    def clean_child(self) -> str:
        return str(self.cleaned_data["child"]).upper()

    def clean_who(self) -> str:
        """A name misspelt would find no line, and read as if nobody had looked."""
        who: str = self.cleaned_data["who"]
        if who and not is_known(who):
            raise forms.ValidationError(self.fields["who"].error_messages["nobody"], code="nobody")
        return who

    def typed(self) -> str:
        """What stands in its boxes, to fill the form anew."""
        return urlencode({name: said for name, said in self.data.items() if name.split("_")[0] in self.fields})


def is_known(who: str) -> bool:
    """Whether a practitioner is called so, or a part of the system is, by its own word."""
    seats = Practitioner.objects.filter(Q(key=who) | Q(name__icontains=who))
    return seats.exists() or LedgerEvent.objects.filter(actor=who).exists()
