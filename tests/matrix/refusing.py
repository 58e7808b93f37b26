"""What a refusal is, and what a page wrote: whoever may not is answered by the one, and leaves nothing of the other."""

import re
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.urls import reverse

# Not there, not for you, not in this way, not so often.
REFUSALS = frozenset({403, 404, 405, 429})
WRITES = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
# Who asked, in which session, and that they were refused, is kept of whoever is refused too.
KEPT_OF_EVERYBODY = re.compile(r"django_session|agencies_(?:signedin|tries|knowndevice)|ledger_")
# Whoever reads what came in, or in full what waited for that, has opened it by reading.
WRITTEN_BY_READING = frozenset({"contributions_unopened"})


class Written:
    """Listens to the database: the tables that were written to, but for what is kept of everybody. It hears a row that
    was changed as well as one that came or went."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute, sql, params, many, context):
        found = WRITES.match(sql)
        if found and not KEPT_OF_EVERYBODY.match(found[1]):
            self.tables.add(found[1])
        return execute(sql, params, many, context)


def is_refusal(answer: HttpResponse, *, signed_in: bool, card_of: str = "") -> bool:
    """Whether so somebody is refused. `card_of`: the child of whom they may know no more than whom to call, and to
    whose contact card they are led."""
    if answer.status_code in REFUSALS:
        return True
    if answer.status_code != 302:
        return False
    if not signed_in:
        return led_to_sign_in(answer)
    return bool(card_of) and led_to(answer) == reverse("child", args=[card_of])


def led_to(answer: HttpResponse) -> str:
    return urlsplit(answer.get("Location", "")).path


def led_to_sign_in(answer: HttpResponse) -> bool:
    return led_to(answer) == reverse("sign_in")
