"""What is asked when something is given on purpose, given now, or not given: one page each."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from alongside.agencies.models import Practitioner
from alongside.chronology.guard import Look
from alongside.web.widgets import LongSelect, WholeDateField

from .bases import PATIENTS, Basis, terms
from .inside import read_already, stands_inside
from .models import FamilyKnows, WhyNot
from .offering import Offer
from .recipients import Target, may_hear_of, seats_offered, target_of
from .rules import bases_missing, may_go_to

WORDS = forms.Textarea({"rows": 4})
SMALL = {"class": "govuk-checkboxes--small"}
NOBODY = [("", "Choose a person or a team")]


class RecipientForm(forms.Form):
    """Whom it is for: chosen from those who have a seat, or written."""

    to = forms.ChoiceField(
        label="To whom?",
        widget=LongSelect(find="Type the start of a name, role or agency to shorten the list"),
        required=False,
    )
    outside = forms.CharField(
        label="Or somebody who has no seat here",
        help_text="Name and organisation. You get it as marked paper to hand over.",
        max_length=200,
        required=False,
    )

    # Whether they are to get something.
    gives = True

    def __init__(self, look: Look, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.look = look
        self.fields["to"].choices = NOBODY + seats_offered(look.viewer, standings=look.standings)
        self.order_fields(["to", "outside"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        to, outside = told.pop("to", ""), told.pop("outside", "")
        if bool(to) == bool(outside):
            self.add_error("to", self._one_of_the_two(to, outside))
            return told
        target = target_of(to) if to else Target(outside=outside)
        may = may_hear_of(self.look.person, target)
        if self.gives and not may.allowed:
            self.add_error("to", may.reason)
        else:
            told["target"] = target
        return told

    def _one_of_the_two(self, to: str, outside: str) -> str:
        if not to:
            return "Choose one of the list, or write who it is"
        whose = target_of(to)
        chosen = whose.practitioner.name if whose.practitioner else whose.team.name
        return f"You chose {chosen} and wrote “{outside}”: keep one of the two"


class ReasonForm(forms.Form):
    """What is asked of every giving, whenever it is recorded."""

    because = forms.CharField(
        label="What do they need it for?",
        help_text="Whose safety or wellbeing, and why now. One line is enough.",
        max_length=500,
        error_messages={"required": "Write in a line what they need it for"},
    )
    family = forms.ChoiceField(
        label="Do the child and the family know?",
        choices=FamilyKnows.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they know"},
    )
    family_because = forms.CharField(
        label="If they are not told now, why?",
        help_text="For example: telling them could put the child at risk.",
        max_length=300,
        required=False,
    )
    bases = forms.MultipleChoiceField(
        label="On what basis?",
        widget=forms.CheckboxSelectMultiple(SMALL),
        error_messages={"required": "Choose on what basis it is given"},
    )
    advice = forms.CharField(
        label="Whom did you ask for advice?", help_text="You can leave it empty.", max_length=300, required=False
    )

    def offer_bases(self, sector: str) -> None:
        """Those that fit the giver's agency, the likely ones first and chosen."""
        self.offered = terms().offered_to(sector)
        self.fields["bases"].choices = [(one.code, f"{one.says} ({one.law})") for one in self.offered]
        self.fields["bases"].initial = [one.code for one in self.offered if sector in one.likely_for]

    @property
    def likely(self) -> list[Basis]:
        return [one for one in self.offered if one.code in self.fields["bases"].initial]

    def chosen_bases(self) -> list[Basis]:
        return [one for one in self.offered if one.code in self.cleaned_data.get("bases", [])]

    def clean_bases(self) -> list[str]:
        codes: list[str] = self.cleaned_data["bases"]
        if missing := bases_missing(one.kind for one in self.offered if one.code in codes):
            raise forms.ValidationError(missing)
        return codes

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("family") in {FamilyKnows.LATER, FamilyKnows.NOT_TOLD} and not told.get("family_because"):
            self.add_error("family_because", "Write in a line why they are not told now")
        return told


class RestForm(ReasonForm):
    """The rest of what was given first."""

    def __init__(self, giver: Practitioner, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer_bases(giver.agency.sector)


class ShareForm(RecipientForm, ReasonForm):
    """Everything in one page: the defaults are what is most often right."""

    entries = forms.MultipleChoiceField(
        label="Which entries?",
        help_text="They are given whole, as they stand. Choose only what they need.",
        widget=forms.CheckboxSelectMultiple(SMALL),
        required=False,
    )
    words = forms.CharField(
        label="Or in your own words",
        help_text="Facts first; say which part is what somebody thinks. You can leave it empty.",
        widget=WORDS,
        max_length=5000,
        required=False,
    )
    agreed = forms.BooleanField(label="I have told, or tell, whoever gets it the conditions of police", required=False)
    read = forms.BooleanField(
        label="I have read what I give: it is only what they need, it is right and up to date",
        error_messages={"required": "Read what you give, and say so"},
    )
    expires_on = WholeDateField(label="Until when may they read it?")
    field_order = ("to", "outside", "entries", "words", "agreed", "because", "family", "family_because", "bases")

    def __init__(self, look: Look, offered: list[Offer], *args: Any, **options: Any) -> None:
        super().__init__(look, *args, **options)
        self.by_receipt = {one.receipt: one for one in offered if one.may.allowed}
        self.fields["entries"].choices = [(key, one.label) for key, one in self.by_receipt.items()]
        self.offer_bases(look.viewer.agency.sector)
        lasts = timedelta(days=terms().expires_after_days)
        self.fields["expires_on"].initial = timezone.localdate(look.at) + lasts
        if not any(one.told.conditions for one in self.by_receipt.values()):
            del self.fields["agreed"]
        self.order_fields(self.field_order)

    def choose(self, receipt: str) -> None:
        """Chosen as the page opens, beside what was chosen before."""
        if receipt in self.by_receipt:
            self.initial["entries"] = [*self.initial.get("entries", []), receipt]

    def chosen(self) -> list[Offer]:
        return [self.by_receipt[receipt] for receipt in self.cleaned_data.get("entries", [])]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if not told.get("entries") and not told.get("words"):
            field, words = ("entries", "Choose an entry, or write") if self.by_receipt else ("words", "Write")
            self.add_error(field, f"{words} what they need to know")
        for one in self.chosen():
            self._may_go(one, told.get("target"))
        self._not_read_already(told.get("target"))
        if any(one.told.conditions for one in self.chosen()) and not told.get("agreed"):
            self.add_error("agreed", "Say that you keep to the conditions beside what you chose")
        self._patients_stay_out()
        if told.get("expires_on") and told["expires_on"] < timezone.localdate(self.look.at):
            self.add_error("expires_on", "Enter a day that has not passed")
        return told

    def _may_go(self, one: Offer, target: Target | None) -> None:
        if target is None:
            return
        may = may_go_to(reader=self.look.viewer.reader, told=one.told, to=target.for_rules)
        if not may.allowed:
            self.add_error("entries", f"Take out “{one.entry.title}”. {may.reason}")

    def _not_read_already(self, target: Target | None) -> None:
        for one in read_already(self.look, target, self.chosen()) if target else ():
            who = stands_inside(self.look, target)
            self.add_error("entries", f"Take out “{one.entry.title}”. {who} and reads it already.")

    def _patients_stay_out(self) -> None:
        from_patients = any(one.entry.agency.sector == PATIENTS for one in self.chosen())
        for basis in self.chosen_bases():
            if from_patients and not basis.patient_information:
                self.add_error("bases", f"Take out “{basis.says}”, or what a health service told")

    @property
    def told(self) -> dict[str, Any]:
        """What the action keeps, beside whom it is for and which entries."""
        kept = ("words", "because", "bases", "family", "family_because", "advice", "expires_on")
        return {name: self.cleaned_data[name] for name in kept}


class ShareNowForm(RecipientForm):
    words = forms.CharField(
        label="What must they know now?",
        widget=WORDS,
        max_length=5000,
        error_messages={"required": "Write what they must know now"},
    )


class WithholdForm(RecipientForm):
    why_not = forms.ChoiceField(
        label="Why not?",
        choices=WhyNot.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why it is not given"},
    )
    because = forms.CharField(
        label="What makes you think so?",
        help_text="What was asked for, and what would follow if it were given and if it were not.",
        max_length=500,
        error_messages={"required": "Write in a line what makes you think so"},
    )
    second = forms.ChoiceField(
        label="Who looks at this with you?",
        help_text="Somebody else of the team around the child. It waits until they have said what they think.",
        required=False,
    )

    gives = False

    def __init__(self, look: Look, people: list[Practitioner], *args: Any, **options: Any) -> None:
        super().__init__(look, *args, **options)
        self.fields["to"].label, self.fields["outside"].help_text = "Who would have got it?", "Name and organisation."
        self.people = {one.key: one for one in people}
        named = [(one.key, f"{one.name}, {one.agency.short_name}") for one in people]
        self.fields["second"].choices = [("", "Choose a person"), *named]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        told["second_asked"] = second = self.people.get(told.pop("second", ""))
        target = told.get("target")
        if second is None:
            self.add_error("second", "Choose a second person: not giving it could matter")
        elif target and target.keeps_from(second, decided_at=self.look.viewer.agency_id):
            self.add_error("second", "Choose a second person who is not among those from whom it is kept")
        return told


class SecondForm(forms.Form):
    agrees = forms.TypedChoiceField(
        label="Do you agree that it is not given?",
        choices=[("yes", "Yes, it is right not to give it"), ("no", "No, it should be given")],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you agree"},
    )
    because = forms.CharField(label="Why?", max_length=300, error_messages={"required": "Write in a line why"})


class SeenToForm(forms.Form):
    because = forms.CharField(
        label="What is done about it?",
        help_text="What was decided, or whom you told. It is kept with the decision and your name.",
        max_length=300,
        error_messages={"required": "Write in a line what is done about it"},
    )


class TakeBackForm(forms.Form):
    because = forms.CharField(
        label="Why do you end it?",
        help_text="It is kept with what you gave.",
        max_length=300,
        error_messages={"required": "Write in a line why"},
    )
