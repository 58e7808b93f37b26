"""Changes of seats raced against requests, on a real server of two processes with a database of its own.

`python -m tests.stories.seat_race CHANGES REQUESTS PORT` prints what happened as JSON: how many requests were made and
answered, and how many answers should not have been. No request that was begun after a change had taken effect may be
answered, and no answer may leave the server a second after it or later. When an answer left, the server says itself by
the machine's own clock: a caller that has to wait for its turn would blame the server for it.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

SEATS, CALLERS = 20, 8
HERE, PAGE = "127.0.0.1", "/find/"
LEFT = "X-Left-At"
WHY = "A race"


@dataclass
class Raced:
    """One seat in the race: its cookie, and the spans of time in which it may not be answered."""

    practitioner: Any
    cookie: str = ""
    shut: list[list[float]] = field(default_factory=list)
    is_shut: bool = False

    def met_shut(self, began: float, left: float) -> bool:
        """Whether a request came and went while the seat was shut out: one that outlasts that may be answered."""
        return any(since < began and left < until for since, until in self.shut)

    def left_while_shut(self, began: float, left: float) -> bool:
        """Whether an answer left a second after a change or later, to a request from before it."""
        return any(began <= since and since + 1 < left < until for since, until in self.shut)


@dataclass(frozen=True)
class Called:
    """One request: when it was begun, when its answer left the server, and whether it was the page."""

    raced: Raced
    began: float
    left: float
    answered: bool


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    """The web application as it is served, saying when each answer left."""
    from alongside.config.wsgi import application as served

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        return start_response(status, [*headers, (LEFT, str(time.monotonic()))], *more)

    return served(environ, start)


@contextmanager
def server(port: int) -> Iterator[None]:
    """The web server as `alongside serve` starts it."""
    from alongside.cli.servants import answers
    from alongside.cli.serve import web_server

    command = [word.replace("alongside.config.wsgi", "tests.stories.seat_race") for word in web_server(HERE, port, 2)]
    process = subprocess.Popen([sys.executable, *command])
    try:
        until = time.monotonic() + 60
        while not answers(HERE, port):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def signed_in(practitioner: Any) -> str:
    """The cookie of a new session."""
    from django.test import Client

    client = Client()
    client.force_login(practitioner)
    return client.cookies["sessionid"].value


def seated() -> list[Raced]:
    from django.utils import timezone

    from alongside.agencies.actions import invite, load_agencies

    load_agencies(by="race", at=timezone.now())
    facts = {"agency": "leeds-city-council", "role": "social_worker", "by": "race", "at": timezone.now()}
    people = [invite(key=f"s{n}", name=f"S {n}", email=f"s{n}@alongside.example", **facts) for n in range(SEATS)]
    return [Raced(one, signed_in(one)) for one in people]


def change(raced: Raced, number: int) -> None:
    """Shuts a seat out, by suspending it or by a role without the page's permission; then lets it in again."""
    from django.utils import timezone

    from alongside.agencies import seats

    told = {"practitioner": raced.practitioner, "by": "race", "at": timezone.now(), "because": WHY}
    place = {"team": None, "job_title": ""}
    if number % 2:
        seats.suspend(**told)
    else:
        seats.move(**told, role="information_officer", **place)
    span = [time.monotonic(), float("inf")]
    raced.shut.append(span)
    raced.is_shut = True
    time.sleep(random.uniform(0.1, 1.6))
    raced.is_shut, span[1] = False, time.monotonic()
    if number % 2:
        seats.lift(**told)
        raced.cookie = signed_in(raced.practitioner)
    else:
        seats.move(**told, role="social_worker", **place)


def call(people: list[Raced], port: int, share: int, seen: list[Called]) -> None:
    """One caller: asks for the page as one after another."""
    line = HTTPConnection(HERE, port, timeout=30)
    for _ in range(share):
        # While a seat is shut out, it is the one that most knock at.
        raced = random.choice([one for one in people if one.is_shut] * SEATS + people)
        began = time.monotonic()
        line.request("GET", PAGE, headers={"Cookie": f"sessionid={raced.cookie}"})
        answer = line.getresponse()
        answer.read()
        seen.append(Called(raced, began, float(answer.headers[LEFT]), answer.status == 200))


def race(changes: int, requests: int, port: int) -> dict[str, int]:
    """Runs it, and counts."""
    people, seen = seated(), []
    with server(port):
        share = requests // CALLERS
        callers = [threading.Thread(target=call, args=(people, port, share, seen)) for _ in range(CALLERS)]
        for caller in callers:
            caller.start()
        for number in range(changes):
            while len(seen) < number * requests / changes and any(one.is_alive() for one in callers):
                time.sleep(0.005)
            change(random.choice(people), number)
        for caller in callers:
            caller.join()
    met = [one for one in seen if one.raced.met_shut(one.began, one.left)]
    late = [one for one in seen if one.answered and one.raced.left_while_shut(one.began, one.left)]
    return {
        "requests": len(seen),
        "answered": sum(one.answered for one in seen),
        "met_a_shut_seat": len(met),
        "of_these_answered": sum(one.answered for one in met),
        "left_a_second_late": len(late),
    }


def main() -> None:
    changes, requests, port = map(int, sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ALONGSIDE_VAR": folder, "ALONGSIDE_DEMO": "1", "ALONGSIDE_SECRET_KEY": "opens nothing " * 5}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "alongside.config.settings", "ALONGSIDE_LOG_LEVEL": "CRITICAL"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        sys.stdout.write(json.dumps(race(changes, requests, port)) + "\n")


if __name__ == "__main__":
    main()
