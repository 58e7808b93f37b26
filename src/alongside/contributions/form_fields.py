"""From a question of the playbook to a field on a page."""

import re
from itertools import groupby
from typing import Any

from django import forms

from alongside.places.queries import school_name, schools_called
from alongside.shared import identifiers
from alongside.web.widgets import PartialDateField, WholeDateField

from .kind_fields import Choice, Field
from .times import read_time

FEW = 8
IN_GROUPS = ": "
URN = re.compile(r"[0-9]{6}")
YES_OR_NO = [("yes", "Yes"), ("no", "No")]
NUMBERS = {
    "nhs_number": (identifiers.nhs_number, "Check the ten digits of the NHS number, or leave it empty"),
    "upn": (identifiers.upn, "Check the 13 characters of the pupil number, or leave it empty"),
    "la_child_id": (identifiers.la_child_id, "Use letters and digits only, 20 at most, or leave it empty"),
    "postcode": (identifiers.postcode, "Enter a whole postcode, like LS2 7HU, or leave it empty"),
}
LONGEST = {"reference": 100, "place_name": 160}


class TimeField(forms.CharField):
    """A time of day, typed as people type it; cleaned to "22:15"."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return f"{read_time(text):%H:%M}" if text else ""
        except ValueError:
            raise forms.ValidationError("Enter a time, like 10:15pm or 22:15") from None


class NumberedField(forms.CharField):
    """A number that stands for somebody or somewhere: its check digits must hold."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(**options)
        self.read, self.mend = NUMBERS[name]

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        number = self.read(text) if text else ""
        if number is None:
            raise forms.ValidationError(self.mend)
        return number


class SchoolField(forms.CharField):
    """A school by its name or a part of it, or by its number; cleaned to the number."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text or URN.fullmatch(text):
            return text
        found = list(schools_called(text)[: FEW + 1])
        if len(found) == 1:
            return found[0].urn
        raise forms.ValidationError(_which_school(found))

    def words(self, urn: str) -> str:
        return school_name(urn) or urn


def _which_school(found: list[Any]) -> str:
    if not found:
        return "We know no school of this name. Check the spelling, or leave it empty and name it with what happened"
    named = "; ".join(f"{one.name}, {one.town} ({one.urn})" for one in found[:FEW])
    return f"Write the whole name or the number. {'Some' if len(found) > FEW else 'All'} with this name: {named}"


def fields_for(field: Field, *, label: str = "") -> dict[str, forms.Field]:
    """The form fields that one question becomes: two for a moment (its day, its time), else one."""
    said: dict[str, Any] = {"label": label or field.label, "help_text": field.hint, "required": False}
    if field.type == "datetime":
        clock = TimeField(label=f"{said['label']}: time", help_text="For example, 10:15pm", required=False)
        clock.widget.attrs["class"] = "govuk-input--width-5"
        return {field.key: WholeDateField(**said), f"{field.key}_time": clock}
    return {field.key: _field(field, said)}


def _field(field: Field, said: dict[str, Any]) -> forms.Field:
    if field.key == "date_of_birth":
        return PartialDateField(**said)
    if field.key == "school_urn":
        return SchoolField(max_length=200, **said)
    if field.key in NUMBERS:
        return NumberedField(field.key, **said)
    if field.choices or field.type == "boolean":
        return _choice(field, said)
    if field.type == "date":
        return WholeDateField(**said)
    if field.type == "number":
        return forms.FloatField(
            widget=forms.TextInput({"inputmode": "decimal", "class": "govuk-input--width-5"}),
            error_messages={"invalid": "Enter a number, like 3"},
            **said,
        )
    return _text(field, said)


def _text(field: Field, said: dict[str, Any]) -> forms.CharField:
    if field.type == "long_text":
        return forms.CharField(widget=forms.Textarea({"rows": 4}), max_length=20_000, **said)
    mode = {"inputmode": "tel"} if field.type == "phone" else {}
    return forms.CharField(widget=forms.TextInput(mode), max_length=LONGEST.get(field.key, 2000), **said)


def _choice(field: Field, said: dict[str, Any]) -> forms.Field:
    offered = [(choice.code, choice.label) for choice in field.choices] or YES_OR_NO
    if field.type == "choices":
        return forms.MultipleChoiceField(choices=offered, widget=forms.CheckboxSelectMultiple(), **said)
    if len(offered) <= FEW:
        return forms.ChoiceField(choices=offered, widget=forms.RadioSelect(), **said)
    blank: list[Any] = [("", "Choose one")]
    grouped = all(IN_GROUPS in choice.label for choice in field.choices)
    return forms.ChoiceField(choices=blank + (_groups(field.choices) if grouped else offered), **said)


def _groups(choices: list[Choice]) -> list[tuple[str, list[tuple[str, str]]]]:
    """ "White: Irish" stands as "Irish" under "White"."""
    return [
        (group, [(choice.code, choice.label.partition(IN_GROUPS)[2]) for choice in members])
        for group, members in groupby(choices, key=lambda choice: choice.label.partition(IN_GROUPS)[0])
    ]
