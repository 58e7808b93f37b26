"""What is asked when somebody declares a tie to a child, and when a record is restricted to a few."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.agencies.models import Practitioner
from alongside.people.models import Person


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


class RestrictForm(forms.Form):
    because = _line(
        "Why must only a few people know?",
        "For example: the family is moved for their safety. Those named read it.",
        "Write in a line why only a few people must know",
    )
    readers = ReadersField(
        label="Who reads it besides you?",
        help_text="Their e-mail addresses here, one on each line.",
        required=False,
    )


class NameReaderForm(forms.Form):
    readers = ReadersField(
        label="Who else reads it?",
        help_text="Their e-mail addresses here, one on each line.",
        error_messages={"required": "Write at least one e-mail address"},
    )


class LiftForm(forms.Form):
    because = _line(
        "Why may the team around the child read it again?",
        "For example: the court order ended.",
        "Write in a line why it may be read again",
    )
