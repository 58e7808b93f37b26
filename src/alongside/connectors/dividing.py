"""Divides text into rows and cells: a quotation mark that is never closed costs its own row and no other."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import IO

from .reading import LONGEST_LINE, Opened, divider_of, header_line
from .safety import NotReadable

# No cell of any format we read is longer; a cell that is was opened with a mark and not closed.
LONGEST_CELL = 64 * 1024
csv.field_size_limit(LONGEST_CELL)
# Fewer cells than this also stand in a line of prose.
ENOUGH_FOR_A_ROW = 3
MEND = "Close the quotation mark on this row; inside a text, write each one twice."


class Lines:
    """The lines of a text. Those of the row being divided are kept, so that all but its first can be read again."""

    def __init__(self, text: IO[str]) -> None:
        self.text = text
        self.again: deque[str] = deque()
        self.row: list[str] = []
        self.begins = 1

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self.again.popleft() if self.again else self.text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.row.append(line)
        return line

    def next_row(self) -> None:
        self.begins += len(self.row)
        self.row = []

    def keep_the_first(self) -> None:
        """Only the first line belongs to this row: the others are read again, each as its own."""
        self.again.extendleft(reversed(self.row[1:]))
        del self.row[1:]


def rows_of_text(opened: Opened) -> Iterator[tuple[int, list[str] | NotReadable]]:
    """(the line a row begins on, its cells), the header included; a row that cannot be divided says why."""
    divider = divider_of(header_line(opened.start))
    with opened.text() as text:
        lines, width = Lines(text), 0
        reader = csv.reader(lines, delimiter=divider, strict=True)
        while True:
            lines.next_row()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as failure:
                yield lines.begins, _undivided(lines, str(failure))
                continue
            width = width or len(cells)
            if len(lines.row) > 1 and _swallows(lines.row[1:], cells[:2], divider, width):
                yield lines.begins, _undivided(lines, "")
            elif any(cells):
                yield lines.begins, cells


def _swallows(inside: list[str], beginning: list[str], divider: str, width: int) -> bool:
    """Whether a line inside a cell is a whole row of its own: it has the header's width, or begins as this row does."""
    return any(_is_row(line, beginning, divider, width) for line in inside)


def _is_row(line: str, beginning: list[str], divider: str, width: int) -> bool:
    try:
        cells = next(csv.reader([line], delimiter=divider, strict=True), [])
    except csv.Error:
        return False
    if len(cells) < ENOUGH_FOR_A_ROW:
        return False
    # Prose has a space after its commas; a program that writes rows has none.
    spaced = sum(cell.startswith(" ") for cell in cells)
    return cells[:2] == beginning or (len(cells) == width and 2 * spaced < width)


def _undivided(lines: Lines, failure: str) -> NotReadable:
    """Why this row cannot be divided, with the rows that would have ended up inside it."""
    first, last = lines.begins + 1, lines.begins + len(lines.row) - 1
    if last >= first:
        rows = f"row {first}" if first == last else f"rows {first} to {last}"
        why = f"A cell on this row never ends: {rows} inside it were read alone."
    elif "limit" in failure or "end of data" in failure:
        why = f"A cell on this row never ends, or is longer than {LONGEST_CELL // 1024} KB."
    else:
        why = f"A quotation mark stands inside a text on this row ({failure})."
    lines.keep_the_first()
    return NotReadable(why, MEND, stood=lines.row[0].rstrip("\r\n"))
