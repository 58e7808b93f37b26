"""Opening a backup into a new place, and finding that it holds what its head says. Needs no database."""

import hashlib
import json
import tarfile
from collections.abc import Mapping
from pathlib import Path

from .copying import CONTENTS, SQLITE_FILE
from .sealed import CannotBeOpenedError, Head, Opening, read_head

IN_USE = "alongside.sqlite3"


class NotEmptyError(Exception):
    """The database to restore into holds something already."""


def head_of(file: Path) -> Head:
    """What anybody can read of a backup. Raises CannotBeOpenedError and OSError."""
    with file.open("rb") as sealed:
        return read_head(sealed)[0]


def unpack(file: Path, *, keys: Mapping[str, bytes], into: Path) -> Head:
    """Everything in it, into a folder that holds no database. Raises CannotBeOpenedError where it is not whole; what
    came out until then stays under another name and is no database to anybody."""
    if (into / IN_USE).exists():
        raise CannotBeOpenedError(f"{into} holds a database already. A backup is restored into a new place only.")
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    with file.open("rb") as sealed:
        opening = Opening(sealed, keys)
        try:
            with tarfile.open(fileobj=opening, mode="r|gz") as tar:
                tar.extractall(into, filter="data")
            while opening.read(1024 * 1024):
                """To the last chunk, which alone says that nothing was cut off."""
        except (tarfile.TarError, EOFError, OSError) as failure:
            raise CannotBeOpenedError(f"This backup cannot be unpacked: {failure}.") from failure
    _hold_to_contents(into)
    if (into / SQLITE_FILE).exists():
        (into / SQLITE_FILE).chmod(0o600)
        (into / SQLITE_FILE).rename(into / IN_USE)
    return opening.head


def _hold_to_contents(into: Path) -> None:
    """Every file that was packed is there, and is what it was."""
    for told in json.loads((into / CONTENTS).read_text()):
        path = into / told["name"]
        if not path.is_file() or path.stat().st_size != told["size"] or _digest(path) != told["sha256"]:
            raise CannotBeOpenedError(f"{told['name']} is not what was packed.")
    (into / CONTENTS).unlink()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
