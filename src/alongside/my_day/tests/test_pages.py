from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from alongside.chronology.tests.factories import contribution, entries, entry
from alongside.ledger.models import LedgerEvent
from alongside.meetings.models import MeetingAction
from alongside.my_day import queries
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, standing
from alongside.web.tests.reading import words

pytestmark = pytest.mark.django_db
HOME = "/"


@pytest.fixture(autouse=True)
def the_morning_of_the_tests():
    with time_machine.travel(NOW + timedelta(minutes=20), tick=False):
        yield


@pytest.fixture
def leah(client):
    viewer = practitioner("leah", "social_worker", COUNCIL)
    client.force_login(viewer)
    return viewer


@pytest.fixture
def kai(leah):
    person = child("7F3K", called="Kai")
    standing(person, COUNCIL, practitioner=leah)
    return person


def test_what_is_new_about_my_children_and_nobody_else_s(client, kai):
    entry(kai, title="Police met Kai")
    entry(child("OTHER", called="Amira"), title="canary")
    page = words(client.get(HOME))
    assert "Police met Kai" in page
    assert "canary" not in page
    seen = LedgerEvent.objects.filter(operation="view").values_list("what", "subject")
    assert list(seen) == [("my day", "person:7F3K")]


def test_a_list_that_is_cut_says_that_it_is_the_latest(client, kai, monkeypatch):
    monkeypatch.setattr(queries, "CHANGED", 2)
    entry(kai, title="One")
    assert "(1)" in words(client.get(HOME))
    for title in ("Two", "Three"):
        entry(kai, title=title)
    page = words(client.get(HOME))
    assert "(latest 2)" in page
    assert "Show up to 200" in page
    assert "(3)" in words(client.get(HOME, {"all": "yes"}))


def test_a_child_of_whom_much_was_told_stands_once_and_the_latest_told_first(client, kai, leah):
    other = child("8G4L", called="Amira")
    standing(other, COUNCIL, practitioner=leah)
    for minutes, person, title in ((3, kai, "One"), (2, other, "Two"), (1, kai, "Three")):
        entry(person, title=title, told_at=datetime.now(UTC) - timedelta(minutes=minutes))
    page = words(client.get(HOME))
    order = [page.index(word) for word in ("Kai", "Three", "One", "Amira", "Two")]
    assert order == sorted(order)
    assert page.count(": overview") == 2


def test_what_i_may_not_read_is_not_new_to_me(client, kai):
    entry(kai, CAMHS, handling="agencies", readers=f",{CAMHS},", title="canary")
    page = words(client.get(HOME))
    assert "canary" not in page
    assert "Nothing has changed. 1 child is with you." in page


def test_signing_in_twice_in_a_morning_takes_no_news_away(client, kai, leah):
    entry(kai, title="Police met Kai")
    leah.last_seen_at = datetime.now(UTC)
    leah.save()
    assert "Police met Kai" in words(client.get(HOME))


def test_what_came_in_before_the_last_working_day_is_no_longer_new(client, kai, leah):
    entry(kai, title="Police met Kai", contribution={"received_at": datetime.now(UTC) - timedelta(days=6)})
    assert "Police met Kai" in words(client.get(HOME))

    leah.last_seen_at = datetime.now(UTC) - timedelta(days=5)
    leah.save()
    assert "Police met Kai" not in words(client.get(HOME))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (timedelta(days=5), "Police, 18 November 2026 at 9am, reached us 22 November"),
        (timedelta(days=3, hours=9), "Police, 20 November 2026 at midnight"),
        (timedelta(hours=1), "Police, 23 November 2026 at 8am"),
    ],
    ids=["told before the day of the heading", "on that day", "since"],
)
def test_what_was_told_before_the_day_of_the_heading_says_when_it_reached_us(client, kai, leah, told, said):
    entry(kai, told_at=NOW - told, contribution={"received_at": NOW - timedelta(days=1)})
    leah.last_seen_at = NOW
    leah.save()
    page = words(client.get(HOME))
    assert "New since Friday 20 November 2026 (1)" in page
    assert said in page
    assert ("reached us" in page) is ("reached us" in said)


def test_a_register_of_years_does_not_flood_the_first_page(client, kai):
    entry(kai, title="Police met Kai", told_at=datetime.now(UTC) - timedelta(days=400))
    assert "Police met Kai" not in words(client.get(HOME))


def test_news_is_found_by_child_or_by_time_alike(client, kai, leah, monkeypatch):
    entry(kai, title="Police met Kai")
    entry(child("OTHER", called="Amira"), title="canary")
    monkeypatch.setattr(queries, "FEW", 0)
    page = words(client.get(HOME))
    assert "Police met Kai" in page
    assert "canary" not in page


def test_what_needs_action_now_is_the_next_step(client, kai):
    found = entry(kai, title="Police met Kai", contribution={"urgent": True})
    page = client.get(HOME).content.decode()
    assert "Read what Police told us now about Kai." in page
    assert f'class="govuk-button" href="{reverse("child_entry", args=["7F3K", found.contribution.receipt])}"' in page


def test_nothing_waiting_is_said(client, kai):
    assert "Nothing is waiting for you here." in words(client.get(HOME))


def test_an_emergency_is_told_to_those_who_work_with_the_child(client, kai):
    priya = practitioner("priya", "police_officer", POLICE)
    because = "A child is in danger now: found hurt"
    standing(kai, POLICE, practitioner=priya, source="emergency:priya:x", worker="Priya", because=because)
    page = words(client.get(HOME))
    assert "Opened in an emergency (1)" in page
    assert "Priya, Police, opened the record of Kai" in page.replace(" ,", ",")


def test_two_children_of_one_name_have_their_family_name(client, kai, leah):
    other = child("8G4L", called="Kai", family_name="Brown")
    standing(other, COUNCIL, practitioner=leah)
    entry(kai)
    entry(other)
    page = words(client.get(HOME))
    assert "Kai Adeyemi" in page
    assert "Kai Brown" in page


def test_two_children_of_one_full_name_have_their_date_of_birth(client, kai, leah):
    other = child("8G4L", called="Kai", date_of_birth="2012-02-01")
    standing(other, COUNCIL, practitioner=leah)
    entry(kai)
    entry(other)
    assert "Kai Adeyemi , born 1 February 2012" in words(client.get(HOME))


def test_what_i_sent_and_what_became_of_it(client, leah):
    contribution(COUNCIL, author=leah, gaps_reason="He left")
    page = words(client.get(HOME))
    assert "Police protection notification" in page
    assert "Received with gaps" in page


def test_a_first_page_of_somebody_new_is_not_blank(client, leah):
    page = words(client.get(HOME))
    for said in ["Nothing has changed. 0 children are with you.", "You have not sent anything yet."]:
        assert said in page


@pytest.mark.parametrize("role", ["place_worker", "information_officer", "analyst", "scrutineer"])
def test_whoever_has_no_children_is_led_to_their_own_page(client, role):
    client.force_login(practitioner("omar", role, "leeds-highways"))
    response = client.get(HOME)
    assert response.status_code == 302
    assert response.url != HOME
    assert not LedgerEvent.objects.exists()


def test_whoever_is_not_signed_in_is_asked_to(client):
    assert client.get(HOME).url.startswith("/sign-in/")


@pytest.mark.parametrize("number", [3, 60])
def test_it_costs_the_same_however_much_is_new(client, kai, number, django_assert_max_num_queries):
    entries(kai, number)
    client.get(HOME)
    with django_assert_max_num_queries(14):
        client.get(HOME)


@pytest.mark.parametrize(
    ("days", "status", "is_next"), [(-1, "Past due", True), (0, "Not started", True), (2, "Not started", False)]
)
def test_what_i_said_i_would_do_is_due_here(client, leah, kai, days, status, is_next):
    told = entry(kai, contribution={"received_at": NOW - timedelta(days=30)}).contribution
    today = NOW.date()
    MeetingAction.objects.create(
        **{"person": kai, "because": told, "what": "Call the school", "owner": leah, "raised_by": leah},
        **{"due": today + timedelta(days=days), "raised_for": today - timedelta(days=3), "raised_at": NOW},
    )
    page = words(client.get(HOME))
    assert "Due (1)" in page
    assert status in page
    assert ("Call the school, about Kai, by" in page) is is_next
    assert LedgerEvent.objects.filter(subject="person:7F3K", what="my day").exists()


def test_nothing_due_takes_no_room(client, leah):
    assert "Due (" not in words(client.get(HOME))
