from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.ledger.models import LedgerEvent
from alongside.linkage.models import LinkQuestion, RecordLink
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, POLICE, child, practitioner, standing
from alongside.web.tests.reading import words

from .factories import entry

pytestmark = pytest.mark.django_db
WITH_ONE_HIDDEN = ((POLICE, "police"), (CAMHS, "team"), (COUNCIL, "team"))


@pytest.fixture
def kai(client):
    client.force_login(practitioner("maya", "front_door_worker", COUNCIL))
    person = child("7F3K", called="Kai")
    entry(person)
    entry(person, CAMHS, title="Somebody else came to CAMHS")
    return person


def test_each_record_says_why_it_was_linked(client, kai):
    page = words(client.get(reverse("child_records", args=["7F3K"])))
    assert page.count("The NHS number is the same") == 2
    assert "This is not Kai" in page


def test_a_number_is_masked_and_the_newest_telling_counts(client, kai):
    record = kai.records.get(agency=CAMHS)
    record.reference = "CARENOTES-551209"
    record.told_at = NOW - timedelta(days=90)
    record.save()
    entry(kai, CAMHS, told_at=NOW + timedelta(minutes=5))
    for name, more in (("child_records", []), ("child_not_this", [record.pk])):
        assert "CARENOTES-551209" not in client.get(reverse(name, args=["7F3K", *more])).content.decode()
    page = words(client.get(reverse("child_records", args=["7F3K"])))
    assert "Last told 23 November 2026 at 9:05am" in page
    assert "Linked on 23 November 2026" in page
    shown = client.post(reverse("child_number", args=["7F3K", f"reference-{record.pk}"]))
    assert "CARENOTES-551209" in words(shown)


def test_whoever_doubts_a_record_asks_whoever_reviews_links(client, kai):
    record = kai.records.get(agency=CAMHS)
    address = reverse("child_not_this", args=["7F3K", record.pk])
    assert "Write in a line how you know" in words(client.post(address, {}))
    page = words(client.post(address, {"because": "The school has met both"}, follow=True))
    assert "The information officer is asked" in page
    assert "Somebody else came to CAMHS" in words(client.get(reverse("child_timeline", args=["7F3K"])))
    assert not RecordLink.objects.exclude(undone_at=None).exists()
    question = LinkQuestion.objects.get()
    assert (question.doubted, question.doubt) == (record, "Maya, Leeds City Council: The school has met both")
    assert LedgerEvent.objects.get(what="link doubted").subject == "person:7F3K"


def test_a_doubt_said_again_is_one_question(client, kai):
    address = reverse("child_not_this", args=["7F3K", kai.records.get(agency=CAMHS).pk])
    for because in ("I think so", "The school has met both"):
        client.post(address, {"because": because})
    assert LinkQuestion.objects.get().doubt.endswith("The school has met both")


def test_emergency_access_is_for_reading_not_for_doubting_links(client, kai):
    nadia = practitioner("nadia", "police_officer", POLICE)
    standing(kai, POLICE, practitioner=nadia, source="emergency:nadia:x", until=NOW + timedelta(hours=1))
    client.force_login(nadia)
    assert "This is not Kai" not in words(client.get(reverse("child_records", args=["7F3K"])))
    address = reverse("child_not_this", args=["7F3K", kai.records.get(agency=POLICE).pk])
    answer = client.post(address, {"because": "x"})
    assert answer.status_code == 403
    assert "Emergency access is for reading" in words(answer)
    assert not LinkQuestion.objects.exists()


def test_a_record_of_somebody_else_is_not_there(client, kai):
    other = child("OTHER")
    record = entry(other, POLICE).record
    assert client.get(reverse("child_not_this", args=["7F3K", record.pk])).status_code == 404


def test_a_record_that_only_police_may_know_of_changes_no_answer(client):
    """Nobody doubts the only record that they may know of: an answer that differs would tell that there is another."""
    client.force_login(practitioner("maya", "front_door_worker", COUNCIL))
    person = child("7F3K", called="Kai")
    shown = entry(person, CAMHS).record
    address = reverse("child_not_this", args=["7F3K", shown.pk])

    def answers():
        return [client.get(address).status_code, client.post(address, {"because": "x"}).status_code]

    before = answers()
    entry(person, POLICE, handling="police")
    assert answers() == before == [404, 404]
    assert not LinkQuestion.objects.exists()


def test_a_doubted_record_is_asked_about_beside_one_that_the_reader_knows_of(client):
    client.force_login(practitioner("maya", "front_door_worker", COUNCIL))
    person = child("7F3K", called="Kai")
    hidden, *shown = (entry(person, of, handling=how).record for of, how in WITH_ONE_HIDDEN)
    client.post(reverse("child_not_this", args=["7F3K", shown[0].pk]), {"because": "x"})
    question = LinkQuestion.objects.get()
    assert {question.left, question.right} == set(shown)
    assert hidden not in {question.left, question.right}
