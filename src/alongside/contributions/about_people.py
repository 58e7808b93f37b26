"""What a form may ask about a person, from the playbook."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from alongside import playbook

from .kind_fields import Field, Strict


class PeopleQuestions(Strict):
    fields: list[Field]


def read_people_questions(file: Path) -> dict[str, Field]:
    """Raises playbook.BrokenPlaybookError."""
    return {field.key: field for field in playbook.load(file, PeopleQuestions).fields}


@lru_cache(maxsize=4)
def _questions_of(book: Path) -> dict[str, Field]:
    return read_people_questions(book / "people.toml")


def people_questions() -> dict[str, Field]:
    """Every question about a person by its key."""
    return _questions_of(settings.PLAYBOOK)
