"""A broken playbook stops the start: better no service than a service that asks the wrong questions."""

from typing import Any

from django.conf import settings
from django.core import checks

from .parts import check


@checks.register("playbook")
def playbook_can_be_used(**_: Any) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"{mistake.file}, line {mistake.line}: {mistake.what}", hint=mistake.mend, id="playbook.E001"
        )
        for mistake in check(settings.PLAYBOOK)
    ]
