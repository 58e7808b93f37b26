"""What is asked when somebody declares a tie to a child, and when a record is restricted to a few."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.agencies.models import Practitioner
from alongside.people.around import Around
from alongside.people.models import Person

SMALL = {"class": "govuk-checkboxes--small"}


def _line(label: str, help_text: str, required: str) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=300, error_messages={"required": required})


class TieForm(forms.Form):
    because = _line(
        "How do you know them?",
        "For example: his aunt is my neighbour. A line is enough.",
        "Write in a line how you know them",
    )


class MetTieForm(TieForm):
    """The same, of what may tell of several people: then also whom. `choices`: by a key, in words and which person."""

    who = forms.MultipleChoiceField(
        label="Whom do you know?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose whom you know"},
    )
    field_order = ("who", "because")

    def __init__(self, *args: Any, choices: Mapping[str, tuple[str, Person]]) -> None:
        super().__init__(*args)
        self.fields["who"].choices = [(key, words) for key, (words, _) in choices.items()]
        if not choices:
            del self.fields["who"]


class EndTieForm(forms.Form):
    because = _line(
        "Why does it hold no longer?",
        "For example: it was declared on the wrong record.",
        "Write in a line why it holds no longer",
    )


class ReadersField(forms.CharField):
    """E-mail addresses of people with a seat, one on each line; becomes the practitioners."""

    widget = forms.Textarea({"rows": 4, "autocomplete": "off", "spellcheck": "false"})

    def clean(self, value: str) -> list[Practitioner]:
        asked = {address.lower() for address in re.split(r"[\s,;]+", super().clean(value)) if address}
        found = {one.email: one for one in Practitioner.objects.filter(email__in=asked, is_active=True)}
        if missing := sorted(asked - set(found)):
            raise ValidationError(f"Nobody with a seat has the address {missing[0]}: check how it is written")
        return list(found.values())


class WhoReadsForm(forms.Form):
    """Who reads a restricted record, besides whoever asks: ticked among those around the child, or by e-mail address.
    Nobody is ticked for them: one of those who work with a child may be the danger."""

    ticked = forms.MultipleChoiceField(
        label="Who of these reads it?",
        help_text="Tick each who must. Whoever is a danger to the child stays unticked.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    readers = ReadersField(
        label="Who else reads it?", help_text="Their e-mail addresses here, one on each line.", required=False
    )
    field_order = ("because", "ticked", "readers")

    def __init__(self, *args: Any, around: Around) -> None:
        super().__init__(*args)
        self.around, self.seats = around, {one.key: one for one in around.named}
        groups: dict[str, list[tuple[str, str]]] = {}
        for one, how in around.named.items():
            groups.setdefault(how, []).append((one.key, f"{one.name}, {one.role_name}, {one.agency.short_name}"))
        self.fields["ticked"].choices = list(groups.items())
        if not groups:
            del self.fields["ticked"]

    @property
    def named(self) -> list[Practitioner]:
        """Each once, however many times they were named."""
        ticked = [self.seats[key] for key in self.cleaned_data.get("ticked", [])]
        return list(dict.fromkeys([*ticked, *self.cleaned_data.get("readers", [])]))


class RestrictForm(WhoReadsForm):
    because = _line(
        "Why must only a few people know?",
        "For example: the family is moved for their safety. Those named read it.",
        "Write in a line why only a few people must know",
    )
    # Asked last, and only where somebody around the child loses it: that these very people do.
    understood = forms.Field(label="Does it close to them?", widget=forms.CheckboxSelectMultiple(SMALL), required=False)
    loses: Around | None = None

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        loses = self.around.without(self.named)
        if self.errors or not loses:
            return told
        self.loses = loses
        keys = {*(one.key for one in loses.named), *(f"{name}:{many}" for name, many in loses.others.items())}
        self.fields["understood"].widget.choices = [("|".join(sorted(keys)), "Yes, I have read who loses it")]
        if not keys <= {key for shown in told.get("understood") or [] for key in shown.split("|")}:
            self.add_error("understood", "Read who loses it. Then tick that it closes to them, or tick who reads it")
        return told


class NameReaderForm(WhoReadsForm):
    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not self.errors and not self.named:
            self.add_error("readers", "Tick somebody, or write at least one e-mail address")
        return told


class LiftForm(forms.Form):
    because = _line(
        "Why may the team around the child read it again?",
        "For example: the court order ended.",
        "Write in a line why it may be read again",
    )
