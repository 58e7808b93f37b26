"""Tells a large city to an empty database: `python -m benchmarks.scale_build CHILDREN CONTRIBUTIONS`."""

import json
import resource
import sys
import time

import django


def tell(children: int, contributions: int) -> dict[str, float]:
    """Accepts every envelope and follows each to its timeline; seconds of either, and how many."""
    from django.utils import timezone

    from alongside.contributions.actions import accept
    from alongside.flow import follow_pending

    from .large_city import envelopes

    spent = {"accepted": 0.0, "followed": 0.0}
    count = 0
    for street in envelopes(children=children, contributions=contributions, until=timezone.localdate()):
        began = time.monotonic()
        accept(street, by="benchmark", at=timezone.now())
        then = time.monotonic()
        while follow_pending(at=timezone.now(), limit=2_000):
            pass
        spent["accepted"] += then - began
        spent["followed"] += time.monotonic() - then
        count += len(street)
        print(f"{count:,} told", file=sys.stderr, end="\r")
    return {"contributions": count} | {f"{name}_a_second": round(count / took) for name, took in spent.items()}


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
    told = tell(children, contributions)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(told | {"children": children, "peak_mb": round(peak)}))


if __name__ == "__main__":
    main()
