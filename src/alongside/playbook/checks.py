"""A broken playbook stops the start: better no service than a service that asks the wrong questions."""

from typing import Any

from django.conf import settings
from django.core import checks

from .parts import check, unread


@checks.register("playbook")
def playbook_can_be_used(**_: Any) -> list[checks.CheckMessage]:
    unreads = [
        checks.Warning(f"{one.file}: {one.what}", hint=one.mend, id="playbook.W001")
        for one in unread(settings.PLAYBOOK)
    ]
    return unreads + [
        checks.Error(f"{mistake.file}, line {mistake.line}: {mistake.what}", hint=mistake.mend, id="playbook.E001")
        for mistake in check(settings.PLAYBOOK)
    ]
