"""What is asked when a request is logged, extended, worked on and sent back."""

from datetime import date
from typing import Any

from django import forms

from alongside.agencies.models import Practitioner
from alongside.people.models import AgencyRecord
from alongside.web.widgets import WholeDateField

from .models import AskedAs, PackItem
from .queries import record_known_as
from .rules import Span
from .terms import terms
from .workbench import Bench, everywhere, span_of

# The same where the record is closed to whoever asks: it is not said that there is one.
NOT_HERE = "Your agency holds no record under this reference that is open to you. Look it up in your own system"


class LogForm(forms.Form):
    reference = forms.CharField(
        label="Whose record is asked for? Your agency’s own reference for them",
        help_text="As it stands in your own system. Only your agency’s records are looked up.",
        max_length=120,
        error_messages={"required": "Enter your agency’s reference for the person"},
    )
    asked_by = forms.CharField(
        label="Who asks?", max_length=200, error_messages={"required": "Enter the name of whoever asks"}
    )
    asked_as = forms.ChoiceField(
        label="They ask as",
        choices=AskedAs.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose as what they ask"},
    )
    reply_to = forms.CharField(
        label="Where does the answer go?",
        help_text="An address that is safe for them: ask, and do not take it from the record.",
        max_length=200,
        error_messages={"required": "Enter where the answer goes"},
    )
    received_on = WholeDateField(label="When did the request come?", error_messages={"required": "Enter the day"})
    identity_how = forms.CharField(
        label="How do you know that they are who they say, and may ask?",
        help_text="For example: passport seen; birth certificate names her as mother.",
        max_length=300,
        error_messages={"required": "Write how you know"},
    )
    identity_on = WholeDateField(
        label="Since when do you know?",
        help_text="The clock begins on this day or when the request came, whichever is later.",
        error_messages={"required": "Enter the day"},
    )

    def __init__(self, officer: Practitioner, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.officer, self.today = officer, today

    def clean_reference(self) -> AgencyRecord:
        found = record_known_as(self.cleaned_data["reference"], viewer=self.officer)
        if found is None:
            raise forms.ValidationError(NOT_HERE)
        return found

    def _past(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if day > self.today:
            raise forms.ValidationError("Enter a day that is not in the future")
        return day

    def clean_received_on(self) -> date:
        return self._past("received_on")

    def clean_identity_on(self) -> date:
        return self._past("identity_on")


class ExtendForm(forms.Form):
    because = forms.CharField(
        label="Why is more time needed?",
        help_text="The request is complex, or one of many of theirs. Tell whoever asked before the first month ends.",
        max_length=300,
        error_messages={"required": "Write in a line why"},
    )


class SendBackForm(forms.Form):
    because = forms.CharField(
        label="What has to be looked at again?",
        max_length=300,
        error_messages={"required": "Write in a line what has to be looked at again"},
    )


class MarkForm(forms.Form):
    """What to hold back of one item: sentences and names that were ticked, words that were written, or all of it.

    `closed`: to whoever may not read it nothing but all of it is offered, and no word says whether it stands there.
    """

    spans = forms.MultipleChoiceField(required=False)
    words = forms.CharField(
        label="Or these words, wherever they stand in it",
        help_text="Copy them as they are written.",
        max_length=300,
        required=False,
    )
    exemption = forms.ChoiceField(label="Held back because", error_messages={"required": "Choose why it is held back"})
    because = forms.CharField(
        label="What makes you think so?",
        help_text="A line for the second person and for whoever is asked later. It does not go out.",
        max_length=300,
        error_messages={"required": "Write in a line what makes you think so"},
    )

    def __init__(
        self, item: PackItem, benches: list[Bench], *args: Any, whole: bool, closed: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.item, self.whole = item, whole or closed
        self.fields["spans"].choices = [one for bench in benches for one in (*bench.offered, *bench.sentences)]
        self.fields["exemption"].choices = [("", "Choose one"), *((e.code, e.label) for e in terms().exemptions)]
        if closed:
            del self.fields["spans"], self.fields["words"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        written = everywhere(self.item, told.get("words", ""))
        if told.get("words") and not written:
            self.add_error("words", "These words stand nowhere in it. Copy them as they are written")
        elif not (self.whole or told.get("spans") or written):
            self.add_error("words", "Tick what is held back, or write the words")
        self.found: list[tuple[str, Span]] = [*map(span_of, told.get("spans", [])), *written]
        return told
