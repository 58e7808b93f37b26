"""What is asked of whoever signs in, and of whoever gives somebody else a seat."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.text import slugify

from alongside.access.roles import ROLES
from alongside.agencies.addresses import is_taken, why_not_at
from alongside.agencies.models import Agency, Practitioner, Team
from alongside.agencies.partners import roles_of


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


class CodeForm(forms.Form):
    """A code of the second factor: the app's, or one of those kept on paper."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        help_text="Six figures from your app, or one of your recovery codes.",
        error_messages={"required": "Enter a code"},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
        ),
    )

    def say_that_it_does_not_fit(self) -> None:
        self.add_error("code", "That code does not fit, or was used before. Wait for the next one and try again")


class AgainForm(forms.Form):
    """The second factor once more, on the page that asks before something that cannot be taken back."""

    again_code = CodeForm.base_fields["code"]

    @classmethod
    def asking(cls, *, wrong: bool) -> "AgainForm":
        """The question; `wrong`: after an answer that did not fit."""
        if not wrong:
            return cls()
        asked = cls({"again_code": "-"})
        asked.add_error("again_code", "That does not fit, or was used before. Try again")
        asked.data = {}
        return asked


class PasskeyForm(forms.Form):
    """A name by which its owner knows a passkey again."""

    name = forms.CharField(
        label="What do you want to call it?",
        max_length=60,
        help_text="For example “work phone”.",
        error_messages={"required": "Give it a name"},
    )


def new_password_field() -> forms.CharField:
    return forms.CharField(
        label="New password",
        strip=False,
        help_text="At least 12 characters. Three words that nobody would guess are good, and easy to remember.",
        error_messages={"required": "Enter a new password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NewPasswordForm(forms.Form):
    """A password for a seat that has none yet; checked against its holder's name and address."""

    password = new_password_field()

    def __init__(self, *args: Any, practitioner: Practitioner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practitioner = practitioner

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.practitioner)
        return self.cleaned_data["password"]


class ChangePasswordForm(NewPasswordForm):
    """Another password, by whoever knows the one of before."""

    before = forms.CharField(
        label="Your password now",
        strip=False,
        error_messages={"required": "Enter your password"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["before", "password"]


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
        return self.cleaned_data["email"].lower()

    def clean_agency(self) -> str:
        return one_of(self.cleaned_data["agency"], Agency.objects.values_list("slug", flat=True), "partner")

    def clean_role(self) -> str:
        role, agency = one_of(self.cleaned_data["role"], ROLES, "role"), self.cleaned_data.get("agency")
        return one_of(role, roles_of(agency), f"role that {agency} may give") if agency else role

    def clean_team(self) -> str:
        named, agency = self.cleaned_data["team"], self.cleaned_data.get("agency")
        if not named or not agency:
            return named
        return one_of(named, Team.objects.filter(agency=agency).values_list("slug", flat=True), f"team of {agency}")

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if "email" in told and "agency" in told:
            if why := why_not_at(told["email"], agency=told["agency"]):
                self.add_error("email", why)
            elif is_taken(told["email"], agency=told["agency"]):
                self.add_error("email", f"Somebody already has a seat with {told['email']}.")
        return told

    def seat(self) -> dict[str, Any]:
        """What `invite` asks for, with a key that nobody has: the address's first part, numbered if it is taken."""
        told = dict(self.cleaned_data)
        return {**told, "team": told["team"] or None, "key": free_key(told["email"])}

    def practitioner(self) -> Practitioner:
        """Whoever the seat is for, not saved: a password is checked against their name and address, and their agency's
        and team's names."""
        told = self.cleaned_data
        place = {"agency_id": told["agency"], "team_id": told["team"] or None}
        return Practitioner(email=told["email"], name=told["name"], **place)


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


class WhyForm(forms.Form):
    because = forms.CharField(
        label="Why do you need so many today?",
        help_text="For example: I take over the caseload of a colleague.",
        max_length=200,
        error_messages={"required": "Write in a line why you need so many"},
    )
