"""A sealed list beside the backups, a line each: written anew as a whole, and read on a restore."""

import fcntl
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from alongside.shared.keys import keys_in, secret

from .backup import KEY
from .sealed import Opening, Sealing

Line = dict[str, Any]


def write(path: Path, lines: Callable[[], Iterable[Line]], *, head: Mapping[str, Any]) -> Path | None:
    """In the place of the last; nothing where no key seals backups. Of two who write at once the second asks for the
    lines when the first is done, so that the newest stay."""
    keys = keys_in(secret(KEY), name=KEY)
    if not keys:
        return None
    key_id, key = next(iter(keys.items()))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    whole = path.with_name(f".{path.name}")
    with whole.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with whole.open("wb") as out:
            with Sealing(out, key, key_id=key_id, head=head) as sealing:
                for line in lines():
                    sealing.write(json.dumps(line).encode() + b"\n")
            out.flush()
            os.fsync(out.fileno())
        whole.chmod(0o600)
        return whole.replace(path)


def read(path: Path, keys: Mapping[str, bytes]) -> Iterator[Line]:
    """Raises CannotBeOpenedError where it is not whole."""
    with path.open("rb") as file:
        for line in io.BufferedReader(Opening(file, keys)):
            yield json.loads(line)
