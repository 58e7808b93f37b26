"""The features of a GeoJSON file one at a time, so that a file of any length fits in memory."""

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from alongside.connectors.safety import MEGABYTE, NotReadable

BEGINS = re.compile(r'"features"\s*:\s*\[')
BETWEEN = re.compile(r"[\s,]*")
PIECE = 256 * 1024
LARGEST_FEATURE = 32 * MEGABYTE


def features(stream: IO[str]) -> Iterator[Any]:
    """Each member of "features", as read. Raises NotReadable where the file breaks off or runs wild."""
    text = stream.read(PIECE)
    while not (found := BEGINS.search(text)):
        more = stream.read(PIECE)
        if not more or len(text) > LARGEST_FEATURE:
            raise NotReadable("This GeoJSON holds no list of features.", "Send a FeatureCollection.")
        text += more
    text = text[found.end() :]
    decoder = json.JSONDecoder()
    while True:
        text = text[BETWEEN.match(text).end() :]  # type: ignore[union-attr]
        if text.startswith("]"):
            return
        try:
            feature, end = decoder.raw_decode(text)
        except json.JSONDecodeError as failure:
            more = stream.read(max(PIECE, len(text)))
            if not more or len(text) > LARGEST_FEATURE:
                raise NotReadable(f"The GeoJSON breaks off ({failure.msg}).", "Export the file again.") from None
            text += more
            continue
        except (RecursionError, ValueError):
            # Python reads no number of more than 4,300 digits.
            raise NotReadable("The GeoJSON is nested, or a number long, without end.", "Export it again.") from None
        yield feature
        text = text[end:]
