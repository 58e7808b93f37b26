"""One person over several seats: the mailbox tells."""

import pytest
from django.utils import timezone

from alongside.agencies import seats
from alongside.agencies.actions import invite
from alongside.agencies.models import Practitioner
from alongside.agencies.same_person import a_seat_of, is_same_person

pytestmark = pytest.mark.django_db
COUNCIL, CAMHS, POLICE = "leeds-city-council", "leeds-camhs", "west-yorkshire-police"


def moved_to(agency, seat, role, key):
    """The same person at another agency, with the address that both use."""
    now = timezone.now()
    seats.end_seat(practitioner=seat, because="Works elsewhere now", by="tests", at=now)
    seat.refresh_from_db()
    made = invite(key=key, name=seat.name, role=role, agency=agency, email=seat.email, by="tests", at=now)
    seat.refresh_from_db()
    return made


def test_all_seats_of_one_person_name_the_newest_however_often_they_moved(priya, maya):
    second = moved_to(COUNCIL, priya, "social_worker", "priya-2")
    third = moved_to(POLICE, second, "police_officer", "priya-3")
    priya.refresh_from_db()
    assert (priya.goes_on_as, second.goes_on_as, third.goes_on_as) == (third, third, None)
    same = {(one.key, other.key) for one in (priya, second, third) for other in (priya, second, third)}
    assert len(same) == 9
    assert all(is_same_person(one, other) for one in (priya, second, third) for other in (priya, second, third))
    assert not is_same_person(priya, maya)
    assert not is_same_person(None, maya)


def test_rows_are_found_that_name_any_of_their_seats(priya, maya):
    second = moved_to(COUNCIL, priya, "social_worker", "priya-2")
    keys = Practitioner.objects.filter(earlier__isnull=False)
    assert list(keys) == [second]
    assert a_seat_of(priya, "by") == a_seat_of(second, "by")
    assert a_seat_of(maya, "by") != a_seat_of(second, "by")


def test_an_agency_that_invites_somebody_new_says_that_they_are_nobody_else(priya, agencies):
    told = {"key": "nia", "name": "Nia", "role": "social_worker", "agency": COUNCIL}
    nia = invite(**told, email="nia@alongside.example", by="tests", at=timezone.now())
    priya.refresh_from_db()
    assert (nia.goes_on_as, priya.goes_on_as, nia.earlier.count()) == (None, None, 0)


def test_of_several_seats_of_one_mailbox_all_go_over(seat):
    """As they may be from before a second spelling was refused."""
    one, other = seat("ann", CAMHS, "health_worker"), seat("nights", CAMHS, "health_worker")
    Practitioner.objects.filter(pk=other.pk).update(email="ann+nights@alongside.example")
    now = timezone.now()
    for each in (one, other):
        seats.end_seat(practitioner=each, because="Left", by="tests", at=now)
    told = {"key": "ann-2", "name": "Ann", "role": "social_worker", "agency": COUNCIL}
    made = invite(**told, email="ann@alongside.example", by="tests", at=now)
    assert set(made.earlier.all()) == {one, other}
