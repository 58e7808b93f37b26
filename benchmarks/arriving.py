"""How long one arriving record waits to be linked, among so many people: `python -m benchmarks.arriving`."""

import argparse
import os
import tempfile
import time
from datetime import UTC, datetime
from statistics import quantiles

from .linkage_people import invented_records
from .machine import SEALING

AT = datetime(2026, 11, 23, tzinfo=UTC)
TOLD = ("given_name", "family_name", "date_of_birth", "sex", "postcode")
BATCH = 2000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.arriving")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--arriving", type=int, default=200)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= SEALING | {"ALONGSIDE_VAR": folder, "ALONGSIDE_SECRET_KEY": "benchmark", "ALONGSIDE_DEMO": "1"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
        _measure(chosen.people, chosen.arriving)


def _measure(people: int, arriving: int) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    every = invented_records(people, seed=41)
    agency = _agency()
    began = time.perf_counter()
    _load(agency, every)
    print(f"{len(every):,} records loaded in {time.perf_counter() - began:.0f} s")
    spent = [_linked_in(agency, one) for one in invented_records(arriving, seed=41)[:arriving]]
    for name, seconds in zip(("seconds", "of work"), zip(*spent, strict=True), strict=True):
        cuts = [round(cut * 1000) for cut in quantiles(seconds, n=20)]
        print(f"{name}: half within {cuts[9]} ms, 95% within {cuts[18]} ms, all within {max(seconds) * 1000:.0f} ms")


def _agency() -> object:
    from alongside.agencies.models import Agency

    return Agency.objects.create(slug="police", name="Police", is_statutory=True)


def _record(agency: object, one: dict, reference: str) -> object:
    from alongside.people.models import AgencyRecord

    told = {name: one[name] or "" for name in TOLD}
    told["postcode"] = told["postcode"][:8]
    return AgencyRecord(agency=agency, system="niche", reference=reference, told_at=AT, **told)


def _load(agency: object, records: list[dict]) -> None:
    """Records that are linked already, each to a person of its own; their keys go in together, in order, for speed."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA temp_store = FILE")
        cursor.execute("CREATE TEMP TABLE told (record_id INTEGER, key TEXT)")
        for start in range(0, len(records), BATCH):
            keys = _stand(agency, records[start : start + BATCH])
            cursor.executemany("INSERT INTO told VALUES (%s, %s)", keys)
        cursor.execute(
            "INSERT INTO people_namekey (record_id, key) SELECT record_id, key FROM told ORDER BY key, record_id"
        )
        cursor.execute("DROP TABLE told")
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA synchronous = FULL")


def _stand(agency: object, records: list[dict]) -> list[tuple[int, str]]:
    """Makes a batch of records and returns their keys, as the ordinary door would write them."""
    from alongside.linkage.record import keys_of_record
    from alongside.people.models import AgencyRecord, Person

    rows = [_record(agency, one, one["record_id"]) for one in records]
    people = Person.objects.bulk_create(Person(reference=one["record_id"]) for one in records)
    for row, person in zip(rows, people, strict=True):
        row.person = person
    return [(row.pk, key) for row in AgencyRecord.objects.bulk_create(rows) for key in sorted(keys_of_record(row))]


def _linked_in(agency: object, one: dict) -> tuple[float, float]:
    """Seconds by the clock, and of work."""
    from alongside.linkage.arriving import link

    row = _record(agency, one, f"new {one['record_id']}")
    row.save()
    began, worked = time.perf_counter(), time.process_time()
    link([row], at=AT)
    return time.perf_counter() - began, time.process_time() - worked


if __name__ == "__main__":
    main()
