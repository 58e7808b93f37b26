"""What stands in the repository: no machine's paths, no registry's address, no word that blames, no loose ends."""

import re
import tomllib
from hashlib import sha256

import pytest

from .tracked import ROOT, short, tracked

TEXT = {".py", ".md", ".toml", ".txt", ".html", ".js", ".scss", ".json", ".yml", ".yaml", ".in", ".cfg", ".sh", ""}
# Spelt in parts, so that this file does not find itself.
MACHINES = re.compile(r"(?<![\w.$}])/(?:" + "work|root|home" + r")/\w")
REGISTRIES = re.compile(
    "|".join([r"py" + r"pi\.org", r"pythonhosted\.org", r"registry\.npm" + r"js\.org", "/opt/" + "wheels"])
)
LOOSE_ENDS = re.compile(r"\b(" + "TO" + "DO|FIX" + "ME|X" + r"XX)\b")
UNKIND = re.compile(
    r"\b(please|invalid|RAG|lifestyle choice|streetwise|putting (him|her|them)sel(f|ves) at risk)\b", re.I
)
VAGUE_MODULES = {"utils.py", "helpers.py", "common.py", "manager.py", "misc.py", "data.py"}


def lines_with(pattern, paths):
    return [
        f"{short(path)}:{number}: {line.strip()[:100]}"
        for path in paths
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize(
    ("what", "pattern"),
    [("a machine's path", MACHINES), ("a registry's address", REGISTRIES), ("a loose end", LOOSE_ENDS)],
)
def test_the_repository_holds_no(what, pattern):
    found = [line for line in lines_with(pattern, tracked()) if "package-lock.json" not in line]
    assert not found, f"Found {what}:\n" + "\n".join(found)


def test_templates_speak_kindly():
    found = lines_with(UNKIND, tracked("src/*.html"))
    assert not found, "\n".join(found)


def test_modules_have_the_trades_names():
    assert [short(path) for path in tracked("src/*.py") if path.name in VAGUE_MODULES] == []


def test_at_most_thirty_requirements_each_with_its_reason():
    source = (ROOT / "pyproject.toml").read_text()
    wanted = tomllib.loads(source)["project"]["dependencies"]
    told = re.search(r"^dependencies = \[\n(.*?)^\]", source, re.DOTALL | re.MULTILINE)[1].splitlines()
    assert len(wanted) <= 30
    assert [line for line in told if not re.match(r'  "[^"]+",\s+# \w', line)] == []


def test_what_is_pinned_is_what_is_wanted():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    asked = [line.split("#")[0].strip() for line in (ROOT / "requirements/core.in").read_text().splitlines()]
    assert sorted(asked) == sorted(wanted)
    pinned = (ROOT / "requirements/core.txt").read_text()
    names = [re.match(r"[\w-]+", one)[0] for one in wanted]
    assert [name for name in names if f"\n{name}==" not in pinned and f"\n{name}[" not in pinned] == []


def test_the_day_on_which_libraries_were_brought_up_to_date_is_of_these_pins():
    """Whoever changes a pin does it by `make requirements` or `make up-to-date`, which keep the day."""
    kept = tomllib.loads((ROOT / "src/alongside/config/libraries.toml").read_text())
    assert kept["pins"] == sha256((ROOT / "requirements/core.txt").read_bytes()).hexdigest()
