"""A service's work with a child is a sentence, and a team has its name."""

import pytest
from django.urls import reverse

from alongside.chronology.actions import rebuild
from alongside.chronology.work import summary_told
from alongside.contributions.kinds import kinds
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, child, practitioner, record, team
from alongside.web.tests.reading import words

from .factories import contribution, entry

OPEN = {"service": "Safe team", "team": "leeds-safe-team-exploitation", "worker": "Jas Bains", "status": "open"}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"details": OPEN}, "Jas Bains of Safe team works with Ellis."),
        ({"details": OPEN | {"status": "closed"}}, "Jas Bains of Safe team no longer works with Ellis."),
        ({"details": {"service": "CATCH", "status": "open"}}, "CATCH works with Ellis."),
        ({"details": OPEN, "narrative": "Met at the gym."}, "Met at the gym."),
    ],
)
def test_work_that_began_or_ended_is_a_sentence(told, said):
    assert summary_told(kinds()["service_attendance"], told, called="Ellis") == said


def test_other_kinds_keep_their_own_words():
    told = {"details": {"service": "x"}, "narrative": ""}
    assert summary_told(kinds()["general_note"], told, called="Ellis") == kinds()["general_note"].summary_for(told)


@pytest.mark.django_db
@pytest.mark.parametrize(("known", "said"), [(True, "Exploitation team"), (False, "leeds-safe-team-exploitation")])
def test_the_entry_names_the_team(client, known, said):
    if known:
        made = team("leeds-safe-team-exploitation", CAMHS)
        made.name = "Exploitation team"
        made.save()
    client.force_login(practitioner("maya", "front_door_worker", COUNCIL))
    found = entry(child("7F3K"), CAMHS, contribution={"kind": "service_attendance", "told": {"details": OPEN}})
    page = words(client.get(reverse("child_entry", args=["7F3K", found.contribution.receipt])))
    assert said in page
    assert ("leeds-safe-team-exploitation" in page) is not known


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"what": "waiting"}, "Ellis waits for Imran Shah of CAMHS."),
        ({"what": "waiting", "status": "closed"}, "Imran Shah of CAMHS no longer works with Ellis."),
        ({"what": "working"}, "Imran Shah of CAMHS works with Ellis."),
    ],
)
def test_waiting_is_not_told_as_work(details, said):
    told = {"details": {"service": "CAMHS", "worker": "Imran Shah", "status": "open"} | details}
    assert summary_told(kinds()["camhs_contact"], told, called="Ellis").startswith(said)


@pytest.mark.django_db
def test_the_timeline_says_who_works_with_the_child():
    ellis = child("7F3K", given_name="Ellis")
    record(ellis, CAMHS, reference="C-1")
    people = [{"role": "subject", "reference": "C-1"}]
    contribution(CAMHS, kind="service_attendance", told={"details": OPEN, "people": people})
    rebuild(at=NOW)
    assert ellis.entries.get().summary.startswith("Jas Bains of Safe team works with Ellis.")
