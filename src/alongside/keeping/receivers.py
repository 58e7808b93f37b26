"""Which agencies had what is disposed of: so that each is told, and sees to its copies."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from alongside.contributions.models import Contribution
from alongside.ledger.models import LedgerEvent
from alongside.sharing.disposing import agencies_given


def receivers_of(contributions: list[Contribution]) -> Mapping[int, set[str]]:
    """Of each thing the agencies that looked at it or were given it, without the one whose it is."""
    found: dict[int, set[str]] = defaultdict(set)
    for key, agency in (*_in_the_ledger(contributions), *agencies_given(contributions)):
        found[key].add(agency)
    return {one.pk: found[one.pk] - {one.agency_id} for one in contributions}


def _in_the_ledger(contributions: list[Contribution]) -> list[tuple[int, str]]:
    keys = {one.subject: one.pk for one in contributions}
    lines: Any = LedgerEvent.objects.filter(subject__in=keys).exclude(agency="").order_by()
    return [(keys[subject], agency) for subject, agency in lines.values_list("subject", "agency").distinct()]
