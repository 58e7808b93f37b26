import pytest

from alongside.my_day.rules import became

PLAIN = {"is_withdrawn": False, "is_newest": True, "is_pending": False, "has_gaps": False}


@pytest.mark.parametrize(
    ("changes", "state", "words"),
    [
        ({}, "received", "on the timeline"),
        ({"is_pending": True}, "received", "being added"),
        ({"has_gaps": True}, "received_with_gaps", "on the timeline"),
        ({"is_newest": False}, "corrected", "newer version"),
        ({"is_withdrawn": True, "is_newest": False}, "withdrawn", "Taken back"),
    ],
)
def test_what_became_of_what_was_sent(changes, state, words):
    found = became(**(PLAIN | changes))
    assert found.state == state
    assert words in found.words
