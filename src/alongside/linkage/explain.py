"""Why two records may be one child: what agrees, what differs, and how much each counts, in words."""

from dataclasses import dataclass

from alongside.people.models import AgencyRecord

from .models import LinkQuestion
from .pairs import score_one
from .record import as_compared

# Bits of evidence → how much it counts. Four steps each way; nobody is shown a percentage.
STEPS = (1.0, 4.0, 8.0)
COUNTS = ("a little", "something", "a lot", "a great deal")


@dataclass(frozen=True)
class Row:
    """One line of the comparison. `strength` runs from -4 (against, a great deal) to 4 (for, a great deal)."""

    field: str
    left: str
    right: str
    words: str
    strength: int

    @property
    def counts(self) -> str:
        if not self.strength:
            return "does not count either way"
        return f"counts {COUNTS[abs(self.strength) - 1]}, {'for' if self.strength > 0 else 'against'}"


def strength_of(weight: float) -> int:
    """Bits as one of nine steps."""
    if abs(weight) < 0.25:
        return 0
    step = 1 + sum(abs(weight) >= limit for limit in STEPS)
    return step if weight > 0 else -step


def explain(question: LinkQuestion) -> list[Row]:
    """Each field that was compared, with both values as the agencies hold them."""
    left, right = question.left, question.right
    pair = score_one(as_compared(left), [as_compared(right)])[0]
    return [
        Row(part.field, shown(left, part.field), shown(right, part.field), part.level, strength_of(part.weight))
        for part in pair.contributions
    ]


def shown(record: AgencyRecord, field: str) -> str:
    """What stands on this record under the field's label; an identifier shows its last four signs only."""
    values = {
        "Name": record.full_name,
        "Given name": record.given_name,
        "Family name": record.family_name,
        "Also known as": ", ".join(record.aliases),
        "Date of birth": record.date_of_birth,
        "Postcode": record.postcode,
        "Sex": record.sex,
        "NHS number": masked(record.nhs_number),
        "Unique pupil number": masked(record.upn),
        "LA child id": masked(record.la_child_id),
    }
    return values.get(field, "") or "None recorded"


def masked(number: str) -> str:
    return f"••• {number[-4:]}" if number else ""
