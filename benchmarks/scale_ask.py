"""Asks a large city's pages, as people of different seats: `python -m benchmarks.scale_ask`."""

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import django

from .scale_times import measured, times_as_quick

PAGES, SEARCHES, AGAIN, OF_THE_PEER = 300, 300, 50, 25
LONG_AGO = 100


class Calendar:
    """The day on which pages are asked for: a seat's looks are counted by the day, and nobody opens thousands."""

    def __init__(self) -> None:
        self.days = 0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(days=self.days)

    def goes_on(self) -> None:
        """To the day after the last line of the ledger, where an earlier run of this benchmark came to its end."""
        from alongside.ledger.models import LedgerEvent

        last = LedgerEvent.objects.order_by("-at").values_list("at", flat=True)[0]
        self.days = max(self.days, (last - datetime.now(UTC)).days + 2)


CALENDAR = Calendar()


class Reader:
    """Somebody signed in, and the pages they open."""

    def __init__(self, key: str) -> None:
        from django.test import Client

        from alongside.agencies.models import Practitioner

        self.practitioner = Practitioner.objects.get(key=key)
        self.client = Client(headers={"host": "localhost"})
        self.client.force_login(self.practitioner)

    def comes_the_next_day(self) -> None:
        CALENDAR.days += 1
        self.client.force_login(self.practitioner)

    def get(self, address: str, **data: str) -> Any:
        """The answer. Raises AssertionError where it is not a page."""
        answer = self.client.get(address, data)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return answer

    def find(self, words: str) -> Any:
        answer = self.client.post("/find/", {"q": words}, follow=True)
        assert answer.status_code == 200, f"finding: {answer.status_code}"
        return answer

    def queries(self, address: str) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as said:
            self.get(address)
        return sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in said)


def child_pages(reader: Reader, draw: random.Random) -> dict[str, Any]:
    """Children in whose team the reader is, each opened once; then some for their queries."""
    from django.utils import timezone

    from alongside.people.queries import children_near

    near = list(children_near(reader.practitioner, at=timezone.now()).values_list("reference", flat=True))
    chosen = [f"/child/{reference}/" for reference in draw.sample(near, min(PAGES, len(near)))]
    times = measured([lambda address=address: reader.get(address) for address in chosen], reader.comes_the_next_day)
    most = max(reader.queries(address) for address in chosen[:30])
    return {"children_near": len(near), "milliseconds": times, "most_queries": most}


def long_timeline(reader: Reader) -> dict[str, Any]:
    """The longest record of all beside one that is just as long as a page reads, and one of usual length: the first
    page, and one of long ago."""
    from django.db.models import Count

    from alongside.chronology.latest import MOST
    from alongside.chronology.models import ChronologyEntry

    counted = ChronologyEntry.objects.values("person__reference").annotate(n=Count("pk")).order_by("-n")
    longest, usual = counted[0], counted[counted.count() // 2]
    busy = counted.filter(n__gte=MOST).order_by("n")[0]
    found = {}
    for name, one in (("longest", longest), ("busy", busy), ("usual", usual)):
        address = f"/child/{one['person__reference']}/"
        found[name] = {"entries": one["n"], "queries": reader.queries(address)}
        found[name]["child_page"] = again(reader, address)
        found[name]["timeline"] = again(reader, f"{address}timeline/")
    found["longest"]["long_ago"] = _long_ago(reader, longest["person__reference"])
    return found


def again(reader: Reader, address: str, **data: str) -> dict[str, Any]:
    """One address, many times."""
    reader.get(address, **data)
    return measured([lambda: reader.get(address, **data)] * AGAIN)


def _long_ago(reader: Reader, reference: str) -> dict[str, Any]:
    """The page that begins at the hundredth page's key."""
    from alongside.chronology.models import ChronologyEntry
    from alongside.chronology.queries import PAGE

    entries = ChronologyEntry.objects.filter(person__reference=reference).order_by("-occurred_at", "-pk")
    key = entries[PAGE * LONG_AGO]
    before = f"{key.occurred_at.isoformat()},{key.pk}"
    return again(reader, f"/child/{reference}/timeline/", before=before)


def typed(draw: random.Random) -> list[str]:
    """What people type: whole names, one name, a name and a year, a slip of the finger, a number."""
    from alongside.people.models import AgencyRecord

    last = AgencyRecord.objects.order_by("-pk").values_list("pk", flat=True).first()
    records = AgencyRecord.objects.in_bulk(draw.sample(range(1, last + 1), SEARCHES)).values()
    ways: list[Callable[[AgencyRecord], str]] = [
        lambda one: f"{one.given_name} {one.family_name}",
        lambda one: one.given_name,
        lambda one: f"{one.given_name} {one.date_of_birth[:4]}",
        lambda one: f"{one.family_name} {one.given_name[:-1]}",
        lambda one: one.nhs_number or one.reference,
    ]
    return [way(one) for one, way in zip(records, ways * SEARCHES, strict=False)]


def searches(reader: Reader, words: list[str]) -> dict[str, Any]:
    return measured([lambda said=said: reader.find(said) for said in words], reader.comes_the_next_day)


def admin_list(draw: random.Random) -> dict[str, Any]:
    """The peer: the admin's list of one child's entries."""
    from alongside.people.models import Person

    grace = Reader("grace")
    last = Person.objects.order_by("-pk").values_list("pk", flat=True).first()
    people = Person.objects.in_bulk(draw.sample(range(1, last + 1), OF_THE_PEER))
    return measured(
        [lambda pk=pk: grace.get("/peer/chronology/chronologyentry/", person__id__exact=str(pk)) for pk in people]
    )


def everything() -> dict[str, Any]:
    draw = random.Random(5)
    everyone, few, chair = Reader("maya"), Reader("priya"), Reader("ellen")
    words = typed(draw)
    # Of the day on which the city was told; then days pass.
    found: dict[str, Any] = {"briefing": briefings(chair)}
    CALENDAR.goes_on()
    everyone.comes_the_next_day()
    found["timeline_milliseconds"] = long_timeline(everyone)
    peer = admin_list(draw)
    for name, reader in (("front_door", everyone), ("police_officer", few)):
        pages = child_pages(reader, draw)
        found[name] = {
            "child_page": pages | {"times_as_quick_as_the_peer": times_as_quick(pages["milliseconds"], peer)},
            "search_milliseconds": searches(reader, words),
            "my_day_milliseconds": again(reader, "/"),
        }
    found["peer"] = {"admin_list_milliseconds": peer}
    return found


def briefings(chair: Reader) -> dict[str, Any]:
    """The one that hears of a weekend, and the one of a single night, whatever day it is."""
    from django.utils import timezone

    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    days = {"of_three_days": monday, "of_a_night": monday - timedelta(days=3)}
    return {name: briefing_of(chair, day.isoformat()) for name, day in days.items()}


def briefing_of(chair: Reader, on: str) -> dict[str, Any]:
    """What that morning's briefing holds and how long it takes."""
    told = chair.get("/briefing/json/", on=on).json()
    held = {name: len(told[name]) for name in ("incidents", "told_late", "children")}
    return held | {"on": on, "milliseconds": again(chair, "/briefing/", on=on)}


def main() -> None:
    django.setup()
    from alongside.access.limits import Verdict

    # What a seat looks at is counted as always; asked so much by one seat, it is not held back here.
    go_on = patch("alongside.access.queries.judge", lambda use, limits: Verdict.GO_ON)
    with go_on, patch("django.utils.timezone.now", CALENDAR.now):
        print(json.dumps(everything()))


if __name__ == "__main__":
    main()
