"""How the process that reads a file hands its rows over: row by row, and nothing but data of the kinds named here."""

import io
import pickle
from collections.abc import Iterator
from typing import Any

from alongside.places.models import AnonymousIncident, Area, Deprivation, Establishment

from .arrivals import Arrival, Known, Refused, Told

# A row that holds more than this is no row of a record about a child.
LONGEST_FRAME = 64 * 1024 * 1024
# Rows wait for each other until they are this many, or hold this many bytes.
ROWS, BYTES = 1_000, 4 * 1024 * 1024
OURS = {
    ("alongside.connectors.arrivals", "Told"),
    ("alongside.connectors.arrivals", "Known"),
    ("alongside.connectors.arrivals", "Refused"),
    ("alongside.contributions.rules", "Problem"),
    ("alongside.places.models", "AreaKind"),
    ("django.db.models.base", "model_unpickle"),
    ("django.db.models.base", "ModelState"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("decimal", "Decimal"),
}

PLACES = (AnonymousIncident, Area, Deprivation, Establishment)


class OnlyData(pickle.Unpickler):
    """Refuses whatever is not a row: a reader that a file has taken over can call nothing here."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in OURS:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a row")
        return super().find_class(module, name)


def packed(row: Arrival) -> bytes:
    return pickle.dumps(row, protocol=pickle.HIGHEST_PROTOCOL)


def unpacked(frame: bytes) -> Iterator[Arrival]:
    """Every row of one frame."""
    stream = io.BytesIO(frame)
    while stream.tell() < len(frame):
        row = OnlyData(stream).load()
        if not isinstance(row, Told | Refused) and not (isinstance(row, Known) and all_places(row)):
            raise pickle.UnpicklingError("this is no row")
        yield row


def all_places(row: Known) -> bool:
    """Whether it speaks of places only: a row of any other table would be written as it came."""
    return all(type(thing) in PLACES for thing in row.things)
