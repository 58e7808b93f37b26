"""Whose an e-mail address is: a mailbox opens one seat, and only at the domains that the playbook lists for an agency.

One person with two seats would be both of the two people that a decision asks for.
"""

from django.core.exceptions import PermissionDenied

from .models import Agency, Practitioner
from .partners import domains_of
from .rules import mailbox_of


class NotTheirAddressError(PermissionDenied):
    """No seat is given to this address; the message says why."""


def is_taken(email: str) -> bool:
    """Whether somebody holds, or held, a seat whose letters come to the same mailbox."""
    name, _, domain = mailbox_of(email).rpartition("@")
    near = Practitioner.objects.filter(email__istartswith=name, email__iendswith=f"@{domain}")
    return any(mailbox_of(one) == f"{name}@{domain}" for one in near.values_list("email", flat=True))


def why_not_at(email: str, *, agency: str) -> str:
    """Why this agency's people have no address there, in a sentence, or ""."""
    domains = domains_of(agency)
    if not domains or mailbox_of(email).rpartition("@")[2] in domains:
        return ""
    return f"Give their address at work. In this agency it ends in {' or '.join(f'@{one}' for one in domains)}."


def claim(email: str, *, agency: str) -> None:
    """For whoever gives a seat, within their transaction: an agency gives one after the other, so that two spellings
    of one mailbox cannot slip in together. Raises NotTheirAddressError."""
    Agency.objects.select_for_update().filter(pk=agency).first()
    if why := why_not_at(email, agency=agency):
        raise NotTheirAddressError(why)
    if is_taken(email):
        raise NotTheirAddressError("Somebody has a seat with that address already.")
