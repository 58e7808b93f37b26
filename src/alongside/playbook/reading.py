"""Reading a file of the playbook into the model of the room that owns it, or saying how to mend it."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .lines import line_of

Model = TypeVar("Model", bound=BaseModel)

MENDS = {
    "missing": "Add it.",
    "extra_forbidden": "Take it out, or mend its name.",
    "string_type": "Put it in quotation marks.",
    "bool_type": "Write true or false.",
    "literal_error": "Use one of the words it expects.",
    "enum": "Use one of the words it expects.",
}


@dataclass(frozen=True)
class Mistake:
    """One thing to mend before the playbook can be used."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what} {self.mend}"


class BrokenPlaybookError(ValueError):
    """The playbook cannot be used; `mistakes` says why."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


def load(file: Path, model: type[Model]) -> Model:
    """Raises BrokenPlaybookError naming file, line and mend."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        mistake = Mistake(str(file), 1, f"It cannot be read: {problem}.", "Put a text file (UTF-8) there.")
        raise BrokenPlaybookError([mistake]) from problem
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as problem:
        raise BrokenPlaybookError([_unreadable(file, text, problem)]) from problem
    except ValidationError as problem:
        raise BrokenPlaybookError([_mistake(file, text, one) for one in problem.errors()]) from problem


def load_folder(folder: Path, model: type[Model]) -> dict[str, Model]:
    """Every .toml file of the folder by its name, in the order of their names; all mistakes at once."""
    loaded, mistakes = {}, []
    for file in sorted(folder.glob("*.toml")):
        try:
            loaded[file.stem] = load(file, model)
        except BrokenPlaybookError as broken:
            mistakes += broken.mistakes
    if not loaded and not mistakes:
        mistakes = [Mistake(str(folder), 1, "There is no .toml file here.", "Add one.")]
    if mistakes:
        raise BrokenPlaybookError(mistakes)
    return loaded


def _unreadable(file: Path, text: str, problem: tomllib.TOMLDecodeError) -> Mistake:
    at = re.search(r"at line (\d+)", str(problem))
    line = int(at[1]) if at else len(text.splitlines())
    return Mistake(str(file), line, f"This is not TOML: {problem}.", "Look for a missing quotation mark or bracket.")


def _mistake(file: Path, text: str, error: ErrorDetails) -> Mistake:
    where = error["loc"]
    name = ".".join(map(str, where)) or "the file"
    words = error["msg"].removeprefix("Value error, ").rstrip(".")
    mend = str(error.get("ctx", {}).get("mend", "")) or MENDS.get(error["type"], "Write it as the others are.")
    return Mistake(str(file), line_of(text, where), f"{name}: {words}.", mend)
