"""Secrets come from the environment, or from a file that the environment names and only the service may read."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from alongside.shared.keys import secret

NO_SUCH_FILE = -1


def read_secrets(files: Mapping[str, str]) -> None:
    """Puts what each file holds where the settings look for it; a file that is not there is refused by the checks."""
    for name, file in files.items():
        if file and Path(file).is_file():
            os.environ[name] = secret(name, {f"{name}_FILE": file})


def modes(files: Mapping[str, str]) -> tuple[int, ...]:
    """Who may read each of the files that are named, as its mode."""
    named = [Path(file) for file in files.values() if file]
    return tuple(stat.S_IMODE(path.stat().st_mode) if path.is_file() else NO_SUCH_FILE for path in named)
