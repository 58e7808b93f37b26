"""What the documentation tells a reader to type works as it says, in an empty folder on a machine with nothing set."""

import re
import shutil

import pytest

from tests.house.tracked import ROOT, short, tracked

from .console import Command, commands, follow, pattern, steps

PAGES = [page for page in tracked("docs/*.md") if any(isinstance(step, Command) for step in steps(page))]


@pytest.mark.parametrize("guide", PAGES, ids=short)
def test_a_guide_can_be_followed(guide, tmp_path, free_port):
    missing = [name for name in ("bash", "curl") if not shutil.which(name)]
    assert not missing, f"The pages of the documentation are tried with {missing}: install them."
    wrong = follow(guide, tmp_path, port=free_port)
    assert not wrong, "\n\n".join(wrong)


def test_there_is_a_page_to_follow_for_each_way_of_learning():
    kinds = {page.parent.name for page in PAGES}
    assert {"tutorials", "how-to"} <= kinds


PATHS = re.compile(r"`((?:src|docs|scripts|tests|benchmarks|requirements)/[\w./-]+)`")


def test_paths_that_the_documentation_names_exist():
    named = {(short(page), path) for page in tracked("*.md") for path in PATHS.findall(page.read_text())}
    assert named
    assert [f"{page}: {path}" for page, path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(
    ("said", "printed", "fits"),
    [
        ("3 rows", "3 rows", True),
        ("3 rows", "4 rows", False),
        ("Key … for Police:\n…", "Key 7 of Niche for Police:\nabc\ndef", True),
        ("a … c", "a b\nc", False),
        ("first\n…\nlast", "first\nsecond\nthird\nlast", True),
        ("what. (really)", "what! (really)", False),
        ("only\n…", "only", True),
        ("only\n…", "only one", False),
        ("…\nlast", "last", True),
        ("…", "a\nb", True),
    ],
)
def test_three_dots_stand_for_anything(said, printed, fits):
    assert bool(re.fullmatch(pattern(said), printed)) is fits


def test_a_long_command_goes_on_in_the_next_line():
    (one, two) = commands(["$ alongside seat give \\", "  --name Amina", "Amina has a seat", "$ alongside state"])
    assert one.typed == "alongside seat give \\\n  --name Amina"
    assert one.prints == ["Amina has a seat"]
    assert two.typed == "alongside state"
