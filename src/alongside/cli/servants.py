"""The processes that serve together and stop together: web server, queue worker, follower of what was accepted."""

import ctypes
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

START_WITHIN, PATIENCE = 60.0, 10.0
PR_SET_PDEATHSIG = 1


class StopAskedError(Exception):
    """Somebody asked us to stop."""


def stops_with_us() -> Callable[[], None] | None:
    """On Linux, a child that ends when we end, even by `kill -9`; elsewhere we stop our children ourselves."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def ask_to_stop(number: int, frame: FrameType | None) -> None:
    """Handler of SIGTERM: the same way out as Ctrl-C."""
    raise StopAskedError


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """One process of ours: words for our Python, or a program by its path. In a session of its own, so that Ctrl-C
    reaches it through us, in order."""
    words = command if Path(command[0]).is_absolute() else [sys.executable, *command]
    return subprocess.Popen(words, preexec_fn=stops_with_us(), start_new_session=True)


def stop(running: list[subprocess.Popen[bytes]]) -> None:
    """Asks all to finish what they are doing; ends those that do not within ten seconds."""
    for process in running:
        process.terminate()
    until = time.monotonic() + PATIENCE
    for process in running:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def answers(host: str, port: int) -> bool:
    """Whether somebody takes calls at this address."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as call:
        call.settimeout(1)
        return call.connect_ex((host, port)) == 0


def until_it_answers(process: subprocess.Popen[bytes], host: str, port: int) -> bool:
    """Waits for a server to take calls: False if it ended or took longer than a minute."""
    until = time.monotonic() + START_WITHIN
    while process.poll() is None and time.monotonic() < until:
        if answers(host, port):
            return True
        time.sleep(0.1)
    return False


def serve_together(web: list[str], others: list[list[str]], *, host: str, port: int, ready: Callable[[], None]) -> int:
    """The web server first, so that pages come soonest; then the others. Runs until one ends or we are asked to
    stop. Exit status 0 when asked, else that of the first to end."""
    signal.signal(signal.SIGTERM, ask_to_stop)
    running: list[subprocess.Popen[bytes]] = []
    try:
        running.append(start(web))
        if not until_it_answers(running[0], host, port):
            return running[0].poll() or 1
        ready()
        for command in others:
            running.append(start(command))
        while all(process.poll() is None for process in running):
            time.sleep(0.3)
        return next(process.returncode for process in running if process.poll() is not None) or 1
    except (KeyboardInterrupt, StopAskedError):
        return 0
    finally:
        stop(running)
