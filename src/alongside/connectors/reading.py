"""Opens a file that a partner sent, whatever its encoding, packing or divider, in bounded memory."""

import gzip
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from charset_normalizer import from_bytes

from .safety import MEGABYTE, Measured, NotReadable

HEAD = 64 * 1024
# More bytes of nothing than one in so many, and it is no text; a stray one costs its own row.
NULS_OF = 100
LONGEST_LINE = 4 * MEGABYTE
# Of a line that is too long to read, as much as tells which one it is.
SHOWN = 1_000
DIVIDERS = ",;\t|"
# Encodings that offices in England save in. Others turn a name into nonsense more often than they help.
OFFICE = ["cp1252", "mac_roman", "cp850"]
BAD = re.compile("[\udc80-\udcff]")
OUTSIDE_ASCII = re.compile("[^\x00-\x7f]")
# Written in four bytes a sign, which begins as one of two bytes does.
FOUR_BYTES = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class Unpacked(io.RawIOBase):
    """A Measured gzip in the shape that Python's text readers expect."""

    def __init__(self, measured: Measured) -> None:
        super().__init__()
        self.measured = measured

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        chunk = self.measured.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self.measured.close()
        super().close()


@dataclass
class Opened:
    """One file as it lies: how it is packed and written, and its first 64 KB as text."""

    path: Path
    packed: bool
    encoding: str
    start: str
    sheet: bool = False
    header: list[str] = field(default_factory=list)

    @contextmanager
    def raw(self) -> Iterator[IO[bytes]]:
        """Its bytes, unpacked."""
        with raw_bytes(self.path, self.packed) as stream:
            yield stream

    @contextmanager
    def text(self) -> Iterator[IO[str]]:
        """Its text. A byte that is no character stays as a lone surrogate, so that its row can be refused."""
        with self.raw() as stream:
            yield io.TextIOWrapper(stream, encoding=self.encoding, errors="surrogateescape", newline="")


@contextmanager
def raw_bytes(path: Path, packed: bool) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked within limits if it is a gzip."""
    if not packed:
        with path.open("rb") as plain:
            yield plain
        return
    with gzip.open(path) as packed_stream:
        measured = Measured(packed_stream, path.stat().st_size)
        with io.BufferedReader(Unpacked(measured), 256 * 1024) as stream:
            yield stream


def open_file(path: Path) -> Opened:
    """What kind of file this is, by what it holds. Raises NotReadable in words for a person."""
    if path.is_dir():
        mend = "Name the files in it one by one, or with a *, like returns/*.csv."
        raise NotReadable("This is a folder.", mend)
    if not path.is_file():
        raise NotReadable("There is no such file.", "Check the name and the folder.")
    with path.open("rb") as stream:
        magic = stream.read(8)
    if not magic:
        raise NotReadable("The file is empty.", "Make it again where it came from: it has no header.")
    if magic.startswith(b"PK"):
        return Opened(path, packed=False, encoding="", start="", sheet=True)
    if magic.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotReadable("This is a spreadsheet of the old kind (1997).", "Save it as .xlsx or as CSV.")
    packed = magic.startswith(b"\x1f\x8b")
    encoding = encoding_of(path, packed)
    opened = Opened(path, packed, encoding, start="")
    with opened.text() as text:
        opened.start = text.read(HEAD)
    if not opened.start.strip("\ufeff\r\n\t ,;|"):
        raise NotReadable("The file holds no words, only blanks.", "Make it again where it came from.")
    return opened


def encoding_of(path: Path, packed: bool) -> str:
    """UTF-8 where most of it is; else what the words of the file themselves suggest, first of all cp1252."""
    with raw_bytes(path, packed) as stream:
        first = stream.read(4)
        if first in FOUR_BYTES:
            raise NotReadable("This text is written in UTF-32, which we do not read.", "Save it as UTF-8.")
        for mark, encoding in BYTE_ORDER_MARKS:
            if first.startswith(mark):
                return encoding
        good, bad, sample, nuls = _weigh(first, stream)
    if nuls:
        raise NotReadable(
            "The file holds bytes that no text holds: it is a picture, a document or a damaged file.",
            "Send CSV, NDJSON, XLSX, XML or GeoJSON.",
        )
    if bad <= good:
        return "utf-8"
    guess = from_bytes(sample, cp_isolation=OFFICE).best()
    return guess.encoding if guess else "cp1252"


def _weigh(first: bytes, stream: IO[bytes]) -> tuple[int, int, bytes, bool]:
    """How many characters are good UTF-8 and how many are not; the first bytes around those that are not."""
    good = bad = 0
    sample = b""
    chunk = first + stream.read(MEGABYTE)
    while chunk:
        if chunk[:HEAD].count(b"\x00") * NULS_OF > len(chunk[:HEAD]):
            return good, bad, sample, True
        if not chunk.isascii():
            chunk += stream.readline(LONGEST_LINE)  # never cut a character in two
            text = chunk.decode("utf-8", "surrogateescape")
            wrong = len(BAD.findall(text))
            bad, good = bad + wrong, good + len(OUTSIDE_ASCII.findall(text)) - wrong
            if wrong and not sample:
                sample = b"\n".join(line for line in chunk.splitlines() if not line.isascii())[:HEAD]
        chunk = stream.read(MEGABYTE)
    return good, bad, sample, False


def divider_of(line: str) -> str:
    """The sign that divides the header's names: the commonest of comma, semicolon, tab and bar."""
    outside = re.sub(r'"[^"]*"', "", line)
    return max(DIVIDERS, key=outside.count)


def header_line(start: str) -> str:
    """The first line that holds anything."""
    return next((line for line in start.lstrip("\ufeff").splitlines() if line.strip(" \t,;|")), "")


def tidy(name: str) -> str:
    """A column's name without the marks, spaces and quotation marks that programs put round it."""
    return re.sub(r"\s+", " ", name.replace("\ufeff", "").replace("\u200b", "")).strip().strip('"').strip()


def lines_of(opened: Opened) -> Iterator[tuple[int, str | NotReadable]]:
    """Each line that holds anything, with its number; a line over 4 MB is refused and stepped over."""
    with opened.text() as text:
        number = 0
        while line := text.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE and not line.endswith("\n"):
                while rest := text.readline(LONGEST_LINE):
                    if rest.endswith("\n"):
                        break
                why = "This line is longer than 4 MB; the file of rejects holds its beginning only."
                yield number, NotReadable(why, "Put one contribution on a line.", stood=line[:SHOWN])
            elif line.strip("\ufeff \t\r\n"):
                yield number, line.lstrip("\ufeff")
