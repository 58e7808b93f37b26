from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from alongside.ledger import encoding
from alongside.ledger.models import LedgerEvent

WORDS = st.lists(st.binary(max_size=6), min_size=11, max_size=11)


def test_every_column_of_a_line_is_hashed():
    assert set(encoding.COLUMNS) == {field.column for field in LedgerEvent._meta.fields}


@given(WORDS, WORDS)
def test_no_two_lines_are_spelt_alike(one, other):
    assert (encoding.entry(one) == encoding.entry(other)) == (one == other)


def test_words_that_move_from_one_column_to_the_next_are_another_line():
    lines = [[b""] * 11 for _ in range(2)]
    lines[0][3:5] = b"ab", b"c"
    lines[1][3:5] = b"a", b"bc"
    assert encoding.entry(lines[0]) != encoding.entry(lines[1])


def test_a_moment_is_spelt_in_utc_as_the_databases_give_it_back():
    here = datetime(2026, 7, 1, 10, 20, 0, 120, tzinfo=timezone(timedelta(hours=1)))
    assert encoding.moment(here) == b"2026-07-01 09:20:00.000120"
    assert encoding.moment(datetime(2026, 7, 1, 9, 20, tzinfo=UTC)) == b"2026-07-01 09:20:00"


def test_details_are_spelt_alike_however_a_database_keeps_them():
    assert encoding.canonical_of(b'{"b": 1,  "a": "\\u00e9"}') == encoding.canonical({"a": "é", "b": 1})


def test_what_is_no_json_or_says_one_thing_twice_is_not_taken_for_what_we_wrote():
    assert encoding.canonical_of(b'{"a": 1, "a": 2}') == b'{"a": 1, "a": 2}'
    assert encoding.canonical_of(b"{") == b"{"
