"""Looks at this installation for the rules of `unsafe.py` and those beside it."""

import os
from pathlib import Path

from allauth.mfa import app_settings as second_factors
from django.conf import settings

from alongside.agencies.partners import read_partners
from alongside.agencies.signing_in import SigningIn, signing_in
from alongside.config import unsafe, unsafe_database, unsafe_machine, unsafe_pages, unsafe_sign_in
from alongside.config.database_facts import about_the_database
from alongside.config.machine_facts import about_this_machine
from alongside.config.refusal import Refusal, refused_by
from alongside.config.unsafe import Facts
from alongside.config.unsafe_sign_in import SignInFacts
from alongside.people.sealing import vault
from alongside.playbook import BrokenPlaybookError


def may_write(folder: Path) -> bool:
    """Whether files can be made there; a folder that is not yet there counts by its parents."""
    while not folder.exists():
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


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
        # Of the library: unless it is told, it asks for less.
        passkey_asks=second_factors.WEBAUTHN_USER_VERIFICATION,
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
    return Facts(
        # Not settings.SECRET_KEY's own check: an absent key is told in our words, with the others.
        secret_key=settings.SECRET_KEY if os.environ.get("ALONGSIDE_SECRET_KEY") else "",
        debug=settings.DEBUG,
        demo=settings.DEMO,
        hosts=tuple(settings.ALLOWED_HOSTS),
        https=settings.SESSION_COOKIE_SECURE,
        listens_on=listens_on,
        playbook=settings.PLAYBOOK.is_dir(),
        var_writable=may_write(settings.VAR),
        duty_phone=settings.DUTY_PHONE,
        mail_from=settings.DEFAULT_FROM_EMAIL,
        has_data_keys=has_data_keys(),
        pages_built=(settings.PACKAGE / "web" / "static" / "built" / "app.css").exists(),
    )


def refused(listens_on: str = "127.0.0.1") -> list[Refusal]:
    """Every reason why this installation may not serve. Of the demo less is asked: nobody in it is real."""
    found = facts(listens_on)
    reasons = refused_by(unsafe.RULES, found)
    reasons += unsafe_sign_in.refusals_of_sign_in(about_signing_in(), demo=found.demo)
    if not found.demo:
        reasons += refused_by(unsafe_pages.RULES, settings)
        reasons += refused_by(unsafe_machine.RULES, about_this_machine(listens_on))
    if found.var_writable:
        database = about_the_database()
        reasons += refused_by(unsafe_database.KEEPING, database)
        reasons += [] if found.demo else refused_by(unsafe_database.RULES, database)
    return reasons
