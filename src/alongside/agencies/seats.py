"""What a seat manager does with the seats of their own agency. Each is one action with its line; nothing is deleted."""

import secrets
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from alongside.access.doors import door_changed
from alongside.access.permissions import Permission
from alongside.ledger.models import Operation, record

from . import addresses, devices, rules, second_factor, sessions
from .actions import invite
from .models import Invitation, Practitioner, SignedIn, SingleSignOnName, Team
from .partners import roles_of
from .signing_in import limits
from .sources import digest
from .stopped import seat_stopped

SALT = "alongside.invitation"
DAILY = "the daily look at seats"
NOT_CHECKED = "Nobody said in time that it is still needed."


class NotForYouError(PermissionDenied):
    """This person may not do this to this seat; the message says why."""


class UnusableLinkError(Exception):
    """The link was used, has ended, was replaced, or never was."""


def _may(by: Any, practitioner: Practitioner, *, role: str = "") -> None:
    """Refuses what a seat manager may not do. The terminal and the daily work act under a name, not a seat.

    Raises NotForYouError."""
    decisions = []
    if isinstance(by, Practitioner):
        manages = by.may(Permission.MANAGE_SEATS)
        decisions.append(rules.may_change_seat(by=by.seat, manages=manages, seat=practitioner.seat))
    if role:
        agency = practitioner.agency_id
        decisions.append(rules.may_give_role(role=role, allowed=roles_of(agency), agency=agency))
    for decision in decisions:
        if not decision.allowed:
            raise NotForYouError(decision.reason)


def _locked(practitioner: Practitioner) -> Practitioner:
    """The seat as it is now: two people's changes come one after the other."""
    return Practitioner.objects.select_for_update().get(pk=practitioner.pk)


@transaction.atomic
def invite_to_agency(*, by: Practitioner, at: datetime, **seat: Any) -> tuple[Practitioner, str]:
    """A seat in the inviter's own agency, and the link that opens it once. Raises NotForYouError."""
    about_to = Practitioner(key=seat["key"], agency_id=by.agency_id)
    _may(by, about_to, role=seat["role"])
    practitioner = invite(**{**seat, "agency": by.agency_id}, by=by, at=at)
    return practitioner, make_link(practitioner=practitioner, by=by, at=at)


@transaction.atomic
def make_link(*, practitioner: Practitioner, by: Any, at: datetime) -> str:
    """A new link; links of before open nothing, and neither do the password, the second factor, the agency's own
    sign-in and the sessions that the seat had. For an invitation, and for whoever lost what they sign in with.

    Raises NotForYouError."""
    _may(by, practitioner)
    seat = _locked(practitioner)
    if not seat.is_active:
        raise NotForYouError("The seat is not in use: lift its suspension or give it back first.")
    take_sign_in_away(seat, by=by, at=at)
    _end_sessions(seat, at=at, because="a new link was made")
    Invitation.objects.filter(practitioner=seat, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    token = secrets.token_urlsafe(32)
    until = at + limits().invitation_lasts
    Invitation.objects.create(practitioner=seat, digest=digest(SALT, token), made_at=at, expires_at=until)
    door_changed.send(Practitioner)
    record(Operation.ALTER, "link to a seat made", by=by, at=at, about=seat.key)
    return token


@transaction.atomic
def take_sign_in_away(seat: Practitioner, *, by: Any, at: datetime) -> None:
    """The password, the second factor and the agency's own sign-in open this seat no more: only a link does;
    `rules.may_open_by_agency` says when the agency's own sign-in is bound again."""
    seat.set_password(None)
    seat.save(update_fields=["password"])
    second_factor.take_all_away(practitioner=seat)
    count, _ = SingleSignOnName.objects.filter(practitioner=seat).delete()
    if count:
        record(Operation.ALTER, "no longer bound to the agency's own sign-in", by=by, at=at, about=seat.key)


def open_invitation(token: str, *, at: datetime) -> Invitation:
    """The invitation that this link opens. Raises UnusableLinkError."""
    return _open(at=at, digest=digest(SALT, token))


def still_open(number: int, *, at: datetime) -> Invitation:
    """The invitation with that key, looked at anew. Raises UnusableLinkError."""
    return _open(at=at, pk=number)


def _open(*, at: datetime, **which: Any) -> Invitation:
    found = Invitation.objects.select_related("practitioner__agency").filter(**which).first()
    if found is None or not found.is_open(at) or not found.practitioner.is_active:
        raise UnusableLinkError
    return found


@transaction.atomic
def join(*, invitation: Invitation, password: str, at: datetime) -> Practitioner:
    """Uses the link up: the seat has this password. Raises UnusableLinkError."""
    still_open(invitation.pk, at=at)
    # The seat before its links, as everywhere: two who held one each would wait for each other.
    seat = _locked(invitation.practitioner)
    used = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None).update(used_at=at)
    if not used:
        raise UnusableLinkError
    seat.set_password(password)
    seat.save(update_fields=["password"])
    record(Operation.ALTER, "seat taken up by its link", by=seat, at=at, about=seat.key)
    return seat


def _end_sessions(seat: Practitioner, *, at: datetime, because: str) -> None:
    """All of them; and no browser is known any more: whoever signs in next is told of as in a new one."""
    sessions.end(SignedIn.objects.filter(practitioner=seat), at=at, because=because)
    devices.forget_others(seat, but=None, at=at)


@transaction.atomic
def suspend(*, practitioner: Practitioner, because: str, by: Any, at: datetime) -> None:
    """Nobody signs in with this seat until it is lifted, and its sessions end now. Raises NotForYouError."""
    _may(by, practitioner)
    seat = _locked(practitioner)
    if seat.ended_at or seat.suspended_at:
        return
    seat.is_active, seat.suspended_at, seat.suspended_because = False, at, because[:200]
    seat.save(update_fields=["is_active", "suspended_at", "suspended_because"])
    _end_sessions(seat, at=at, because="the seat was suspended")
    seat_stopped.send(Practitioner, practitioner=seat, at=at)
    door_changed.send(Practitioner)
    record(Operation.ALTER, "seat suspended", by=by, at=at, about=seat.key, purpose=because[:200])


@transaction.atomic
def lift(*, practitioner: Practitioner, because: str, by: Any, at: datetime) -> None:
    """A suspended seat is in use again, and counts as looked at. Raises NotForYouError."""
    _may(by, practitioner)
    seat = _locked(practitioner)
    if seat.ended_at or seat.is_active:
        return
    seat.is_active, seat.suspended_at, seat.suspended_because, seat.checked_at = True, None, "", at
    seat.save(update_fields=["is_active", "suspended_at", "suspended_because", "checked_at"])
    door_changed.send(Practitioner)
    record(Operation.ALTER, "suspension lifted", by=by, at=at, about=seat.key, purpose=because[:200])


@transaction.atomic
def end_seat(*, practitioner: Practitioner, because: str, by: Any, at: datetime) -> None:
    """Whoever leaves: nobody signs in with this seat any more, and its sessions end now. What they did stays on record.

    Raises NotForYouError."""
    _may(by, practitioner)
    seat = _locked(practitioner)
    if seat.ended_at:
        return
    seat.is_active, seat.suspended_at, seat.suspended_because = False, None, ""
    seat.ended_at, seat.ended_because = at, because[:200]
    seat.save(update_fields=["is_active", "suspended_at", "suspended_because", "ended_at", "ended_because"])
    _end_sessions(seat, at=at, because="the seat has ended")
    seat_stopped.send(Practitioner, practitioner=seat, at=at)
    door_changed.send(Practitioner)
    record(Operation.ALTER, "seat ended", by=by, at=at, about=seat.key, purpose=because[:200])


@transaction.atomic
def give_back(*, practitioner: Practitioner, because: str, by: Any, at: datetime) -> str:
    """An ended seat is given again to the person whose it was, by a new link. Raises NotForYouError."""
    _may(by, practitioner, role=practitioner.role)
    seat = _locked(practitioner)
    if addresses.is_let_go(seat):
        raise NotForYouError(
            "Their address is that of a seat elsewhere by now: invite them anew, with another address."
        )
    seat.is_active, seat.ended_at, seat.ended_because = True, None, ""
    seat.joined_at, seat.checked_at = None, at
    seat.save(update_fields=["is_active", "ended_at", "ended_because", "joined_at", "checked_at"])
    record(Operation.ALTER, "seat given back", by=by, at=at, about=seat.key, purpose=because[:200])
    return make_link(practitioner=seat, by=by, at=at)


@transaction.atomic
def move(
    *, practitioner: Practitioner, role: str, team: Team | None, job_title: str, because: str, by: Any, at: datetime
) -> None:
    """Another team, another role, another title, within the agency; from the next page on. Raises NotForYouError."""
    _may(by, practitioner, role=role)
    if team is not None and team.agency_id != practitioner.agency_id:
        raise NotForYouError("That team is another agency’s.")
    seat = _locked(practitioner)
    was = {"role": seat.role, "team": seat.team_id or ""}
    seat.role, seat.team, seat.job_title = role, team, job_title
    seat.save(update_fields=["role", "team", "job_title"])
    now = {"role": role, "team": seat.team_id or ""}
    record(Operation.ALTER, "seat moved", by=by, at=at, about=seat.key, purpose=because[:200], was=was, now=now)


@transaction.atomic
def keep(*, practitioner: Practitioner, because: str, by: Any, at: datetime) -> None:
    """Somebody says that the seat is still needed. Raises NotForYouError."""
    _may(by, practitioner)
    Practitioner.objects.filter(pk=practitioner.pk).update(checked_at=at)
    record(Operation.ALTER, "seat still needed", by=by, at=at, about=practitioner.key, purpose=because[:200])


def suspend_overdue(*, at: datetime) -> int:
    """Suspends each seat in use of which nobody said in time that it is still needed. Returns how many."""
    overdue = list(_overdue(at=at))
    for practitioner in overdue:
        suspend(practitioner=practitioner, because=NOT_CHECKED, by=DAILY, at=at)
    return len(overdue)


def _overdue(*, at: datetime) -> QuerySet[Practitioner]:
    allowed = limits()
    before = at - allowed.seat_checked_every - allowed.seat_suspended_after
    return Practitioner.objects.filter(checked_at__lte=before, is_active=True).order_by("pk")
