"""Keys to the API: each for one agency and the kinds it may send. The key itself is shown once and not kept."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q

from alongside.access.doors import door_changed
from alongside.access.limits import calls_a_minute
from alongside.agencies.models import Agency
from alongside.ledger.models import Operation, record

from .models import ApiToken

LASTS = timedelta(days=365)


def _hashed(key: str) -> str:
    return sha256(key.encode()).hexdigest()


@transaction.atomic
def make_token(
    *, agency: Agency, name: str, kinds: list[str], by: Any, at: datetime, lasts: timedelta = LASTS
) -> tuple[ApiToken, str]:
    """The token, and the key to hand over, which runs out. No kinds: every kind."""
    key = f"alongside_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        agency=agency, name=name, kinds=kinds, hashed=_hashed(key), made_at=at, expires_at=at + lasts
    )
    record(Operation.ALTER, "api token made", by=by, at=at, about=f"token:{token.pk}", agency_told_for=agency.slug)
    return token, key


@transaction.atomic
def end_token(*, token: ApiToken, by: Any, at: datetime) -> None:
    token.ended_at = at
    token.save(update_fields=["ended_at"])
    door_changed.send(ApiToken)
    record(Operation.ALTER, "api token ended", by=by, at=at, about=f"token:{token.pk}")


def is_too_often(token: ApiToken, *, at: datetime) -> bool:
    """Whether this key called more often within the minute than `limits.toml` lets it. A web process counts by itself,
    so that a call costs no write: with two processes a key comes to twice as many at most."""
    counted = f"calls:{token.hashed}:{int(at.timestamp() // 60)}"
    cache.add(counted, 0, timeout=120)
    return cache.incr(counted) > calls_a_minute()


def token_for(key: str, *, at: datetime) -> ApiToken | None:
    """The standing token of this key. Keys are long and random, so a hash look-up leaks no timing of use."""
    lasting = Q(expires_at=None) | Q(expires_at__gt=at)
    return ApiToken.objects.filter(lasting, hashed=_hashed(key), ended_at=None).first()
