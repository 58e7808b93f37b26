"""`python -m benchmarks`: what needs nothing but this machine, into benchmarks/results/; names the longer ones."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from . import machine

RESULTS = Path(__file__).parent / "results"
LONGER = """Longer, or with data of your own (each with --help):
  python -m benchmarks.kill_import                          kills an import at 50 random instants
  python -m benchmarks.kill_server                          kills what serves 1,000 times, while it tells and shows
  python -m benchmarks.power_cut look                       cuts the power 500 times while pages are shown
  python -m benchmarks.linkage RECORDS --truth COLUMN …     beside Splink and recordlinkage
  python -m benchmarks.large_files --kind csv               a file of 200 MB, and following its rows
  python -m benchmarks.ledgered_reads                       pages with their lines in the ledger, beside none
  python -m benchmarks.verify_ledger                        how fast the ledger is verified
  python -m benchmarks.scale --folder DIR                   a whole city, through the pages, beside the Django admin"""


def run(*words: str, **more: str) -> None:
    """One Python command of ours; its words on the screen; ends everything when it fails."""
    subprocess.run([sys.executable, "-m", *words], env={**os.environ, **more}, check=True)


def main() -> None:
    """Bulk import beside `bulk_create`, and how reports are grouped into incidents, on a city of 400 children."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "machine.json").write_text(json.dumps(machine.facts(), indent=1) + "\n")
    run("benchmarks.intake", "--json", str(RESULTS / "intake.json"))
    with tempfile.TemporaryDirectory() as folder:
        city = Path(folder) / "city"
        named = ("demo", "--no-serve", "--seed", "1", "--until", "2026-11-20", "--files", str(city))
        run("alongside", *named, ALONGSIDE_VAR=folder, DATABASE_URL=f"sqlite:///{folder}/city.sqlite3")
        run("benchmarks.incidents", str(city), "--json", str(RESULTS / "incidents.json"))
    print(f"Written to {RESULTS}.\n{LONGER}")


if __name__ == "__main__":
    main()
