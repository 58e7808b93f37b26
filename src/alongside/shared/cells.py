"""A cell of a CSV as a spreadsheet may open it: words that would be reckoned as a formula stay words.

The value is kept: an apostrophe stands before it, and before a value that begins with one, so that reading our own file
back takes exactly that apostrophe away.
"""

import re

MARK = "'"
# What Excel, LibreOffice and Google Sheets begin to reckon at, also full-width and behind blanks or quotation marks.
RECKONED = re.compile(r"[\s\"\u200b\ufeff]*[=+\-@|%＝＋－＠]|[\t\r\n\v\f]")


def inert(value: str) -> str:
    """The value as it may stand in a file of ours."""
    return MARK + value if value.startswith(MARK) or RECKONED.match(value) else value


def plain(cell: str) -> str:
    """The value again, of a cell that `inert` gave."""
    value = cell[len(MARK) :]
    return value if cell.startswith(MARK) and inert(value) == cell else cell
