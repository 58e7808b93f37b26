"""Partners come from the playbook; people come by invitation; the ledger says both."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from alongside.agencies.actions import invite, load_agencies
from alongside.agencies.addresses import NotTheirAddressError
from alongside.agencies.models import Agency, Practitioner, Team
from alongside.ledger.models import LedgerEvent

AT = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_loading_twice_is_loading_once():
    load_agencies(by="tests", at=AT)
    before = list(Agency.objects.values()), list(Team.objects.values())
    load_agencies(by="tests", at=AT)
    assert (list(Agency.objects.values()), list(Team.objects.values())) == before
    assert Agency.objects.count() == 15
    assert Team.objects.get(pk="leeds-city-council-front-door").name == "Front door"


def test_somebody_invited_without_a_password_cannot_sign_in_with_one(agencies):
    maya = invite(
        key="maya",
        name="Maya Osei",
        email="Maya@alongside.example",
        agency="leeds-city-council",
        role="front_door_worker",
        team="leeds-city-council-front-door",
        by="tests",
        at=AT,
    )
    assert not maya.has_usable_password()
    assert Practitioner.objects.get_by_natural_key("maya@ALONGSIDE.example") == maya
    assert LedgerEvent.objects.get(subject="maya").what == "practitioner invited"


def test_nobody_takes_somebody_elses_seat(agencies, seat):
    seat("maya", "leeds-city-council", "front_door_worker")
    with pytest.raises(NotTheirAddressError):
        seat("maya", "west-yorkshire-police", "police_officer")
    told = {"agency": "west-yorkshire-police", "role": "police_officer", "by": "tests", "at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        invite(key="maya", name="Another Maya", email="another@alongside.example", **told)
