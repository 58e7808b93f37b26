"""What `alongside ingest` says of what it cannot take in."""

import pytest

from alongside.cli.ingest import in_words

LONG = "This XML declares a document type or entities, which can hide a bomb or reach for other files."


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ({"row": 0, "field": "", "rule": LONG, "mend": "Send it without."}, f"{LONG} Send it without."),
        ({"row": 3, "field": "kind", "rule": "No.", "mend": "Use one."}, "No. (row 3, kind: 'x') Use one."),
        ({"row": 3, "field": "", "rule": "No.", "mend": "Use one."}, "No. (row 3: 'x') Use one."),
    ],
)
def test_a_rule_is_said_whole_with_its_place_and_its_mend(error, said):
    assert in_words({"value": "x", **error}) == said
