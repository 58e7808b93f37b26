"""Whatever the code writes into the ledger reads as a sentence there, about something that has a name."""

import ast
from collections.abc import Iterator

from alongside.ledger.sentences import ABOUT, SAID

from .tracked import short, tracked

WRITERS = ("record", "record_each", "write_down", "_write_down")
GUARDS = ("looks_at_child",)


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call of the product's own code: where, the call, the name it calls."""
    for path in tracked("src/alongside/*.py"):
        if "tests" not in path.parts and "migrations" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                    yield f"{short(path)}:{node.lineno}", node, name


def words_written() -> Iterator[tuple[str, str]]:
    """Each fixed word that is written as what was done, and where."""
    for where, call, name in calls():
        kept = [one for one in call.args[:2] if name in WRITERS]
        kept += [one.value for one in call.keywords if one.arg == "what" and name in GUARDS]
        for one in kept:
            if isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield where, one.value


def test_each_line_has_its_sentence():
    written = list(words_written())
    assert len(written) > 90
    assert [(where, word) for where, word in written if word not in SAID] == []


def test_each_thing_that_a_line_is_about_has_a_name():
    """`about=f"hold:{…}"`: what stands before the colon."""
    begun = {
        (where, one.value.values[0].value)
        for where, call, name in calls()
        if name in WRITERS
        for one in call.keywords
        if one.arg == "about" and isinstance(one.value, ast.JoinedStr) and isinstance(one.value.values[0], ast.Constant)
    }
    assert len(begun) > 8
    assert sorted((where, word) for where, word in begun if word not in ABOUT) == []
