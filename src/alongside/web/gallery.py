"""Plain examples for the gallery of parts; every person, place and number in it is invented."""

from datetime import UTC, date, datetime

from django import forms
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from alongside.web.icons import ICONS
from alongside.web.nothing import NOTHING
from alongside.web.picture_map import Pin, picture_map
from alongside.web.widgets import LongSelect, PartialDateField, WholeDateField

TOLD = datetime(2026, 5, 3, 7, 2, tzinfo=UTC)
DUE = datetime(2026, 11, 24, 9, 40, tzinfo=UTC)
LATER = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
PEOPLE = [
    {"name": "Maya Osei", "does": "social worker", "since": date(2026, 5, 12), "phone": "0113 496 0000"},
    {"name": "Coach Dean", "does": "boxing, most trusted", "phone": "0113 496 0002", "cover": "Nan"},
    {"name": "Łukasz Ọlámidé-O’Brien", "does": "school lead", "phone": ""},
]
PLACES = [
    {"number": 1, "label": "Bus station (near)"},
    {"number": 2, "label": "Northfield Academy, front gate"},
]
PINS = [Pin(-1.535, 53.797, 1), Pin(-1.551, 53.805, 2)]
WEST_SIDE = [(-1.58, 53.78), (-1.54, 53.78), (-1.54, 53.82), (-1.58, 53.82), (-1.58, 53.78)]
EAST_SIDE = [(-1.54, 53.78), (-1.50, 53.79), (-1.51, 53.82), (-1.54, 53.82), (-1.54, 53.78)]
LAND = [{"type": "Polygon", "coordinates": [side]} for side in (WEST_SIDE, EAST_SIDE)]
SUMMARY = [
    {"label": "What happened", "value": "Two children were hurt in a fight", "change_url": "#what"},
    {
        "label": "Ethnicity",
        "nothing": "not_answered",
        "why": "he left before I could ask",
        "change_url": "#who",
    },
    {"label": "Reference", "value": "PPN-123"},
]
TIMELINE = [
    {"title": "Attended A&E", "day": date(2026, 11, 9), "told_by": "A&E, Northfield Hospital", "version": 2},
    {"title": "Went missing from home", "day": date(2026, 8, 1), "told_by": "Police", "version": 1},
]
DUE_LIST = [
    {"by": DUE, "what": "Front-door decision", "about": "Kai", "came": "Police", "state": "due_soon"},
    {
        "by": TOLD,
        "what": "Review the risk matrix",
        "about": "Amira",
        "came": "ROTH review",
        "state": "past_due",
    },
]


class ExampleForm(forms.Form):
    """One field of every sort, in the words of a notification."""

    seen = forms.CharField(
        label="What did you see?",
        help_text="A few words are enough.",
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write what you saw, in a few words"},
    )
    called = forms.CharField(label="What do they like to be called?", required=False)
    happened = WholeDateField(label="When did it happen?", help_text="For example, 23 11 2026")
    born = PartialDateField(label="When were they born?", help_text="The year is enough.", required=False)
    spoke = forms.ChoiceField(
        label="Could you speak with them?",
        choices=[("yes", "Yes"), ("no", "No, I could not")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you could speak with them"},
    )
    there = forms.MultipleChoiceField(
        label="Who else was there?",
        choices=[("sibling", "A brother or sister"), ("parent", "A parent"), ("friend", "A friend")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agency = forms.ChoiceField(
        label="Which agency do you ask?", choices=[("", "Choose one"), ("school", "School")], required=False
    )
    to = forms.ChoiceField(
        label="To whom?",
        choices=[(f"School {number}", [(f"{number}", f"Tutor {number}")]) for number in range(1, 21)],
        widget=LongSelect(find="Type the start of a name or school to shorten the list"),
        required=False,
    )
    paper = forms.FileField(label="A photograph of your note", required=False)
    sure = forms.BooleanField(label="Police may call me back", required=False)


def feature(geometry: dict, **properties: object) -> dict:
    """One GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(which: str) -> dict:
    """The example's areas, or its pins, as a GeoJSON collection."""
    points = [({"type": "Point", "coordinates": [pin.longitude, pin.latitude]}, pin.number) for pin in PINS]
    pins = [feature(point, number=number) for point, number in points]
    features = [feature(geometry) for geometry in LAND] if which == "areas" else pins
    return {"type": "FeatureCollection", "features": features}


def parts(request: HttpRequest) -> dict[str, object]:
    """The gallery's context: an empty form, and the same form sent with things to mend."""
    sent = {"happened_day": "30", "happened_month": "2", "happened_year": "2026"}
    picture = picture_map(LAND, PINS, title="Two places in the city", description="The list names them.")
    return {
        "form": ExampleForm(),
        "wrong": ExampleForm(sent, auto_id="wrong_%s"),
        "icons": list(ICONS),
        "kinds_of_nothing": list(NOTHING),
        "people": PEOPLE,
        "places": PLACES,
        "picture": mark_safe(picture),  # noqa: S308 - our own drawing
        "summary": SUMMARY,
        "timeline": TIMELINE,
        "due_list": DUE_LIST,
        "told": TOLD,
        "due": DUE,
        "later": LATER,
        "born": date(2011, 3, 4),
        "today": date(2026, 11, 23),
        "evening": date(2026, 3, 4),
    }
