"""What one row of each table says happened."""

from dataclasses import dataclass, field
from typing import Any

from alongside.connectors.children import day_or_text, in_words, sentences
from alongside.connectors.cin_census.codes import NEED, word
from alongside.connectors.tables import Row

from .codes import AWAY, BEGAN, ENDED, LEGAL_STATUS, PLACED

NO_UPN = frozenset({"UN0", "UN1", "UN2", "UN3", "UN4", "UN5", "UN6", "UN7"})
LEFT_OUT = {
    "PL_POST": "postcodes of placements, because where a child is placed is kept safe",
    "URN": "registration numbers of placements, because where a child is placed is kept safe",
    "PLACE_PROVIDER": "who runs a placement",
    "REASON_PLACE_CHANGE": "why a placement changed",
    "MOTHER": "whether a child is a mother",
    "MC_DOB": "dates of birth of a child’s own children",
}


@dataclass(frozen=True)
class Telling:
    kind: str
    on: str
    narrative: str
    details: dict[str, Any] = field(default_factory=dict)


def of_header(row: Row) -> Telling:
    """The header says who, but not since when: what it tells of a day is the day the child was born."""
    narrative = "Born. The council’s return of children it looks after gives these details."
    return Telling("social_care_involvement", row["DOB"], narrative)


def of_episode(row: Row) -> Telling:
    """One stretch of being looked after in one way and place."""
    started, ended = day_or_text(row["DECOM"]), day_or_text(row.get("DEC", ""))
    how_it_ended = word(ENDED, row.get("REC", ""))
    need = row.get("CIN", "").strip().upper()
    narrative = sentences(
        ("Looked after by the council", word(BEGAN, row.get("RNE", "")) or "began"),
        ("Legal status", word(LEGAL_STATUS, row["LS"])),
        ("Lives", word(PLACED, row["PLACE"])),
        ("Main need", word(NEED, need)),
        ("Until", f"{in_words(ended)}, {how_it_ended}" if ended and how_it_ended else in_words(ended)),
    )
    details = {
        "service": "Children’s social care",
        "plan": "looked_after",
        "primary_need": need if need in NEED else "",
        "status": "closed" if ended else "open",
        "started_on": started,
        "ended_on": ended if ended >= started else "",
    }
    kept = {name: value for name, value in details.items() if value}
    return Telling("social_care_involvement", started, narrative, kept)


def of_missing(row: Row) -> Telling:
    """A time away from where the child lives."""
    back = row.get("MIS_END", "")
    narrative = sentences(
        ("Children looked after return", word(AWAY, row["MISSING"])),
        ("Back on", in_words(back)),
    )
    details = {"status": "returned", "returned_at": day_or_text(back)} if back.strip() else {"status": "missing"}
    return Telling("missing_episode", row["MIS_START"], narrative, details)
