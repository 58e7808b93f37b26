"""The inventory of keys is whole: no key of the settings is without its use, its limits and when it is changed."""

import re

from .tracked import ROOT

THREATS = (ROOT / "docs" / "explanation" / "threats.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(ALONGSIDE_\w+)` \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def test_every_key_of_the_settings_is_in_the_inventory():
    named = {name for name in re.findall(r"ALONGSIDE_\w*KEYS?\w*", SETTINGS) if not name.endswith("_FILE")}
    first = {name for name in named if "_OLD_" not in name and not name.endswith("_BEFORE")}
    rows = {name: row for name, *row in ROW.findall(THREATS.partition("### The keys")[2])}
    assert set(rows) == first
    # Keys of before stand in the row of the key that took their place.
    assert all(any(old in " ".join(row) for row in rows.values()) for old in named - first)


def test_everything_sealed_or_signed_names_a_key_of_the_inventory():
    sealed = re.findall(r"^\| .+ \| .+ \| (?:from )?`(ALONGSIDE_\w+)` \|$", THREATS, re.MULTILINE)
    inventory = {name for name, *_ in ROW.findall(THREATS.partition("### The keys")[2])}
    assert set(sealed) == inventory
