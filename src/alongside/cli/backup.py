"""`alongside backup`: a sealed copy of everything, while people go on working."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from alongside.cli.environment import awake, refuse


def add_to(app: typer.Typer) -> None:
    app.command("backup")(backup)


def state_at(address: str) -> dict[str, Any]:
    """What another database holds, asked by a process of its own. Raises CalledProcessError."""
    command = [sys.executable, "-m", "alongside", "state"]
    environ = os.environ | {"DATABASE_URL": address}
    return dict(json.loads(subprocess.run(command, env=environ, stdout=subprocess.PIPE, check=True).stdout))


def refuse_other_tables() -> None:
    """Exit status 2 where the database's tables are of another version: its meaning could not be told."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        refuse("The database is of another version of Alongside, or empty.", "Back it up with the version it runs.")


def backup(
    to: Annotated[Path | None, typer.Option(help="Folder for backups; the one of ALONGSIDE_BACKUPS.")] = None,
    daily: Annotated[int, typer.Option(help="Of how many days the newest backup stays.", min=1)] = 7,
    weekly: Annotated[int, typer.Option(help="Of how many weeks the newest backup stays.", min=0)] = 5,
) -> None:
    """Back up database, uploads and playbook of a running server into one sealed file, and take old ones away.

    Exit status 2: no key, no such database, or no room.
    """
    awake()
    from django.conf import settings

    folder = (to or settings.BACKUPS).resolve()
    sealed_copy(folder)
    from alongside.keeping import shelf

    for gone in shelf.clear(folder, daily=daily, weekly=weekly):
        typer.echo(f"Taken away by the rule ({daily} days, {weekly} weeks): {gone.name}")


def sealed_copy(folder: Path) -> None:
    """Makes one and says what is in it; exit status 2, in words, where none could be made."""
    from django.db import OperationalError
    from django.utils import timezone

    from alongside.config.state import state
    from alongside.keeping import closed_doors, disposed_list
    from alongside.keeping.backup import Asking, make_backup
    from alongside.keeping.programs import ProgramError
    from alongside.shared.keys import KeyMistakeError

    try:
        refuse_other_tables()
        path, head = make_backup(to=folder, at=timezone.now(), asking=Asking(state, state_at))
        disposed_list.write_list(folder)
        closed_doors.write_list(folder)
    except (KeyMistakeError, ProgramError, OperationalError, OSError, subprocess.CalledProcessError) as failure:
        refuse(f"No backup was made. {failure}")
    told = head["state"]
    typer.echo(f"{path}: {path.stat().st_size:,} bytes, {told['contributions']:,} contributions, {told['hash'][:16]}")
