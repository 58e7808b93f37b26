"""Which room owns which part of the playbook. A room says so once, when the app starts."""

from collections.abc import Callable, Iterator
from pathlib import Path

from .reading import BrokenPlaybookError, Mistake

Reader = Callable[[Path], object]

_parts: dict[str, Reader] = {}


def own(part: str, reader: Reader) -> None:
    """`part` is a file or folder of the playbook; `reader` reads it, or raises BrokenPlaybookError."""
    _parts[part] = reader


def check(folder: Path) -> list[Mistake]:
    """Every mistake in the playbook that stands in this folder, in the order of the files."""
    mistakes = [mistake for part, reader in _parts.items() for mistake in _mistakes_in(folder / part, reader)]
    return sorted(mistakes, key=lambda mistake: (mistake.file, mistake.line))


def _mistakes_in(part: Path, reader: Reader) -> list[Mistake]:
    try:
        reader(part)
    except BrokenPlaybookError as broken:
        return broken.mistakes
    return []


def unread(folder: Path) -> Iterator[Mistake]:
    """Files that no room reads: most likely a name mistyped. They do no harm."""
    for file in sorted(folder.rglob("*.toml")):
        known = {file.relative_to(folder).as_posix(), file.parent.relative_to(folder).as_posix()}
        if not known & _parts.keys():
            mend = "Take it out, or mend its name. Known: " + ", ".join(sorted(_parts))
            yield Mistake(str(file), 1, "Nothing reads this file.", mend)
