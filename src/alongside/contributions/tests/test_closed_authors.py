"""An author whom a tie or a restriction closes out since: their own words stay theirs to read. They change the child's
record no longer, and read nothing that colleagues say of it."""

import pytest
from conftest import NOW
from django.urls import reverse

from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Acknowledgement, Contribution
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import declare_tie, restrict

from .on_pages import KAI, VOICE, sent, step, words
from .test_front_door import take_in, told
from .test_supervision import look
from .test_unfiled import OF_KAI, nothing_is_filed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
NOT_YOURS = "no longer yours to correct or take back"


def tied(author, seat):
    declare_tie(person=ChronologyEntry.objects.get().person, by=author, at=NOW, because="My partner is his uncle")


def restricted(author, seat):
    chief = seat("bea", "leeds-city-council", "front_door_manager")
    restrict(person=ChronologyEntry.objects.get().person, readers=[], by=chief, at=NOW, because="Moved")


either = pytest.mark.parametrize("closes", [tied, restricted])


def pages(client, one):
    addresses = [reverse("my_day"), reverse("what_i_sent"), reverse("receipt", args=[one.receipt])]
    return [words(client.get(address)) for address in addresses]


@either
def test_they_take_nothing_back_and_their_page_says_who_does(officer, seat, closes):
    one = sent(officer)
    assert NOT_YOURS not in pages(officer, one)[-1]
    closes(one.author, seat)
    address = reverse("withdraw", args=[one.receipt])
    assert officer.get(address).status_code == officer.post(address, {"because": "I was wrong"}).status_code == 404
    assert Contribution.objects.get().withdrawn_at is None
    page = pages(officer, one)[-1]
    assert NOT_YOURS in page
    assert "tell your supervisor" in page
    assert "absconded" in page
    assert "Take it back" not in page


@either
def test_they_correct_nothing_and_a_correction_they_began_does_not_go_on(officer, seat, closes):
    one = sent(officer)
    key = officer.post(reverse("correct", args=[one.receipt])).url.split("/")[3]
    closes(one.author, seat)
    assert officer.post(reverse("correct", args=[one.receipt])).status_code == 404
    assert officer.post(step(key, "voice"), VOICE).status_code == 404
    assert officer.post(step(key, "check"), {"do": "send", "handling": "team"}).status_code == 404
    assert Contribution.objects.count() == 1


@either
def test_they_read_nothing_that_their_supervisor_says_of_it(officer, sergeant, seat, closes):
    one = sent(officer)
    look(sergeant, one, "returned", "Canary: which uncle hurt him?")
    closes(one.author, seat)
    if closes is restricted:
        assert LedgerEvent.objects.filter(what="record restricted").exists()
    said = " ".join(pages(officer, one))
    assert "Canary" not in said
    assert "eturned" not in said


def test_they_do_not_read_why_a_colleague_took_it_back(officer, sergeant, seat):
    one = sent(officer)
    tied(one.author, seat)
    sergeant.post(reverse("withdraw", args=[one.receipt]), {"because": "Canary: his uncle was there."})
    page = pages(officer, one)[-1]
    assert "Ros Hall</bdi> took it back" in page
    assert "Canary" not in page


def test_whoever_told_of_a_danger_still_reads_that_somebody_has_it_and_not_what_they_do(officer, maya, seat):
    one = sent(officer)
    Contribution.objects.update(urgent=True)
    Acknowledgement.objects.create(contribution=one, doing="Canary: at the refuge tonight", by=maya, at=NOW)
    assert "Canary" in pages(officer, one)[-1]
    tied(one.author, seat)
    page = pages(officer, one)[-1]
    assert "said 23 November 2026 at 9:20am that they have it" in page
    assert "Canary" not in page


def test_it_is_so_while_what_they_told_waits_to_be_filed(officer, sergeant):
    kai = take_in(told(people=[OF_KAI | {"nhs_number": "9434765919"}])).entries.get().person
    with nothing_is_filed():
        one = sent(officer, who=KAI | {"p1-given_name": "Kai", "p1-family_name": "Moss"})
    look(sergeant, one, "returned", "Canary: which uncle?")
    declare_tie(person=kai, by=one.author, at=NOW, because="My nephew")
    said = pages(officer, one)
    assert "Canary" not in " ".join(said)
    assert "eturned" not in " ".join(said)
    assert NOT_YOURS in said[-1]
    assert officer.post(reverse("withdraw", args=[one.receipt]), {"because": "x"}).status_code == 404
