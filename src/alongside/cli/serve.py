"""`alongside serve`: the pages, the queue's worker and the follower, together."""

import os
import resource
import signal
import sys
import time
from datetime import date
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from alongside.cli.environment import awake, migrate
from alongside.cli.litestream import litestream
from alongside.cli.servants import serve_together

HostOption = Annotated[str, typer.Option(help="Address to listen on.")]
PortOption = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)]
# Longest that an accepted contribution waits for its follower when nobody follows it at once.
REST = 0.5
SEALED_EVERY = 60.0


def add_to(app: typer.Typer) -> None:
    app.command("serve")(serve)
    app.command("follow", hidden=True)(follow)
    app.command("write-ledger", hidden=True)(write_ledger)


def collect_pages() -> None:
    """Gathers styles and scripts for serving, when they are others than last time."""
    from django.conf import settings
    from django.core.management import call_command

    from alongside import __version__

    built = settings.PACKAGE / "web" / "static" / "built" / "stamp.txt"
    now = f"{__version__} {built.read_text() if built.exists() else ''}"
    stamp = settings.STATIC_ROOT / "collected.txt"
    if not stamp.exists() or stamp.read_text() != now:
        typer.echo("Gathering and compressing the pages’ styles, once …")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(now)


QUEUE = ["-m", "django", "db_worker", "--interval", "1", "--no-startup-delay", "--verbosity", "0"]
FOLLOWER = ["-m", "alongside", "follow"]
WRITER = ["-m", "alongside", "write-ledger"]


def web_server(host: str, port: int, workers: int) -> list[str]:
    """The command line of the web server."""
    return [
        *("-m", "gunicorn", "alongside.config.wsgi", "--bind", f"{host}:{port}", "--worker-class", "gthread"),
        *("--workers", str(workers), "--threads", "4", "--timeout", "60", "--graceful-timeout", "8"),
        *("--log-level", "warning", "--no-control-socket", "--preload"),
    ]


def refuse_unsafe(host: str) -> None:
    """Stops, saying every reason and its mend, where it would be unsafe to serve or the playbook is broken."""
    from django.conf import settings

    from alongside import playbook
    from alongside.cli.check import say
    from alongside.config.checks import refused

    reasons = refused(listens_on=host)
    say(reasons)
    mistakes = playbook.check(settings.PLAYBOOK) if not reasons else []
    for mistake in mistakes:
        typer.echo(str(mistake), err=True)
    if reasons or mistakes:
        raise typer.Exit(1)


def serve_pages(host: str, port: int, workers: int) -> None:
    """Checks, prepares and serves until asked to stop."""
    refuse_unsafe(host)
    copying = litestream()
    # Where a process breaks, no picture of its memory is left behind.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    migrate()
    collect_pages()
    # A folder that only we can enter, with a path short enough for a socket.
    with TemporaryDirectory(prefix="alongside-") as folder:
        os.environ["ALONGSIDE_LEDGER_WRITER"] = f"{folder}/ledger.sock"
        status = serve_together(
            web_server(host, port, workers),
            [WRITER, QUEUE, FOLLOWER, *copying],
            host=host,
            port=port,
            ready=lambda: typer.echo(f"Alongside is at http://{host}:{port}/ (Ctrl-C stops it)."),
        )
    raise typer.Exit(status)


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8000,
    workers: Annotated[int, typer.Option(help="Web processes, four threads each.", min=1)] = 2,
) -> None:
    """Serve the pages and do the work that follows, with the settings of the environment."""
    awake(own_key=False)
    serve_pages(host, port, workers)


class Chores:
    """What is done from time to time beside following: somebody is called for what is urgent, and written to of what
    was given now and of an emergency whose letter did not leave; the ledger is sealed every minute; once a day, what
    was begun and never used is cleared, and what was kept for so many days; the database counts its rows, and seats
    are looked after."""

    def __init__(self) -> None:
        self.begun_on: date | None = None
        self.sealed = 0.0

    def do(self) -> None:
        import structlog
        from django.utils import timezone

        from alongside.contributions.tasks import call_somebody
        from alongside.ledger.actions import UnsoundError, seal
        from alongside.people.tasks import write_what_is_due as write_of_emergencies
        from alongside.sharing.tasks import write_what_is_due as write_of_givings

        # First, so that nobody waits to be told of danger while much is followed.
        call_somebody(at=timezone.now())
        write_of_givings(at=timezone.now())
        write_of_emergencies(at=timezone.now())
        if self.begun_on != (today := timezone.localdate()):
            begin_the_day()
            self.begun_on = today
        if time.monotonic() - self.sealed >= SEALED_EVERY:
            # Tried once a minute whatever comes of it: a ledger that does not fit must not hold up the timelines.
            self.sealed = time.monotonic()
            try:
                seal(at=timezone.now())
            except UnsoundError:
                structlog.get_logger().error("the_ledger_is_not_sealed_until_verify_is_whole")


def begin_the_day() -> None:
    """What is done once a day, in the queue."""
    from alongside.agencies.tasks import tend_seats
    from alongside.connectors.tasks import clear_unused, count_rows
    from alongside.keeping.tasks import clear_what_is_over

    for task in (clear_unused, clear_what_is_over, count_rows, tend_seats):
        task.enqueue()


def follow() -> None:
    """Follow every accepted contribution to its child's timeline, until asked to stop; and the chores."""
    awake()
    import structlog
    from django.db import close_old_connections
    from django.utils import timezone

    from alongside.flow import follow_pending

    log, chores = structlog.get_logger(), Chores()
    while True:
        try:
            chores.do()
            if follow_pending(at=timezone.now()):
                continue
        except KeyboardInterrupt:
            sys.exit(0)
        except Exception as failure:
            # What was accepted is durable: it waits, and is followed when the cause is mended.
            log.warning("following_will_be_tried_again", kind=type(failure).__name__)
        close_old_connections()
        time.sleep(REST)


def write_ledger() -> None:
    """Write the lines of all web processes together, until asked to stop and nobody needs it any more."""
    awake()
    from django.conf import settings

    from alongside.ledger import post
    from alongside.ledger.writer import Writer

    writer = Writer(post.listen(settings.LEDGER_WRITER))
    signal.signal(signal.SIGTERM, lambda *_: writer.is_asked_to_stop.set())
    writer.run()
