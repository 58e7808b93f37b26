"""The pages of one child, by who asks."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from alongside.chronology import guard
from alongside.ledger.models import LedgerEvent
from alongside.people.models import Standing
from alongside.people.tests.factories import (
    CAMHS,
    COUNCIL,
    POLICE,
    agency,
    child,
    practitioner,
    standing,
    team,
)
from alongside.places.models import Area

from .factories import contribution, entries, entry

pytestmark = pytest.mark.django_db
PAGES = ["child", "child_timeline", "child_looked"]


@pytest.fixture
def kai():
    return child("7F3K", called="Kai", given_name="Kai-Emmanuel", trusted_person="Coach Dean")


@pytest.fixture
def signed_in(client):
    def as_one(key, role, of, **more):
        viewer = practitioner(key, role, of, **more)
        client.force_login(viewer)
        return viewer

    return as_one


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def views_of(person) -> list[LedgerEvent]:
    return list(LedgerEvent.objects.filter(subject=f"person:{person.reference}", operation="view"))


def test_the_front_door_reads_what_every_agency_knows(client, signed_in, kai):
    signed_in("maya", "front_door_worker", COUNCIL)
    standing(kai, CAMHS, role="CAMHS", worker="Nadia Rahman", phone="0113 496 0005")
    entry(kai, title="Police met Kai at the bus station", place="Bus station")
    entry(kai, CAMHS, title="Kai came to CAMHS")
    page = words(client.get(reverse("child", args=["7F3K"])))
    for said in [
        "Police met Kai",
        "Kai came to CAMHS",
        "Coach Dean",
        "Nadia Rahman",
        "0113 496 0005",
        "Bus station",
    ]:
        assert said in page


@pytest.mark.parametrize(
    ("role", "worker", "said"),
    [
        ("CAMHS", "", "CAMHS since"),
        ("CAMHS", "Nadia Rahman", "Nadia Rahman , CAMHS since"),
        ("Eating disorders", "", "Eating disorders , CAMHS since"),
        ("Eating disorders", "Nadia Rahman", "Nadia Rahman , Eating disorders, CAMHS since"),
    ],
)
def test_nobody_is_said_twice_among_those_involved(client, signed_in, kai, role, worker, said):
    signed_in("maya", "front_door_worker", COUNCIL)
    standing(kai, CAMHS, role=role, worker=worker)
    page = words(client.get(reverse("child", args=["7F3K"])))
    assert said in page
    assert "CAMHS , CAMHS" not in page


@pytest.mark.parametrize("page", PAGES)
def test_each_page_shown_is_one_line_in_the_ledger(client, signed_in, kai, page):
    maya = signed_in("maya", "front_door_worker", COUNCIL)
    entry(kai)
    assert client.get(reverse(page, args=["7F3K"])).status_code == 200
    (line,) = views_of(kai)
    assert (line.actor, line.agency, line.details) == (maya.key, COUNCIL, {"level": "team"})


@pytest.mark.parametrize("page", PAGES)
def test_no_ledger_no_page(client, signed_in, kai, page, monkeypatch):
    def fails(*args, **details):
        raise OperationalError("the disk went away")

    signed_in("maya", "front_door_worker", COUNCIL)
    entry(kai, title="Only for those who may")
    monkeypatch.setattr(guard, "record_each", fails)
    client.raise_request_exception = False
    response = client.get(reverse(page, args=["7F3K"]))
    assert response.status_code == 503
    assert "Kai" not in words(response)
    assert "Only for those" not in words(response)


def test_whoever_may_only_know_of_the_child_gets_whom_to_call(client, signed_in, kai):
    signed_in("priya", "police_officer", POLICE)
    standing(kai, CAMHS, role="CAMHS", worker="Nadia Rahman", phone="0113 496 0005")
    entry(kai, CAMHS, title="Kai came to CAMHS")
    page = words(client.get(reverse("child", args=["7F3K"])))
    assert "Nadia Rahman" in page
    assert "0113 496 0005" in page
    assert "Kai came to CAMHS" not in page
    assert "Coach Dean" not in page
    assert [line.what for line in views_of(kai)] == ["contact card"]


@pytest.mark.parametrize("page", PAGES[1:])
def test_the_other_pages_lead_to_the_contact_card(client, signed_in, kai, page):
    signed_in("priya", "police_officer", POLICE)
    standing(kai, CAMHS)
    response = client.get(reverse(page, args=["7F3K"]))
    assert (response.status_code, response.url) == (302, reverse("child", args=["7F3K"]))
    assert views_of(kai) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_child_one_may_not_know_of_looks_like_no_child(client, signed_in, kai, page):
    signed_in("priya", "police_officer", POLICE)
    entry(kai, CAMHS, title="Kai came to CAMHS")
    hidden, absent = (client.get(reverse(page, args=[reference])) for reference in ("7F3K", "NONE"))
    assert hidden.status_code == absent.status_code == 403
    assert words(hidden) == words(absent)
    assert views_of(kai) == []


@pytest.mark.parametrize(
    ("key", "role", "of"), [("omar", "place_worker", "leeds-highways"), ("sam", "analyst", COUNCIL)]
)
def test_whoever_sees_no_child_is_refused(client, signed_in, kai, key, role, of):
    signed_in(key, role, of)
    standing(kai, of)
    assert client.get(reverse("child", args=["7F3K"])).status_code == 403
    assert views_of(kai) == []


def test_whoever_is_not_signed_in_is_asked_to(client, kai):
    response = client.get(reverse("child", args=["7F3K"]))
    assert response.url.startswith("/sign-in/")


def test_nothing_of_an_agency_that_shares_nothing_is_on_any_page(client, signed_in, kai):
    signed_in("priya", "police_officer", POLICE)
    standing(kai, POLICE)
    entry(kai, title="Police met Kai")
    hidden = entry(kai, CAMHS, handling="agencies", readers=f",{CAMHS},", title="canary", place="canary clinic")
    hidden.record.nhs_number = hidden.record.upn = "canary9876"
    hidden.record.ethnicity = {"code": "B2", "stated_by": "self"}
    hidden.record.save()
    for page in PAGES:
        text = client.get(reverse(page, args=["7F3K"])).content.decode()
        assert "Police met Kai" in text or page == "child_looked"
        for canary in ("canary", "Leeds CAMHS", "9876", "Black African"):
            assert canary not in text
    told = client.get(reverse("child_entry", args=["7F3K", hidden.contribution.receipt]))
    assert told.status_code == 404


def test_a_number_is_masked_until_asked_for_and_then_recorded(client, signed_in, kai):
    signed_in("maya", "front_door_worker", COUNCIL)
    record = entry(kai).record
    record.nhs_number = "9990004321"
    record.save()
    assert "9990004321" not in client.get(reverse("child", args=["7F3K"])).content.decode()
    address = reverse("child_number", args=["7F3K", "nhs_number"])
    assert client.get(address).status_code == 405
    assert "9990004321" in words(client.post(address))
    assert views_of(kai)[0].what == "identifier"


def test_opening_in_an_emergency_needs_a_reason_and_ends(client, signed_in, kai):
    signed_in("priya", "police_officer", POLICE)
    address = reverse("child_emergency", args=["7F3K"])
    assert "Choose why you need it" in words(client.post(address, {}))
    assert not Standing.objects.exists()
    because = {"why": "A child is in danger now", "happening": "Found hurt, cannot say who he is"}
    page = words(client.post(address, because, follow=True))
    assert "Emergency access" in page
    assert "Found hurt" in page
    (opened,) = Standing.objects.all()
    assert timedelta(hours=1, minutes=59) < opened.until - timezone.now() <= timedelta(hours=2)
    assert LedgerEvent.objects.filter(what="emergency access").get().purpose.startswith("A child is in danger now")
    assert "Emergency access: A child" in views_of(kai)[0].purpose
    Standing.objects.update(since=timezone.now() - timedelta(hours=3), until=timezone.now() - timedelta(hours=1))
    assert client.get(reverse("child", args=["7F3K"])).status_code == 403


def test_an_emergency_tells_colleagues_nothing_of_the_child(client, signed_in, kai):
    other = practitioner("other", "police_officer", POLICE)
    standing(kai, POLICE, practitioner=other, source="emergency:other:x", is_quiet=True)
    signed_in("priya", "police_officer", POLICE)
    assert client.get(reverse("child", args=["7F3K"])).status_code == 403


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


def test_no_title_or_address_names_the_child(client, signed_in, kai):
    signed_in("maya", "front_door_worker", COUNCIL)
    made = entry(kai)
    addresses = [reverse(page, args=["7F3K"]) for page in PAGES]
    addresses.append(reverse("child_entry", args=["7F3K", made.contribution.receipt]))
    for address in addresses:
        title = re.search(r"<title>(.*?)</title>", client.get(address).content.decode(), re.S)[1]
        assert "Kai" not in title + address
        assert "7F3K" in title


def test_a_page_for_paper_is_a_look_of_its_own(client, signed_in, kai):
    signed_in("maya", "front_door_worker", COUNCIL)
    entry(kai, place="Bus station", latitude=53.797, longitude=-1.535)
    page = client.get(reverse("child", args=["7F3K"]), {"print": ""}).content.decode()
    assert "Destroy after the meeting" in page
    assert "app-paper-only" in page
    assert len(views_of(kai)) == 1


def test_the_map_is_a_look_of_its_own(client, signed_in, kai):
    signed_in("maya", "front_door_worker", COUNCIL)
    entry(kai, place="Bus station", latitude=53.797, longitude=-1.535)
    pins = client.get(reverse("child_places", args=["7F3K"])).json()
    assert pins["features"][0]["geometry"]["coordinates"] == [-1.535, 53.797]
    assert [line.what for line in views_of(kai)] == ["map"]


def test_what_is_not_known_is_said_in_words(client, signed_in):
    signed_in("maya", "front_door_worker", COUNCIL)
    agency(COUNCIL)
    child("NEW1", given_name="", family_name="", date_of_birth="")
    page = words(client.get(reverse("child", args=["NEW1"])))
    for said in ["Name not known", "Not asked yet", "None recorded", "No contributions yet"]:
        assert said in page


@pytest.mark.parametrize(
    ("born", "said"), [("2011-03-04", "15, turns 16"), ("2011", "born 2011"), ("2008-11-01", "18 or older")]
)
def test_an_age_is_said_as_exactly_as_it_is_known(client, signed_in, born, said):
    signed_in("maya", "front_door_worker", COUNCIL)
    child("OLD1", date_of_birth=born)
    assert said in words(client.get(reverse("child", args=["OLD1"])))


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


def test_the_map_has_the_areas_around_its_places_and_no_others(client, signed_in, kai):
    signed_in("maya", "front_door_worker", COUNCIL)
    entry(kai, place="Bus station", latitude=53.797, longitude=-1.535)
    entry(kai, place="Canal side", latitude=53.799, longitude=-1.536)
    for code, west in (("E01000001", -1.54), ("E01000002", -1.9)):
        ring = [[west, 53.79], [west + 0.01, 53.79], [west + 0.01, 53.8], [west, 53.79]]
        outline = {"type": "Polygon", "coordinates": [ring]}
        Area(code=code, kind="lsoa", edition="2021", outline=outline).bounded().save()
    page = client.get(reverse("child", args=["7F3K"])).content.decode()
    address = reverse("child_places", args=["7F3K"])
    assert f'data-pins="{address}"' in page
    drawn = client.get(address).json()["features"]
    assert [one["geometry"]["type"] for one in drawn] == ["MultiPolygon", "Point", "Point"]
    assert views_of(kai)[0].what == "map"
    assert client.get(reverse("child", args=["7F3K"]), {"print": ""}).content.decode().count("<path fill=") == 1
