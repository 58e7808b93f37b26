"""Columns that no field has: each by name in the report, in short on a screen and a page."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from .test_bad_input import COLUMNS, ROW, another, table

pytestmark = pytest.mark.django_db
LONG = "a name that is longer than what a screen shows of it"
UNKNOWN = (*(f"extra {n}" for n in range(492)), LONG)
WIDE = table((*ROW, *("x" for _ in UNKNOWN)), (*another("N-2"), "x"), columns=(*COLUMNS, *UNKNOWN))


def test_the_report_names_every_one_with_what_stood_in_it(desk, tmp_path):
    report = desk.take(desk.put(WIDE))
    report.write(tmp_path / "report.json")
    (file,) = json.loads((tmp_path / "report.json").read_text())["files"]

    named = {f"column “{name}”, because no field has this name" for name in UNKNOWN}
    assert file["left_out"].keys() == named
    assert file["left_out"]["column “extra 0”, because no field has this name"] == 2
    assert report.totals["left_out"] == 494


def test_in_short_they_are_one_finding_that_says_where_all_are(desk):
    ((reason, count),) = desk.take_text(WIDE).in_short().items()

    assert reason.startswith("cells of 493 columns, because no field has their names: “extra 0”, “extra 1”")
    assert reason.endswith("“extra 11” and 481 more (the report has them all)")
    assert count == 494


def test_the_page_has_them_folded_beneath(client, grace):
    client.force_login(grace)
    file = SimpleUploadedFile("wide.csv", WIDE.encode())
    page = client.post(reverse("import"), {"files": [file], "do": "preview"}, follow=True).content.decode()

    assert "All 493 columns" in page
    assert "<bdi>extra 491</bdi>" in page
    assert LONG in page
