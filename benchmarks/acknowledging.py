"""What goes on until the power is cut: a system tells, or seats look. Each acknowledgement is a line in a file: the
receipt of what was told; of a page that was received whole, who opened it and which children it shows.

    python -m benchmarks.acknowledging tell|look TIMES
"""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

from . import seats

ACKNOWLEDGED, READING = "acknowledged", 8
MINE = threading.local()


def tell(times: int, acknowledge: Callable[[str], None]) -> None:
    from django.utils import timezone

    from alongside.contributions.actions import accept

    from .intake import rows

    for row in rows(times):
        (verdict,) = accept([row], by="power cut", at=timezone.now())
        assert verdict.receipt, verdict
        acknowledge(verdict.receipt)


def look(times: int, acknowledge: Callable[[str], None]) -> None:
    """Eight threads open pages, as those of a web process do, and none writes its lines but through the writer."""
    from django.conf import settings

    from alongside.ledger import together

    together.write = not_alone
    city, keys = seats.city(settings.VAR), cycle(seats.READERS)

    def sit_down() -> None:
        from django.test import Client

        MINE.key, MINE.client = next(keys), Client(SERVER_NAME="127.0.0.1")
        MINE.pages = city["seats"][MINE.key]["pages"]
        MINE.client.cookies.load(city["seats"][MINE.key]["cookie"])

    def open_page(turn: int) -> None:
        page = MINE.pages[turn % len(MINE.pages)]
        answer = MINE.client.get(page)
        assert answer.status_code == 200, f"{page}: {answer.status_code}"
        shown = seats.shown_in(page, answer.content.decode(), city["children"])
        acknowledge(" ".join([MINE.key, *shown]))

    with ThreadPoolExecutor(READING, initializer=sit_down) as pool:
        list(pool.map(open_page, range(times)))


def not_alone(lines: object) -> None:
    raise AssertionError("The writer did not take these lines.")


def main() -> None:
    import django

    django.setup()
    from django.conf import settings

    kept = os.open(settings.VAR / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    what, times = sys.argv[1:]
    {"tell": tell, "look": look}[what](int(times), lambda said: os.write(kept, f"{said}\n".encode()))


if __name__ == "__main__":
    main()
