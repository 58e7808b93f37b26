"""Sets up what a command needs, and nothing twice: `run` to serve, `dev` to develop, `test` to test.

Needs only Python 3.11 or later. Each step leaves a stamp in .venv and is skipped while nothing changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LAUNCHER = """#!{python}
from alongside.cli import main

main()
"""


class SetupError(Exception):
    """A step that could not be done; the message says why, in words."""


def run(*command: str) -> None:
    """Runs one command in the repository's root, its words on the screen; raises SetupError when it fails."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SetupError(f"This did not work: {' '.join(command)}")


def answers(*command: str | Path) -> bool:
    """Whether this command succeeds, its words unheard."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0


def fingerprint(*paths: Path) -> str:
    """One hash of these files, of this Python and of where the repository lies."""
    digest = hashlib.sha256(f"{sys.version}{ROOT}".encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def once(name: str, says: str, made_from: str, step: Callable[[], object]) -> None:
    """Does a step unless its stamp says that it was done with the very same inputs; tries again next time one that
    gave False."""
    stamp = VENV / f"{name}.stamp"
    if stamp.exists() and stamp.read_text() == made_from:
        return
    print(f"{says} …", flush=True)
    started = time.monotonic()
    if step() is False:
        return
    stamp.write_text(made_from)
    print(f"{says}: done in {time.monotonic() - started:.0f} seconds.", flush=True)


def make_environment() -> None:
    """A virtual environment with pip: with the standard library, or with uv where that has no pip to give."""
    if PYTHON.exists() and not subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    print("A virtual environment in .venv …", flush=True)
    if answers(sys.executable, "-m", "venv", VENV):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if uv := shutil.which("uv"):
        run(uv, "venv", "--quiet", "--seed", "--python", sys.executable, str(VENV))
        return
    raise SetupError("This Python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv.")


def install(kind: str, by: Callable[..., bool | None] = run) -> None:
    """Every requirement, pinned, each file checked against its hash."""
    once(
        kind,
        f"The {kind} requirements, pinned and checked",
        fingerprint(ROOT / "requirements" / f"{kind}.txt"),
        lambda: by(
            *(str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
            *("--require-hashes", "--no-deps", "-r", f"requirements/{kind}.txt"),
        ),
    )


def or_skipped(what: str, *command: str | Path) -> bool:
    """Fetches what only some tests need, or says that they will be skipped."""
    if not (had := answers(*command)):
        print(f"{what} could not be had: the tests that need it will be skipped.", flush=True)
    return had


def add_ourselves() -> None:
    """Our own package as it lies here, and the `alongside` command: nothing to build, so nothing to fetch."""
    # The scheme by name: Debian's own Python would else name the folder of the whole machine.
    packages = sysconfig.get_path("purelib", "venv", vars={"base": str(VENV), "platbase": str(VENV)})
    Path(packages, "alongside.pth").write_text(f"{ROOT / 'src'}\n")
    launcher = VENV / "bin" / "alongside"
    launcher.write_text(LAUNCHER.format(python=PYTHON))
    launcher.chmod(0o755)


def build_pages() -> None:
    """Styles and scripts of the pages."""
    run(str(PYTHON), "scripts/build_assets.py")


def find_browser() -> None:
    """Chromium: the one on the path, else the system's package when root, else Playwright's own."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Chromium from the system's packages …", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        apt = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"]
        if not subprocess.run(apt, check=False, stdout=subprocess.DEVNULL).returncode:
            return
    once("chromium", "Playwright's Chromium", fingerprint(), playwright_browser)


def playwright_browser() -> bool:
    """Playwright's download, for who may not install packages; without it browser tests are skipped."""
    return or_skipped("Chromium", PYTHON, "-m", "playwright", "install", "chromium")


def main(wanted: str) -> int:
    """Sets up for `run`, `dev` or `test`; exit status 1 and the reason when it cannot."""
    if sys.version_info < OLDEST:
        print(
            f"Alongside needs Python {OLDEST[0]}.{OLDEST[1]} or later; this is {sys.version}.",
            file=sys.stderr,
        )
        return 1
    try:
        make_environment()
        install("core" if wanted == "run" else "dev")
        once("ourselves", "The `alongside` command", fingerprint(), add_ourselves)
        build_pages()
        if wanted == "test":
            find_browser()
            install("programs", partial(or_skipped, "Litestream"))
    except SetupError as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "dev"))
