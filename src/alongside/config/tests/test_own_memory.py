"""Another process of the same user does not come by what one of ours holds."""

import ctypes
import os
import subprocess
import sys

import pytest

# Of linux/prctl.h and linux/capability.h: an administrator may look into every process, and tests may be run by one.
DROP, POWERS = 24, 64
ONE_OF_OURS = """
import os, subprocess
{settings}
print(subprocess.run(["cat", f"/proc/{{os.getpid()}}/environ"], stdout=subprocess.PIPE))
"""


def as_anybody() -> None:
    libc = ctypes.CDLL(None)
    for power in range(POWERS):
        libc.prctl(DROP, power, 0, 0, 0)


def seen(settings: str) -> str:
    """What a process started by one of ours reads of the environment that this one was given."""
    return subprocess.run(
        [sys.executable, "-c", ONE_OF_OURS.format(settings=settings)],
        env=os.environ | {"ALONGSIDE_SECRET_KEY": "to be kept"},
        preexec_fn=as_anybody,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux alone keeps it")
def test_nobody_of_the_same_user_reads_our_environment():
    assert "to be kept" in seen("")
    assert "to be kept" not in seen("import alongside.config.settings")
