"""An address for every page there is, whatever it needs: invented references that lead to nothing."""

import re
from collections.abc import Iterator
from uuid import UUID

from tests.house.tracked import pages

PART = re.compile(r"<(?:(\w+):)?\w+>")
INVENTED = {"uuid": str(UUID(int=0)), "int": "1", "str": "NONE", "slug": "none", "path": "none"}
# One way of writing for those addresses that are patterns rather than paths.
PATTERN_SIGNS = re.compile(r"[\^$]|\(\?P<\w+>.*?\)")


def every_address() -> Iterator[tuple[str, str]]:
    """Each page's name and an address that reaches it."""
    for address, pattern in pages():
        filled = PART.sub(lambda part: INVENTED[part[1] or "str"], address)
        yield pattern.name or address, "/" + PATTERN_SIGNS.sub("", filled).replace("\\", "")
