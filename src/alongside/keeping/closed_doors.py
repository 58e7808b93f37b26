"""The list of doors that are closed, kept sealed beside the backups: a restored backup closes them again.

Keys and times alone, and no word of anybody's: of a restriction who is named, never why.
"""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from alongside.agencies.models import Invitation, Practitioner
from alongside.contributions.models import ApiToken
from alongside.people.models import AgencyRecord, Person, Restriction, Tie

from . import sealed_list
from .copying import DOORS
from .listed import CLOSED


def write_list(folder: Path) -> Path | None:
    """In one sealed file that takes the place of the last; nothing where no key seals backups."""
    head = {"holds": CLOSED, "written_at": timezone.now().isoformat()}
    return sealed_list.write(folder / DOORS, _closed, head=head)


def write_beside_backups() -> None:
    write_list(settings.BACKUPS)


def when_a_door_changes(**_: object) -> None:
    """Once it is kept, where this server's backups are."""
    transaction.on_commit(write_beside_backups, robust=True)


def _closed() -> Iterator[sealed_list.Line]:
    yield from _seats()
    for hashed in ApiToken.objects.exclude(ended_at=None).order_by("pk").values_list("hashed", flat=True):
        yield {"door": "key", "hashed": hashed}
    for tie in Tie.objects.filter(ended_at=None).select_related("person", "practitioner").order_by("pk"):
        yield {"door": "tie", "seat": tie.practitioner.key, "at": tie.declared_at.isoformat(), **_whose(tie.person)}
    yield from _restrictions()


def _seats() -> Iterator[sealed_list.Line]:
    stopped = Practitioner.objects.filter(~Q(suspended_at=None) | ~Q(ended_at=None)).order_by("pk")
    for key, ended_at in stopped.values_list("key", "ended_at"):
        yield {"door": "seat", "seat": key, "is_ended": ended_at is not None}
    last = Invitation.objects.order_by().values_list("practitioner__key").annotate(last=Max("made_at"))
    for key, made_at in last:
        yield {"door": "link", "seat": key, "at": made_at.isoformat()}


def _restrictions() -> Iterator[sealed_list.Line]:
    for one in Restriction.objects.filter(lifted_at=None).select_related("person", "restricted_by").order_by("pk"):
        named = one.named.filter(until=None).order_by("pk").values_list("practitioner__key", "named_at")
        told = {"at": one.restricted_at.isoformat(), "maker": one.restricted_by.key, **_whose(one.person)}
        yield {"door": "restriction", "named": {key: named_at.isoformat() for key, named_at in named}, **told}


def _whose(person: Person) -> sealed_list.Line:
    """By the records too: in an older copy they may be of a person with another reference, or of several."""
    records = AgencyRecord.objects.filter(person=person).order_by("pk")
    return {"child": person.reference, "records": list(records.values_list("agency_id", "system", "reference"))}
