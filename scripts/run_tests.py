"""Every test: of rooms, stories and commands on a PostgreSQL of their own, then all on SQLite, in a browser too.

ALONGSIDE_TESTS_MUST_RUN=browser,postgres makes a failure of what would else be skipped, saying so.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", os.environ.get("ALONGSIDE_TEST_PROCESSES", "2")]
WHERE = ["src", "tests/stories", "tests/commands"]
ON_POSTGRES = [sys.executable, "scripts/with_postgres.py", *PYTEST, "-m", "not browser", *WHERE]
ON_SQLITE = [*PYTEST, "-m", "not postgres"]
NO_POSTGRES = 3


def on_postgres() -> int:
    """Tests of rooms, stories and commands on PostgreSQL. Where there is none: 0, saying so, unless they must run."""
    print("Tests of rooms, stories and commands, on PostgreSQL:", flush=True)
    status = subprocess.run(ON_POSTGRES, cwd=ROOT, check=False).returncode
    if status != NO_POSTGRES:
        return status
    if "postgres" in os.environ.get("ALONGSIDE_TESTS_MUST_RUN", ""):
        print("Tests on PostgreSQL must run here, and there is no PostgreSQL server.", flush=True)
        return 1
    print("Skipped: the tests on PostgreSQL.", flush=True)
    return 0


def on_sqlite() -> int:
    """Every test, on SQLite."""
    print("\nEvery test, on SQLite:", flush=True)
    os.environ.pop("DATABASE_URL", None)
    return subprocess.run(ON_SQLITE, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(on_postgres() or on_sqlite())
