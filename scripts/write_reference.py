"""Writes the pages of docs/reference that come from the code: `make docs`. `--check` only says whether they do."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
FROM_CODE = "<!-- Written by `make docs` from the code: change it there. -->"


def permissions() -> str:
    """Each permission word with what it lets somebody do, and each role with its words."""
    from alongside.access.permissions import DESCRIPTIONS
    from alongside.access.roles import ROLES

    words = [f"| `{word}` | {sentence} |" for word, sentence in DESCRIPTIONS.items()]
    held = {key: ", ".join(f"`{word}`" for word in sorted(role.permissions)) for key, role in ROLES.items()}
    roles = [f"| {role.name} (`{key}`) | {role.description} | {held[key]} |" for key, role in ROLES.items()]
    lines = [
        *("# Permissions and roles", "", FROM_CODE, ""),
        "Everything is refused unless a role below has the word for it. What a practitioner sees of one child",
        *("also depends on how near they stand to that child: see the levels in `access/rules.py`.", ""),
        *("| word | lets a practitioner |", "| --- | --- |", *words, ""),
        *("| role | who | words |", "| --- | --- | --- |", *roles, ""),
    ]
    return "\n".join(lines)


PAGES = {"permissions.md": permissions}


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
