"""Whose an e-mail address is: a mailbox opens one seat, and only at the domains that the playbook lists for an agency.

One person with two seats would be both of the two people that a decision asks for. Whoever comes back by the mailbox of
a seat that ended is the person whose it was: `same_person`.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from alongside.ledger.models import Operation, record

from .models import Agency, Practitioner
from .partners import domains_of
from .rules import mailbox_of

# No letter goes there: the name is kept free of owners (RFC 2606).
LEFT_AT = "@left.invalid"


class NotTheirAddressError(PermissionDenied):
    """No seat is given to this address; the message says why."""


def holders_of(email: str) -> list[Practitioner]:
    """Whoever holds, or held, a seat whose letters come to the same mailbox."""
    name, _, domain = mailbox_of(email).rpartition("@")
    near = Practitioner.objects.filter(email__istartswith=name, email__iendswith=f"@{domain}")
    return [one for one in near if mailbox_of(one.email) == f"{name}@{domain}"]


def is_taken(email: str, *, agency: str) -> bool:
    """Whether no new seat of this agency is given to that mailbox: somebody has one with it, or had one here, which is
    given back instead. Whoever left another agency comes with the address that both use."""
    return _keep(holders_of(email), agency=agency)


def _keep(holders: list[Practitioner], *, agency: str) -> bool:
    return any(one.ended_at is None or one.agency_id == agency for one in holders)


def why_not_at(email: str, *, agency: str) -> str:
    """Why this agency's people have no address there, in a sentence, or ""."""
    domains = domains_of(agency)
    if not domains or mailbox_of(email).rpartition("@")[2] in domains:
        return ""
    return f"Give their address at work. In this agency it ends in {' or '.join(f'@{one}' for one in domains)}."


def claim(email: str, *, agency: str, by: Any, at: datetime) -> list[Practitioner]:
    """For whoever gives a seat, within their transaction. A seat that ended elsewhere lets go of the address; returns
    those that did, whose person has the new seat. Raises NotTheirAddressError."""
    if why := why_not_at(email, agency=agency):
        raise NotTheirAddressError(why)
    holders = _held(email)
    if _keep(holders, agency=agency):
        raise NotTheirAddressError("Somebody has a seat with that address already.")
    for left in holders:
        left.email = f"{left.key}{LEFT_AT}"
        left.save(update_fields=["email"])
        record(Operation.ALTER, "address went over to a new seat", by=by, at=at, about=left.key)
    return holders


def _held(email: str) -> list[Practitioner]:
    """Whoever holds or held it, as they stand once nobody else changes them: an ended seat may be given back at the
    same moment. Seats are given one after the other in all the partnership, the first agency's row being the door to
    it, so that two spellings of one mailbox do not slip in together, wherever they are invited."""
    Agency.objects.select_for_update(no_key=True).order_by("pk").first()
    keys = [one.pk for one in holders_of(email)]
    return list(Practitioner.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def is_let_go(practitioner: Practitioner) -> bool:
    """Whether the address of this ended seat is that of another by now."""
    return practitioner.email.endswith(LEFT_AT)
