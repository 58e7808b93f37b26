"""What is asked of whoever signs in, and of whoever gives somebody else a seat."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from django import forms
from django.utils.text import slugify

from alongside.access.roles import ROLES
from alongside.agencies.models import Agency, Practitioner, Team


class SignInForm(forms.Form):
    """E-mail address and password; which of the two was wrong is never said."""

    email = forms.EmailField(
        label="E-mail address",
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address like maya@example.org",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        error_messages={"required": "Enter your password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def say_that_they_do_not_match(self) -> None:
        """The same words whether nobody has this address, the password is another, or the seat has ended."""
        self.add_error(None, "That e-mail address and password do not go together. Try again, or call the duty team.")


class SeatForm(forms.Form):
    """A new seat: every mistake in words that say what would be right."""

    email = forms.EmailField(
        error_messages={
            "required": "Give an e-mail address",
            "invalid": "This is no e-mail address. One looks like maya@example.org",
        }
    )
    name = forms.CharField(max_length=120, error_messages={"required": "Give their name"})
    agency = forms.SlugField(error_messages={"required": "Give the partner they work for"})
    role = forms.CharField(error_messages={"required": "Give their role"})
    team = forms.CharField(required=False)
    job_title = forms.CharField(max_length=80, required=False)
    phone = forms.CharField(max_length=40, required=False)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if Practitioner.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(f"Somebody already has a seat with {email}.")
        return email

    def clean_agency(self) -> str:
        return one_of(self.cleaned_data["agency"], Agency.objects.values_list("slug", flat=True), "partner")

    def clean_role(self) -> str:
        return one_of(self.cleaned_data["role"], ROLES, "role")

    def clean_team(self) -> str:
        named, agency = self.cleaned_data["team"], self.cleaned_data.get("agency")
        if not named or not agency:
            return named
        return one_of(named, Team.objects.filter(agency=agency).values_list("slug", flat=True), f"team of {agency}")

    def seat(self) -> dict[str, Any]:
        """What `invite` asks for, with a key that nobody has: the address's first part, numbered if it is taken."""
        told = dict(self.cleaned_data)
        return {**told, "team": told["team"] or None, "key": free_key(told["email"])}

    def practitioner(self) -> Practitioner:
        """Whoever the seat is for, not saved: a password is checked against their name and address."""
        return Practitioner(email=self.cleaned_data["email"], name=self.cleaned_data["name"])


def one_of(word: str, known: Iterable[str], what: str) -> str:
    """The word, if it is known; else an error that lists those that are."""
    words = sorted(known)
    if word not in words:
        raise forms.ValidationError(f"No {what} is called {word}. There are: {', '.join(words) or 'none'}.")
    return word


def free_key(email: str) -> str:
    """A short name for the terminal that nobody has yet."""
    first = slugify(email.partition("@")[0].replace(".", "-"))[:70] or "seat"
    numbered = (f"{first}-{number}" if number > 1 else first for number in count(1))
    return next(key for key in numbered if not Practitioner.objects.filter(key=key).exists())
