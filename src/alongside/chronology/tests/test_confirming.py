"""Somebody says on our pages that their service works with a child: the front door confirms it."""

import pytest
from django.urls import reverse

from alongside.access.rules import Level
from alongside.contributions.involving import may_open
from alongside.ledger.models import LedgerEvent
from alongside.people.emergency import open_in_emergency
from alongside.people.models import Standing
from alongside.people.queries import level_of
from alongside.people.tests.factories import CAMHS, COUNCIL, NOW, child, practitioner, standing

from .factories import contribution

pytestmark = pytest.mark.django_db


@pytest.fixture
def kai():
    return child("7F3K", called="Kai")


@pytest.fixture
def said(kai) -> Standing:
    return standing(kai, CAMHS, level="known", role="CAMHS", source="leeds-camhs/pages/1")


def test_the_front_door_confirms_and_from_then_on_the_service_reads(client, kai, said):
    hannah = practitioner("hannah", "health_worker", CAMHS)
    client.force_login(practitioner("maya", "front_door_worker", COUNCIL))
    assert level_of(viewer=hannah, person=kai, at=NOW) is Level.KNOWN
    assert "told us that it works with" in client.get(reverse("child", args=["7F3K"])).content.decode()

    answer = client.post(reverse("child_confirm", args=["7F3K", said.pk]))

    assert answer.status_code == 302
    assert level_of(viewer=hannah, person=kai, at=NOW) is Level.TEAM
    assert LedgerEvent.objects.filter(what="involvement confirmed", subject="person:7F3K").exists()
    assert client.post(reverse("child_confirm", args=["7F3K", said.pk])).status_code == 404


def test_nobody_confirms_themselves(client, kai, said):
    client.force_login(practitioner("hannah", "health_worker", CAMHS))
    assert client.post(reverse("child_confirm", args=["7F3K", said.pk])).status_code == 403
    said.refresh_from_db()
    assert said.level == "known"


def test_the_front_door_is_told_who_reads_a_record_even_of_work_told_to_a_few(client, kai):
    standing(kai, CAMHS, role="A service told to a few", is_quiet=True, source="leeds-camhs/x/2")
    client.force_login(practitioner("maya", "front_door_worker", COUNCIL))
    assert "A service told to a few" in client.get(reverse("child", args=["7F3K"])).content.decode()

    leah = practitioner("leah", "social_worker", COUNCIL)
    standing(kai, COUNCIL, practitioner=leah)
    client.force_login(leah)
    assert "A service told to a few" not in client.get(reverse("child", args=["7F3K"])).content.decode()


def test_whoever_reads_in_an_emergency_does_not_stay_near_by_their_own_word(kai):
    """Somebody who works with the child does: they would confirm it, too."""
    practitioner("grace", "information_officer", COUNCIL)
    carl, leah = (practitioner(key, "social_worker", COUNCIL) for key in ("carl", "leah"))
    standing(kai, COUNCIL, practitioner=leah)
    open_in_emergency(person=kai, by=carl, at=NOW, because="Hurt")
    assert level_of(viewer=carl, person=kai, at=NOW) is Level.TEAM
    told = {one: contribution(COUNCIL, kind="social_care_involvement", author=one) for one in (carl, leah)}
    assert {one: may_open(said, kai) for one, said in told.items()} == {carl: Level.KNOWN, leah: Level.TEAM}
