"""Emergency uses as they are judged: what waits, what is late, what was said, and how many there were."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Prefetch, Q
from django.utils import timezone
from pydantic import BaseModel, ConfigDict, Field

from alongside import playbook
from alongside.access.rules import Level
from alongside.agencies.models import Practitioner

from .emergency import GOVERNANCE, is_for, is_open_to, notices_for, notices_waiting_for
from .models import EmergencyNotice, Standing, Verdict
from .queries import not_closed
from .rules import EMERGENCY

# How long whoever opened a record reads of a verdict on their first page.
SAID_FOR = timedelta(days=28)
MONTHS_COUNTED = 12
# Of notices that were judged, so many are listed; the counts hold all.
JUDGED_LISTED = 50


class Terms(BaseModel):
    """The partnership's own terms for emergency access."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    judge_within_days: int = Field(ge=1)


@lru_cache
def read(file: Path) -> Terms:
    return playbook.load(file, Terms)


def judge_within() -> timedelta:
    return timedelta(days=read(settings.PLAYBOOK / "emergency.toml").judge_within_days)


def is_late(notice: EmergencyNotice, *, at: datetime) -> bool:
    """Whether the word on it is owed for longer than the playbook gives."""
    return notice.judged_at is None and notice.told_at + judge_within() < at


@dataclass(frozen=True)
class Queue:
    """What one practitioner was told of: `waiting` for their word, longest first, and what they said of others."""

    waiting: list[EmergencyNotice]
    judged: list[EmergencyNotice]


def queue_for(viewer: Practitioner, *, at: datetime) -> Queue:
    judged = notices_for(viewer, at=at).filter(judged_by=viewer).order_by("-judged_at", "-pk")
    return Queue(notices_waiting_for(viewer, at=at), list(judged[:JUDGED_LISTED]))


class OnMyDay(NamedTuple):
    """Notices that wait for a practitioner's word, longest told first, and what was said lately of their own uses,
    newest first."""

    waiting: list[EmergencyNotice]
    verdicts: list[EmergencyNotice]


def emergencies_on_my_day(viewer: Practitioner, *, at: datetime) -> OnMyDay:
    """Both, in one look at the database. What was said of asking for a record that is closed to whoever asked stays
    with those who said it: it would tell that there is such a record, and who is named on it."""
    waiting = Q(judged_at=None) & is_for(viewer) & is_open_to(viewer, at=at)
    own = Q(standing__practitioner=viewer, judged_at__gt=at - SAID_FOR)
    said = own & ~Q(standing__level=Level.NONE) & not_closed(viewer, "standing__person")
    found = EmergencyNotice.objects.filter(waiting | said).order_by("told_at", "pk")
    notices = list(found.select_related("standing__person", "standing__agency", "judged_by__agency"))
    verdicts = [one for one in notices if one.judged_at]
    verdicts.sort(key=lambda one: (one.judged_at, one.pk), reverse=True)
    return OnMyDay([one for one in notices if not one.judged_at], verdicts)


@dataclass
class Counted:
    """The emergency uses of one agency in one month, by what was said of them."""

    agency: str
    month: date
    uses: int = 0
    fair: int = 0
    training: int = 0
    not_fair: int = 0
    waiting: int = 0
    late: int = 0


# Of standings, those that opened a record in an emergency; one without a level was only asked for.
OPENED = Q(source__startswith=EMERGENCY) & ~Q(level=Level.NONE)
FIELD_OF = {Verdict.FAIR: "fair", Verdict.TRAINING: "training", Verdict.NOT_FAIR: "not_fair"}


def counted(*, at: datetime) -> list[Counted]:
    """Every use of the last year by agency and month, newest month first, with those nobody has judged yet beside
    the others; asking for a record that stayed closed is none. The word that counts is information governance's;
    where none was told, the lead's."""
    since = at - timedelta(days=31 * MONTHS_COUNTED)
    told = Prefetch("notices", EmergencyNotice.objects.order_by("judged_at", "pk"))
    uses = Standing.objects.filter(OPENED, since__gt=since, since__lte=at)
    rows: dict[tuple[date, str], Counted] = {}
    for use in uses.select_related("agency").prefetch_related(told):
        month = timezone.localdate(use.since).replace(day=1)
        name = use.agency.short_name
        _count(rows.setdefault((month, name), Counted(name, month)), use.notices.all(), at=at)
    by_month: dict[date, list[Counted]] = defaultdict(list)
    for key in sorted(rows):
        by_month[key[0]].append(rows[key])
    return [row for month in sorted(by_month, reverse=True) for row in by_month[month]]


def _count(row: Counted, notices: Iterable[EmergencyNotice], *, at: datetime) -> None:
    told = list(notices)
    governing = [one for one in told if one.told_as == GOVERNANCE] or told
    said = [one for one in governing if one.judged_at]
    row.uses += 1
    if said:
        field = FIELD_OF[Verdict(said[0].verdict)]
        setattr(row, field, getattr(row, field) + 1)
        return
    row.waiting += 1
    row.late += any(is_late(one, at=at) for one in governing)
