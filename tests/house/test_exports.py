"""Whatever writes a table for others to open writes cells that no spreadsheet reckons."""

import re

from .tracked import short, tracked

WRITES_A_TABLE = re.compile(r"csv\.(writer|DictWriter)|xlsxwriter|to_csv\(|to_excel\(|write_csv\(")
# Files that our own import reads, of invented people only.
OWN_FILES = "src/alongside/demo/"


def test_every_table_that_leaves_is_written_with_inert_cells():
    writers = [
        path for path in tracked("src/*.py") if "tests" not in path.parts and not short(path).startswith(OWN_FILES)
    ]
    writing = [path for path in writers if WRITES_A_TABLE.search(path.read_text())]
    assert writing
    assert [short(path) for path in writing if "import inert" not in path.read_text()] == []


def test_every_file_that_leaves_is_marked_and_named_in_one_place():
    ours = [path for path in tracked("src/*.py") if "tests" not in path.parts]
    naming = [short(path) for path in ours if "Content-Disposition" in path.read_text()]
    sending = [path for path in ours if "FileResponse(" in path.read_text()]
    assert naming == ["src/alongside/web/exports.py"]
    assert [short(path) for path in sending if "marked(FileResponse(" not in path.read_text()] == []
