"""The wheel holds all that it needs: installed into a bare folder, it builds the demo and serves it (decision 0003)."""

import os
import re
import subprocess
import sys
import time
import urllib.request
import zipfile
from contextlib import contextmanager

import pytest

from tests.house.tracked import ROOT, short, tracked

NOT_SHIPPED = re.compile(r"/tests/|^src/alongside/web/assets/")
BUILT = ["app.css", "app.js", "map.css", "map.js", "map-worker.js", "stamp.txt"]
# Each step's longest, in seconds: together well under a minute and a half where nothing is wrong.
PATIENCE = 60


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built with the pinned tools of this environment; nothing is fetched."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "scripts/build_assets.py", cwd=ROOT)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, cwd=ROOT)
    (made,) = out.glob("alongside-*.whl")
    return made


@pytest.fixture(scope="module")
def elsewhere(wheel, tmp_path_factory):
    """Runs Python in an empty folder, where the wheel is all there is of us."""
    home = tmp_path_factory.mktemp("elsewhere")
    target = home / "installed"
    install = ["pip", "install", "--offline", "--no-cache", "--no-deps", "--quiet", "--target", target, wheel]
    run(sys.executable, "-m", "uv", *install)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_"))}
    return {"cwd": home, "env": {**kept, "PYTHONPATH": str(target), "ALONGSIDE_VAR": str(home / "var")}}


def test_everything_of_ours_is_in_it_and_no_test_is(wheel):
    carried = set(zipfile.ZipFile(wheel).namelist())
    wanted = {short(path) for path in tracked("src/alongside/*") if not NOT_SHIPPED.search(short(path))}
    wanted |= {f"src/alongside/web/static/built/{name}" for name in BUILT}
    assert {name.removeprefix("src/") for name in wanted} - carried == set()
    assert [name for name in carried if NOT_SHIPPED.search(f"src/{name}")] == []


@contextmanager
def served(elsewhere, port):
    """The demo, served from the wheel until the end."""
    command = [sys.executable, "-m", "alongside", "demo", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **elsewhere) as process:
        try:
            said = []
            for line in process.stdout:
                said.append(line)
                if "Alongside is at" in line:
                    break
            else:
                pytest.fail("".join(said))
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def fetched(address):
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 -- our own address on this machine
        return answer.read().decode()


def test_the_demo_runs_from_it(elsewhere, free_port):
    started = time.monotonic()
    where = run(sys.executable, "-c", "import alongside; print(alongside.__file__)", **elsewhere)
    assert where.startswith(elsewhere["env"]["PYTHONPATH"])
    small = ["demo", "--no-serve", "--children", "20", "--days", "30"]
    assert "The city stands: 20 children" in run(sys.executable, "-m", "alongside", *small, **elsewhere)
    with served(elsewhere, free_port) as address:
        page = fetched(f"{address}/demo/be-someone/")
        assert "Maya Osei" in page
        style = re.search(r'href="(/static/built/app\.[0-9a-f]+\.css)"', page)[1]
        assert ".govuk-button" in fetched(address + style)
    assert time.monotonic() - started < 90
