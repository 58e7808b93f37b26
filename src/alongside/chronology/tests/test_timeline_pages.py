"""What the timeline of one child shows: versions, incidents told together, earlier entries, what is new."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from alongside.people.tests.factories import CAMHS, COUNCIL, POLICE, standing, team
from alongside.web.tests.reading import words

from .factories import contribution, entries, entry

pytestmark = pytest.mark.django_db


def test_a_correction_shows_what_it_changed_and_a_withdrawal_who_and_why(client, signed_in, kai):
    maya = signed_in("maya", "front_door_worker", COUNCIL)
    same = {"reference": "PPN-1"}
    contribution(**same, told={"narrative": "Seen at noon."}, is_newest=False)
    newest = entry(kai, version=2, contribution=same | {"version": 2, "told": {"narrative": "Seen at one."}})
    page = words(client.get(reverse("child_entry", args=["7F3K", newest.contribution.receipt])))
    assert "What version 2 changed" in page
    assert "Seen at noon." in page
    told = newest.contribution
    told.withdrawn_at, told.withdrawn_by, told.withdrawn_because = timezone.now(), maya, "Another child"
    told.save()
    type(newest).objects.update(withdrawn=True)
    for address in (
        reverse("child_timeline", args=["7F3K"]),
        reverse("child_entry", args=["7F3K", told.receipt]),
    ):
        page = words(client.get(address))
        assert "Withdrawn" in page
        assert "Maya" in page
        assert "Another child" in page


def test_an_older_version_told_to_fewer_stays_with_them(client, signed_in, kai):
    signed_in("noor", "service_worker", "catch", team=team("catch-team", "catch"))
    standing(kai, "catch")
    same = {"reference": "PPN-1"}
    contribution(**same, handling="police", told={"narrative": "canary"}, is_newest=False)
    newest = entry(kai, version=2, contribution=same | {"version": 2})
    page = words(client.get(reverse("child_entry", args=["7F3K", newest.contribution.receipt])))
    assert "What was told." in page
    assert "canary" not in page


def test_accounts_of_one_incident_stand_together(client, signed_in, kai):
    signed_in("maya", "front_door_worker", COUNCIL)
    entry(kai, kind="police_incident", incident="one", title="A fight", occurred_at=timezone.now() - timedelta(hours=9))
    entry(kai, "leeds-teaching-hospitals", incident="one", title="Came to A&E")
    response = client.get(reverse("child_timeline", args=["7F3K"]))
    assert re.findall(r'timeline__title"><bdi dir="auto">([^<]+)', response.content.decode()) == ["A fight"]
    page = words(response)
    assert "A&amp;E: Came to A&amp;E" in page
    assert "told by A&amp;E and Police" in page or "told by Police and A&amp;E" in page


def test_earlier_entries_follow_with_the_same_choice(client, signed_in, kai):
    signed_in("maya", "front_door_worker", COUNCIL)
    entries(kai, 30, title="Police met Kai")
    entry(kai, CAMHS, title="Kai came to CAMHS")
    first = client.get(reverse("child_timeline", args=["7F3K"]), {"agency": POLICE})
    assert "Kai came to CAMHS" not in words(first)
    assert first.content.decode().count('<h3 class="moj-timeline__title">') == 25
    address = re.search(r'href="(\?[^"]*before=[^"]*)">Earlier entries', first.content.decode())[1]
    second = client.get(reverse("child_timeline", args=["7F3K"]) + address.replace("&amp;", "&"))
    assert second.content.decode().count('<h3 class="moj-timeline__title">') == 5
    assert "Earlier entries" not in words(second)


@pytest.mark.parametrize("before", ["x", "2026-01-01,1", "2026-01-01T00:00:00+00:00,x", ","])
def test_an_address_changed_by_hand_begins_at_the_newest(client, signed_in, kai, before):
    signed_in("maya", "front_door_worker", COUNCIL)
    entry(kai)
    page = client.get(reverse("child_timeline", args=["7F3K"]), {"before": before, "year": "soon"})
    assert "Police told us of a worry" in words(page)


@pytest.mark.parametrize("page", ["child", "child_timeline"])
@pytest.mark.parametrize("number", [3, 300])
def test_a_page_costs_twelve_looks_however_much_happened(
    client, signed_in, kai, page, number, django_assert_max_num_queries
):
    signed_in("maya", "front_door_worker", COUNCIL)
    entries(kai, number, place="Bus station")
    entry(kai, CAMHS)
    client.get(reverse(page, args=["7F3K"]))
    with django_assert_max_num_queries(12):
        client.get(reverse(page, args=["7F3K"]))


def test_only_what_is_new_to_me_stays_chosen_and_can_be_taken_away(client, signed_in, kai):
    maya = signed_in("maya", "front_door_worker", COUNCIL)
    address = reverse("child_timeline", args=["7F3K"])
    old, new = timezone.now() - timedelta(days=3), timezone.now() - timedelta(minutes=5)
    entry(kai, title="Known to me", contribution={"received_at": old})
    assert "Only what is new to me" not in words(client.get(address))
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        client.force_login(maya)
        entries(kai, 40, title="Told since", contribution={"received_at": new + timedelta(hours=12)})
        page = client.get(address).content.decode()
        since = re.search(r'name="new" type="checkbox" value="([^"]+)">', page)[1]
        chosen = client.get(address, {"new": since})
        assert "Known to me" not in words(chosen)
        assert "Filter (1 chosen)" in words(chosen)
        earlier = re.search(r'href="(\?[^"]*before=[^"]*)">Earlier', chosen.content.decode())[1].replace("&amp;", "&")
        assert "new=" in earlier
        assert "Known to me" not in words(client.get(address + earlier))
        assert "Known to me" in words(client.get(address))


@pytest.mark.parametrize("new", ["x", "2026-11-20", "2026-11-20T10:00:00", "9999-99-99T00:00:00+00:00"])
def test_a_moment_changed_by_hand_chooses_nothing(client, signed_in, kai, new):
    signed_in("maya", "front_door_worker", COUNCIL)
    entry(kai)
    assert "Police told us of a worry" in words(client.get(reverse("child_timeline", args=["7F3K"]), {"new": new}))


def test_a_day_that_nobody_told_is_said_on_every_page_of_the_child(client, signed_in, kai):
    signed_in("maya", "front_door_worker", COUNCIL)
    told_on = timezone.now() - timedelta(days=3)
    untold = {"occurred_to": "untold", "occurred_at": told_on}
    made = entry(kai, **untold, contribution={"occurred_to": "untold", "reported_at": told_on})
    said = "The day was not told; told to us on 20 November 2026"
    receipt = made.contribution.receipt
    for address in ("child", "child_timeline"):
        assert said in words(client.get(reverse(address, args=["7F3K"])))
    assert said in words(client.get(reverse("child_entry", args=["7F3K", receipt])))
    strip = words(client.get(reverse("child", args=["7F3K"])))
    assert "nobody told the day: it stands in its month, or where it was told" in strip
