import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.shared import identifiers


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        pytest.param("943 476 5919", "9434765919", id="spaces"),
        pytest.param("943-476-5870", "9434765870", id="hyphens"),
        pytest.param("9990000018", "9990000018", id="the test range"),
        pytest.param("9434765918", None, id="wrong check digit"),
        pytest.param("1111111111", None, id="repeated digits pass the sum but are nobody's"),
        pytest.param("0000000000", None, id="zeros"),
        pytest.param("943476591", None, id="too short"),
        pytest.param("٩٤٣٤٧٦٥٩١٩", None, id="digits of another script"),
    ],
)
def test_nhs_numbers(told, kept):
    assert identifiers.nhs_number(told) == kept


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        pytest.param("B801200005001", "B801200005001", id="right"),
        pytest.param("b801200005001", "B801200005001", id="small letter"),
        pytest.param("A801200005001", None, id="wrong check letter"),
        pytest.param("P207000016049", "P207000016049", id="the sum is 266"),
        pytest.param("F38340002400A", "F38340002400A", id="temporary"),
        pytest.param("I801200005001", None, id="no I"),
    ],
)
def test_pupil_numbers(told, kept):
    assert identifiers.upn(told) == kept


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        pytest.param("ls11ur", "LS1 1UR", id="small letters, no space"),
        pytest.param(" W1A 1AA ", "W1A 1AA", id="spaces around"),
        pytest.param("EC3A 5DE", "EC3A 5DE", id="long"),
        pytest.param("QQ1 1AA", None, id="no Q first"),
        pytest.param("LS1 1UC", None, id="no C at the end"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_postcodes(told, kept):
    assert identifiers.postcode(told) == kept


@given(st.text(max_size=40))
def test_no_text_breaks_a_check(text):
    for check in (identifiers.nhs_number, identifiers.upn, identifiers.la_child_id, identifiers.postcode):
        kept = check(text)
        assert kept is None or check(kept) == kept
