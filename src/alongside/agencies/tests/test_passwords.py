"""What a password may be: none that whoever guesses here would try first."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from pydantic import ValidationError as Broken

from alongside.agencies.rules import words_in
from alongside.agencies.signing_in import SigningIn

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    [
        "Alongside-2026!",
        "safeguarding leeds 1",
        "LeedsSafeguarding2026",
        "ChildrensServices",
        "{first}.{last}.1987",
        "{email}",
        "{agency} 2026",
    ],
)
def test_words_of_this_work_and_of_its_holder_are_refused(maya, password):
    first, last = maya.name.split()
    password = password.format(first=first, last=last, email=maya.email, agency=maya.agency.name)
    with pytest.raises(ValidationError, match="are guessed first"):
        validate_password(password, maya)


@pytest.mark.parametrize("password", [PASSWORD, "leeds otters swim quietly", "child of a quiet river 7"])
def test_other_words_are_enough_whatever_stands_beside_them(maya, password):
    validate_password(password, maya)


def test_whoever_has_no_seat_yet_is_asked_for_other_words_too():
    with pytest.raises(ValidationError, match="are guessed first"):
        validate_password("safeguarding leeds 1")


def test_short_words_are_in_many_others():
    assert words_in("Al Okafor", "al.okafor@example.org") == {"okafor", "example"}


@pytest.mark.parametrize("word", ["mum", "Leeds", "two words", ""])
def test_a_listed_word_is_written_as_it_is_compared(word):
    with pytest.raises(Broken):
        SigningIn(words_no_password_is_made_of=(word,))
