"""Pages of the documentation as a machine reads them: files to write, commands to type, and what those print.

- A block marked `console` holds commands (`$ …`) and what they print. `…` is anything, alone on a line any lines.
- A block marked with a language and a name (`csv visits.csv`) is that file, written where the commands run.
- Every other block is not run: what needs another machine, a root user or a window.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.house.tracked import ROOT

BLOCK = re.compile(r"^( *)```(\w*)(?: (\S+))?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
# Seconds: a page that serves the city is done in twenty where nothing else is going on.
PATIENCE = 300
# Stands for a line of three dots until the lines around it are known.
ANY = "\0"
LAUNCHER = '#!/bin/sh\nexec "{python}" -m alongside "$@"\n'


@dataclass
class Command:
    """One command, and the lines that the page says it prints: none where it says nothing of them."""

    typed: str
    prints: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class File:
    """A file that the reader is asked to write."""

    name: str
    text: str


def steps(page: Path) -> list[Command | File]:
    """Everything on the page that can be done, in order."""
    found: list[Command | File] = []
    for indent, language, name, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        lines = [line.removeprefix(indent) for line in text.splitlines()]
        if name:
            found.append(File(name, "\n".join(lines) + "\n"))
        elif language == "console":
            found += commands(lines)
    return found


def commands(lines: list[str]) -> list[Command]:
    """The commands of one block; one that ends with a backslash goes on in the next line."""
    found: list[Command] = []
    for line in lines:
        if line.startswith("$ "):
            found.append(Command(line[2:]))
        elif found and found[-1].typed.endswith("\\") and not found[-1].prints:
            found[-1].typed += "\n" + line
        else:
            found[-1].prints.append(line)
    return found


def script(wanted: list[Command | File], *, port: int) -> str:
    """One shell session in which each command leaves what it printed and its exit status in files."""
    said = ["trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT"]
    for number, step in enumerate(wanted):
        if isinstance(step, File):
            said.append(f'mkdir -p "$(dirname "{step.name}")"\ncp "$STEPS/{number}.file" "{step.name}"')
        else:
            typed = step.typed.replace("8000", str(port))
            said.append(
                f'{{\n{typed}\n}} >"$STEPS/{number}.out" 2>"$STEPS/{number}.err"; echo $? >"$STEPS/{number}.rc"'
            )
    return "\n".join(said) + "\n"


def environment(home: Path) -> dict[str, str]:
    """The environment of somebody who has just installed Alongside: `alongside` on the path, nothing set."""
    folder = home / "bin"
    folder.mkdir()
    (folder / "alongside").write_text(LAUNCHER.format(python=sys.executable))
    (folder / "alongside").chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_"))}
    path = os.pathsep.join([str(folder), str(Path(sys.executable).parent), kept.get("PATH", "")])
    if not os.geteuid():
        # Where tests run as root, they run in a container of their own.
        kept["ALONGSIDE_MAY_BE_ROOT"] = "true"
    return {**kept, "PATH": path, "PYTHONPATH": str(ROOT / "src"), "STEPS": str(home / "steps")}


def follow(page: Path, home: Path, *, port: int) -> list[str]:
    """Does what the page says, in `home`; gives each step that did not go as the page says."""
    wanted = steps(page)
    (home / "steps").mkdir()
    for number, step in enumerate(wanted):
        if isinstance(step, File):
            (home / "steps" / f"{number}.file").write_text(step.text, encoding="utf-8")
    (home / "desk").mkdir()
    subprocess.run(
        ["bash", "-c", script(wanted, port=port)],
        cwd=home / "desk",
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    done = [(step, home / "steps" / str(number)) for number, step in enumerate(wanted) if isinstance(step, Command)]
    return [wrong for step, left in done if (wrong := compared(step, left, port=port))]


def compared(step: Command, left: Path, *, port: int) -> str:
    """What is other than the page says, or ""."""
    status, out, err = (
        left.with_suffix(end).read_text(encoding="utf-8").strip() if left.with_suffix(end).exists() else "not run"
        for end in (".rc", ".out", ".err")
    )
    if status != "0":
        return f"$ {step.typed}\nends with {status}:\n{out}\n{err}"
    if step.prints and not re.fullmatch(pattern("\n".join(step.prints).strip()), out.replace(str(port), "8000")):
        return f"$ {step.typed}\nprints:\n{out}\nand the page says:\n" + "\n".join(step.prints)
    return ""


def pattern(prints: str) -> re.Pattern[str]:
    """What the page says as a pattern."""
    lines = [ANY if line == "…" else ".*".join(map(re.escape, line.split("…"))) for line in prints.split("\n")]
    whole = "\n".join(lines).replace(f"\n{ANY}", "(?:\n(?s:.*))?")
    return re.compile(whole.replace(f"{ANY}\n", "(?:(?s:.*)\n)?").replace(ANY, "(?s:.*)"))
