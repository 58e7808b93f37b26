"""One code sent twice at the same moment lets in once, and one mailbox opens one seat."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.agencies import seats, second_factor
from alongside.agencies.actions import invite
from alongside.agencies.models import Practitioner

from .conftest import code_of, with_app, with_password

AT_ONCE = 4


@pytest.fixture
def recovery_codes(db, maya):
    """Maya's, who signs in with passkeys and has no app."""
    return second_factor.new_recovery_codes(practitioner=with_password(maya), at=maya.checked_at)


def answers_to(practitioner, code):
    """What each of several requests is told that bring the same code at once."""
    begin = Barrier(AT_ONCE)

    def ask(_):
        try:
            begin.wait(20)
            return second_factor.fits_code(practitioner, code)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return sorted(threads.map(ask, range(AT_ONCE)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_recovery_code_sent_several_times_at_once_lets_in_once(maya):
    codes = second_factor.new_recovery_codes(practitioner=with_password(maya), at=maya.checked_at)
    for code in codes[:5]:
        assert answers_to(maya, code) == [""] * (AT_ONCE - 1) + [second_factor.RECOVERY]
    assert second_factor.codes_left(maya) == 5


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_apps_code_sent_several_times_at_once_lets_in_once(maya):
    assert answers_to(with_app(maya), code_of()) == [""] * (AT_ONCE - 1) + [second_factor.CODE]


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_row_of_the_codes_is_held_from_when_it_is_first_read(maya, recovery_codes):
    """Whatever the library does: no row of codes is judged that another request may be changing."""
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        assert second_factor.fits_code(maya, recovery_codes[0])
    table = Authenticator._meta.db_table
    read = [one["sql"] for one in asked if one["sql"].startswith("SELECT") and table in one["sql"]]
    assert read
    assert all(sql.endswith("FOR UPDATE") for sql in read)


def at_once(*acts):
    """Does these at the same moment, each in a session of its own; what each was refused with."""
    begin = Barrier(len(acts))

    def do(act):
        try:
            begin.wait(20)
            act()
        except PermissionDenied as refused:
            return refused
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as threads:
        return [one for one in threads.map(do, acts) if one]


def invited(key, agency, email):
    told = {"key": key, "name": "Priya", "role": "records_officer", "agency": agency}
    return lambda: invite(**told, email=email, by="tests", at=timezone.now())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(5))
def test_a_seat_given_back_while_another_agency_takes_its_mailbox_is_one_persons_once(priya, agencies, turn):
    now = timezone.now()
    seats.end_seat(practitioner=priya, because="Left", by="tests", at=now)
    back = partial(seats.give_back, practitioner=priya, because="Is back", by="tests", at=now)
    refused = at_once(back, invited("priya-2", "leeds-city-council", priya.email))
    assert len(refused) == 1
    (one,) = Practitioner.objects.filter(is_active=True, key__startswith="priya")
    assert one.email == "priya@alongside.example"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(5))
def test_two_agencies_that_invite_one_mailbox_at_once_make_one_seat(agencies, turn):
    there = invited("nia-1", "leeds-city-council", "nia@alongside.example")
    here = invited("nia-2", "leeds-camhs", "nia+camhs@alongside.example")
    assert len(at_once(there, here)) == 1
    assert Practitioner.objects.filter(key__startswith="nia").count() == 1
