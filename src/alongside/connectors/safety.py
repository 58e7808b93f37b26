"""What a file may not do to the machine that reads it: unpack to a bomb, or stretch a sheet without end."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

MEGABYTE = 1024 * 1024
# A spreadsheet is unpacked whole by its reader; a gzip is streamed, so it may hold more.
MOST_IN_A_SHEET = 150 * MEGABYTE
MOST_IN_A_GZIP = 2048 * MEGABYTE
MOST_FOLD = 200
FOLD_COUNTS_FROM = 32 * MEGABYTE
MOST_PARTS = 2_000
MOST_CELLS = 5_000_000
LOCAL_HEADER = 30
CELL = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
OVERLAP = 24


class NotReadable(Exception):  # noqa: N818 - it is a word said to a person, not a fault of ours
    """A whole file, or one line as it `stood`, that cannot be taken in: which rule, and how to mend it."""

    def __init__(self, rule: str, mend: str, *, stood: str = "") -> None:
        super().__init__(rule)
        self.rule, self.mend, self.stood = rule, mend, stood


DIRECTORY_END, LONGEST_COMMENT, LONGEST_ENTRY = 22, 65_535, 1_024
ELSEWHERE = re.compile(r"(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[A-Za-z]:|\x00")
DOCUMENT_TYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
# Two bytes a letter: no spreadsheet program writes so, and what is looked for would not be seen.
WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
LONGEST_WORD = 32
AS_CSV = "Save the sheet as CSV (UTF-8): a CSV may be as long as you like."

DAMAGED = NotReadable("This is a damaged zip, not a spreadsheet.", AS_CSV)


class Measured:
    """A gzip being unpacked, stopped as soon as it turns out to be a bomb."""

    def __init__(self, inner: IO[bytes], packed: int) -> None:
        self.inner, self.packed, self.given = inner, max(packed, 1), 0

    def read(self, size: int = -1) -> bytes:
        try:
            chunk = self.inner.read(size if size >= 0 else MEGABYTE)
        except (OSError, EOFError, zlib.error) as failure:
            raise NotReadable(
                f"This gzip is damaged or cut short ({failure}).", "Make the file again, or send it unpacked."
            ) from None
        self.given += len(chunk)
        bomb = self.given > FOLD_COUNTS_FROM and self.given > MOST_FOLD * self.packed
        if bomb or self.given > MOST_IN_A_GZIP:
            raise NotReadable(
                f"This gzip unpacks to more than we take in (over {self.given // MEGABYTE} MB).",
                "Unpack it on your own machine, look at what it holds, and send it in parts.",
            )
        return chunk

    def close(self) -> None:
        self.inner.close()


def unpacked(raw: IO[bytes], part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a part of a zip really holds, a piece at a time, whatever its directory claims."""
    raw.seek(part.header_offset)
    header = raw.read(LOCAL_HEADER)
    skip = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    raw.seek(skip, 1)
    left, inflate = part.compress_size, zlib.decompressobj(-15)
    while left > 0:
        piece = raw.read(min(left, 65_536))
        if not piece:
            return
        left -= len(piece)
        if part.compress_type == zipfile.ZIP_STORED:
            yield piece
            continue
        while piece:
            yield inflate.decompress(piece, MEGABYTE)
            piece = inflate.unconsumed_tail


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class Extent:
    """How far a sheet stretches: its reader makes room for every cell up to the farthest one."""

    def __init__(self) -> None:
        self.rest, self.columns, self.rows = b"", 0, 0

    def look(self, piece: bytes) -> None:
        text = self.rest + piece
        for letters, row in CELL.findall(text):
            self.columns = max(self.columns, _column(letters))
            self.rows = max(self.rows, int(row))
        self.rest = text[-OVERLAP:]
        if self.columns * self.rows > MOST_CELLS:
            raise NotReadable(
                f"A sheet reaches to row {self.rows}, column {self.columns}: over {MOST_CELLS:,} cells.",
                "Delete the empty rows and columns after your data, or save the sheet as CSV (UTF-8).",
            )


def check_directory(path: Path) -> None:
    """Raises NotReadable where a zip's directory is absurd, before anything reads it: a spreadsheet's is short."""
    size = path.stat().st_size
    with path.open("rb") as raw:
        raw.seek(max(0, size - DIRECTORY_END - LONGEST_COMMENT))
        end = raw.read()
    at = end.rfind(b"PK\x05\x06")
    if at < 0 or len(end) < at + DIRECTORY_END:
        raise DAMAGED
    parts, length = int.from_bytes(end[at + 10 : at + 12], "little"), int.from_bytes(end[at + 12 : at + 16], "little")
    if parts > MOST_PARTS or length > MOST_PARTS * LONGEST_ENTRY or b"PK\x06\x07" in end[:at]:
        raise NotReadable(f"This zip says that it holds {parts:,} parts, which no spreadsheet does.", AS_CSV)


def check_spreadsheet(path: Path) -> None:
    """Raises NotReadable for a zip bomb or an endless sheet, before any spreadsheet reader opens the file."""
    check_directory(path)
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    # What zipfile raises for a version of the format that it does not read is NotImplementedError.
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise DAMAGED from None
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        raise NotReadable("This is a zip with no spreadsheet in it.", "Unpack it, and send what it holds.")
    if len(set(names)) < len(names) or any(ELSEWHERE.search(name) for name in names):
        raise NotReadable("This zip names a part twice or outside its own folder, which no spreadsheet does.", AS_CSV)
    claimed = sum(part.file_size for part in parts)
    overlapping = sum(part.compress_size for part in parts) > path.stat().st_size
    bomb = claimed > FOLD_COUNTS_FROM and claimed > MOST_FOLD * path.stat().st_size
    if claimed > MOST_IN_A_SHEET or len(parts) > MOST_PARTS or overlapping or bomb:
        raise _too_much(claimed)
    if any(part.flag_bits & 1 for part in parts):
        raise NotReadable("This spreadsheet has a password.", "Save it without the password.")
    _measure(path, parts)


def _measure(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    total = 0
    with path.open("rb") as raw:
        for part in parts:
            extent = Extent() if part.filename.startswith("xl/worksheets/") else None
            before = b""
            try:
                for piece in unpacked(raw, part):
                    total += len(piece)
                    if total > MOST_IN_A_SHEET:
                        raise _too_much(total)
                    # A word may lie across two pieces.
                    if DOCUMENT_TYPE.search(before + piece):
                        raise NotReadable("This spreadsheet declares entities, which can hide a bomb.", AS_CSV)
                    if not before and piece.startswith(WIDE):
                        raise NotReadable("This spreadsheet is written in no usual way.", AS_CSV)
                    before = piece[-LONGEST_WORD:]
                    if extent:
                        extent.look(piece)
            except zlib.error:
                raise NotReadable("This spreadsheet is damaged.", AS_CSV) from None


def _too_much(total: int) -> NotReadable:
    return NotReadable(f"This spreadsheet unpacks to over {total // MEGABYTE} MB, more than we take in.", AS_CSV)
