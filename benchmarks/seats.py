"""Two seats that look at six children, in a database of its own: made once, signed in, each with the pages it opens;
and what of it is on record.

    ALONGSIDE_VAR=FOLDER python -m benchmarks.seats        prints them, with a key for a partner's system
"""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from .machine import SEALING

DATABASE, CITY = "alongside.sqlite3", "seats.json"
NAMES, FAMILY, COUNCIL = ("Amara", "Bilal", "Chloe", "Dmitri", "Esme", "Farouk"), "Lindqvist", "leeds-city-council"
READERS = ("maya", "rowan")
REFERENCE = re.compile(r"\b[0-9A-Z]{8}\b")
LOOKS = (
    "SELECT actor, substr(subject, 8), count(*) FROM ledger_ledgerevent"
    " WHERE operation = 'view' AND subject LIKE 'person:%' GROUP BY 1, 2"
)
# Who looked at whom: the key of a seat, and the reference of a child.
Look = tuple[str, str]


def environment(var: Path) -> dict[str, str]:
    """A database of its own in `var`, and no other settings but the styles as they lie."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_"))}
    more = {
        "ALONGSIDE_VAR": str(var),
        "ALONGSIDE_DEMO": "1",
        "ALONGSIDE_SECRET_KEY": "benchmarks, and only there. " * 3,
    }
    return kept | SEALING | more | {"DJANGO_SETTINGS_MODULE": "benchmarks.with_seats"}


def prepared(var: Path) -> Path:
    """The folder with its database and its seats, made where there is none."""
    if not (var / CITY).exists():
        (var / "static").mkdir(parents=True, exist_ok=True)
        made = subprocess.run([sys.executable, "-m", "benchmarks.seats"], env=environment(var), stdout=subprocess.PIPE)
        made.check_returncode()
        (var / CITY).write_bytes(made.stdout)
    return var


def city(var: Path) -> dict[str, Any]:
    return json.loads((var / CITY).read_bytes())


def shown_in(page: str, body: str, children: Iterable[str]) -> set[str]:
    """The children whose reference is in a page, or in its address."""
    return set(REFERENCE.findall(page + body)) & set(children)


def looks_on_record(database: Path) -> Counter[Look]:
    """How many lines say that this seat looked at this child."""
    with closing(sqlite3.connect(database)) as found:
        return Counter({(actor, child): many for actor, child, many in found.execute(LOOKS)})


def told() -> Iterable[dict[str, Any]]:
    from .intake import rows

    for number, row in enumerate(rows(2 * len(NAMES))):
        child = number % len(NAMES)
        own = {"reference": f"P-{child}", "given_name": NAMES[child], "family_name": FAMILY}
        row["source"]["reference"] = f"P-{number}"
        row["people"] = [{"role": "subject", "date_of_birth": f"20{9 + child:02}-{child + 1:02}-0{child + 2}", **own}]
        yield row


def seat(key: str, children: list[str]) -> dict[str, Any]:
    """Its cookie and its pages: two of each child, and a search that finds them all."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from alongside.agencies.actions import invite

    who = {"key": key, "name": key.title(), "email": f"{key}@alongside.example"}
    reader = invite(**who, agency=COUNCIL, role="front_door_worker", team=None, by="benchmark", at=timezone.now())
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(reader)
    found = client.post("/find/", {"q": FAMILY}).headers["Location"]
    pages = [f"/child/{reference}/{page}" for reference in children for page in ("", "timeline/")]
    name = settings.SESSION_COOKIE_NAME
    return {"cookie": f"{name}={client.cookies[name].value}", "pages": [*pages, found]}


def main() -> None:
    from alongside.cli.environment import with_tables

    with_tables()
    from django.utils import timezone

    from alongside.agencies.actions import load_agencies
    from alongside.agencies.models import Agency
    from alongside.contributions.actions import accept
    from alongside.contributions.kinds import kinds_of_agency
    from alongside.contributions.tokens import make_token
    from alongside.flow import follow_pending
    from alongside.people.models import Person

    now = timezone.now()
    load_agencies(by="benchmark", at=now)
    accept(list(told()), by="benchmark", at=now)
    follow_pending(at=now)
    children = list(Person.objects.order_by("pk").values_list("reference", flat=True))
    agency = Agency.objects.get(slug=COUNCIL)
    _, key = make_token(agency=agency, name="a system", kinds=kinds_of_agency(COUNCIL), by="benchmark", at=now)
    seats = {reader: seat(reader, children) for reader in READERS}
    print(json.dumps({"key": key, "children": children, "seats": seats}))


if __name__ == "__main__":
    main()
