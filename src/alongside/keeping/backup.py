"""Making a backup: one sealed file with the database, the uploads and the playbook, whole or not there at all."""

import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from alongside import __version__
from alongside.shared.keys import KeyMistakeError, keys_in, secret

from .copying import CONTENTS, POSTGRESQL_FILE, SQLITE_FILE, State, copy_postgresql, copy_sqlite
from .sealed import Sealing
from .shelf import name_at

KEY = "ALONGSIDE_BACKUP_KEY"


@dataclass(frozen=True)
class Asking:
    """How to learn what a database holds: this one, and one at another address."""

    here: Callable[[], State]
    there: Callable[[str], State]


def backup_keys() -> dict[str, bytes]:
    """The keys of backups by their ids, newest first. Raises KeyMistakeError where there is none."""
    keys = keys_in(secret(KEY), name=KEY)
    if not keys:
        raise KeyMistakeError(
            f"There is no key to seal a backup with: set {KEY}. `alongside keys make` makes one. "
            "Keep it apart from the backups: without it nobody can open them, you neither."
        )
    return keys


def make_backup(*, to: Path, at: datetime, asking: Asking) -> tuple[Path, dict[str, Any]]:
    """The backup's path and its head. The work is done in a folder beside it that nobody else can read, and that
    goes when it is done. Raises KeyMistakeError, ProgramError and OSError."""
    key_id, key = next(iter(backup_keys().items()))
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=to, prefix=".making-") as work:
        folder = Path(work)
        on_sqlite = connection.vendor == "sqlite"
        copied = copy_sqlite(folder, asking.there) if on_sqlite else copy_postgresql(folder, asking.here)
        _copy_beside(folder)
        files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        described = [_described(name, path) for name, path in sorted(files.items())]
        head = {"made_at": at.isoformat(), "version": __version__, **copied, **_summed(described)}
        whole = folder / "whole"
        with whole.open("wb") as out:
            with Sealing(out, key, key_id=key_id, head=head) as sealing:
                _pack(sealing, files, described)
            out.flush()
            os.fsync(out.fileno())
        return _put_in_place(whole, to / name_at(at)), head


def _copy_beside(folder: Path) -> None:
    """Uploads that wait, and the playbook: what a database alone does not hold. Never settings or keys. An upload
    that was taken in meanwhile is gone, and is in the database."""
    for name, beside in (("uploads", settings.UPLOADS), ("playbook", settings.PLAYBOOK)):
        for path in sorted(beside.rglob("*")) if beside.is_dir() else ():
            if path.is_file() and not path.is_symlink():
                copied = folder / name / path.relative_to(beside)
                copied.parent.mkdir(parents=True, exist_ok=True)
                with suppress(FileNotFoundError):
                    shutil.copyfile(path, copied)


def _described(name: str, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"name": name, "size": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _summed(described: list[dict[str, Any]]) -> dict[str, Any]:
    """What the open head says of the files: the database's, and how many others. Their names may name a child."""
    (database,) = [one for one in described if one["name"] in (SQLITE_FILE, POSTGRESQL_FILE)]
    return {"file": database, "files": len(described), "bytes": sum(one["size"] for one in described)}


def _pack(sealing: Any, files: dict[str, Path], described: list[dict[str, Any]]) -> None:
    contents = json.dumps(described).encode()
    first = tarfile.TarInfo(CONTENTS)
    first.size = len(contents)
    with (
        gzip.GzipFile(filename="", fileobj=sealing, mode="wb", compresslevel=3) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        tar.addfile(first, io.BytesIO(contents))
        for name, path in sorted(files.items()):
            tar.add(path, arcname=name, recursive=False)


def _put_in_place(whole: Path, path: Path) -> Path:
    """From one moment to the next it is there, and stays there when the power goes."""
    whole.chmod(0o600)
    whole.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return path
