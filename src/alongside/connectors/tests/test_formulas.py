"""Rejects hold what partners sent, formulas too: none is reckoned when a spreadsheet opens them, and all come back."""

import csv
import re
import shutil
import subprocess

import pytest

from alongside.contributions.flat import flatten
from alongside.contributions.models import Contribution
from alongside.shared.tests.formulas import FORMULAS

from .files import counts, note

pytestmark = pytest.mark.django_db
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
NO_OFFICE = "needs LibreOffice (Debian: libreoffice-calc), which is not here"
# In LibreOffice's flat format a formula is an attribute of its cell, and an error a value of its own.
RECKONED = re.compile(r'table:formula="[^"]*"')


def rejected(desk, formulas):
    """The file of rejects of rows with these words, one a row, and a date that cannot be."""
    rows = [flatten(note(f"N-{n}", occurred_at="soon", narrative=words)) for n, words in enumerate(formulas)]
    path = desk.folder / "told.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return desk.take(path).files[0].rejects


def test_what_was_rejected_comes_back_as_it_was_and_is_taken_in(desk):
    formulas = [words for words in FORMULAS[::40] if words.strip() == words and "\r" not in words]
    rejects = rejected(desk, formulas)
    desk.put(rejects.read_bytes().replace(b",soon,", b",2026-11-20T16:30:00Z,"), "mended.csv")

    file = desk.take(desk.folder / "mended.csv").files[0]

    assert counts(file) == (len(formulas), 0, 0, 0)
    assert sorted(one.told["narrative"] for one in Contribution.objects.all()) == sorted(formulas)


def test_a_column_may_be_called_like_a_formula(desk):
    text = (
        "kind,source.agency,source.system,source.reference,occurred_at,=1+1\ngeneral_note,leeds-camhs,c,N-1,soon,=2\n"
    )
    first = desk.take_text(text).rejects.read_text()
    again = desk.take_text(first).rejects.read_text()

    assert "'=1+1" in first
    assert again == first


@pytest.mark.skipif(OFFICE is None, reason=NO_OFFICE)
def test_no_formula_is_reckoned_when_a_spreadsheet_opens_the_rejects(desk, tmp_path):
    rejects = rejected(desk, FORMULAS)
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = [OFFICE, "--headless", home, "--convert-to", "fods", "--outdir", tmp_path, rejects]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    opened = rejects.with_suffix(".fods").name
    sheet = (tmp_path / opened).read_text(encoding="utf-8")

    assert sheet.count("<table:table-row") > len(FORMULAS) // 2
    assert RECKONED.findall(sheet) == []
    assert "Err:" not in sheet
