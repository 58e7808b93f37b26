"""What serves together stops together."""

import os
import signal
import subprocess
import sys
import time

import pytest

from alongside.cli.servants import serve_together

PARENT = """
from alongside.cli.servants import serve_together
web = ["-m", "http.server", "{port}", "--bind", "127.0.0.1"]
sleeper = ["-c", "import os, time; print(os.getpid(), flush=True); time.sleep(60)"]
raise SystemExit(serve_together(web, [sleeper], host="127.0.0.1", port={port}, ready=lambda: None))
"""


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def gone(process):
    until = time.monotonic() + 10
    while is_alive(process) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_alive(process)


@pytest.fixture
def free_port():
    import socket

    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


# Only Linux tells children that their parent was killed.
ENDS = [(signal.SIGTERM, 0), *([(signal.SIGKILL, -9)] if sys.platform.startswith("linux") else [])]


@pytest.mark.parametrize(("sent", "status"), ENDS)
def test_however_the_first_ends_the_others_end_too(free_port, sent, status):
    command = [sys.executable, "-c", PARENT.format(port=free_port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environ()) as parent:
        child = next(int(line) for line in parent.stdout if line.strip().isdigit())
        parent.send_signal(sent)
        assert parent.wait(20) == status
        assert gone(child)


def environ():
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def test_a_server_that_cannot_start_ends_with_its_status(free_port):
    heard = []
    failing = ["-c", "raise SystemExit(3)"]
    assert serve_together(failing, [], host="127.0.0.1", port=free_port, ready=lambda: heard.append(1)) == 3
    assert heard == []
