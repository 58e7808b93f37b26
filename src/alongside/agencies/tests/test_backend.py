"""Whoever is signed in comes with their agency, while they hold their seat."""

import pytest

from alongside.agencies.backend import Seats

pytestmark = pytest.mark.django_db


def test_a_signed_in_practitioner_and_their_agency_are_one_look(priya, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = Seats().get_user(priya.pk)
        assert (found, found.agency.short_name) == (priya, "Police")


def test_who_holds_no_seat_any_more_is_nobody(priya):
    type(priya).objects.filter(pk=priya.pk).update(is_active=False)
    assert Seats().get_user(priya.pk) is None
    assert Seats().get_user(0) is None
