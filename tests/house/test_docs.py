"""Documentation says what is so: commands exist, decisions are numbered, words are there, pages are fresh."""

import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from alongside.cli import app
from alongside.demo.practitioners import CARDS

from .tracked import ROOT, short, tracked

DECISIONS = [path for path in tracked("docs/decisions/*.md") if path.name != "README.md"]
GUIDES = [*tracked("*.md")]
ROOMS = sorted(path.parent for path in tracked("src/alongside/*/__init__.py") if path.parent.parent.name == "alongside")


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_decisions_have_one_number_in_name_heading_and_index():
    index = read("docs/decisions/README.md")
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        number, title = re.match(r"# (\d{4}) (.+)", path.read_text()).groups()
        assert path.name.startswith(number)
        assert f"[{number}]({path.name}) | {title} |" in index
        assert re.search(r"^Status: (Accepted|Replaced by \d{4})$", path.read_text(), re.MULTILINE)


def test_commands_that_the_documentation_names_exist():
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    named = {name for path in GUIDES for name in re.findall(r"`make ([a-z-]+)", path.read_text())}
    assert named <= targets


def test_the_readme_names_everybody_whom_one_can_be():
    named = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \|$", read("README.md"), re.MULTILINE)
    assert sorted(named[2:]) == sorted(card.name for card in CARDS)


def test_a_make_target_is_said_once():
    said = re.findall(r"^([a-z-]+):.*## ", read("Makefile"), re.MULTILINE)
    assert sorted(said) == sorted(set(said))


def test_the_readme_and_the_makefile_name_the_same_targets():
    makefile = read("Makefile")
    phony = set(re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split())
    explained = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    listed = re.search(r"`make` lists the others: (.+?)\.\n", read("README.md"), re.DOTALL)[1]
    assert phony == explained
    assert {"help", "demo", "test", *re.findall(r"`([a-z-]+)`", listed)} == explained


@pytest.mark.parametrize(
    "words",
    [
        "",
        "demo",
        "serve",
        "ingest",
        "brief",
        "link",
        "search",
        "rebuild chronology",
        "seat give",
        "seat list",
        "seat password",
        "seat end",
        "seat suspend",
        "seat lift",
        "seat keep",
        "seat link",
        "seat give-back",
        "token make",
        "token end",
        "state",
        "playbook check",
        "check",
        "backup",
        "restore",
        "keys index",
        "keys make",
        "keys rotate",
    ],
)
def test_every_command_explains_itself(words):
    said = CliRunner().invoke(app, [*words.split(), "--help"])
    assert said.exit_code == 0
    assert "Usage" in said.output


def test_links_between_our_pages_lead_somewhere():
    broken = [
        f"{short(path)}: {target}"
        for path in GUIDES
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text())
        if not (path.parent / target).exists()
    ]
    assert not broken


def test_every_setting_is_documented():
    used = set(re.findall(r'(?:env\.\w+|secret)\(\s*"(\w+)"', read("src/alongside/config/settings.py")))
    used |= {
        "DATABASE_URL",
        *re.findall(r'^\w*KEYS? = "(ALONGSIDE_\w+)"', read("src/alongside/keeping/backup.py"), re.M),
    }
    told = set(re.findall(r"^\| `(\w+)`", read("docs/reference/settings.md"), re.MULTILINE))
    assert used == told


def test_pages_that_come_from_the_code_are_fresh():
    done = subprocess.run([sys.executable, "scripts/write_reference.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_every_room_says_what_it_is():
    assert ROOMS
    missing = [room.name for room in ROOMS if not (room / "README.md").exists()]
    assert not missing, f"Write a README.md of about ten lines in: {missing}"


def test_words_are_in_order_and_each_once():
    words = re.findall(r"^\| ([^|`]+) \|", read("docs/reference/words.md"), re.MULTILINE)[2:]
    assert words == sorted(words, key=lambda word: (word[0].isdigit(), word.lower()))
    assert len(words) == len(set(words)) > 30


def test_every_setting_that_a_page_names_is_read_somewhere():
    """A page once named a setting by a name that nothing read: whoever followed it changed nothing."""
    pages = [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]
    named = {name for page in pages for name in re.findall(r"\bALONGSIDE_[A-Z_]+\b", page.read_text("utf-8"))}
    code = [path for folder in ("src", "benchmarks", "scripts") for path in (ROOT / folder).rglob("*.py")]
    read = set(
        re.findall(
            r"\bALONGSIDE_[A-Z_]+\b", "\n".join(path.read_text("utf-8") for path in [*code, ROOT / "conftest.py"])
        )
    )
    # Of a secret, the file in which it lies may be named instead.
    assert {name.removesuffix("_FILE") for name in named} <= read
