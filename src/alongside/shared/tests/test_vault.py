"""What is sealed opens with its key and nowhere else, and the same number is found again without being told."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alongside.shared.keys import KeyMistakeError, key_id, made
from alongside.shared.vault import CannotOpenError, Vault, is_sealed, vault_of

OLD, NEW = os.urandom(32), os.urandom(32)
VAULT = Vault({key_id(OLD): OLD}, [b"s" * 32])
ROTATED = Vault({key_id(NEW): NEW, key_id(OLD): OLD}, [b"s" * 32])
OBJECTS = some.dictionaries(some.text(max_size=5), some.text(max_size=9), max_size=2)
VALUES = some.one_of(some.text(max_size=20), OBJECTS)
TOLD = some.recursive(
    some.one_of(some.none(), some.integers(), some.text(max_size=9).filter(lambda word: not is_sealed(word))),
    lambda inner: some.one_of(
        some.lists(inner, max_size=3),
        some.dictionaries(some.sampled_from(["name", "p1-note", "who"]), inner, max_size=3),
        some.fixed_dictionaries({"nhs_number": VALUES, "p2-upn": VALUES, "identifiers": VALUES, "name": inner}),
    ),
    max_leaves=8,
)


@given(some.text(), some.text())
def test_what_is_sealed_comes_back_and_is_never_the_same_word_twice(text, about):
    first, second = VAULT.seal(text, about), VAULT.seal(text, about)
    assert VAULT.open(first, about) == VAULT.open(second, about) == text
    assert first != second


@given(some.text(min_size=1), some.data())
def test_a_changed_word_opens_nothing(text, data):
    word = VAULT.seal(text, "upn")
    place = data.draw(some.integers(len("~1:12345678:"), len(word) - 6))
    other = data.draw(some.sampled_from("ABCDEFGHabcdefgh01234567").filter(lambda sign: sign != word[place]))
    with pytest.raises(CannotOpenError, match="changed"):
        VAULT.open(word[:place] + other + word[place + 1 :], "upn")


def test_it_opens_for_what_it_is_about_alone_and_with_its_key_alone():
    word = VAULT.seal("9434765919", "nhs_number")
    with pytest.raises(CannotOpenError, match="changed"):
        VAULT.open(word, "upn")
    with pytest.raises(CannotOpenError, match=f"No key {key_id(OLD)}"):
        Vault({key_id(NEW): NEW}, [b"s" * 32]).open(word, "nhs_number")


def test_a_new_key_seals_and_the_old_still_opens():
    word = VAULT.seal("9434765919", "nhs_number")
    assert ROTATED.open(word, "nhs_number") == "9434765919"
    assert not ROTATED.is_newest(word)
    assert ROTATED.is_newest(ROTATED.seal("9434765919", "nhs_number"))
    assert ROTATED.is_newest("")


@given(TOLD)
def test_only_numbers_are_sealed_wherever_they_stand_and_all_comes_back(told):
    sealed = VAULT.seal_numbers(told, "told")
    assert VAULT.open_numbers(sealed, "told") == told
    assert VAULT.has_all_newest(sealed)
    assert VAULT.seal_numbers(sealed, "told") == sealed


def test_a_number_is_found_by_a_hash_that_only_the_key_makes():
    assert VAULT.blind("9434765919") == ROTATED.blind("9434765919")
    assert VAULT.blind("9434765919") != VAULT.blind("9434765918")
    assert VAULT.blind("9434765919") != Vault({key_id(OLD): OLD}, [b"t" * 32]).blind("9434765919")


def test_while_one_search_key_takes_the_place_of_another_a_number_is_found_by_both():
    both = Vault({key_id(OLD): OLD}, [b"t" * 32, b"s" * 32])
    new = Vault({key_id(OLD): OLD}, [b"t" * 32])
    assert both.blinds("9434765919") == [new.blind("9434765919"), VAULT.blind("9434765919")]


def test_without_keys_nothing_is_sealed():
    for data, search in (("", made()), (made(), "")):
        with pytest.raises(KeyMistakeError):
            vault_of(data, search)
