"""What police are asked when they grade what a partner told (3x5x2), and whoever answers something urgent."""

import re
from typing import Any

from django import forms

from .kinds import Kind
from .models import Contribution, Grade

CONDITIONS = "C"
# What the playbook words: our name, its field, the question.
ASKED = {
    "source": ("source_grade", "Source"),
    "information": ("information_grade", "Information"),
    "handling": ("handling_grade", "Sharing"),
    "priority": ("priority", "Priority"),
}


class GradeForm(forms.Form):
    """Source, information, handling with its conditions, priority; what the meeting may hear; what became of it.
    The answers offered are the playbook's."""

    conditions = forms.CharField(
        label="If there are conditions, which?",
        help_text="For example: A1 covert development, S2 ask the originator before it is reworded.",
        max_length=300,
        required=False,
    )
    cleared = forms.BooleanField(label="The morning meeting may hear of it", required=False)
    words_for_meeting = forms.CharField(
        label="In these words",
        help_text="Everybody at the meeting reads them. Nothing in them may show where it came from.",
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        required=False,
    )
    became = forms.ChoiceField(
        label="What became of it?",
        choices=Grade.Became.choices,
        widget=forms.RadioSelect,
        required=False,
        initial=Grade.Became.OPEN,
    )
    field_order = ("source", "information", "handling", "conditions", "priority")

    def __init__(self, contribution: Contribution, kind: Kind, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.contribution = contribution
        for name, (key, label) in ASKED.items():
            self.fields[name] = _choice(kind, key, label)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told.get("handling") == CONDITIONS and not told.get("conditions"):
            self.add_error("conditions", "Write which conditions, so that whoever reads it keeps them")
        if told.get("cleared") and not told.get("words_for_meeting"):
            self.add_error("words_for_meeting", "Write the words that the meeting may hear")
        for name in shown_of_the_source(self.contribution, told.get("words_for_meeting", "")):
            self.add_error("words_for_meeting", f"Take out “{name}”: it shows who told it")
        return told


def _choice(kind: Kind, key: str, label: str) -> forms.ChoiceField:
    field = kind.field(key)
    offered = [(choice.code, choice.label) for choice in field.choices] if field else []
    missing = {"required": f"Choose one for {label.lower()}"}
    return forms.ChoiceField(label=label, choices=offered, widget=forms.RadioSelect, error_messages=missing)


def shown_of_the_source(contribution: Contribution, words: str) -> list[str]:
    """What in these words names who told it: their name, their organisation, their number."""
    author, agency = contribution.author, contribution.agency
    names = [agency.name, *([author.name, author.name.split()[-1]] if author else [])]
    phone = str(contribution.told.get("details", {}).get("call_back_phone", ""))
    shown = [name for name in names if re.search(rf"\b{re.escape(name)}\b", words, re.IGNORECASE)]
    return [*shown[:1], *([phone] if phone and _digits(phone) in _digits(words) else [])]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


class AcknowledgeForm(forms.Form):
    doing = forms.CharField(
        label="What do you do now?",
        help_text="A line, for whoever told it and for your colleagues. You can leave it empty.",
        max_length=300,
        required=False,
    )
