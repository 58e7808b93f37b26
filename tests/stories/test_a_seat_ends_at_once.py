"""Changes of seats raced against requests on a real server: no answer comes after a change has taken effect."""

import json
import os
import subprocess
import sys

import pytest

from tests.commands.conftest import free_port
from tests.house.tracked import ROOT

__all__ = ["free_port"]


def raced(changes, requests, port):
    """What one race came to, in a process and with a database of its own."""
    command = [sys.executable, "-m", "tests.stories.seat_race", str(changes), str(requests), str(port)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": "src"}
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_no_answer_comes_after_a_seat_has_changed(free_port):
    came_to = raced(8, 320, free_port)
    assert came_to["requests"] == 320
    assert came_to["met_a_shut_seat"] > 0
    assert came_to["answered"] > 100
    assert (came_to["of_these_answered"], came_to["left_a_second_late"]) == (0, 0)


@pytest.mark.long
def test_no_answer_comes_in_ten_thousand_requests_and_two_hundred_changes(free_port):
    came_to = raced(200, 10_000, free_port)
    assert came_to["requests"] == 10_000
    assert came_to["met_a_shut_seat"] > 500
    assert (came_to["of_these_answered"], came_to["left_a_second_late"]) == (0, 0)
