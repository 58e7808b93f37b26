"""SQLite's own files hold no word of what was disposed of: not in freed pages, not in the write-ahead log."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.shared.keys import made

ROOT = Path(__file__).resolve().parents[4]
WORDS = (b"kestrel", b"merlinson")
SCRIPT = """
import random, sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.utils import timezone
from alongside.agencies.actions import invite, load_agencies
from alongside.contributions.actions import accept, withdraw
from alongside.contributions.models import Contribution
from alongside.contributions.tests.example import note
from alongside.flow import follow_pending
from alongside.keeping.actions import approve, propose
from alongside.keeping.queries import due_for
now, draw = timezone.now(), random.Random(3)
load_agencies(by="test", at=now)
una, joe = (invite(key=key, name=key, email=f"{key}@alongside.example", agency="leeds-city-council",
    role="records_officer", team=None, by="test", at=now) for key in ("una", "joe"))
def tell(n, *, old):
    name = f"Kestrel{n}" if old else f"Other{n}"
    words = "merlinson went home " * draw.randrange(1, 300) if old else "stayed to the end " * draw.randrange(1, 300)
    told = note(f"R-{n}", narrative=words, occurred_at="1991-05-01T10:00:00Z" if old else "2026-05-01T10:00:00Z",
        person={"given_name": name, "family_name": name, "reference": f"C-{name}", "strengths": words[:200]})
    accept([told, told | {"narrative": words + "again"}], by="test", at=now)
for n in range(120):
    tell(n, old=n % 3 == 0)
    follow_pending(at=now)
for one in Contribution.objects.filter(is_newest=True)[:9]:
    withdraw(contribution=one, by=una, at=now, because="Tried.")
while follow_pending(at=now):
    pass
print(Contribution.objects.count(), flush=True)
while due := due_for(una, at=now):
    proposal = propose(receipts=[one.contribution.receipt for one in due], by=una, at=now)
    print(approve(proposal=proposal, by=joe, at=now))
print(Contribution.objects.count())
"""


@pytest.fixture
def disposed_of(tmp_path):
    environ = os.environ | {
        "ALONGSIDE_VAR": str(tmp_path),
        "ALONGSIDE_DATA_KEYS": made(),
        "ALONGSIDE_SEARCH_KEY": made(),
        "ALONGSIDE_SECRET_KEY": "disposing",
        "DATABASE_URL": f"sqlite:///{tmp_path}/alongside.sqlite3",
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environ, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["240", "40", "160"]
    return tmp_path


def test_no_word_is_left_in_the_file_or_the_log(disposed_of):
    files = sorted(path for path in disposed_of.iterdir() if path.name.startswith("alongside.sqlite3"))
    assert files
    left = {(path.name, word) for path in files for word in WORDS if word in path.read_bytes().lower()}
    assert left == set()
