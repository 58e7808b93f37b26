"""The first page of a child reads no more of a long timeline than of a short one, and says so."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from alongside.chronology import latest, queries
from alongside.chronology.guard import Look
from alongside.chronology.models import ChronologyEntry
from alongside.chronology.overview import all_agencies
from alongside.people.queries import level_of
from alongside.people.tests.factories import CAMHS, NOW, POLICE, child, practitioner, standing
from alongside.web.tests.reading import words

from .factories import entries, entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(monkeypatch):
    """A first page that reads ten entries."""
    for module in ("latest", "overview"):
        monkeypatch.setattr(f"alongside.chronology.{module}.MOST", 10)


def look(viewer, person):
    return Look(viewer, person, level_of(viewer=viewer, person=person, at=NOW), [], NOW)


def test_where_things_happened_counts_what_the_reader_may_see():
    priya, kai = practitioner("priya", "police_officer", POLICE), child()
    standing(kai, POLICE)
    entry(kai, place="Bus station", latitude=53.797, longitude=-1.535)
    for _ in range(3):
        entry(kai, place="Bus station", incident="one")
    entry(kai, place="Park", withdrawn=True)
    entry(kai, place="A clinic", handling="agencies", readers=f",{CAMHS},")
    (where,) = latest.places_of(latest.latest_of(look(priya, kai), all_agencies()).entries)
    assert (where.number, where.label, where.latitude) == (1, "Bus station (2 times)", 53.797)


def test_what_is_read_of_a_timeline_does_not_grow_with_it(few):
    maya, kai = practitioner("maya", "front_door_worker"), child()
    entries(kai, 30)
    found = latest.latest_of(look(maya, kai), all_agencies())
    assert (len(found.entries), found.since) == (10, (NOW - timedelta(days=10)).date())
    assert latest.latest_of(look(maya, child()), all_agencies()).since is None


def test_a_page_that_reads_only_the_latest_says_since_when(client, few):
    client.force_login(practitioner("maya", "front_door_worker"))
    entries(child("7F3K"), 30, place="Park")
    for period in ("6", "all"):
        page = words(client.get(reverse("child", args=["7F3K"]), {"period": period}))
        assert "Here are the latest 10 entries, back to 13 November 2026. The timeline has every entry" in page
        assert "From the latest 10 entries, back to 13 November 2026." in page
        assert "Park (10 times)" in page


def test_a_page_that_reads_all_says_nothing_of_it(client, few):
    client.force_login(practitioner("maya", "front_door_worker"))
    entries(child("7F3K"), 10, place="Park")
    page = words(client.get(reverse("child", args=["7F3K"])))
    assert "Park (10 times)" in page
    assert "latest 10 entries" not in page


def test_what_was_owed_and_who_saw_the_child_long_before_the_latest_still_stands(client, few):
    client.force_login(practitioner("maya", "front_door_worker"))
    kai, long_ago = child("7F3K"), NOW - timedelta(days=90)
    entry(kai, kind="police_incident", role="victim", occurred_at=long_ago, seen_at=long_ago, title="A fight")
    entries(kai, 30, kind="general_note")
    page = words(client.get(reverse("child", args=["7F3K"])))
    assert "owed by Police after A fight. None that you may see has come." in page
    assert "By Police: 25 August 2026" in page


def test_an_old_page_of_the_timeline_says_what_was_owed_then(client, few):
    client.force_login(practitioner("maya", "front_door_worker"))
    kai, long_ago = child("7F3K"), NOW - timedelta(days=90)
    entry(kai, kind="police_incident", role="victim", occurred_at=long_ago, title="A fight")
    entries(kai, 30, kind="police_incident", role="witness")
    before = {"before": f"{(NOW - timedelta(days=30)).isoformat()},0"}
    page = words(client.get(reverse("child_timeline", args=["7F3K"]), before))
    assert "owed by Police after A fight" in page


@pytest.mark.parametrize("index", ["entries_of_a_person_by_kind", "sights_of_a_person", "timeline_of_a_person"])
def test_what_is_asked_of_a_whole_timeline_is_found_by_an_index(client, index, plans_of):
    client.force_login(practitioner("maya", "front_door_worker"))
    entries(child("7F3K"), 3)
    page = reverse("child", args=["7F3K"])
    plans = plans_of(lambda: client.get(page), table=ChronologyEntry, in_order=True)
    # PostgreSQL may take the index of the whole timeline where the table is all but empty.
    good = {index} | ({"timeline_of_a_person"} if connection.vendor == "postgresql" else set())
    assert any(name in plan for plan in plans for name in good)


def test_of_one_child_nearness_is_asked_once_for_all_its_entries():
    """Where it was asked of each row, a long timeline asked it thousands of times."""
    priya, kai = practitioner("priya", "police_officer", POLICE), child()
    said = str(queries.entries_of(kai, viewer=priya, at=NOW).query)
    assert '"people_person" U0 WHERE (U0."id" = "chronology' not in said
    assert f'U0."person_id" = {kai.pk}' in said


def test_a_picture_of_the_latest_begins_with_them(client, few):
    """An empty lane would say that nothing happened before."""
    client.force_login(practitioner("maya", "front_door_worker"))
    entries(child("7F3K"), 90)
    page = client.get(reverse("child", args=["7F3K"])).content.decode()
    assert "events, told by 1 agency" in page
    assert ">Aug<" not in page
