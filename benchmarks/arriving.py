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
    for start in range(0, len(every) - arriving, BATCH):
        _stand(agency, every[start : start + BATCH])
    seconds = [_linked_in(agency, one) for one in invented_records(arriving, seed=41)[:arriving]]
    cuts = quantiles(seconds, n=20)
    print(f"{len(every):,} records: half within {cuts[9] * 1000:.0f} ms, 95% within {cuts[18] * 1000:.0f} ms")


def _agency() -> object:
    from alongside.agencies.models import Agency

    return Agency.objects.create(slug="police", name="Police", is_statutory=True)


def _record(agency: object, one: dict, reference: str) -> object:
    from alongside.people.models import AgencyRecord

    told = {name: one[name] or "" for name in TOLD}
    told["postcode"] = told["postcode"][:8]
    return AgencyRecord(agency=agency, system="niche", reference=reference, told_at=AT, **told)


def _stand(agency: object, records: list[dict]) -> None:
    """Records that are linked already, each to a person of its own, with their keys."""
    from alongside.linkage.candidates import index
    from alongside.people.models import AgencyRecord, Person

    rows = [_record(agency, one, one["record_id"]) for one in records]
    people = Person.objects.bulk_create(Person(reference=one["record_id"]) for one in records)
    for row, person in zip(rows, people, strict=True):
        row.person = person
    index(AgencyRecord.objects.bulk_create(rows))


def _linked_in(agency: object, one: dict) -> float:
    from alongside.linkage.arriving import link

    row = _record(agency, one, f"new {one['record_id']}")
    row.save()
    began = time.perf_counter()
    link([row], at=AT)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
