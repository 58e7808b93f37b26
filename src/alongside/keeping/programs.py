"""PostgreSQL's own programs, as this machine has them, and how they reach our database."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

# What Django's connection calls it, and the environment variable by which PostgreSQL's programs are told.
TOLD = {
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "host": "PGHOST",
    "port": "PGPORT",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


class ProgramError(Exception):
    """A program of PostgreSQL is not there, or could not do what was asked; says what it said."""


def _folders() -> Iterator[Path]:
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    if found := shutil.which("pg_dump"):
        yield Path(found).resolve().parent


def program(name: str) -> Path:
    """The newest of this machine's: an older one cannot read a newer server. Raises ProgramError."""
    for folder in _folders():
        if os.access(folder / name, os.X_OK):
            return folder / name
    raise ProgramError(f"{name} is not on this machine: install the client programs of PostgreSQL.")


def run(name: str, *words: str) -> None:
    """Runs it on our database; the password is told by the environment, where no list of processes shows it.
    Raises ProgramError."""
    reached = {TOLD[key]: str(value) for key, value in connection.get_connection_params().items() if key in TOLD}
    command = [str(program(name)), *words]
    done = subprocess.run(command, env=os.environ | reached, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ProgramError(f"{name} failed: {done.stderr.strip()[-2000:]}")
