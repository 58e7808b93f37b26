"""What police said of what was told, as far as giving it asks: whether they graded it, and on which conditions."""

from collections.abc import Iterable

from alongside.contributions.kinds import kinds
from alongside.contributions.models import Contribution, Grade

CONDITIONS = "C"
SET_WHERE_TOLD = "The conditions that its police force set: ask the intelligence desk."


def grades_of(told: Iterable[int]) -> dict[int, Grade]:
    """The last grade of each contribution, by key, that was graded here."""
    return {one.contribution_id: one for one in Grade.objects.filter(contribution__in=told).order_by("at", "pk")}


def is_ungraded(told: Contribution, grade: Grade | None) -> bool:
    """Whether it waits for a grade that neither we nor its teller gave it."""
    kind = kinds().get(told.kind)
    asked = bool(kind and kind.graded)
    return asked and grade is None and not _details(told).get("source_grade")


def conditions_of(told: Contribution, grade: Grade | None) -> str:
    """What police set when they graded it here, else where it was told."""
    if grade is not None:
        return str(grade.conditions) if grade.handling == CONDITIONS else ""
    if _details(told).get("handling_grade") != CONDITIONS:
        return ""
    return str(_details(told).get("handling_condition") or SET_WHERE_TOLD)[:300]


def _details(told: Contribution) -> dict[str, object]:
    details: dict[str, object] = told.told.get("details") or {}
    return details
