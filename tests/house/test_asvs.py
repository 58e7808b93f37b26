"""The map of the ASVS is whole, and what it names exists."""

import re

import pytest

from .tracked import ROOT

PAGE = ROOT / "docs" / "reference" / "asvs.md"
# How many requirements of levels 1 and 2 each section of chapters 1 to 16 has in version 5.0.
SECTIONS = {
    **{"1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1},
    **{"3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4},
    **{"5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 11, "6.3": 3, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 3},
    **{"7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1},
    **{"9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3},
    **{"11.1": 2, "11.2": 3, "11.3": 3, "11.4": 3, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4},
    **{"13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3},
    **{"15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3},
}
STATES = {"met", "in part", "**not met yet**", "does not apply", "the partnership’s"}
ROW = re.compile(r"^\| (\d+\.\d+)\.(\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`((?:src|tests)/[\w/.-]+)(?:::(\w+))?`")
ROWS = ROW.findall(PAGE.read_text(encoding="utf-8"))


def test_every_requirement_has_one_row():
    numbers = [f"{section}.{number}" for section, number, *_ in ROWS]
    assert len(numbers) == len(set(numbers))
    counted = {section: sum(row[0] == section for row in ROWS) for section in {row[0] for row in ROWS}}
    assert counted == SECTIONS


def test_every_row_says_how_it_stands_and_by_what():
    for section, number, _, short, state, by in ROWS:
        assert state in STATES, f"{section}.{number}: {state}"
        assert len(short) > 3
        assert state != "met" or NAMED.search(by) or "](" in by, f"{section}.{number} is met by nothing named"


@pytest.mark.parametrize(("path", "test"), sorted({named for row in ROWS for named in NAMED.findall(row[5])}))
def test_every_test_that_is_named_exists(path, test):
    assert (ROOT / path).is_file()
    assert not test or re.search(rf"^def {test}\(", (ROOT / path).read_text(), re.MULTILINE)


def test_no_page_speaks_of_what_is_being_built():
    """What was true while something was missing goes on being read when it is there."""
    pages = [PAGE, ROOT / "docs" / "explanation" / "threats.md", ROOT / "docs" / "reference" / "dpia.md"]
    assert not [page.name for page in pages if "being built" in page.read_text(encoding="utf-8")]
    assert "we encrypt nothing" not in PAGE.read_text(encoding="utf-8")


def test_what_is_counted_is_so():
    said = re.search(
        r"^Of (\d+): (\d+) met, (\d+) in part, (\d+) not met yet, (\d+) the", PAGE.read_text(), re.MULTILINE
    )
    states = [row[4] for row in ROWS]
    counted = [states.count(one) for one in ("met", "in part", "**not met yet**", "the partnership’s")]
    assert [int(one) for one in said.groups()] == [len(ROWS), *counted]
