"""A supervisor looks over what their team sent; nothing waits for it."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from alongside.agencies.models import Practitioner
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import SupervisorLook
from alongside.ledger.models import LedgerEvent
from alongside.people.tests.factories import CAMHS, POLICE, moved

from .conftest import at_a_machine
from .on_pages import sent, words
from .test_correcting import corrected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def look(sergeant, contribution, outcome, comment=""):
    address = reverse("look_over", args=[contribution.receipt])
    return sergeant.post(address, {"outcome": outcome, "comment": comment}, follow=True)


def test_what_the_team_sent_waits_for_a_look_and_is_on_the_timeline_already(officer, sergeant):
    sent(officer)
    assert ChronologyEntry.objects.exists()
    assert "Waiting for your look (1)" in words(sergeant.get(reverse("team_sent")))
    assert "Look over what your team sent: 1 waiting" in words(sergeant.get(reverse("my_day")))


def test_what_is_returned_waits_on_its_authors_first_page_with_the_words(officer, sergeant):
    first = sent(officer)
    look(sergeant, first, "returned", "Say what you ask of school.")

    home = words(officer.get(reverse("my_day")))
    assert "Returned to you: Police protection notification" in home
    assert "Say what you ask of school." in home
    assert "Returned by supervisor" in words(officer.get(reverse("what_i_sent")))
    receipt = words(officer.get(reverse("receipt", args=[first.receipt])))
    assert "Returned to you" in receipt
    assert ChronologyEntry.objects.filter(withdrawn=False).exists()


def test_a_correction_answers_a_return_and_waits_for_a_look_again(officer, sergeant):
    first = sent(officer)
    look(sergeant, first, "returned", "Was he seen alone?")
    corrected(officer, first, "voice", {"seen_alone": "yes"})

    assert "Returned to you" not in words(officer.get(reverse("my_day")))
    assert "Waiting for your look (1)" in words(sergeant.get(reverse("team_sent")))


def test_what_is_seen_waits_no_longer_and_its_author_reads_so(officer, sergeant):
    first = sent(officer)
    look(sergeant, first, "seen")
    assert "Nothing is waiting for your look" in words(sergeant.get(reverse("team_sent")))
    assert "Ros Hall</bdi> saw it" in words(officer.get(reverse("receipt", args=[first.receipt])))
    assert LedgerEvent.objects.filter(what="supervisor: seen", subject=first.subject).count() == 1


def test_returning_says_what_would_help(officer, sergeant):
    first = sent(officer)
    page = look(sergeant, first, "returned")
    assert "Write what would help" in words(page)
    assert not SupervisorLook.objects.exists()


def test_the_database_keeps_no_return_without_words(officer, sergeant):
    first = sent(officer)
    with pytest.raises(IntegrityError):
        SupervisorLook.objects.create(contribution=first, outcome="returned", by=first.author, at=first.received_at)


def test_another_teams_supervisor_sees_nothing_of_it(officer, seat):
    first = sent(officer)
    other = at_a_machine(seat("ines", "leeds-city-council", "team_manager", team="leeds-city-council-front-door"))
    assert "Waiting for your look (0)" in words(other.get(reverse("team_sent")))
    assert other.get(reverse("look_over", args=[first.receipt])).status_code == 404
    assert other.get(reverse("withdraw", args=[first.receipt])).status_code == 404


def test_a_supervisor_without_a_team_supervises_nobody(officer, seat):
    sent(officer)
    other = at_a_machine(seat("ines", "west-yorkshire-police", "police_supervisor"))
    assert "Waiting for your look (0)" in words(other.get(reverse("team_sent")))


def test_what_is_for_named_people_only_stays_with_them(officer, sergeant):
    first = sent(officer)
    type(first).objects.update(handling="restricted:priya")
    assert "Waiting for your look (0)" in words(sergeant.get(reverse("team_sent")))
    assert sergeant.get(reverse("look_over", args=[first.receipt])).status_code == 404


def test_an_officer_looks_over_nobody(officer):
    assert officer.get(reverse("team_sent")).status_code == 403


def test_a_supervisors_look_is_read_by_its_author_and_in_the_ledger(officer, sergeant):
    first = sent(officer)
    page = words(sergeant.get(reverse("look_over", args=[first.receipt])))
    assert "Kai-Emmanuel Adeyemi" in page
    assert LedgerEvent.objects.filter(operation="view", subject=first.subject, actor="hall").count() == 1
    assert "Police read it" in words(officer.get(reverse("what_i_sent")))


def test_nobody_looks_over_what_they_sent_from_an_earlier_seat(officer, sergeant):
    first = sent(officer)
    priya = Practitioner.objects.get(key="priya")
    away = moved(priya, "health_worker", CAMHS)
    again = at_a_machine(moved(away, "police_supervisor", POLICE, team=priya.team))
    assert "Waiting for your look (1)" in words(sergeant.get(reverse("team_sent")))
    assert "Waiting for your look (1)" not in words(again.get(reverse("team_sent")))
    assert again.get(reverse("look_over", args=[first.receipt])).status_code == 404
