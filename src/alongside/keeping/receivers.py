"""Which agencies had what is disposed of: so that each is told, and sees to its copies."""

from collections.abc import Iterable
from datetime import datetime

from alongside.access.permissions import Permission
from alongside.access.roles import ROLES
from alongside.access.rules import Level, Reader, may_see_entry, parse_handling
from alongside.agencies.models import Agency, Practitioner
from alongside.contributions.models import Contribution
from alongside.ledger import subjects
from alongside.ledger.models import LedgerEvent, Operation
from alongside.people.models import Person
from alongside.sharing.disposing import agencies_given

from .shells import people_behind

# The ledger's words for pages, on a screen or on paper, that show in short what was told of a child: their lines name
# the child, and not each thing that was on the page.
SHOW_IN_SHORT = (
    "briefing",
    "child page",
    "earlier, before sending",
    "giving on purpose",
    "map",
    "my day",
    "timeline",
)


def receivers_of(one: Contribution, *, at: datetime) -> set[str]:
    """The agencies that looked at any version of it or were given one, and those that opened, since it was told, a page
    of a child that showed it in short to whoever may read it; without the one whose it is."""
    same = {"agency": one.agency_id, "system": one.system, "reference": one.reference}
    versions = list(Contribution.objects.filter(**same))
    had = _looked_at(versions) | agencies_given(versions) | _shown(versions, at=at)
    return had - {one.agency_id}


def _looked_at(versions: Iterable[Contribution]) -> set[str]:
    lines = LedgerEvent.objects.filter(subject__in=[one.subject for one in versions]).exclude(agency="")
    return set(lines.order_by().values_list("agency", flat=True).distinct())


def _shown(versions: list[Contribution], *, at: datetime) -> set[str]:
    """By whom a child's pages were opened while it stood there, as far as any of its versions was for them."""
    people = Person.objects.filter(pk__in=people_behind(versions, ()))
    about = [subjects.child(reference) for reference in people.values_list("reference", flat=True)]
    told = min(one.received_at for one in versions)
    looks = LedgerEvent.objects.filter(subject__in=about, operation=Operation.VIEW, what__in=SHOW_IN_SHORT)
    looked = looks.filter(at__gte=told, at__lte=at).order_by().values_list("agency", "actor").distinct()
    return _who_may_read(set(looked), versions)


def _who_may_read(looked: set[tuple[str, str]], versions: Iterable[Contribution]) -> set[str]:
    """The rule of access, asked as if each had stood near the child: where they stood then is not known any more, and
    whoever may hold a copy is told. What only police may read goes by the agency, for people change their roles."""
    handlings = {parse_handling(one.handling) for one in versions}
    roles = [key for key, role in ROLES.items() if Permission.SEE_POLICE_ONLY in role.permissions]
    police = set(Practitioner.objects.filter(role__in=roles).values_list("agency", flat=True))
    statutory = dict(Agency.objects.values_list("slug", "is_statutory"))
    return {
        agency
        for agency, actor in looked
        if agency in statutory
        for handling, named in handlings
        if may_see_entry(
            reader=Reader(agency, statutory[agency], agency in police, actor),
            level=Level.TEAM,
            handling=handling,
            readers=named,
        ).allowed
    }
