"""Before a command does anything: the settings, a key where one machine may keep its own, Django awake."""

import os
import secrets
from pathlib import Path
from typing import NoReturn

import typer

from alongside.config.unsafe import NOT_WRITABLE
from alongside.shared.keys import KeyMistakeError, made

SETTINGS = "alongside.config.settings"
KEY = "ALONGSIDE_SECRET_KEY"


def refuse(*reasons: str) -> NoReturn:
    """Exit status 2, with each reason on its line."""
    for reason in reasons:
        typer.echo(reason, err=True)
    raise typer.Exit(2)


def folder_of(file: Path) -> Path:
    """The folder into which a file will be written; exit status 2, in words, before any work where it is not there."""
    if not file.parent.is_dir():
        refuse(f"There is no folder {file.parent}.", "Make it, or name another file.")
    return file.parent


def var() -> Path:
    """The folder for data, made so that nobody else on this machine can read it. Raises OSError."""
    folder = Path(os.environ.get("ALONGSIDE_VAR", "var")).resolve()
    if not folder.exists():
        folder.mkdir(parents=True, mode=0o700)
    return folder


def folder_for_data(*, needed: bool) -> None:
    """Makes the folder for data. Where it cannot be made and is needed: exit status 2, in words."""
    try:
        folder = var()
        cannot = "" if os.access(folder, os.W_OK | os.X_OK) else "it is not ours to write to"
    except OSError as failure:
        cannot = failure.strerror or type(failure).__name__
    if cannot and needed:
        refuse(f"{NOT_WRITABLE.reason} ({os.environ.get('ALONGSIDE_VAR', 'var')}: {cannot})", NOT_WRITABLE.mend)


# The keys without which nothing can be kept, and the file of each where this machine may keep its own.
KEYS = {KEY: "secret_key", "ALONGSIDE_DATA_KEYS": "data_key", "ALONGSIDE_SEARCH_KEY": "search_key"}


def kept_key(name: str) -> str:
    """A key of this machine's own, made once and kept beside its data, for its user's eyes only."""
    path = var() / KEYS[name]
    if not path.exists():
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(path, flags, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48) if name == KEY else made())
    return path.read_text().strip()


def keep_own_keys() -> None:
    """Whatever key is not given is this machine's own."""
    for name in KEYS:
        if not os.environ.get(name) and not os.environ.get(f"{name}_FILE"):
            os.environ[name] = kept_key(name)


def awake(*, demo: bool = False, own_key: bool = True) -> None:
    """Sets Django up. `own_key`: work at this machine may use its kept key; a real server's key is given to it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    # What we write is for the service's eyes only, whatever the machine's habit is.
    os.umask(0o077)
    if demo:
        os.environ["ALONGSIDE_DEMO"] = "1"
    folder_for_data(needed=own_key or demo)
    if own_key or demo:
        keep_own_keys()
    import django
    from environs.exceptions import EnvError

    try:
        django.setup()
    except KeyMistakeError as mistake:
        refuse(str(mistake))
    except EnvError as mistake:
        refuse(f"A setting cannot be understood. {mistake}", "docs/reference/settings.md says what each may be.")


def with_tables(*, demo: bool = False) -> None:
    """Awake, and with a database whose tables are those of this version."""
    awake(demo=demo)
    migrate()


def migrate() -> None:
    """Brings the database's tables to this version; nothing to do is found out in a moment.

    Exit status 2, in words, when there is no database to ask.
    """
    from django.core.management import call_command
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except OperationalError as failure:
        refuse(f"The database does not answer: {failure}".strip(), "DATABASE_URL says which it is. Is it running?")
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        # Many seconds on a new one. Not on stdout, where a command may answer in JSON.
        typer.echo("Preparing the database …", err=True)
        call_command("migrate", interactive=False, verbosity=0)
        # A table that was made anew is new to the planner too.
        from alongside.connectors.tasks import look_at_growth

        look_at_growth()
