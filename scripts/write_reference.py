"""Writes the pages of docs/reference that come from the code: `make docs`. `--check` only says whether they do."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
FROM_CODE = "<!-- Written by `make docs` from the code: change it there. -->"


def permissions() -> str:
    """Each permission word with what it lets somebody do, each role with its words, and who may hold which."""
    from alongside.access.permissions import DESCRIPTIONS
    from alongside.access.roles import ROLES

    words = [f"| `{word}` | {sentence} | {held_by(word)} |" for word, sentence in DESCRIPTIONS.items()]
    held = {key: ", ".join(f"`{word}`" for word in sorted(role.permissions)) for key, role in ROLES.items()}
    roles = [f"| {role.name} (`{key}`) | {role.description} | {held[key]} |" for key, role in ROLES.items()]
    lines = [
        *("# Permissions and roles", "", FROM_CODE, ""),
        "Everything is refused unless a role below has the word for it. What a practitioner sees of one child",
        *("also depends on how near they stand to that child: see the levels in `access/rules.py`.", ""),
        "For an information governance lead: a change to who may do what always changes this page. A pull request that",
        *("changes it is one to read; the test of the documentation fails while page and code differ.", ""),
        *("| word | lets a practitioner | held by |", "| --- | --- | --- |", *words, ""),
        *("| role | who | words |", "| --- | --- | --- |", *roles, ""),
        *who_may_hold(),
    ]
    return "\n".join(lines)


def held_by(word: str) -> str:
    """The roles that have this word."""
    from alongside.access.roles import ROLES

    return ", ".join(f"`{key}`" for key, role in ROLES.items() if word in role.permissions)


def who_may_hold() -> list[str]:
    """Roles by agency, and agencies by role, as the playbook of Leeds says."""
    from alongside.access.roles import ROLES
    from alongside.agencies.partners import read_partners

    partners = read_partners(ROOT / "src" / "alongside" / "playbooks" / "leeds" / "agencies.toml")
    gives = [f"| {one.name} | {', '.join(f'`{key}`' for key in one.roles)} |" for one in partners]
    by_role = {key: [one.short_name for one in partners if key in one.roles] for key in ROLES}
    held = [f"| {ROLES[key].name} (`{key}`) | {', '.join(names) or 'nobody'} |" for key, names in by_role.items()]
    return [
        *("## Which agency may give which role", ""),
        "Here the playbook of Leeds (`agencies.toml`). A seat manager gives the roles of their own agency, no other,",
        *("and so does the terminal.", ""),
        *("| agency | may give |", "| --- | --- |", *gives, ""),
        *("| role | may be held by people of |", "| --- | --- |", *held, ""),
    ]


def walk(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Each command that does something, with all the words that call it."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path, command
        return
    for name in sorted(inner):
        if not inner[name].hidden:
            yield from walk(inner[name], f"{path} {name}")


def commands() -> str:
    """Each command of the terminal, with what it takes and what each option says."""
    import typer

    from alongside.cli import app

    lines = ["# The command line", "", FROM_CODE, "", "`--help` after each command says the same."]
    for path, command in walk(typer.main.get_command(app), "alongside"):
        lines += ["", f"## `{path}`", "", " ".join((command.help or "").split()), ""]
        taken = [(called(one), one.help or "") for one in command.params if one.name != "help"]
        lines += ["| takes | |", "| --- | --- |", *(f"| {name} | {says} |" for name, says in taken)] if taken else []
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip() + "\n")


def called(taken: Any) -> str:
    """How an option or an argument is written."""
    if taken.param_type_name == "argument":
        return f"`{taken.name.upper()}`"
    return ", ".join(f"`{name}`" for name in [*taken.opts, *taken.secondary_opts])


def refusals() -> str:
    """Everything for which a server does not start, with its mend."""
    from alongside.config import unsafe, unsafe_database, unsafe_machine, unsafe_pages, unsafe_sign_in

    parts = {
        "The installation": unsafe.RULES,
        "Signing in": {**unsafe_sign_in.EVERYWHERE, **unsafe_sign_in.RULES},
        "Pages, cookies, passwords and logs": unsafe_pages.RULES,
        "The machine and its secrets": unsafe_machine.RULES,
        "The database": {**unsafe_database.KEEPING, **unsafe_database.RULES},
    }
    lines = [
        *("# What a server does not start with", "", FROM_CODE, ""),
        f"`alongside check` says these {sum(map(len, parts.values()))}, and `alongside serve` stops at each.",
        "The demo is asked less, because nobody in it is real and it stays on one machine.",
    ]
    for name, rules in parts.items():
        lines += ["", f"## {name}", "", "| why not | mend |", "| --- | --- |"]
        lines += [f"| {refusal.reason} | {refusal.mend} |" for refusal in rules]
    return "\n".join([*lines, ""])


PAGES = {"permissions.md": permissions, "commands.md": commands, "refused-settings.md": refusals}


def main() -> int:
    """Exit status 1, with --check, when a page is not what the code says."""
    stale = []
    for name, write in PAGES.items():
        page, text = ROOT / "docs" / "reference" / name, write()
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                page.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        print(f"Not what the code says: {', '.join(stale)}. Run make docs.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
