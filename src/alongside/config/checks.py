"""Looks at this installation for the rules of `unsafe.py`."""

import os
from pathlib import Path

from django.conf import settings
from django.db import connection

from alongside.agencies.partners import read_partners
from alongside.agencies.signing_in import SigningIn, signing_in
from alongside.config.refusal import Refusal
from alongside.config.unsafe import Facts, refusals
from alongside.config.unsafe_sign_in import SignInFacts
from alongside.people.sealing import vault
from alongside.playbook import BrokenPlaybookError


def may_write(folder: Path) -> bool:
    """Whether files can be made there; a folder that is not yet there counts by its parents."""
    while not folder.exists():
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def pragma(name: str) -> str | int:
    """What SQLite says about one of its settings on a connection of ours."""
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def about_the_database() -> dict[str, str | int]:
    """The facts that only an open database tells."""
    if connection.vendor != "sqlite":
        return {"database": connection.vendor}
    return {
        "database": "sqlite",
        "journal_mode": str(pragma("journal_mode")),
        "synchronous": int(pragma("synchronous")),
    }


def about_signing_in() -> SignInFacts:
    """The facts of settings and playbook about signing in; a playbook that cannot be read is told elsewhere."""
    try:
        book = signing_in()
        partners = tuple(one.slug for one in read_partners(settings.PLAYBOOK / "agencies.toml"))
    except BrokenPlaybookError:
        book, partners = SigningIn(), ()
    held = settings.SINGLE_SIGN_ON_SECRETS
    return SignInFacts(
        second_factor=settings.SECOND_FACTOR,
        cookie_name=settings.SESSION_COOKIE_NAME,
        cookie_http_only=settings.SESSION_COOKIE_HTTPONLY,
        cookie_same_site=settings.SESSION_COOKIE_SAMESITE,
        sent_by=settings.EMAIL_BACKEND.rsplit(".", 2)[-2],
        mail_encrypted=settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL,
        mail_host=settings.EMAIL_HOST or "",
        idle=book.limits.idle,
        longest=book.limits.longest,
        issuers=tuple((one.agency, one.issuer, held.get(one.agency, "")) for one in book.single_sign_on),
        agencies=partners,
        secrets_for=tuple(held),
    )


def has_data_keys() -> bool:
    """Whether children's numbers can be sealed, and found again."""
    try:
        vault()
    except ValueError:
        return False
    return True


def facts(listens_on: str = "127.0.0.1") -> Facts:
    """What is known of this installation now."""
    writable = may_write(settings.VAR)
    return Facts(
        # Not settings.SECRET_KEY's own check: an absent key is told in our words, with the others.
        secret_key=settings.SECRET_KEY if os.environ.get("ALONGSIDE_SECRET_KEY") else "",
        debug=settings.DEBUG,
        demo=settings.DEMO,
        hosts=tuple(settings.ALLOWED_HOSTS),
        https=settings.SESSION_COOKIE_SECURE,
        listens_on=listens_on,
        playbook=settings.PLAYBOOK.is_dir(),
        var_writable=writable,
        duty_phone=settings.DUTY_PHONE,
        mail_from=settings.DEFAULT_FROM_EMAIL,
        has_data_keys=has_data_keys(),
        pages_built=(settings.PACKAGE / "web" / "static" / "built" / "app.css").exists(),
        sign_in=about_signing_in(),
        **(about_the_database() if writable else {}),
    )


def refused(listens_on: str = "127.0.0.1") -> list[Refusal]:
    """Every reason why this installation may not serve."""
    return refusals(facts(listens_on))
