"""What is done and its line in the ledger are in one transaction: neither is there without the other."""

import ast
from dataclasses import dataclass
from pathlib import Path

from .tracked import ROOT

WRITES = {"record", "record_each"}
PACKAGE = ROOT / "src" / "alongside"


@dataclass(frozen=True)
class Call:
    """One call as the code spells it: where, in which function, and whether a transaction is begun around it there."""

    module: Path
    function: str
    name: str
    of: str
    together: bool


def is_atomic(node: ast.expr) -> bool:
    return "atomic" in ast.unparse(node)


def calls_in(module: Path, node: ast.AST, function: str = "", together: bool = False) -> list[Call]:
    if isinstance(node, ast.FunctionDef):
        function, together = node.name, any(is_atomic(one) for one in node.decorator_list)
    elif isinstance(node, ast.With):
        together = together or any(is_atomic(one.context_expr) for one in node.items)
    found: list[Call] = []
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        of = ast.unparse(node.args[0]) if node.args else ""
        found.append(Call(module, function, name, of, together))
    for one in ast.iter_child_nodes(node):
        found += calls_in(module, one, function, together)
    return found


def in_the_product() -> list[Call]:
    paths = (path for path in PACKAGE.rglob("*.py") if not {"tests", "migrations"} & set(path.parts))
    return [call for path in paths for call in calls_in(path, ast.parse(path.read_text("utf-8")))]


def without_a_transaction(calls: list[Call]) -> set[str]:
    """Functions that write a line of something done, and begin no transaction themselves. A look changes nothing: its
    line is written when the answer is made."""
    lines = [one for one in calls if one.name in WRITES and "VIEW" not in one.of and not one.together]
    return {f"{one.module.relative_to(PACKAGE)} {one.function}" for one in lines}


# Each with whose transaction its line is in.
IN_THAT_OF = {
    "agencies/addresses.py claim": "invite",
    "agencies/sign_in.py wrong_code": "its own: nothing is done beside the line",
    "chronology/releasing.py _same_child": "release",
    "contributions/actions.py _write": "accept",
    "contributions/calling.py _write": "calls_to_make",
    "demo/plan.py begin": "its own: nothing is done beside the line",
    "keeping/actions.py _decide": "approve, refuse",
    "keeping/actions.py _dispose": "approve",
    "linkage/actions.py move": "unlink, decide_pair, undo_decision, relink",
    "linkage/arriving.py _save": "flow.follow_pending",
    "people/closing.py _write_down": "restrict, name_reader, leave_out, hand_over, lift, carry_over",
    "people/emergency.py tell_that_it_was_asked": "ask_in_emergency",
    "sharing/actions.py _disclosed": "give, give_now, record_rest",
    "sharing/letters.py write_letter": "its own: a letter that left is not called back",
}


def test_whatever_is_done_is_in_one_transaction_with_its_line():
    assert without_a_transaction(in_the_product()) == set(IN_THAT_OF)


def test_an_erasure_whose_line_comes_by_itself_is_found():
    text = """
def forget(rows):
    rows.delete()
    record(Operation.ERASE, "rows")

@transaction.atomic
def forget_together(rows):
    rows.delete()
    record(Operation.ERASE, "rows")
"""
    calls = calls_in(PACKAGE / "example.py", ast.parse(text))
    assert without_a_transaction(calls) == {"example.py forget"}
