"""The file of rows to mend: none for a look only, and one however often the same file comes."""

import pytest
from django.conf import settings

from alongside.connectors.ingest import ingest

from .files import NOW, lines, note

pytestmark = pytest.mark.django_db
REFUSED = lines(note(kind="gossip"))


def test_a_look_that_is_told_no_folder_writes_no_file(desk, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR", tmp_path / "var")
    (file,) = ingest([desk.put(REFUSED)], by="tests", at=NOW, dry_run=True).files

    assert file.rejects is None
    assert [error["field"] for error in file.errors] == ["kind"]
    assert not (tmp_path / "var").exists()


def test_the_same_file_again_leaves_no_second_copy_of_its_rows(desk):
    kept = [desk.take_text(REFUSED).rejects for _ in range(3)]

    assert {path.name for path in kept} == {"file.txt.rejects.ndjson"}
    assert [path.name for path in kept[0].parent.iterdir()] == ["file.txt.rejects.ndjson"]


def test_other_rows_take_the_next_name_and_are_found_there_again(desk):
    other = lines(note("N-2", kind="gossip"))
    kept = [desk.take_text(text).rejects for text in (REFUSED, other, other, REFUSED)]

    first, second = "file.txt.rejects.ndjson", "file.txt.rejects-2.ndjson"
    assert [path.name for path in kept] == [first, second, second, first]
