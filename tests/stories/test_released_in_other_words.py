"""Police hold something closely about a child, and release it in words that the team may read."""

from datetime import timedelta

import pytest
import time_machine
from conftest import NOW
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alongside.chronology.models import ChronologyEntry, Release
from alongside.chronology.releasing import release
from alongside.contributions.actions import accept, withdraw
from alongside.contributions.models import Contribution
from alongside.flow import follow_pending
from alongside.ledger.models import LedgerEvent
from alongside.linkage.actions import unlink
from alongside.linkage.relinking import relink_all
from alongside.people.models import AgencyRecord, Person
from alongside.web.tests.reading import words

pytestmark = pytest.mark.django_db
KAI = {"given_name": "Kai", "family_name": "Adeyemi", "date_of_birth": "2011-03-04"}
TOLD = {
    "kind": "police_protection_notification",
    "source": {"agency": "west-yorkshire-police", "system": "niche", "reference": "PPN-7"},
    "occurred_at": "2026-11-20T22:15:00Z",
    "handling": "police",
    "narrative": "canary from a source",
    "people": [{"role": "subject", "reference": "N-1", **KAI}],
    "details": {},
}
WORDS = {"words": "Adults may wait for Kai by the arcade.", "handling": "team", "conditions": "Ask us first."}


@pytest.fixture(autouse=True)
def that_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ros(seat):
    return seat("ros", "west-yorkshire-police", "police_supervisor", name="Ros Hall")


@pytest.fixture
def told(agencies):
    (verdict,) = accept([TOLD], by="niche", at=NOW)
    follow_pending(at=NOW)
    return Contribution.objects.get(receipt=verdict.receipt)


def test_the_team_reads_the_words_and_only_police_what_lies_behind_them(client, told, maya, ros):
    client.force_login(ros)
    answer = client.post(reverse("release_told", args=[told.receipt]), WORDS, follow=True)
    assert "Released. Those who may read it" in words(answer)
    person = Person.objects.get(stands=True)
    made = Release.objects.get()
    behind = client.get(reverse("child_entry", args=[person.reference, made.released.receipt]))
    assert behind.status_code == 403, "Ros stands no nearer to the child than any officer"
    client.force_login(maya)
    timeline = words(client.get(reverse("child_timeline", args=[person.reference])))
    page = words(client.get(reverse("child_entry", args=[person.reference, made.released.receipt])))
    assert "Adults may wait for Kai by the arcade." in timeline
    assert "Ask us first." in page
    assert "canary" not in timeline + page
    assert told.short_receipt not in page
    assert "PPN-7" not in page
    for reader in (client.get(reverse(name, args=[person.reference])) for name in ("child", "child_timeline")):
        assert told.receipt not in reader.content.decode()
    assert told.receipt not in page


def test_police_in_the_team_see_that_the_two_belong_together(client, told, seat, ros):
    release(original=told, by=ros, at=NOW, **WORDS)
    follow_pending(at=NOW)
    person = Person.objects.get(stands=True)
    person.standings.create(
        practitioner=ros, agency_id=ros.agency_id, level="team", role="x", because="x", source="x", since=NOW
    )
    client.force_login(ros)
    made = Release.objects.get()
    page = words(client.get(reverse("child_entry", args=[person.reference, made.released.receipt])))
    assert f"Released from reference {told.short_receipt}" in page
    page = words(client.get(reverse("child_entry", args=[person.reference, told.receipt])))
    assert "Released in other words" in page


def test_it_is_told_of_the_same_child_whatever_the_names_weigh(told, ros):
    release(original=told, by=ros, at=NOW, **WORDS)
    release(original=told, by=ros, at=NOW, **WORDS | {"words": "Once more."})
    follow_pending(at=NOW)
    relink_all(by="tests", at=NOW)
    assert Person.objects.filter(stands=True).count() == 1
    assert ChronologyEntry.objects.filter(person__stands=True).count() == 3
    disclosed = LedgerEvent.objects.filter(operation="disclose", what="released in other words")
    assert disclosed.count() == 4


def test_what_is_released_after_an_unlink_is_of_the_child_it_concerns(told, ros, seat):
    """The record of the first release was found to be another child's: the next is not told under it."""
    grace = seat("grace", "leeds-city-council", "information_officer")
    release(original=told, by=ros, at=NOW, **WORDS)
    follow_pending(at=NOW)
    kai = Person.objects.get(stands=True)
    for said in ("Once more.", "And again."):
        wrong = AgencyRecord.objects.get(system="released", person=kai)
        other = unlink(record_=wrong, by=grace, at=NOW + timedelta(minutes=wrong.pk), because="Another child")
        release(original=told, by=ros, at=NOW, **WORDS | {"words": said})
        follow_pending(at=NOW)
        newest = ChronologyEntry.objects.latest("pk")
        assert (newest.person, newest.contribution.told["narrative"]) == (kai, said)
        assert other.entries.count() == 1


def test_words_that_show_who_told_it_are_not_released(client, told, ros):
    client.force_login(ros)
    shown = WORDS | {"words": "West Yorkshire Police had a call."}
    page = client.post(reverse("release_told", args=[told.receipt]), shown)
    assert "it shows who told it" in words(page)
    assert not Release.objects.exists()


def test_what_is_not_police_only_or_was_taken_back_is_not_released(client, told, ros, priya):
    with pytest.raises(PermissionDenied):
        release(original=told, by=priya, at=NOW, **WORDS)
    withdraw(contribution=told, by=ros, at=NOW, because="Another child")
    client.force_login(ros)
    assert client.get(reverse("release_told", args=[told.receipt])).status_code == 404
    client.force_login(priya)
    assert client.get(reverse("release_told", args=[told.receipt])).status_code == 403
