"""Pins every requirement with its hashes. `--up-to-date`: takes the newest that requirements/*.in allow, and keeps the
day on which that was done, so that Health can say when it is too long ago."""

import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "requirements"
KEPT = ROOT / "src" / "alongside" / "config" / "libraries.toml"
PIN = (
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"),
    *("--custom-compile-command", "make requirements"),
)


def pin(*, up_to_date: bool) -> None:
    """Writes the files of pins; raises CalledProcessError where no set of versions fits."""
    # Of a program in a package nothing but the program is wanted: not what its Python would need.
    for name, alone in (("core", ()), ("dev", ()), ("programs", ("--no-deps",))):
        newest = ("--upgrade",) if up_to_date else ()
        files = ("-o", f"requirements/{name}.txt", f"requirements/{name}.in")
        subprocess.run([*PIN, *alone, *newest, *files], cwd=ROOT, check=True)


def keep(day: str) -> None:
    pins = sha256((FOLDER / "core.txt").read_bytes()).hexdigest()
    KEPT.write_text(f'# Written by `make requirements` and `make up-to-date`.\non = {day}\npins = "{pins}"\n')


if __name__ == "__main__":
    newest = "--up-to-date" in sys.argv[1:]
    pin(up_to_date=newest)
    before = next(line.removeprefix("on = ") for line in KEPT.read_text().splitlines() if line.startswith("on = "))
    keep(datetime.now(UTC).date().isoformat() if newest else before)
