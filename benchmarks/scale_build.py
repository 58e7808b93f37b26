"""Tells a large city to an empty database: `python -m benchmarks.scale_build CHILDREN CONTRIBUTIONS`.

A quarter of it is told through the ordinary doors and steps but one: whose record is whose is taken from the city's
truth, for linkage has a benchmark of its own. Then the rows are copied three times, each copy with keys and references
of its own: to tell all of it takes an hour, and pages see no difference but four children of each name.
"""

import json
import resource
import sys
import time
from datetime import datetime
from typing import Any

import django

from .large_city import Streets, streets

TIMES = 4


class Links:
    """Who is who, as the city knows it: the step that `linkage.arriving` takes in use."""

    def __init__(self) -> None:
        self.key_of: dict[tuple[str, str], str] = {}
        self.person_of: dict[str, int] = {}

    def hear(self, told: Streets) -> None:
        self.key_of = {(one.agency, one.reference): one.person for one in told.truth}

    def link(self, records: list[Any], *, at: datetime) -> None:
        """As the step in use does: index, link, and show the best of what is known."""
        from alongside.linkage.candidates import index
        from alongside.linkage.models import RecordLink
        from alongside.people.actions import show_best
        from alongside.people.models import AgencyRecord, Person

        index(records)
        for one in records:
            one.person_id = self._person(one)
        AgencyRecord.objects.bulk_update(records, ["person"], batch_size=400)
        fresh = [RecordLink(record=one, person_id=one.person_id, rule="told", linked_at=at) for one in records]
        RecordLink.objects.bulk_create(fresh, ignore_conflicts=True)
        show_best(Person.objects.filter(pk__in={one.person_id for one in records}))

    def _person(self, record: Any) -> int:
        from alongside.people.models import Person
        from alongside.people.reference import reference_for

        key = self.key_of.get((record.agency_id, record.reference), f"{record.agency_id} {record.reference}")
        if key not in self.person_of:
            reference = reference_for(record.agency_id, record.system, record.reference)
            self.person_of[key] = Person.objects.create(reference=reference).pk
        return self.person_of[key]


def tell(children: int, contributions: int) -> dict[str, float]:
    """Accepts every envelope and follows each to its timeline; seconds of either, and how many."""
    from unittest.mock import patch

    from django.utils import timezone

    from alongside.contributions.actions import accept
    from alongside.flow import follow_pending

    links, spent, count = Links(), {"accepted": 0.0, "followed": 0.0}, 0
    for told in streets(children=children, contributions=contributions, until=timezone.localdate()):
        links.hear(told)
        began = time.monotonic()
        accept(told.envelopes, by="benchmark", at=timezone.now())
        then = time.monotonic()
        with patch("alongside.flow.link", links.link):
            while follow_pending(at=timezone.now(), limit=2_000):
                pass
        spent["accepted"] += then - began
        spent["followed"] += time.monotonic() - then
        count += len(told.envelopes)
        print(f"{count:,} told", file=sys.stderr, end="\r")
    return {"contributions": count * TIMES} | {f"{name}_a_second": round(count / took) for name, took in spent.items()}


def multiply() -> None:
    """Copies of every child and all that is told of them, in SQL."""
    from django.db import connection
    from django.db.models import Max

    from alongside.chronology.models import ChronologyEntry
    from alongside.contributions.models import Contribution
    from alongside.linkage.models import RecordLink
    from alongside.people.models import AgencyRecord, NameKey, Person, Standing

    copied = (Person, AgencyRecord, NameKey, RecordLink, Contribution, ChronologyEntry, Standing)
    last = {model: model.objects.aggregate(last=Max("pk"))["last"] for model in copied}
    connection.ensure_connection()
    connection.connection.create_function("reseal", 3, resealed)
    with connection.cursor() as cursor:
        # Nothing here is worth keeping after a power cut.
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA cache_size = -2000000")
        for turn in range(1, TIMES):
            for model in copied:
                cursor.execute(_copy(model, turn, last))
                print(f"copy {turn}: {model.__name__}", file=sys.stderr, end="\r")


def resealed(sealed: str, receipt: str, copy: str) -> str:
    """Sealed numbers open by the receipt that they were sealed with: a copy's by its own."""
    from alongside.people.sealing import vault

    return vault().seal(vault().open(sealed, receipt), copy) if sealed else ""


def _copy(model: Any, turn: int, last: dict[Any, int]) -> str:
    """One table into itself: keys and what points to them moved on, references and receipts told apart."""
    names, values = [], []
    for one in model._meta.concrete_fields:
        names.append(f'"{one.column}"')
        pointed = model if one.primary_key else one.related_model
        if pointed in last:
            values.append(f'"{one.column}" + {turn * last[pointed]}')
        elif one.name == "sealed":
            values.append(f'reseal("sealed", "receipt", "receipt" || \'{turn}\')')
        elif one.name in {"reference", "receipt"}:
            values.append(f"\"{one.column}\" || '{turn}'")
        else:
            values.append(f'"{one.column}"')
    table, key = model._meta.db_table, model._meta.pk.column
    order = "key" if any(one.name == "key" for one in model._meta.fields) else key
    return (
        f'INSERT INTO "{table}" ({", ".join(names)}) SELECT {", ".join(values)}'
        f' FROM "{table}" WHERE "{key}" <= {last[model]} ORDER BY "{order}"'
    )


def main() -> None:
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from alongside.demo.loading import seat_practitioners

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    children, contributions = (int(word) for word in sys.argv[1:])
    seat_practitioners(at=timezone.now())
    told = tell(children // TIMES, contributions // TIMES)
    multiply()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(told | {"copies": TIMES, "children": children, "peak_mb": round(peak)}))


if __name__ == "__main__":
    main()
