"""The one table of status words."""

from itertools import chain

import pytest

from alongside.web import status

EVERY = list(chain.from_iterable(family.states.values() for family in status.FAMILIES.values()))


def test_every_colour_is_one_of_the_nine():
    assert {shown.colour for shown in EVERY} <= set(status.COLOURS)


def test_every_label_has_a_word_and_a_sentence():
    for shown in EVERY:
        assert shown.word[0].isupper()
        assert shown.means.endswith(".")


def test_red_is_only_for_what_we_owe_or_what_is_broken():
    red = {shown.word for shown in EVERY if shown.colour == "red"}
    assert red == {"Needs action now", "Not taken in", "Late", "Past due", "Behind", "Check overdue", "Not working"}


def test_no_family_is_about_a_child():
    for family in status.FAMILIES.values():
        assert family.name.startswith(("A ", "An ", "Partnership ", "Same ", "Handling "))


def test_no_label_rates_anyone():
    rating = {"low", "medium", "high", "risk", "rag", "flag", "score"}
    for shown in EVERY:
        assert not rating & set(shown.word.lower().split())


def test_no_word_means_two_colours_within_a_family():
    for family in status.FAMILIES.values():
        words = [shown.word for shown in family.states.values()]
        assert len(words) == len(set(words))


def test_a_state_outside_the_table_is_refused_by_name():
    with pytest.raises(KeyError, match=r"'lost' in 'contribution'"):
        status.status("contribution", "lost")
    with pytest.raises(KeyError, match=r"'open' in 'child'"):
        status.status("child", "open")
