"""Where in a TOML file something stands: the reader of TOML does not say."""

import re
from collections.abc import Iterator

HEADER = re.compile(r"\s*(?P<open>\[{1,2})\s*(?P<name>[^\[\]]+?)\s*\]{1,2}\s*(#.*)?")
KEY = re.compile(r"""\s*(?P<name>"[^"]+"|'[^']+'|[A-Za-z0-9_-]+)\s*=""")

Where = tuple[str | int, ...]


def line_of(text: str, where: Where) -> int:
    """The line of the value at `where`, or of the nearest thing around it; 1 where nothing is."""
    depth, found = 0, 1
    for number, place in _places(text):
        if len(place) > depth and place == where[: len(place)]:
            depth, found = len(place), number
    return found


def _places(text: str) -> Iterator[tuple[int, Where]]:
    """Each line that begins something, and what it begins."""
    counts: dict[Where, int] = {}
    table: Where = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := HEADER.fullmatch(line):
            table = _table(header, counts)
            yield number, table
        elif key := KEY.match(line):
            yield number, (*table, key["name"].strip("\"'"))


def _table(header: re.Match[str], counts: dict[Where, int]) -> Where:
    """`[[fields]]` for the third time is ("fields", 2); `[fields.choices]` after it is in that one."""
    names = [name.strip().strip("\"'") for name in header["name"].split(".")]
    place: Where = ()
    for number, name in enumerate(names, start=1):
        place = (*place, name)
        if header["open"] == "[[" and number == len(names):
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = (*place, counts[place])
    return place
