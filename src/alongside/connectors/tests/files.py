"""Small files as partners send them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from alongside.connectors.ingest import ingest
from alongside.connectors.report import FileReport, Report

NOW = datetime(2026, 11, 23, 9, 20, tzinfo=UTC)
DATA = Path(__file__).resolve().parents[5] / "shared" / "data"
REAL = pytest.mark.skipif(not DATA.is_dir(), reason="needs the open data in ../shared/data, which is not here")


def note(reference: str = "N-1", **changes: Any) -> dict[str, Any]:
    told = {
        "kind": "general_note",
        "source": {"agency": "leeds-safe-team", "system": "notes", "reference": reference},
        "occurred_at": "2026-11-20T16:30:00Z",
        "narrative": "Came to boxing and stayed to help.",
        "people": [{"role": "subject", "reference": f"S-{reference}", "given_name": "Kai"}],
    }
    return told | changes


def lines(*told: Any) -> str:
    return "".join(json.dumps(one) + "\n" for one in told)


class Desk:
    """Where files arrive: writes one and takes it in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, text: str | bytes, name: str = "file.txt") -> Path:
        path = self.folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def take(self, *paths: Path, **how: Any) -> Report:
        return ingest(paths, by="tests", at=NOW, rejects_in=self.folder / "rejects", **how)

    def take_text(self, text: str | bytes, name: str = "file.txt", **how: Any) -> FileReport:
        return self.take(self.put(text, name), **how).files[0]


def rules(file: FileReport) -> list[str]:
    return [error["rule"] for error in file.errors]


def counts(file: FileReport) -> tuple[int, int, int, int]:
    """accepted, unchanged, superseded, rejected"""
    return tuple(file.counts[name] for name in ("accepted", "unchanged", "superseded", "rejected"))
