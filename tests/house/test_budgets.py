"""The tail has a budget: files, functions and templates that grow past it are split, or have a decision's number."""

import ast
import tomllib

import pytest

from .tracked import ROOT, short, tracked

MOST_LINES, MOST_TEST_LINES, MOST_IN_A_FUNCTION, MOST_IN_A_TEMPLATE = 300, 500, 30, 80
ALLOWED = tomllib.loads((ROOT / "budgets.toml").read_text())
# Steps of the database are generated and, once they have run somewhere, never edited: none is split.
PYTHON = [path for path in tracked("*.py") if "migrations" not in path.parts]
TEMPLATES = tracked("src/*.html")


def budget(path):
    if short(path) in ALLOWED:
        return ALLOWED[short(path)]["lines"]
    if path.suffix == ".html":
        return MOST_IN_A_TEMPLATE
    return MOST_TEST_LINES if "tests" in path.parts else MOST_LINES


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("paths", [PYTHON, TEMPLATES], ids=["python", "templates"])
def test_no_file_is_longer_than_its_budget(paths):
    assert paths
    long = [f"{short(path)}: {lines(path)} of {budget(path)}" for path in paths if lines(path) > budget(path)]
    assert not long, "Split, or write the decision that allows it:\n" + "\n".join(long)


def test_no_function_is_longer_than_its_budget():
    long = [
        f"{short(path)}: {one.name} has {one.end_lineno - one.lineno + 1} lines"
        for path in PYTHON
        for one in functions(path)
        if one.end_lineno - one.lineno + 1 > MOST_IN_A_FUNCTION
    ]
    assert not long, "Split:\n" + "\n".join(long)


def test_what_is_allowed_is_still_needed_and_was_decided():
    decisions = {path.name[:4] for path in tracked("docs/decisions/*.md")}
    for name, allowed in ALLOWED.items():
        assert allowed["decision"] in decisions, f"{name}: no decision {allowed['decision']}"
        assert lines(ROOT / name) > MOST_IN_A_TEMPLATE, f"{name}: no longer over its budget"
