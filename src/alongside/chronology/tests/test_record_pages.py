import re

import pytest
from django.urls import reverse

from alongside.linkage.models import RecordLink
from alongside.people.tests.factories import CAMHS, COUNCIL, POLICE, child, practitioner

from .factories import entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def kai(client):
    client.force_login(practitioner("maya", "front_door_worker", COUNCIL))
    person = child("7F3K", called="Kai")
    entry(person)
    entry(person, CAMHS, title="Somebody else came to CAMHS")
    return person


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_each_record_says_why_it_was_linked(client, kai):
    page = words(client.get(reverse("child_records", args=["7F3K"])))
    assert page.count("The NHS number is the same") == 2
    assert "This is not Kai" in page


def test_a_record_that_is_not_this_child_goes_with_its_entries(client, kai):
    record = kai.records.get(agency=CAMHS)
    address = reverse("child_not_this", args=["7F3K", record.pk])
    assert "Write in a line how you know" in words(client.post(address, {}))
    page = words(client.post(address, {"because": "The school has met both"}, follow=True))
    assert "Nothing was deleted" in page
    assert "Somebody else came to CAMHS" not in page
    undone = RecordLink.objects.get(record=record, person=kai)
    assert (undone.undone_by.key, undone.undone_because) == ("maya", "The school has met both")


def test_a_record_of_somebody_else_is_not_there(client, kai):
    other = child("OTHER")
    record = entry(other, POLICE).record
    assert client.get(reverse("child_not_this", args=["7F3K", record.pk])).status_code == 404
