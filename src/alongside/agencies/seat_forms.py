"""What a seat manager fills in."""

from typing import Any

from django import forms

from alongside.access.roles import ROLES

from .addresses import is_taken, why_not_at
from .forms import free_key
from .models import Team
from .partners import roles_of


class ReasonForm(forms.Form):
    """Every change of a seat has a reason; whoever reviews the ledger reads it."""

    because = forms.CharField(label="Why?", max_length=200, error_messages={"required": "Say why, in a few words"})


class LinkForm(forms.Form):
    """Asks nothing: the button is the answer."""


class PlaceForm(forms.Form):
    """Role, team and title, of those that the manager's own agency has."""

    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect, error_messages={"required": "Choose a role"})
    team = forms.ChoiceField(label="Team", required=False)
    job_title = forms.CharField(
        label="What others call what they do (you may leave it empty)", max_length=80, required=False
    )

    def __init__(self, *args: Any, agency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        self.fields["role"].choices = [(key, ROLES[key].name) for key in roles_of(agency)]
        teams = Team.objects.filter(agency=agency).order_by("name", "pk")
        self.fields["team"].choices = [("", "No team"), *((team.pk, team.name) for team in teams)]

    def clean_team(self) -> Team | None:
        return Team.objects.filter(pk=self.cleaned_data["team"]).first()


class MoveForm(PlaceForm, ReasonForm):
    """Another place within the agency."""

    field_order = ["role", "team", "job_title", "because"]


class InviteForm(PlaceForm):
    """Somebody new."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Give their name"})
    email = forms.EmailField(
        label="E-mail address at work",
        error_messages={
            "required": "Give their e-mail address",
            "invalid": "Enter an e-mail address like maya@example.org",
        },
    )
    phone = forms.CharField(
        label="Phone number on which colleagues reach them (you may leave it empty)", max_length=40, required=False
    )
    field_order = ["name", "email", "role", "team", "job_title", "phone"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if why := why_not_at(email, agency=self.agency):
            raise forms.ValidationError(why)
        if is_taken(email, agency=self.agency):
            raise forms.ValidationError(
                "Somebody has a seat with that address already. Look under “Our people”, or call the duty team."
            )
        return email

    def seat(self) -> dict[str, Any]:
        return {**self.cleaned_data, "key": free_key(self.cleaned_data["email"])}
