"""Correcting and taking back what was sent: nothing is overwritten, and partners read the newest."""

from uuid import uuid4

import pytest
from conftest import NOW
from django.urls import reverse

from alongside.agencies.models import Practitioner
from alongside.chronology.models import ChronologyEntry
from alongside.contributions.models import Contribution, Draft
from alongside.ledger.models import LedgerEvent
from alongside.people.closing import declare_tie, restrict

from .on_pages import FIGHT, KAI, PIP, VOICE, seen, sent, step, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

TWO = KAI | {"people": "2", "p2-given_name": "Tobi", "p2-family_name": "Adeyemi", "p2-role": "sibling"}


def corrected(client, contribution, name, answers, kind="police_protection_notification"):
    """The contribution, with this step answered anew and sent again."""
    begun = client.post(reverse("correct", args=[contribution.receipt])).url
    key = begun.split("/")[3]
    client.post(step(key, name, kind), answers)
    return client.post(step(key, "check", kind), {"do": "send", "handling": "team"}, follow=True)


def test_a_correction_is_a_new_version_and_nothing_is_overwritten(officer):
    first = sent(officer)
    page = corrected(officer, first, "what_happened", FIGHT | {"narrative": "A fight. He stayed with us."})

    assert "Sent" in words(page)
    old, new = Contribution.objects.order_by("version")
    assert (old.version, new.version, old.is_newest, new.is_newest) == (1, 2, False, True)
    assert "absconded" in old.told["narrative"]
    assert new.told["narrative"] == "A fight. He stayed with us."
    assert ChronologyEntry.objects.get().version == 2


def test_the_timeline_shows_both_versions_and_what_changed(officer, front_door):
    first = sent(officer)
    corrected(officer, first, "what_happened", FIGHT | {"narrative": "A fight. He stayed with us."})
    entry = ChronologyEntry.objects.get()
    address = reverse("child_entry", args=[entry.person.reference, entry.contribution.receipt])
    page = words(front_door.get(address))

    assert "What version 2 changed" in page
    assert "absconded" in page


def test_a_person_taken_out_of_a_correction_leaves_the_others_who_they_were(officer):
    first = sent(officer, who=TWO)
    officer.post(reverse("correct", args=[first.receipt]))
    key = Draft.objects.get(corrects=first).key
    officer.post(step(key, "who"), TWO | {"do": "remove:1"})
    officer.post(step(key, "check"), {"do": "send"})

    (tobi,) = Contribution.objects.get(version=2).told["people"]
    assert (tobi["given_name"], tobi["reference"]) == ("Tobi", f"{first.reference}#2")
    assert ChronologyEntry.objects.get().record.given_name == "Tobi"


def test_somebody_new_in_a_correction_is_nobody_from_before(officer):
    first = sent(officer)
    corrected(officer, first, "who", TWO)
    references = [person["reference"] for person in Contribution.objects.get(version=2).told["people"]]
    assert references == [f"{first.reference}#1", f"{first.reference}#2.2"]


def test_a_page_cannot_say_under_which_record_a_person_is_told(officer):
    first = sent(officer)
    corrected(officer, first, "who", KAI | {"p1-record": "somebody-else"})
    assert Contribution.objects.get(version=2).told["people"][0]["reference"] == f"{first.reference}#1"


def test_yesterday_stays_the_day_it_was(highways, omar, monkeypatch):
    from datetime import timedelta

    first = seen(highways)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=3))
    highways.force_login(omar)
    corrected(highways, first, "danger", {"at_risk_now": "not_sure"}, PIP)
    assert Contribution.objects.get(version=2).occurred_at == first.occurred_at


def test_correcting_twice_from_one_version_is_one_draft(officer):
    first = sent(officer)
    for _ in range(2):
        officer.post(reverse("correct", args=[first.receipt]))
    assert Draft.objects.filter(corrects=first).count() == 1


def test_what_was_overtaken_is_not_corrected_unseen(officer, sergeant):
    first = sent(officer)
    officer.post(reverse("correct", args=[first.receipt]))
    corrected(sergeant, first, "voice", VOICE | {"seen_alone": "yes"})
    mine = Draft.objects.get(corrects=first, author=first.author)
    page = officer.post(step(mine.key, "check"), {"do": "send"}, follow=True)

    assert "Somebody corrected this" in words(page)
    assert Contribution.objects.count() == 2


def test_the_author_still_finds_what_their_supervisor_corrected(officer, sergeant):
    first = sent(officer)
    corrected(sergeant, first, "voice", VOICE | {"seen_alone": "yes"})
    page = words(officer.get(reverse("what_i_sent")))
    assert "Version 2" in page
    assert "read version 1" in words(officer.get(reverse("receipt", args=[Contribution.objects.latest("pk").receipt])))


def test_taking_back_says_who_and_why_and_stays_visible(officer, front_door):
    first = sent(officer)
    page = officer.post(reverse("withdraw", args=[first.receipt]), {"because": "Another child."}, follow=True)

    assert "You took it back" in words(page)
    entry = ChronologyEntry.objects.get()
    assert entry.withdrawn
    timeline = words(front_door.get(reverse("child_timeline", args=[entry.person.reference])))
    assert "Withdrawn by Priya Nair" in timeline
    assert "Another child." in timeline
    assert LedgerEvent.objects.filter(what="withdrawal", subject=first.subject).count() == 1


def test_taking_back_asks_why(officer):
    first = sent(officer)
    page = officer.post(reverse("withdraw", args=[first.receipt]), {"because": ""})
    assert "Write in a line why you take it back" in words(page)
    first.refresh_from_db()
    assert first.stands


def test_taking_back_twice_keeps_who_did_it_first(officer):
    first = sent(officer)
    for why in ("Another child.", "Again."):
        officer.post(reverse("withdraw", args=[first.receipt]), {"because": why})
    first.refresh_from_db()
    assert first.withdrawn_because == "Another child."
    assert officer.post(reverse("correct", args=[first.receipt])).status_code == 404


@pytest.mark.parametrize("page", ["receipt", "withdraw"])
def test_nobody_else_amends_what_somebody_sent(officer, front_door, highways, page):
    first = sent(officer)
    for other in (front_door, highways):
        assert other.get(reverse(page, args=[first.receipt])).status_code == 404
        assert other.post(reverse("correct", args=[first.receipt])).status_code == 404


def test_reading_a_receipt_again_is_in_the_ledger_and_says_what_was_told(officer):
    first = sent(officer)
    page = words(officer.get(reverse("receipt", args=[first.receipt])))
    assert "Kai-Emmanuel Adeyemi, born 4 March 2011" in page
    assert LedgerEvent.objects.filter(operation="view", subject=first.subject, actor="priya").exists()


def test_a_key_of_ones_own_is_not_somebody_elses_reference(officer):
    first = sent(officer)
    second = sent(officer, uuid4())
    assert first.reference != second.reference


def steps_of(client, key):
    """What a draft of a notification shows, step by step."""
    return {name: client.get(step(key, name)) for name in ("who", "what_happened", "voice", "check")}


def test_a_draft_that_corrects_a_colleagues_account_is_read_as_a_look_at_it(officer, sergeant):
    first = sent(officer)
    key = sergeant.post(reverse("correct", args=[first.receipt])).url.split("/")[3]
    shown = steps_of(sergeant, key)
    assert "absconded" in words(shown["what_happened"])
    child = f"person:{ChronologyEntry.objects.get().person.reference}"
    looks = LedgerEvent.objects.filter(what="correcting", actor="hall")
    assert [looks.filter(subject=subject).count() for subject in (first.subject, child)] == [len(shown)] * 2


def tied(hall):
    declare_tie(person=ChronologyEntry.objects.get().person, by=hall, at=NOW, because="My nephew")


def of_another_team(hall):
    Practitioner.objects.filter(pk=hall.pk).update(team=None, role="police_officer")


@pytest.mark.parametrize("closes", [tied, of_another_team])
def test_a_draft_opens_no_longer_than_what_it_corrects(officer, sergeant, closes):
    first = sent(officer)
    key = sergeant.post(reverse("correct", args=[first.receipt])).url.split("/")[3]
    closes(Practitioner.objects.get(key="hall"))
    assert {page.status_code for page in steps_of(sergeant, key).values()} == {404}
    assert sergeant.post(step(key, "voice"), VOICE).status_code == 404
    assert sergeant.post(step(key, "check"), {"do": "send", "handling": "team"}).status_code == 404
    assert Contribution.objects.count() == 1


def restricted(priya, seat):
    bea, hall = seat("bea", "leeds-city-council", "front_door_manager"), Practitioner.objects.get(key="hall")
    restrict(person=ChronologyEntry.objects.get().person, readers=[hall], by=bea, at=NOW, because="Moved")


@pytest.mark.parametrize("closes", [lambda priya, seat: tied(priya), restricted], ids=["tied", "not named"])
def test_an_author_who_is_closed_out_reads_their_own_words_and_no_new_ones(officer, sergeant, seat, closes):
    first = sent(officer)
    closes(first.author, seat)
    corrected(sergeant, first, "what_happened", FIGHT | {"narrative": "Canary: at the refuge now."})
    new = Contribution.objects.get(is_newest=True)
    assert new.version == 2
    for name in ("receipt", "withdraw"):
        assert officer.get(reverse(name, args=[new.receipt])).status_code == 404
    assert officer.post(reverse("correct", args=[new.receipt])).status_code == 404
    own = words(officer.get(reverse("receipt", args=[first.receipt])))
    assert "absconded" in own
    assert new.receipt not in own
    assert "Canary" not in words(officer.get(reverse("what_i_sent"))) + words(officer.get(reverse("my_day")))
