"""One code sent twice at the same moment lets in once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.agencies import second_factor

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
