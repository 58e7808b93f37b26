"""Which city this database holds: written down when a build begins, so that two cities never mix in one."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from alongside.agencies.models import Practitioner
from alongside.contributions.models import Contribution
from alongside.ledger import outside
from alongside.ledger.models import LedgerEvent, Operation, record

CITY, BEGUN = "demo-city", "demo city begun"


@dataclass(frozen=True)
class Plan:
    """What makes one invented city differ from another."""

    children: int
    seed: int
    days: int
    until: date

    def __str__(self) -> str:
        return f"{self.children:,} children, seed {self.seed}, {self.days} days until {self.until}"


class AnotherCityError(Exception):
    """The database holds something else than what was asked for; the message says what, and what to do."""


def begun() -> Plan | None:
    """The city whose building began in this database, whether or not it was finished."""
    line = LedgerEvent.objects.filter(subject=CITY, what=BEGUN).first()
    return Plan(**{**line.details, "until": date.fromisoformat(line.details["until"])}) if line else None


def holds_other_work() -> bool:
    """Whether somebody already has a seat or has told something here."""
    return Practitioner.objects.exists() or Contribution.objects.exists()


def agreed(asked: dict[str, int | date | None], *, otherwise: Plan) -> Plan:
    """The plan to build: what stands here, if it is what was asked for, else what was asked for or the defaults.

    Raises AnotherCityError where the database holds another city, or no invented city but other work.
    """
    wanted = {name: value for name, value in asked.items() if value is not None}
    here = begun()
    if here is None and holds_other_work():
        raise AnotherCityError(
            "This database holds work that is not the invented city’s: the two would mix. "
            "Set ALONGSIDE_VAR to another folder, or DATABASE_URL to another database."
        )
    if here is None:
        return replace(otherwise, **wanted)
    if replace(here, **wanted) != here:
        raise AnotherCityError(
            f"This database holds another city: {here}. To keep it, leave the options out. "
            "For a new one, set ALONGSIDE_VAR to another folder, or DATABASE_URL to another database."
        )
    return here


def begin(plan: Plan, *, at: datetime) -> None:
    """Writes down, once, which city is built here."""
    if begun() is None:
        # What this folder keeps of another city's ledger says nothing of this one's.
        outside.put_aside()
        record(Operation.COLLECT, BEGUN, by="demo", at=at, about=CITY, **asdict(plan) | {"until": str(plan.until)})
