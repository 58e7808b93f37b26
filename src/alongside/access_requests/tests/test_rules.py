"""The clock, cutting words out, finding other people's names, and counting: as tables."""

from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from alongside.access_requests.rules import (
    TAKEN_OUT,
    UNNAMED,
    Span,
    counted,
    cut,
    due_on,
    extended_to,
    months_later,
    others_named,
    places_of,
    sentences,
)
from alongside.access_requests.terms import read
from alongside.playbook import BrokenPlaybookError


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-11-23", 1, "2026-12-23"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-11-30", 3, "2027-02-28"),
    ],
)
def test_the_same_day_of_a_later_month_or_its_last(day, months, later):
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(later)


@pytest.mark.parametrize(
    ("received", "known", "due", "extended"),
    [
        ("2026-11-23", "2026-11-23", "2026-12-23", "2027-02-23"),
        ("2026-11-23", "2026-12-01", "2027-01-01", "2027-03-01"),
        ("2026-11-23", "2026-11-01", "2026-12-23", "2027-02-23"),
        ("2026-12-31", "2026-12-31", "2027-01-31", "2027-03-31"),
    ],
)
def test_the_clock_begins_when_both_the_request_and_the_proof_are_here(received, known, due, extended):
    days = {"received_on": date.fromisoformat(received), "identity_on": date.fromisoformat(known), "months": 1}
    assert due_on(**days) == date.fromisoformat(due)
    assert extended_to(**days, extended_months=2) == date.fromisoformat(extended)


@pytest.mark.parametrize(
    ("spans", "left"),
    [
        ([], "Kai met Zara."),
        ([Span(8, 12)], f"Kai met {TAKEN_OUT}."),
        ([Span(0, 3), Span(8, 12)], f"{TAKEN_OUT} met {TAKEN_OUT}."),
        ([Span(4, 10), Span(8, 12)], f"Kai {TAKEN_OUT}."),
        ([Span(8, 99)], f"Kai met {TAKEN_OUT}"),
        ([Span(0, 13)], TAKEN_OUT),
        ([Span(5, 5)], "Kai met Zara."),
        ([Span(50, 60)], "Kai met Zara."),
    ],
)
def test_what_is_cut_is_gone_and_leaves_one_mark(spans, left):
    assert cut("Kai met Zara.", spans) == left


@examples(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_no_sign_of_a_marked_stretch_goes_out(pairs):
    text = "".join(chr(0x4E00 + number) for number in range(30))
    spans = [Span(*pair) for pair in pairs]
    gone = {text[at] for span in spans for at in range(span.start, min(span.end, len(text)))}
    left = cut(text, spans)
    assert not gone & set(left)
    assert set(text) - gone <= set(left)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("Zara", "Zara and zara, not Zarah.", ["Zara", "zara"]),
        ("Zara Brown", "Zara\nBrown came.", ["Zara\nBrown"]),
        ("O'Brien", "Mr O'Brien, not O'Briens", ["O'Brien"]),
        ("a.c", "abc a.c", ["a.c"]),
        ("ناديا", "جاءت ناديا", ["ناديا"]),
        ("Z", "Z came", []),
        ("", "Anything", []),
    ],
)
def test_words_are_found_whole_however_they_are_written(words, text, found):
    assert [text[span.start : span.end] for span in places_of(words, text)] == found


def test_a_name_that_is_also_their_own_is_not_offered():
    text = "Kai Adeyemi and Zara Adeyemi."
    spans = others_named(text, others={"Zara", "Adeyemi", "Zara Adeyemi"}, own={"Kai", "Adeyemi"})
    assert [text[span.start : span.end] for span in spans] == ["Zara", "Zara Adeyemi"]


def test_each_sentence_stands_for_itself():
    text = "He came.  “Why?” she said!\nThen he left"
    assert [text[s.start : s.end] for s in sentences(text)] == ["He came.", "“Why?” she said!", "Then he left"]


def test_reasons_that_may_not_be_named_are_counted_together_and_last():
    said = [("Crime.", "law 1", False), ("Somebody else.", "law 2", True), ("Abuse.", "law 3", False)]
    assert [(one.says, one.law, one.count) for one in counted([*said, said[1]])] == [
        ("Somebody else.", "law 2", 2),
        (UNNAMED, "", 2),
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('code = "crime"', 'code = "third_party"'), "listed twice"),
        (('code = "source"', 'code = "sauce"'), "who told it in confidence"),
    ],
)
def test_a_broken_list_of_exemptions_is_refused(tmp_path, change, says):
    file = tmp_path / "access_requests.toml"
    file.write_text((settings.PLAYBOOK / "access_requests.toml").read_text().replace(*change))
    with pytest.raises(BrokenPlaybookError, match=says):
        read(file)
