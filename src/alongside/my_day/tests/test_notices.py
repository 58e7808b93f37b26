"""Opening a record in an emergency is told at once to the child's lead and to information governance."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from alongside.agencies.models import Agency
from alongside.ledger.models import LedgerEvent
from alongside.people.emergency import judge, notices_waiting_for, open_in_emergency
from alongside.people.leads import lead_order, leads_for
from alongside.people.models import EmergencyNotice
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, standing, team
from alongside.sharing.actions import give_now
from alongside.sharing.recipients import Target
from alongside.web.tests.reading import words

pytestmark = pytest.mark.django_db
ENDED = {"since": NOW - timedelta(days=9), "until": NOW - timedelta(days=1)}
BECAUSE = "A child is in danger now: found hurt"


@pytest.fixture(autouse=True)
def the_morning_of_the_tests():
    with time_machine.travel(NOW + timedelta(minutes=20), tick=False):
        yield


@pytest.fixture
def leah():
    return practitioner("leah", "social_worker", COUNCIL, name="Leah Brandt")


def opened(kai, by):
    return open_in_emergency(person=kai, by=by, at=NOW, because=BECAUSE)


def told() -> set[str]:
    return set(EmergencyNotice.objects.values_list("told__key", flat=True))


def test_the_lead_and_information_governance_are_told(kai, priya, leah, grace):
    standing(kai, CAMHS, practitioner=practitioner("ann", "health_worker", CAMHS))
    standing(kai, COUNCIL, practitioner=leah)
    opened(kai, priya)
    assert told() == {"leah", "grace"}


def test_what_was_given_in_danger_comes_before_it(client, kai, priya, leah):
    """There are days to say whether it was fair."""
    standing(kai, COUNCIL, practitioner=leah)
    opened(kai, priya)
    client.force_login(leah)
    assert "Say whether the emergency opening" in client.get("/").context["next"]["do"]
    ann = practitioner("ann", "health_worker", CAMHS)
    zoe = child("9Z9Z", called="Zoe")
    standing(zoe, CAMHS, practitioner=ann)
    give_now(person=zoe, to=Target(practitioner=leah), words="A grey car at the park", by=ann, at=NOW)
    assert "Somebody may be in danger" in client.get("/").context["next"]["do"]


def test_the_governance_lead_of_one_s_own_agency_before_others(kai, priya, leah, grace):
    practitioner("piet", "information_officer", POLICE)
    standing(kai, COUNCIL, practitioner=leah)
    opened(kai, priya)
    assert told() == {"leah", "piet"}


@pytest.mark.parametrize(
    ("stands", "lead"),
    [
        ([], ["maya"]),
        ([(COUNCIL, {"worker": "leah brandt"})], ["leah"]),
        ([(COUNCIL, {"worker": "Somebody without a seat"})], ["maya"]),
        ([(COUNCIL, {"worker": "Somebody without a seat"}), (CAMHS, {"worker": "Ann"})], ["ann"]),
        ([(CAMHS, {"worker": "Ann"}), (COUNCIL, {"worker": "Leah Brandt"})], ["leah"]),
        ([(COUNCIL, {"worker": "Leah Brandt", "is_quiet": True})], ["maya"]),
        ([(COUNCIL, {"worker": "Leah Brandt", **ENDED})], ["maya"]),
        ([(COUNCIL, {"worker": ""})], ["maya"]),
    ],
)
def test_who_leads(kai, leah, stands, lead):
    practitioner("maya", "front_door_worker", COUNCIL)
    practitioner("ann", "health_worker", CAMHS)
    for of, more in stands:
        standing(kai, of, **more)
    assert [one.key for one in leads_for(kai, at=NOW)] == lead


def test_a_team_without_a_named_worker_is_told_whole(kai):
    safe = team("safe", COUNCIL)
    for key in ("one", "two"):
        practitioner(key, "social_worker", COUNCIL, team=safe)
    standing(kai, COUNCIL, team=safe)
    assert [one.key for one in leads_for(kai, at=NOW)] == ["one", "two"]


def test_opening_again_while_it_is_open_tells_nobody_twice_and_lasts_no_longer(kai, priya, leah, grace):
    standing(kai, COUNCIL, practitioner=leah)
    first = opened(kai, priya)
    again = open_in_emergency(person=kai, by=priya, at=NOW + timedelta(minutes=5), because="Still there")
    assert (again, again.until) == (first, NOW + timedelta(hours=2))
    assert EmergencyNotice.objects.count() == 2
    assert LedgerEvent.objects.get(what="emergency access again").purpose == "Still there"
    later = open_in_emergency(person=kai, by=priya, at=first.until, because=BECAUSE)
    assert later != first
    assert EmergencyNotice.objects.count() == 4


def test_each_who_opens_it_is_told_of_by_themselves(kai, priya, grace):
    opened(kai, priya)
    opened(kai, practitioner("piet", "police_officer", POLICE))
    assert EmergencyNotice.objects.filter(told=grace).count() == 2


@pytest.mark.parametrize(
    ("worker", "as_what"),
    [
        ("leah brandt", "the child’s lead practitioner"),
        ("Beth Sutcliffe", "a colleague in the team of Beth Sutcliffe, who has no seat"),
        ("", "one of the team that leads for the child"),
    ],
)
def test_who_is_told_hears_what_they_are_to_the_child(client, kai, priya, worker, as_what):
    safe = team("safe", COUNCIL)
    leah = practitioner("leah", "social_worker", COUNCIL, name="Leah Brandt", team=safe)
    standing(kai, COUNCIL, team=safe, worker=worker)
    opened(kai, priya)
    client.force_login(leah)
    (notice,) = notices_waiting_for(leah, at=timezone.now())
    assert f"You are told as {as_what}." in words(client.get(reverse("emergency_notice", args=[notice.pk])))


@pytest.mark.parametrize(("of", "why"), [(POLICE, ", because nobody at Police could be."), (COUNCIL, ".")])
def test_information_governance_of_another_agency_reads_why_it_is_theirs(client, kai, grace, of, why):
    opened(kai, practitioner("ann", "police_officer", of))
    client.force_login(grace)
    (notice,) = notices_waiting_for(grace, at=timezone.now())
    page = words(client.get(reverse("emergency_notice", args=[notice.pk])))
    assert f"You are told as information governance lead{why}" in page


def test_an_opening_nobody_looked_into_is_what_waits(client, kai, priya, leah):
    standing(kai, COUNCIL, practitioner=leah)
    opened(kai, priya)
    client.force_login(leah)
    home = words(client.get("/"))
    assert "Nothing is waiting for you here" not in home
    assert "Say whether the emergency opening of a child’s record was fair." in home


def test_nobody_is_asked_to_judge_their_own(kai, leah, grace):
    standing(kai, COUNCIL, practitioner=leah)
    opened(kai, leah)
    assert told() == {"grace"}


def test_whom_it_was_told_to_says_a_word_once(client, kai, priya, leah):
    standing(kai, COUNCIL, practitioner=leah)
    opened(kai, priya)
    (notice,) = notices_waiting_for(leah, at=timezone.now())
    client.force_login(leah)
    home = words(client.get("/"))
    assert "Opened in an emergency: your view is asked (1)" in home
    assert "Opened in an emergency (1)" not in home
    address = reverse("emergency_notice", args=[notice.pk])
    page = words(client.get(address))
    assert BECAUSE in page
    assert "Kai : who has looked" in page
    assert "Choose whether it was fair" in words(client.post(address, {"because": "x"}))
    page = words(client.post(address, {"verdict": "judged_fair", "because": "I called her"}, follow=True))
    assert "your view is asked" not in page
    assert "Judged fair" in words(client.get(address))
    assert client.post(address, {"verdict": "judged_not_fair", "because": "Again"}).status_code == 200
    notice.refresh_from_db()
    assert (notice.verdict, notice.because) == ("judged_fair", "I called her")
    kept = LedgerEvent.objects.get(what="emergency access judged fair")
    assert (kept.actor, kept.subject, kept.purpose) == ("leah", "person:7F3K", "I called her")
    assert LedgerEvent.objects.filter(what="emergency notice", subject="person:7F3K").exists()


def test_information_governance_reads_no_name(client, kai, priya, grace):
    opened(kai, priya)
    (notice,) = notices_waiting_for(grace, at=timezone.now())
    client.force_login(grace)
    home, page = words(client.get("/")), words(client.get(reverse("emergency_notice", args=[notice.pk])))
    for said in (home, page):
        assert "7F3K" in said
        assert "Kai" not in said
    assert "your view is asked (1)" in home
    judge(notice=notice, verdict="judged_not_fair", because="Nobody was hurt", by=grace, at=NOW)
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    ("key", "role", "of"), [("omar", "place_worker", "leeds-highways"), ("ann", "health_worker", CAMHS)]
)
def test_nobody_else_reads_or_judges_it(client, kai, priya, grace, key, role, of):
    opened(kai, priya)
    (notice,) = notices_waiting_for(grace, at=timezone.now())
    other = practitioner(key, role, of)
    client.force_login(other)
    assert client.get(reverse("emergency_notice", args=[notice.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        judge(notice=notice, verdict="judged_fair", because="x", by=other, at=NOW)


def test_every_agency_that_may_lead_is_a_partner(agencies):
    assert set(lead_order()) <= set(Agency.objects.values_list("slug", flat=True))
