"""A briefing as text, as data and as paper, for whoever it was made for."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from alongside.web.context import MARKING

from .briefing import Briefing
from .pdf import as_pdf
from .wording import LATE, for_reader, when, worded

__all__ = ["as_json", "as_pdf", "as_text"]


def as_json(briefing: Briefing, *, printed_by: str, at: datetime) -> str:
    """The briefing as data: moments in ISO 8601, and what is restricted as a row that says only so."""
    body = {"marking": MARKING, "copy_for": printed_by, "made_at": at} | asdict(
        briefing, dict_factory=_asking(briefing.ask)
    )
    return json.dumps(body, ensure_ascii=False, indent=2, default=lambda moment: moment.isoformat())


def _asking(ask: str) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    """Makes each part a dict in which what is restricted says whom this reader asks."""
    return lambda pairs: for_reader(dict(pairs), ask)


def as_text(briefing: Briefing, *, printed_by: str, at: datetime) -> str:
    """The briefing as plain lines, marked at both ends."""
    said = worded(briefing)
    mark = f"{MARKING} · copy for {printed_by}, {when(at)}"
    head = [mark, "", f"{said['meeting']}: {said['title']}", said["hours"], said["prepared"]]
    head += [f"{said['silent']}: {said['silent_since']}"] if said["silent"] else []
    parts = [*head, said["in_short"], "", *(_nothing(said) if said["empty"] else _sections(said)), mark]
    return "\n".join(parts).replace("\n\n\n", "\n\n") + "\n"


def _nothing(said: dict) -> list[str]:
    return [said["empty"], *(f"  {feed}" for feed in said["feeds"]), ""]


def _sections(said: dict) -> list[str]:
    sections = {
        said["away"]: [_missing(row) for row in said["missing"]] + _held(said),
        "Incidents": [_incident(row) for row in said["incidents"]] + _late(said),
        "Children": [_child(row) for row in said["children"]],
        "Cleared intelligence": [_intelligence(row) for row in said["intelligence"]],
        "Carried actions": [_carried(row) for row in said["carried"]],
    }
    lines = []
    for number, (name, rows) in enumerate(sections.items(), start=1):
        counted = {said["away"]: len(said["missing"]), "Incidents": len(said["incidents"])}.get(name, len(rows))
        lines += [f"{number} {name} ({counted})", *(rows or ["  None told."]), ""]
    return lines


def _held(said: dict) -> list[str]:
    rows = [_missing(row) for row in said["in_custody"]]
    return [f"  {said['held']} ({len(rows)})", *rows] if rows else []


def _late(said: dict) -> list[str]:
    rows = [_incident(row) for row in said["told_late"]]
    return [f"  {LATE} ({len(rows)})", *rows] if rows else []


def _missing(row: dict) -> str:
    return f"  {row['words']}" if row["hidden"] else f"  {row['called']}, {row['words']}"


def _incident(row: dict) -> str:
    if row["hidden"]:
        return f"  {row['number']}. {row['title']}"
    said = f"  {row['number']}. {row['when']}, {row['where']}: {row['title']}"
    return f"{said}\n     Told by {row['told_by']}. Children: {row['children']}"


def _child(row: dict) -> str:
    if row["hidden"]:
        return f"  {row['called']}"
    name = f"{row['called']} ({row['full_name']})" if row["full_name"] else row["called"]
    open_to, before = ", ".join(row["open_to"]), "; ".join(row["before"])
    another = f"\n     {row['another_record']}" if row["another_record"] else ""
    lead = f"Lead: {row['lead']} {row['phone']}".rstrip()
    return f"  {name}, {row['age']}\n     {open_to}{another}\n     Before meetings: {before}\n     {lead}"


def _carried(row: dict) -> str:
    if row["hidden"]:
        return f"  {row['what']}"
    return f"  {row['called']}: {row['what']}\n     {row['owner']}. {row['due']}. {row['status']}"


def _intelligence(row: dict) -> str:
    return f"  {row['words']}" if row["hidden"] else f"  {row['words']}\n     {row['told_by']}"
