"""Somebody in the team reads what is in the record: it is not said to be given to them, nor kept from them."""

import pytest
from django.urls import reverse

from alongside.chronology.tests.factories import entry
from alongside.people.emergency import open_in_emergency
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, practitioner, standing, team
from alongside.sharing.models import ShareDecision
from alongside.web.tests.reading import words

SHARE, NOW_PAGE, NOT_PAGE = (reverse(name, args=["7F3K"]) for name in ("share", "share_now", "share_not"))


@pytest.fixture
def seen(kai):
    return entry(kai, title="Seen at the park")


def shared(client, filled, seen, **more) -> str:
    answers = filled.answers | {"entries": [seen.contribution.receipt]} | more
    return words(client.post(SHARE, answers, follow=True))


def test_an_entry_that_they_read_already_is_not_given(as_one, leah, priya, filled, seen):
    page = shared(as_one(leah), filled, seen, to="p:priya")
    assert "Take out “Seen at the park”. Priya Nair is in the team around Kai and reads it already." in page
    assert not ShareDecision.objects.exists()


def test_words_and_what_is_closed_to_them_can_be_given_all_the_same(as_one, kai, leah, priya, filled):
    closed = entry(kai, COUNCIL, title="Told to few", handling="restricted", readers=",leah,")
    assert "is in the team" not in shared(as_one(leah), filled, closed, to="p:priya")
    as_one(leah).post(SHARE, filled.answers | {"to": "p:priya", "words": "He likes chips."})
    made = ShareDecision.objects.get(words="He likes chips.")
    assert made.to_practitioner == priya


def test_nobody_learns_so_that_a_service_works_with_the_child(as_one, kai, leah, ann, filled, seen):
    standing(kai, CAMHS, practitioner=ann, is_quiet=True)
    assert "is in the team" not in shared(as_one(leah), filled, seen, to="p:ann")
    assert ShareDecision.objects.get().to_practitioner == ann


def test_an_emergency_ends_and_is_no_place_in_the_team(as_one, kai, leah, ann, filled, seen):
    open_in_emergency(person=kai, by=ann, at=NOW, because="A child is in danger now: hurt")
    shared(as_one(leah), filled, seen, to="p:ann")
    assert ShareDecision.objects.get().to_practitioner == ann


def test_a_team_reads_it_where_each_of_its_seats_does(as_one, kai, leah, filled, seen):
    desk = team("desk", POLICE)
    for key in ("a", "b"):
        standing(kai, POLICE, practitioner=practitioner(key, "police_officer", POLICE, team=desk))
    page = shared(as_one(leah), filled, seen, to="t:desk")
    assert f"Everybody in {desk.name} is in the team around Kai and reads it already." in page
    practitioner("c", "police_officer", POLICE, team=desk)
    shared(as_one(leah), filled, seen, to="t:desk")
    assert ShareDecision.objects.get().to_team == desk


def test_in_danger_it_is_given_at_once_and_said_afterwards(as_one, leah, priya):
    page = words(as_one(leah).post(NOW_PAGE, {"to": "p:priya", "words": "A grey car."}, follow=True))
    assert "Priya Nair is in the team around Kai, and reads the record as you do." in page
    assert ShareDecision.objects.get().to_practitioner == priya


def test_not_sharing_does_not_keep_the_record_from_them(as_one, kai, leah, priya):
    bea = practitioner("bea", "front_door_manager", COUNCIL)
    answers = {"to": "p:priya", "why_not": "not_relevant", "because": "x", "second": bea.key}
    page = words(as_one(leah).post(NOT_PAGE, answers, follow=True))
    assert "Priya Nair is in the team around Kai: only a restriction keeps the record from them." in page
    assert ShareDecision.objects.get().to_practitioner == priya


@pytest.mark.parametrize(
    ("to", "outside", "said"),
    [
        ("", "", "Choose one of the list, or write who it is"),
        ("p:tom", "Coach Dean", "You chose Tom Whitaker and wrote “Coach Dean”: keep one of the two"),
    ],
)
def test_whom_it_is_for_is_said_once(as_one, leah, tom, to, outside, said):
    page = words(as_one(leah).post(NOW_PAGE, {"to": to, "outside": outside, "words": "x"}))
    assert said in page
    assert not ShareDecision.objects.exists()


def test_why_not_is_not_said_to_be_what_it_is_for(as_one, kai, leah, priya, tom):
    answers = {"to": "p:tom", "why_not": "not_relevant", "because": "They asked for all", "second": "priya"}
    page = words(as_one(leah).post(NOT_PAGE, answers, follow=True))
    assert "Why not: It is not relevant to what they do: They asked for all" in page
    assert "For:" not in page
