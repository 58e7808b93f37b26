"""Who joins: partners and teams from the playbook, and the practitioners who hold a seat."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from alongside.ledger.models import Operation, record

from . import addresses, devices, same_person, sessions
from .models import Agency, Practitioner, SignedIn, Team
from .partners import Partner, read_partners
from .standing import held


@transaction.atomic
def load_agencies(*, by: Any, at: datetime) -> list[Agency]:
    """Bring partners and teams up to what the playbook says. Twice is the same as once; nobody is removed."""
    partners = read_partners(settings.PLAYBOOK / "agencies.toml")
    agencies = [_load(partner) for partner in partners]
    teams = sum(len(partner.teams) for partner in partners)
    record(
        Operation.ALTER,
        "partners loaded from the playbook",
        by=by,
        at=at,
        agencies=len(agencies),
        teams=teams,
    )
    return agencies


def _load(partner: Partner) -> Agency:
    facts = partner.model_dump(exclude={"slug", "teams", "systems", "roles", "email_domains"})
    agency, _ = Agency.objects.update_or_create(slug=partner.slug, defaults=facts)
    for name, team in partner.teams.items():
        Team.objects.update_or_create(
            slug=partner.team_slug(name), defaults={"agency": agency, "name": team.name, "phone": team.phone}
        )
    return agency


@transaction.atomic
def invite(
    *,
    key: str,
    name: str,
    email: str,
    agency: str | Agency,
    role: str,
    by: Any,
    at: datetime,
    team: str | Team | None = None,
    job_title: str = "",
    phone: str = "",
    password: str | None = None,
) -> Practitioner:
    """Give somebody a seat. Without a password they cannot sign in with one. Raises NotTheirAddressError where
    the e-mail address is somebody else's or not the agency's, IntegrityError where the key is somebody else's."""
    left = addresses.claim(email, agency=getattr(agency, "pk", agency), by=by, at=at)
    practitioner = Practitioner(
        **{"key": key, "name": name, "email": email.lower()},
        agency_id=getattr(agency, "pk", agency),
        team_id=getattr(team, "pk", team),
        **{"role": role, "job_title": job_title, "phone": phone},
        checked_at=at,
        joined_at=at if password else None,
    )
    practitioner.set_password(password)
    practitioner.save(force_insert=True)
    record(Operation.ALTER, "practitioner invited", by=by, at=at, about=key, role=role)
    same_person.go_on_as(practitioner, left=left, by=by, at=at)
    return practitioner


@transaction.atomic
def change_password(
    *, practitioner: Practitioner, password: str, by: Any, at: datetime, but: SignedIn | None = None
) -> None:
    """Give somebody another password. Sessions begun with the old one end, but for the one that changes it."""
    practitioner.set_password(password)
    practitioner.save(update_fields=["password"])
    others = SignedIn.objects.filter(practitioner=practitioner).exclude(pk=but.pk if but else None)
    sessions.end(others, at=at, because="the password was changed")
    devices.forget_others(practitioner, but=but.device if but else None, at=at)
    record(Operation.ALTER, "password changed", by=by, at=at, about=practitioner.key)


@transaction.atomic
def change_own_password(*, practitioner: Practitioner, password: str, at: datetime, but: SignedIn) -> None:
    """The same by whoever just proved to know the one of before. Raises ChangedMeanwhileError where the seat was
    stopped or given a new link since: what was proved then opens nothing now."""
    held(practitioner)
    change_password(practitioner=practitioner, password=password, by=practitioner, at=at, but=but)
