"""A receipt holds, and the line of a look: through `kill -9` of whatever serves, and through a power cut with the
settings that we ship."""

import shutil
import sys

import pytest
from benchmarks import kill_server, power_cut, seats

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads processes as Linux tells of them")
TRACED = pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc, which builds what tells of each write")
DOING = pytest.mark.parametrize("doing", ["tell", "look"])
SHORT_CUT = {"cuts": 20, "times": 12, "seed": 3}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A folder with a database of seats that look and children that they look at."""
    return seats.prepared(tmp_path_factory.mktemp("seats") / "var")


@pytest.mark.parametrize("kills", [5, pytest.param(1_000, marks=pytest.mark.long)])
def test_what_was_acknowledged_outlives_kills(tmp_path, prepared, kills):
    measured = kill_server.trial(shutil.copytree(prepared, tmp_path / "var"), kills=kills, seed=1)
    assert kill_server.is_whole(measured), measured


@TRACED
@DOING
def test_what_was_acknowledged_outlives_a_power_cut(tmp_path, prepared, doing):
    measured = power_cut.cut(tmp_path, prepared=prepared, doing=doing, synchronous="FULL", **SHORT_CUT)
    assert measured["cuts_that_lost"] == 0, measured


@TRACED
@DOING
def test_less_careful_settings_would_lose_it(tmp_path, prepared, doing):
    measured = power_cut.cut(tmp_path, prepared=prepared, doing=doing, synchronous="NORMAL", **SHORT_CUT)
    assert measured["cuts_that_lost"] > 0, measured


@TRACED
@DOING
@pytest.mark.long
@pytest.mark.parametrize(("synchronous", "loses"), [("FULL", False), ("NORMAL", True)])
def test_five_hundred_power_cuts(tmp_path, prepared, doing, synchronous, loses):
    how = {"cuts": 500, "times": 150, "seed": 1}
    measured = power_cut.cut(tmp_path, prepared=prepared, doing=doing, synchronous=synchronous, **how)
    assert bool(measured["cuts_that_lost"]) is loses, measured


def test_a_database_that_cannot_be_read_any_more_has_lost_all(tmp_path):
    disks = {power_cut.DATABASE: power_cut.Disk(bytearray(b"no database " * 400))}
    draw = power_cut.random.Random(1)
    assert power_cut.lost_after(disks, ["a receipt"], tmp_path / "after", draw, "tell") == 2


def test_a_write_after_the_last_sync_may_be_lost_whole_or_in_part():
    disk = power_cut.Disk(bytearray(b"abc"))
    disk.since += [(b"w", 1, b"XY"), (b"t", 5, b"")]
    seen = {disk.after_a_cut(power_cut.random.Random(seed)) for seed in range(40)}
    assert b"abc" in seen
    assert seen <= {b"abc", b"aXY", b"abc\0\0", b"aXY\0\0"}
    disk.sync()
    assert (bytes(disk.synced), disk.since) == (b"aXY\0\0", [])
