"""Rows under a header, from CSV in any of its dialects or from a spreadsheet, as names and texts."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from alongside.contributions.rules import Problem

from .arrivals import Arrival, Refused
from .reading import BAD, Opened, rows_of_text, tidy
from .safety import AS_CSV, NotReadable, check_spreadsheet

Row = dict[str, str]
# A column that our own rejects files add; what stands in it is for people, and ignored when it is fed back.
PROBLEM = "problem"


def columns_of(opened: Opened) -> tuple[str, ...]:
    """The names in the header, in order. Raises NotReadable where one name stands twice."""
    _, cells = next(_cells(opened), (0, []))
    if isinstance(cells, NotReadable):
        raise cells
    names = tuple(tidy(cell) for cell in cells)
    twice = [name for name, count in Counter(filter(None, names)).items() if count > 1]
    if twice:
        raise NotReadable(
            f"The header has the same name twice: {', '.join(twice)}.",
            "Rename or delete one of the two columns.",
        )
    return names


def rows(opened: Opened, columns: tuple[str, ...]) -> Iterator[tuple[int, Row] | Refused]:
    """Every row after the header as name → text, or the reason why it could not be divided."""
    cells = _cells(opened)
    next(cells)
    for number, row in cells:
        if isinstance(row, NotReadable):
            yield Refused(number, (Problem("", "", row.rule, row.mend),), {})
            continue
        if len(row) > len(columns) and any(row[len(columns) :]):
            yield _too_wide(number, row, columns)
            continue
        told = {name: cell for name, cell in zip_longest(columns, row, fillvalue="") if name and name != PROBLEM}
        unread = next((name for name, cell in told.items() if BAD.search(cell)), None)
        yield _unread(number, unread, told) if unread else (number, told)


def each(
    opened: Opened,
    columns: tuple[str, ...],
    say: Callable[[int, Row], Arrival | list[Problem]],
    known: tuple[str, ...] = (),
) -> Iterator[Arrival]:
    """What `say` makes of every row; where it answers with problems, the row is refused with them.

    `known`: the names that `say` uses, which a file may write in any case.
    """
    ours = {name.casefold(): name for name in known}
    named = tuple(ours.get(column.casefold(), column) for column in columns)
    for row in rows(opened, named):
        if isinstance(row, Refused):
            yield row
            continue
        answer = say(*row)
        yield Refused(row[0], tuple(answer), dict(row[1])) if isinstance(answer, list) else answer


def _too_wide(number: int, row: list[str], columns: tuple[str, ...]) -> Refused:
    problem = Problem(
        "",
        str(row[len(columns)])[:200],
        f"This row has {len(row)} cells, the header {len(columns)}.",
        "Put a text that holds the dividing sign in quotation marks.",
    )
    return Refused(number, (problem,), dict(zip(columns, row, strict=False)))


def _unread(number: int, field: str, told: Row) -> Refused:
    value = BAD.sub("\ufffd", told[field])
    problem = Problem(field, value[:200], "This holds a character we could not read.", "Save the file as UTF-8.")
    return Refused(number, (problem,), {name: BAD.sub("\ufffd", cell) for name, cell in told.items()})


def _cells(opened: Opened) -> Iterator[tuple[int, list[str] | NotReadable]]:
    return _sheet_cells(opened) if opened.sheet else rows_of_text(opened)


def _sheet_cells(opened: Opened) -> Iterator[tuple[int, list[str] | NotReadable]]:
    """The first sheet that holds anything."""
    check_spreadsheet(opened.path)
    try:
        book = load_workbook(opened.path)
        yield from _first_sheet(book)
    except (CalamineError, OSError, ValueError) as failure:
        raise NotReadable(f"This spreadsheet could not be read ({failure}).", AS_CSV) from None


def _first_sheet(book: CalamineWorkbook) -> Iterator[tuple[int, list[str] | NotReadable]]:
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells = [as_text(cell) for cell in row]
            if any(cells):
                yield number, cells
        return
    raise NotReadable("The spreadsheet holds no rows.", "Put the header and rows in its first sheet.")


def as_text(cell: Any) -> str:
    """What a spreadsheet shows: 7 for 7.0, the day alone for a date at midnight."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).strip()
