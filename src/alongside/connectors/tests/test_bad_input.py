"""Whatever arrives: a clear answer, bounded memory, the rest of the file still in, nothing half-written."""

import gzip
import io
import json
import re
import tracemalloc
import zipfile

import pytest
import xlsxwriter

from alongside.connectors.report import exit_status
from alongside.contributions.models import Contribution

from .files import counts, lines, note, rules
from .hostile_files import declared

pytestmark = pytest.mark.django_db

COLUMNS = (
    "kind",
    "source.agency",
    "source.system",
    "source.reference",
    "occurred_at",
    "narrative",
    "people.1.given_name",
)
ROW = ("general_note", "leeds-safe-team", "notes", "N-1", "2026-11-20T16:30", "Came to boxing.", "Zoë")


def table(*rows, divider=",", columns=COLUMNS):
    return "\n".join(divider.join(row) for row in (columns, *rows)) + "\n"


def another(reference, **changes):
    told = dict(zip(COLUMNS, ROW, strict=True)) | {"source.reference": reference} | changes
    return tuple(told.values())


def given_names():
    return {one.told["people"][0]["given_name"] for one in Contribution.objects.all()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("divider", [",", ";", "\t", "|"])
def test_any_encoding_and_any_divider(desk, encoding, divider):
    file = desk.take_text(table(ROW, divider=divider).encode(encoding))

    assert counts(file) == (1, 0, 0, 0), rules(file)
    assert given_names() == {"Zoë"}


def test_a_stray_byte_of_nothing_costs_its_own_row_wherever_it_stands(desk):
    file = desk.take_text(table(ROW, another("N-2", narrative="Came\x00 late."), another("N-3")).encode())

    assert counts(file) == (2, 0, 0, 1), rules(file)
    assert {one.reference for one in Contribution.objects.all()} == {"N-1", "N-3"}


def test_a_letter_outside_ascii_far_down_the_file_is_read_as_it_was_saved(desk):
    rows = [another(f"N-{n}", **{"people.1.given_name": "Kai"}) for n in range(1500)]
    file = desk.take_text(table(*rows, another("last")).encode("cp1252"))

    assert counts(file) == (1501, 0, 0, 0)
    assert given_names() == {"Kai", "Zoë"}


def test_one_broken_letter_refuses_its_row_only(desk):
    good = table(ROW, another("N-2"), another("N-3")).encode()
    file = desk.take_text(good.replace("Zoë".encode(), b"Zo\xeb", 1))

    assert counts(file) == (2, 0, 0, 1)
    assert rules(file) == ["This holds a character we could not read."]


@pytest.mark.parametrize(("cell", "left_out"), [("x", 1), ("", 0)])
def test_a_column_that_nobody_knows_is_named_where_something_stood_in_it(desk, cell, left_out):
    file = desk.take_text(table((*ROW, cell), columns=(*COLUMNS, "colour")))

    assert file.in_short() == ({"column “colour”, because no field has this name": left_out} if left_out else {})


def test_no_header_says_what_the_first_row_holds(desk):
    file = desk.take_text(",".join(ROW) + "\n")

    assert "its first row names general_note, leeds-safe-team" in rules(file)[0]
    assert "Check that the first row is the header." in next(iter(file.errors))["mend"]


def test_a_stray_byte_in_the_first_row_is_said_as_a_mark(desk):
    """Half a character stands in no report: one of random bytes in a header broke it off."""
    (file,) = desk.take(desk.put("réf".encode() + b"\x90,who\n1,2\n", "list.csv")).files
    assert "its first row names réf?, who" in rules(file)[0]


def test_a_stray_byte_in_the_name_of_a_column_that_nobody_knows_is_said_as_a_mark(desk, tmp_path):
    told = table((*ROW, "1"), columns=(*COLUMNS, "x\udc90")).encode("utf-8", "surrogateescape")
    said = desk.take(desk.put(told, "list.csv"))
    said.write(tmp_path / "report.json")
    assert "x?" in (tmp_path / "report.json").read_text(encoding="utf-8")


def test_a_header_that_says_a_name_twice_is_sent_back(desk):
    file = desk.take_text(table((*ROW, "again"), columns=(*COLUMNS, "narrative")))

    assert rules(file) == ["The header has the same name twice: narrative."]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf\r\n  \r\n", "The file holds no words, only blanks."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "The file holds bytes that no text holds"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is a spreadsheet of the old kind"),
        (b"PK\x03\x04 and then nothing", "This is a damaged zip, not a spreadsheet."),
        (b"\x1f\x8b and then nothing", "This gzip is damaged or cut short"),
        (b"<Letter><Dear>Sir</Dear></Letter>", "We do not know this format: an XML file whose root element"),
        (b'"' + b"x" * 200_000, "A cell on this row never ends"),
    ],
)
def test_a_file_that_says_nothing_to_us_is_answered_in_words(desk, content, rule):
    report = desk.take(desk.put(content))

    assert rules(report.files[0])[0].startswith(rule)
    assert exit_status(report) == 2


def test_a_file_that_is_not_there(desk, tmp_path):
    assert rules(desk.take(tmp_path / "nothing.csv").files[0]) == ["There is no such file."]


def test_one_reference_with_different_content_keeps_both_versions(desk):
    file = desk.take_text(lines(note(), note(), note(narrative="And stayed late.")))

    assert counts(file) == (1, 1, 1, 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"occurred_at": "1890-05-01"}, "occurred_at"),
        ({"occurred_at": "2027-11-23"}, "occurred_at"),
        ({"occurred_at": "soon"}, "occurred_at"),
        ({"kind": "gossip"}, "kind"),
        ({"people": [{"role": "subject", "nhs_number": "4444444444"}]}, "people.1.nhs_number"),
        ({"people": [{"role": "subject", "date_of_birth": "2031-02-30"}]}, "people.1.date_of_birth"),
        ({"handling": "everybody"}, "handling"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_what_cannot_be_is_explained_and_the_rest_is_in(desk, changes, field):
    file = desk.take_text(lines(note("N-1"), note("N-2", **changes), note("N-3")))

    assert counts(file) == (2, 0, 0, 1)
    (error,) = file.errors
    assert (error["row"], error["field"]) == (2, field)
    assert error["rule"]
    assert error["mend"]


def test_a_postcode_in_lower_case_is_understood(desk):
    desk.take_text(lines(note(people=[{"role": "subject", "reference": "1", "postcode": "ls84aa"}])))

    assert Contribution.objects.get().told["people"][0]["postcode"] == "LS8 4AA"


@pytest.mark.parametrize("line", ["{", "[]", "7", "nonsense", '{"kind": ' + "[" * 100_000])
def test_a_line_that_is_no_object_is_handed_back(desk, line):
    file = desk.take_text(lines(note()) + line + "\n" + lines(note("N-2")))

    assert counts(file) == (2, 0, 0, 1)
    assert json.loads(file.rejects.read_text())["problem"]


CENSUS = "<Message><Header><Collection>CIN</Collection></Header><Children>{}</Children></Message>"


@pytest.mark.parametrize(
    "declares",
    [
        '<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE m [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE m SYSTEM "http://alongside.example/m.dtd">',
        "<!-- " + "x" * 70_000 + ' --><!DOCTYPE m [<!ENTITY a "ha">]>',
    ],
    ids=["bomb", "file", "network", "far down"],
)
def test_xml_that_declares_entities_is_refused(desk, declares):
    child = "<Child><ChildIdentifiers><LAchildID>C1</LAchildID></ChildIdentifiers></Child>"
    file = desk.take_text(declares + CENSUS.format(child))

    assert file.counts["accepted"] == 0
    assert Contribution.objects.count() == 0
    assert "document type" in rules(file)[0] or "do not know" in rules(file)[0]


def bomb(parts, size=40_000_000):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
        for n in range(parts):
            book.writestr(f"xl/worksheets/sheet{n}.xml", b"0" * size)
    return packed.getvalue()


def sheet_of(write):
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        write(book.add_worksheet())
    return packed.getvalue()


def lying(content):
    """The same zip whose directory claims that each part is one byte long."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = book.infolist()
    for part in parts:
        true = part.file_size.to_bytes(4, "little")
        content = content.replace(
            part.compress_size.to_bytes(4, "little") + true, part.compress_size.to_bytes(4, "little") + b"\x01\0\0\0"
        )
    return content


def endless(sheet):
    sheet.write(0, 0, "kind")
    sheet.write(1_048_575, 16_383, "far")


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda: bomb(5), "unpacks to"),
        (lambda: lying(bomb(5)), "unpacks to"),
        (lambda: sheet_of(endless), "reaches to row"),
        (lambda: gzip.compress(b"0" * 80_000_000, 1), "unpacks to more"),
    ],
    ids=["zip", "lying zip", "endless sheet", "gzip"],
)
def test_a_bomb_is_refused_in_words_and_little_memory(desk, made, says):
    path = desk.put(made(), "bomb.xlsx")
    tracemalloc.start()
    file = desk.take(path).files[0]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert says in rules(file)[0]
    assert peak < 40_000_000


def test_a_spreadsheet_is_read_like_a_csv(desk):
    def write(sheet):
        for number, row in enumerate((COLUMNS, ROW, another("N-2", occurred_at="soon"))):
            sheet.write_row(number, 0, row)

    file = desk.take_text(sheet_of(write), "notes.xlsx")

    assert (file.format, counts(file)) == ("canonical_table", (1, 0, 0, 1))
    assert next(iter(file.errors))["row"] == 3


def test_a_long_file_needs_no_more_memory_than_a_short_one(desk):
    text = table(*(another(f"N-{n}", occurred_at="soon", narrative="x" * 2000) for n in range(8000)))
    path = desk.put(text)
    del text
    tracemalloc.start()
    file = desk.take(path).files[0]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert file.counts["rejected"] == 8000
    assert sum(1 for _ in file.errors) == 8000
    assert path.stat().st_size > 16_000_000
    assert peak < 16_000_000


@pytest.mark.parametrize("place", ["narrative", "kind"])
def test_half_a_character_refuses_its_line_only(desk, place):
    file = desk.take_text(lines(note("N-1")) + lines(note("N-2", **{place: "\ud83d"})) + lines(note("N-3")))

    assert counts(file) == (2, 0, 0, 1)
    assert rules(file) == ["This line holds half a character."]


@pytest.mark.parametrize(("name", "content"), list(declared()), ids=lambda told: told if isinstance(told, str) else "")
def test_entities_of_a_sheet_are_seen_wherever_they_lie(desk, name, content):
    file = desk.take_text(content, "sheet.xlsx")
    assert re.search("declares entities|no usual way", rules(file)[0])
