"""What happened before the meeting's own hours and was told only in them is heard, in its own part."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from alongside.chronology.models import ChronologyEntry
from alongside.ledger.models import LedgerEvent
from alongside.meetings.queries import briefing
from alongside.meetings.rendering import as_json, as_text

from .conftest import FRIDAY_NIGHT, MONDAY, STATION

ON = date(2026, 11, 23)
POLICE, HOSPITAL = "west-yorkshire-police", "leeds-teaching-hospitals"


def tells_late(night, child, *, days: float = 5, told_hours_before: float = 4, **more):
    """Police tell of what happened so many days before Friday night, so many hours before the meeting."""
    at = FRIDAY_NIGHT - timedelta(days=days)
    told = night.tells(POLICE, more.pop("kind", "police_incident"), child, at=at, **STATION, **more)
    told_at = MONDAY - timedelta(hours=told_hours_before)
    ChronologyEntry.objects.filter(contribution=told).update(told_at=told_at)
    return told


def read(viewer):
    return briefing(viewer=viewer, on=ON, at=MONDAY)


@pytest.mark.parametrize(
    ("told", "late"),
    [
        ({}, 1),
        ({"days": 20}, 1),
        ({"days": 40}, 0),
        ({"told_hours_before": 100}, 0),
        ({"told_hours_before": -3}, 0),
        ({"kind": "general_note"}, 0),
        ({"kind": "camhs_contact"}, 0),
        ({"role": "sibling"}, 0),
    ],
)
def test_what_counts_as_told_late(chair, night, told, late):
    tells_late(night, night.child("Kai"), **told)
    made = read(chair)
    assert (len(made.told_late), len(made.incidents)) == (late, 0)
    assert [child.called for child in made.children] == ["Kai"] * late


def test_the_numbers_go_on_from_the_night_s_own(chair, night, fight):
    tells_late(night, fight[0])
    made = read(chair)
    assert [one.number for one in (*made.incidents, *made.told_late)] == [1, 2]
    assert [one.number for one in made.on_the_map] == [1, 2]


def test_what_is_not_for_this_reader_keeps_its_number(chair, night):
    tells_late(night, night.child("Sol"), handling="restricted:priya")
    made = read(chair)
    assert [(one.number, one.hidden) for one in made.told_late] == [(1, True)]
    assert "Sol" not in as_json(made, printed_by="x", at=MONDAY) + as_text(made, printed_by="x", at=MONDAY)


def test_it_stands_in_every_form_under_its_own_heading(client, chair, night):
    tells_late(night, night.child("Kai"))
    text = as_text(read(chair), printed_by="x", at=MONDAY)
    assert "2 Incidents (0)" in text
    assert "Told late, of earlier days (1)" in text
    client.force_login(chair)
    with time_machine.travel(MONDAY, tick=False):
        page = client.get(reverse("briefing")).content.decode()
        assert "Told late, of earlier days (1)" in page
        assert "0 incidents · 1 told late" in page
        assert client.get(reverse("briefing_pdf")).content.startswith(b"%PDF")


def test_the_map_that_opens_has_the_numbers_of_the_list_and_is_recorded(client, chair, night, fight):
    tells_late(night, fight[0])
    client.force_login(chair)
    with time_machine.travel(MONDAY, tick=False):
        drawn = client.get(reverse("briefing_places"), {"on": "2026-11-23"})
    numbers = [one["properties"]["number"] for one in json.loads(drawn.content)["features"]]
    assert numbers == [1, 2]
    assert LedgerEvent.objects.filter(subject=f"person:{fight[0].reference}", details__form="map").exists()


@pytest.mark.parametrize("who", ["omar", "grace", "sam"])
def test_the_map_is_not_for_those_without_the_permission(client, request, fight, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("briefing_places")).status_code == 403


def a_year_before(night):
    """Three thousand entries more, told over the year before: a table that is worth an index."""
    told = tells_late(night, night.child("Sol"), told_hours_before=-3)
    (entry,) = ChronologyEntry.objects.filter(contribution=told).values()
    del entry["id"]
    told_at = (MONDAY - timedelta(hours=100 + 3 * number) for number in range(3_000))
    ChronologyEntry.objects.bulk_create(
        ChronologyEntry(**entry | {"role": f"seen {number}", "told_at": at}) for number, at in enumerate(told_at)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {ChronologyEntry._meta.db_table}")


def test_what_is_told_late_is_found_among_what_was_told_in_those_hours(chair, night, plans_of):
    tells_late(night, night.child("Kai"))
    a_year_before(night)
    plans = plans_of(lambda: read(chair), table=ChronologyEntry)
    assert sum("entries_by_time_told" in plan for plan in plans) == 1
