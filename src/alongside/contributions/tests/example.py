"""Something told, for tests: a note about a child, with what a test changes."""

from typing import Any


def note(reference: str = "N-1", *, person: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    child = {
        "role": "subject",
        "reference": "C-1",
        "given_name": "Siobhan",
        "family_name": "O'Brien",
        "date_of_birth": "2010-05-01",
        "sex": "F",
        "postcode": "ls8 4aa",
    }
    told = {
        "kind": "general_note",
        "source": {"agency": "leeds-city-council", "system": "mosaic", "reference": reference},
        "occurred_at": "2026-11-22T18:30:00Z",
        "place": {"name": "Bus station", "latitude": 53.797, "longitude": -1.535},
        "narrative": "Seen with two friends, laughing.",
        "people": [child | (person or {})],
    }
    return told | changes
