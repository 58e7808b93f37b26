"""Rows under a header, from CSV in any of its dialects or from a spreadsheet, as names and texts."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from alongside.contributions.rules import Problem
from alongside.shared.cells import plain

from .arrivals import Arrival, Refused
from .dividing import rows_of_text
from .reading import BAD, Opened, tidy
from .safety import AS_CSV, NotReadable, check_spreadsheet

Row = dict[str, str]
# A column that our own rejects files add; what stands in it is for people, and ignored when it is fed back.
PROBLEM = "problem"
# This one holds what found no place under the header; while anything stands in it the row is refused.
LEFT_OVER = "left over"
OURS = frozenset({PROBLEM, LEFT_OVER})


def columns_of(opened: Opened) -> tuple[str, ...]:
    """The names in the header, in order. Raises NotReadable where one name stands twice."""
    _, cells = next(_cells(opened), (0, []))
    if isinstance(cells, NotReadable):
        raise cells
    names = tuple(tidy(cell) for cell in cells)
    if LEFT_OVER in names:
        names = tuple(plain(name) for name in names)
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
    # In a file of rejects, which we wrote ourselves, formulas are marked so that no spreadsheet reckons them.
    marked = LEFT_OVER in columns
    for number, row in cells:
        if isinstance(row, NotReadable):
            blank = dict.fromkeys(name for name in columns if name and name not in OURS)
            left_over = {LEFT_OVER: BAD.sub("\ufffd", row.stood)}
            yield Refused(number, (Problem("", "", row.rule, row.mend),), blank | left_over)
            continue
        yield _row(number, [plain(cell) for cell in row] if marked else row, columns)


def _row(number: int, cells: list[str], columns: tuple[str, ...]) -> tuple[int, Row] | Refused:
    named = {name: cell for name, cell in zip_longest(columns, cells[: len(columns)], fillvalue="") if name}
    told = {name: cell for name, cell in named.items() if name not in OURS}
    if any(cells[len(columns) :]):
        return _too_wide(number, cells, columns, told)
    if named.get(LEFT_OVER):
        return _not_mended(number, named[LEFT_OVER], told)
    unread = next((name for name, cell in told.items() if BAD.search(cell)), None)
    return _unread(number, unread, told) if unread else (number, told)


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


def _too_wide(number: int, cells: list[str], columns: tuple[str, ...], told: Row) -> Refused:
    surplus = [cell for cell in cells[len(columns) :] if cell]
    problem = Problem(
        "",
        surplus[0][:200],
        f"This row has {len(cells)} cells, the header {len(columns)}.",
        "Put a text that holds the dividing sign in quotation marks.",
    )
    return _handed_back(number, problem, told, " | ".join(surplus))


def _not_mended(number: int, left_over: str, told: Row) -> Refused:
    why = f"This row still has something in its column “{LEFT_OVER}”."
    problem = Problem(LEFT_OVER, left_over[:200], why, "Move it to the columns where it belongs, then empty the cell.")
    return _handed_back(number, problem, told, left_over)


def _unread(number: int, field: str, told: Row) -> Refused:
    value = BAD.sub("\ufffd", told[field])
    mend = f"Save the file as UTF-8, or write it out and empty the column “{LEFT_OVER}”."
    problem = Problem(field, value[:200], "This holds a character we could not read.", mend)
    return _handed_back(number, problem, told, f"{field}: {value}")


def _handed_back(number: int, problem: Problem, told: Row, left_over: str) -> Refused:
    """As it came, and what must be seen to before it is taken in."""
    row = told | {LEFT_OVER: left_over}
    return Refused(number, (problem,), {name: BAD.sub("\ufffd", cell) for name, cell in row.items()})


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
