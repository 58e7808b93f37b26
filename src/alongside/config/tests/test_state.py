"""The state hash is of the meaning: not of row numbers, order or times of arrival."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from alongside.agencies.models import Agency, Practitioner
from alongside.config.state import Sum, state
from alongside.contributions.models import Contribution
from alongside.people.models import AgencyRecord, Person
from alongside.places.models import Area

PINNED = "e56effc2ea2636f726ca6a2c842fdbc2de64cc71b610ca4d27d4511d31d9980c"
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def world(*, order=(1, 2, 3), families=((1, 2), (3,)), at=NOON, name="Ama"):
    """Three records of one agency, grouped into people, and what was told of each."""
    agency = Agency.objects.create(slug="a", name="A", short_name="A", sector="police", is_statutory=True)
    people = {}
    for turn, family in enumerate(sorted(families, key=lambda _: random.Random(str(order)).random())):
        person = Person.objects.create(reference=f"P{turn}")
        people |= dict.fromkeys(family, person)
    for number in order:
        ours = {"agency": agency, "system": "s", "reference": str(number)}
        AgencyRecord.objects.create(**ours, given_name=name, told_at=at, person=people[number])
        Contribution.objects.create(
            **ours, kind="general_note", handling="team", occurred_at=NOON, received_at=at, told={},
            content_hash=f"h{number}", receipt=f"R{number}-{at:%H}",
        )  # fmt: skip
    Area.objects.create(code="E01000001", kind="lsoa", edition="2011", name="North Field", outline={"b": 1.5, "a": []})
    return state()


def world_that_goes(**wanted):
    """The same, and nothing of it stays: what was told is not deleted, so it is never kept."""
    with transaction.atomic():
        told = world(**wanted)
        transaction.set_rollback(True)
    return told


@pytest.mark.django_db
def test_order_row_numbers_and_arrival_do_not_change_the_hash():
    first = world_that_goes()
    assert world(order=(3, 1, 2), at=NOON + timedelta(hours=5)) == first


@pytest.mark.django_db
@pytest.mark.parametrize("changed", [{"families": ((1,), (2, 3))}, {"name": "Amma"}])
def test_who_is_one_with_whom_and_what_is_known_change_the_hash(changed):
    first = world_that_goes()
    assert world(**changed)["hash"] != first["hash"]


@pytest.mark.django_db
def test_a_withdrawal_changes_the_hash():
    first = world()["hash"]
    maya = Practitioner.objects.create(
        key="maya", email="maya@example.org", name="Maya", agency_id="a", role="social_worker"
    )
    Contribution.objects.filter(reference="1").update(withdrawn_at=NOON, withdrawn_by=maya)
    assert state()["hash"] != first
    assert state()["contributions"] == 3


@pytest.mark.django_db
def test_the_hash_is_the_same_on_every_database():
    assert world()["hash"] == PINNED


@pytest.mark.django_db
def test_an_empty_database_is_all_noughts():
    assert set(state().values()) == {0, "0" * 64}


@given(st.lists(st.tuples(st.text(), st.integers())), st.randoms())
def test_a_sum_does_not_know_order_but_counts_repeats(things, chance):
    shuffled = chance.sample(things, len(things))
    ours, theirs, twice = Sum(), Sum(), Sum()
    ours.add_rows("x", things)
    theirs.add_rows("x", shuffled)
    twice.add_rows("x", [*things, ("again", 1), ("again", 1)])
    assert ours.digest() == theirs.digest()
    assert ours.digest() != twice.digest()
