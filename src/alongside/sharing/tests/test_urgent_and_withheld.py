"""Sharing first and recording after; deciding not to share, with a second person."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.agencies.models import Practitioner
from alongside.agencies.seats import suspend
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import declare_tie, restrict
from alongside.people.emergency import open_in_emergency
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, practitioner, standing
from alongside.sharing.actions import record_rest, say_second_word, withhold
from alongside.sharing.models import ShareDecision
from alongside.sharing.recipients import Target
from alongside.web.tests.reading import words

from .conftest import AT, given

NOW_PAGE, NOT_PAGE = reverse("share_now", args=["7F3K"]), reverse("share_not", args=["7F3K"])
BASES = {"bases": ["art_6_1_e", "art_9_2_g"]}


def test_two_fields_share_at_once_and_my_day_asks_the_rest(as_one, kai, leah, tom):
    as_one(leah).post(NOW_PAGE, {"to": "p:tom", "words": "He left school with a man. Look for a grey car."})
    made = ShareDecision.objects.get()
    assert (made.is_urgent, made.recorded_at, made.record_by) == (True, None, AT + timedelta(hours=24))
    assert LedgerEvent.objects.filter(operation="disclose", subject=made.subject).count() == 1
    assert "Look for a grey car." in words(as_one(tom).get(reverse("received_one", args=[made.pk])))
    assert "Record the rest of what you gave now to Tom Whitaker, School, by 9:20am on Tuesday 24 November." in words(
        as_one(leah).get("/")
    )


def test_the_rest_is_recorded_once_and_no_longer_asked(as_one, kai, leah, tom):
    as_one(leah).post(NOW_PAGE, {"to": "p:tom", "words": "Look for a grey car."})
    rest = reverse("share_rest", args=[ShareDecision.objects.get().pk])
    assert "Write in a line what they need it for" in words(as_one(leah).post(rest, BASES))
    as_one(leah).post(rest, BASES | {"because": "To find him", "family": "told"})
    made = ShareDecision.objects.get()
    assert (made.because, made.family, made.recorded_at) == ("To find him", "told", AT)
    assert "the rest of what you gave" not in words(as_one(leah).get("/"))
    assert as_one(leah).get(rest).status_code == 404
    record_rest(decision=made, by=leah, at=AT, because="Something else", family="told")
    made.refresh_from_db()
    assert made.because == "To find him"


def test_what_is_not_recorded_in_time_is_late(as_one, kai, leah, tom):
    as_one(leah).post(NOW_PAGE, {"to": "p:tom", "words": "Look for a grey car."})
    with time_machine.travel(AT + timedelta(hours=25), tick=False):
        client = as_one(leah)
        assert "It is late: record the rest" in words(client.get("/"))
        assert "Past due" in words(client.get(reverse("what_i_gave")))


def test_not_sharing_is_kept_with_its_reason(as_one, kai, leah, priya, tom):
    answers = {"to": "p:tom", "why_not": "not_relevant", "because": "They asked for the whole file", "second": "priya"}
    page = words(as_one(leah).post(NOT_PAGE, answers, follow=True))
    assert "Waiting for a second person Not to Tom Whitaker, School" in page
    line = LedgerEvent.objects.get(what="decided not to give")
    assert (line.purpose, line.details["why"]) == ("They asked for the whole file", "not_relevant")
    assert "gave you" not in words(as_one(tom).get("/"))


@pytest.mark.parametrize("why", ["detriment", "not_relevant", "not_now", "no_basis"])
def test_whatever_the_reason_a_second_person_is_asked_and_it_waits(as_one, kai, leah, priya, tom, why):
    answers = {"to": "p:tom", "why_not": why, "because": "His father works there"}
    assert "Choose a second person" in words(as_one(leah).post(NOT_PAGE, answers))
    page = words(as_one(leah).post(NOT_PAGE, answers | {"second": "priya"}, follow=True))
    assert "Waiting for a second person" in page
    assert "asked: Priya Nair" in page
    assert "Leah Brandt decided not to give something to Tom Whitaker, School" in words(as_one(priya).get("/"))


def test_no_way_round_the_page_decides_it_alone(kai, leah):
    with pytest.raises(PermissionDenied):
        withhold(person=kai, to=Target(outside="A club"), by=leah, at=AT, why_not="no_basis", because="x")


def held(kai, leah, priya):
    told = {"why_not": "detriment", "because": "His father works there", "second_asked": priya}
    return withhold(person=kai, to=Target(outside="A club"), by=leah, at=AT, **told)


@pytest.mark.parametrize(("agrees", "state"), [("yes", "Not given"), ("no", "Second person did not agree")])
def test_the_second_person_says_whether_they_agree(as_one, kai, leah, priya, agrees, state):
    second = reverse("share_second", args=[held(kai, leah, priya).pk])
    assert "His father works there" in words(as_one(priya).get(second))
    page = words(as_one(priya).post(second, {"agrees": agrees, "because": "I know him"}, follow=True))
    assert state in page
    assert "Second person: Priya Nair" in page
    assert as_one(priya).get(second).status_code == 404


def test_nobody_is_their_own_second_person_nor_anybody_outside_the_team(as_one, kai, leah, priya, ann):
    made = held(kai, leah, priya)
    open_in_emergency(person=kai, by=ann, at=NOW, because="A child is in danger now: hurt")
    for who in (leah, ann):
        assert as_one(who).get(reverse("share_second", args=[made.pk])).status_code == 404
        with pytest.raises(PermissionDenied):
            say_second_word(decision=made, agrees=True, because="x", by=who, at=AT)
    page = as_one(leah).get(NOT_PAGE).content.decode()
    assert 'value="priya"' in page
    assert 'value="leah"' not in page
    assert 'value="ann"' not in page.split('id="id_second"')[1]


def test_the_list_of_second_people_names_no_service_that_the_giver_may_not_read_of(as_one, kai, leah, priya, ann):
    standing(kai, CAMHS, practitioner=ann, is_quiet=True)
    maya = practitioner("maya", "front_door_worker", COUNCIL)
    seen = {who: as_one(who).get(NOT_PAGE).content.decode().split('id="id_second"')[1] for who in (leah, maya)}
    assert 'value="ann"' not in seen[leah]
    assert 'value="priya"' in seen[leah]
    assert 'value="ann"' in seen[maya]


def test_another_of_the_team_than_the_one_asked_may_say_it(kai, leah, priya):
    maya = practitioner("maya", "front_door_worker", COUNCIL)
    made = held(kai, leah, priya)
    say_second_word(decision=made, agrees=True, because="I know him", by=maya, at=AT)
    say_second_word(decision=made, agrees=False, because="Too late", by=priya, at=AT)
    made.refresh_from_db()
    assert (made.second_by, made.second_agrees) == (maya, True)


NONSENSE = {
    "a_share_decision_names_one_recipient": {"to_outside": ""},
    "only_what_is_urgent_is_recorded_after": {"recorded_at": None},
    "a_recorded_share_decision_says_why": {"because": ""},
    "what_is_not_given_says_why_not": {"why_not": "not_now"},
    "a_family_that_is_not_told_has_a_reason": {"family": "later"},
    "a_second_person_says_who_when_and_why": {"second_at": AT},
    "the_second_person_is_another": {"second_asked": "leah"},
    "detriment_asks_a_second_person": {"choice": "withhold", "why_not": "detriment", "expires_on": None},
    "what_was_given_is_taken_back_by_somebody_with_a_reason": {"ended_at": AT},
}


@pytest.mark.parametrize("name", NONSENSE)
def test_the_database_refuses_nonsense(kai, leah, name):
    change = {field: leah if value == "leah" else value for field, value in NONSENSE[name].items()}
    made = given(kai, by=leah, outside="A club", words="x")
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        ShareDecision.objects.filter(pk=made.pk).update(**change)


def kept(kai, by, second, to=None):
    asked = {"why_not": "detriment", "because": "x", "second_asked": second}
    return withhold(person=kai, to=to or Target(outside="A club"), by=by, at=AT, **asked)


def test_a_second_person_who_thinks_otherwise_is_heard_until_it_is_decided_again(as_one, kai, leah, priya):
    made = kept(kai, leah, priya)
    say_second_word(decision=made, agrees=False, because="They must know", by=priya, at=AT)
    said = "Priya Nair thinks that what you kept from A club should be given. Read why, and decide."
    client = as_one(leah)
    assert said in words(client.get("/"))
    page = words(client.get(reverse("gave", args=[made.pk])))
    assert "They must know" in page
    assert "Give it after all" in page
    kept(kai, leah, priya, Target(outside="Another club"))
    assert said in words(client.get("/"))
    again = kept(kai, leah, priya)
    assert said not in words(client.get("/"))
    say_second_word(decision=again, agrees=True, because="I see", by=priya, at=AT)
    assert "what you kept" not in words(client.get("/"))


def test_a_second_person_who_can_say_nothing_any_more_is_replaced(as_one, kai, leah, priya):
    kept(kai, leah, priya)
    said = "Priya Nair cannot be your second person any more on what you kept from A club. Decide with another."
    assert said not in words(as_one(leah).get("/"))
    suspend(practitioner=priya, because="Left", by="tests", at=AT)
    assert said in words(as_one(leah).get("/"))


def test_nobody_to_whom_the_record_is_closed_is_asked_for_a_second_word(as_one, kai, leah, priya):
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    maya = practitioner("maya", "front_door_worker", COUNCIL)
    answers = {"to": "", "outside": "A club", "why_not": "detriment", "because": "x", "second": "maya"}
    declare_tie(person=kai, by=priya, at=AT, because="My nephew")
    offered = as_one(leah).get(NOT_PAGE).context["form"].people
    assert sorted(offered) == ["bea", "maya"]
    made = kept(kai, leah, maya)
    restrict(person=kai, readers=[leah], by=bea, at=AT, because="Few")
    assert sorted(as_one(leah).get(NOT_PAGE).context["form"].people) == ["bea"]
    assert "Choose a second person" in words(as_one(leah).post(NOT_PAGE, answers))
    assert "decided not to give something" not in words(as_one(maya).get("/"))
    assert f"{maya.name} cannot be your second person any more" in words(as_one(leah).get("/"))
    assert made.second_at is None


def test_the_rest_can_be_recorded_though_the_record_was_closed_to_the_giver_since(as_one, kai, leah, tom):
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    as_one(leah).post(NOW_PAGE, {"to": "p:tom", "words": "Look for a grey car."})
    made = ShareDecision.objects.get()
    restrict(person=kai, readers=[], by=bea, at=AT, because="Few")
    rest, client = reverse("share_rest", args=[made.pk]), as_one(leah)
    assert "Record the rest of what you gave now" in words(client.get("/"))
    page = words(client.get(rest))
    assert not [word for word in ("Kai", "grey car") if word in page]
    client.post(rest, BASES | {"because": "To find him", "family": "told"})
    made.refresh_from_db()
    assert made.because == "To find him"
    assert "the rest of what you gave" not in words(client.get("/"))
    lines = LedgerEvent.objects.filter(actor="leah", what="what I gave", operation="view")
    assert not lines.filter(subject="person:7F3K").exists()


def test_nobody_is_led_to_a_second_word_that_their_new_role_cannot_say(as_one, kai, leah, priya):
    kept(kai, leah, priya)
    Practitioner.objects.filter(pk=priya.pk).update(role="analyst")
    priya.refresh_from_db()
    assert "asks for a second person" not in words(as_one(priya).get("/", follow=True))
    assert "Priya Nair cannot be your second person any more" in words(as_one(leah).get("/"))
    Practitioner.objects.filter(pk=leah.pk).update(role="analyst")
    leah.refresh_from_db()
    assert "cannot be your second person" not in words(as_one(leah).get("/", follow=True))
