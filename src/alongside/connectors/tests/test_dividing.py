"""A row that cannot be divided costs itself and no other row, and comes back whole in the rejects."""

import csv

import pytest

from alongside.connectors.tables import LEFT_OVER
from alongside.contributions.models import Contribution

from .files import counts, lines, note, rules
from .test_bad_input import COLUMNS, ROW, another, table

pytestmark = pytest.mark.django_db
MULTILINE = '"Came to boxing.\nAda, Bo, Cy, Di, Ed, Flo and Gus came too.\nAll stayed."'


def narratives():
    return [one.told["narrative"] for one in Contribution.objects.all()]


def rejected(file):
    with file.rejects.open(newline="") as rows:
        return list(csv.DictReader(rows))


@pytest.mark.parametrize("further", [2, 2000], ids=["to the end of the file", "for more than a cell can hold"])
def test_a_quotation_mark_that_is_never_closed_takes_no_other_row_with_it(desk, further):
    rows = [another(f"N-{n}") for n in range(further)]
    file = desk.take_text(table(another("open", narrative='"never closed'), *rows))

    assert counts(file) == (further, 0, 0, 1)
    assert set(narratives()) == {"Came to boxing."}
    assert rules(file)[0].startswith("A cell on this row never ends: rows 3 to")


def test_a_mark_that_a_later_row_closes_by_chance_takes_no_row_either(desk):
    later = another("N-9", narrative='"Came to ""boxing""."')
    file = desk.take_text(table(another("open", narrative='"never closed'), another("N-2"), later))

    assert counts(file) == (2, 0, 0, 1)
    assert sorted(narratives()) == ['Came to "boxing".', "Came to boxing."]


def test_rows_inside_a_closed_cell_are_named_and_read_on_their_own(desk):
    inside = another("open", narrative='"opened\n' + ",".join(another("N-2")) + '\nand closed"')
    file = desk.take_text(table(inside, another("N-3")))

    assert "A cell on this row never ends: rows 3 to 4 inside it were read alone." in rules(file)
    assert set(Contribution.objects.values_list("reference", flat=True)) == {"N-2", "N-3"}


def test_a_text_of_several_lines_with_commas_is_one_cell(desk):
    file = desk.take_text(table(another("N-1", narrative=MULTILINE), another("N-2")))

    assert counts(file) == (2, 0, 0, 0)
    assert narratives()[0] == MULTILINE.strip('"')


@pytest.mark.parametrize(
    ("row", "left_over"),
    [
        ((*ROW, "", "more", "and more"), "more | and more"),
        (another("open", narrative='"never closed'), ",".join(another("open", narrative='"never closed'))),
        (another("odd", narrative='"Said "stop" twice"'), ",".join(another("odd", narrative='"Said "stop" twice"'))),
    ],
    ids=["too wide", "never closed", "marks inside"],
)
def test_what_found_no_place_comes_back_and_is_refused_until_it_is_mended(desk, row, left_over):
    first = desk.take_text(table(row, another("N-2")))
    again = desk.take(first.rejects).files[0]

    assert counts(first) == (1, 0, 0, 1)
    assert [one[LEFT_OVER] for one in rejected(first)] == [left_over]
    assert rules(again) == [f"This row still has something in its column “{LEFT_OVER}”."]
    assert [one[LEFT_OVER] for one in rejected(again)] == [left_over]


def test_a_mended_row_is_taken_in(desk):
    first = desk.take_text(table((*ROW, "more"), another("N-2")))
    mended = first.rejects.read_text().replace(",more,", ",,", 1)

    assert counts(desk.take_text(mended, "mended.csv")) == (1, 0, 0, 0)
    assert dict(zip(COLUMNS, ROW, strict=True)).items() <= rejected(first)[0].items()


def test_a_letter_that_could_not_be_read_is_not_taken_in_unmended(desk):
    first = desk.take_text(table(ROW, another("N-2")).encode().replace("Zoë".encode(), b"Zo\xeb", 1))

    assert counts(desk.take(first.rejects).files[0]) == (0, 0, 0, 1)


def test_a_line_too_long_to_read_comes_back_with_its_beginning(desk):
    file = desk.take_text(lines(note("N-1"), note("N-2", narrative="x" * 5_000_000), note("N-3")))

    assert counts(file) == (2, 0, 0, 1)
    assert '"N-2\\"' in file.rejects.read_text()
