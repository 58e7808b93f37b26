"""`alongside serve`: the pages, the queue's worker and the follower, together."""

import resource
import sys
import time
from typing import Annotated

import typer

from alongside.cli.environment import awake, migrate
from alongside.cli.servants import serve_together

HostOption = Annotated[str, typer.Option(help="Address to listen on.")]
PortOption = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)]
# Longest that an accepted contribution waits for its follower when nobody follows it at once.
REST = 0.5


def add_to(app: typer.Typer) -> None:
    app.command("serve")(serve)
    app.command("follow", hidden=True)(follow)


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
    # Where a process breaks, no picture of its memory is left behind.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    migrate()
    collect_pages()
    status = serve_together(
        web_server(host, port, workers),
        [QUEUE, FOLLOWER],
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


def follow() -> None:
    """Follow every accepted contribution to its child's timeline, until asked to stop; once a day, clear what was
    begun and never used, and let the database count its rows."""
    awake()
    import structlog
    from django.db import close_old_connections
    from django.utils import timezone

    from alongside.connectors.tasks import clear_unused, count_rows
    from alongside.flow import follow_pending

    log, cleared_on = structlog.get_logger(), None
    while True:
        try:
            if cleared_on != (today := timezone.localdate()):
                clear_unused.enqueue()
                count_rows.enqueue()
                cleared_on = today
            if follow_pending(at=timezone.now()):
                continue
        except KeyboardInterrupt:
            sys.exit(0)
        except Exception as failure:
            # What was accepted is durable: it waits, and is followed when the cause is mended.
            log.warning("following_will_be_tried_again", kind=type(failure).__name__)
        close_old_connections()
        time.sleep(REST)
