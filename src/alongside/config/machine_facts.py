"""Looks at this machine for what `unsafe_machine.py` has rules about."""

import os
import stat
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from alongside.config.secret_files import modes
from alongside.config.unsafe_machine import Machine
from alongside.keeping.backup import KEY as BACKUP_KEY
from alongside.ledger.keys import trusted
from alongside.shared.keys import KeyMistakeError, keys_in, secret

# Where a machine keeps the key that it made for itself (cli/environment.py).
OWN_KEY = "secret_key"


def about_this_machine(listens_on: str) -> Machine:
    """What is known of this machine now."""
    own = settings.VAR / OWN_KEY
    return Machine(
        is_root=os.geteuid() == 0,
        may_be_root=settings.MAY_BE_ROOT,
        var_mode=stat.S_IMODE(settings.VAR.stat().st_mode) if settings.VAR.is_dir() else 0o700,
        secret_files=modes({**settings.SECRET_FILES, BACKUP_KEY: os.environ.get(f"{BACKUP_KEY}_FILE", "")}),
        key=settings.SECRET_KEY if os.environ.get("ALONGSIDE_SECRET_KEY") else "",
        old_keys=tuple(settings.SECRET_KEY_FALLBACKS),
        own_key=own.read_text().strip() if own.is_file() else "",
        other_secrets=other_secrets(),
        has_ledger_keys=has_ledger_keys(),
        has_sound_backup_keys=has_sound_backup_keys(),
        others_may_write_playbook=settings.PLAYBOOK.is_dir() and others_may_write(settings.PLAYBOOK),
        others_may_write_code=others_may_write(settings.PACKAGE),
        trusts_proxy=bool(settings.SECURE_PROXY_SSL_HEADER),
        listens_on=listens_on,
        https=settings.SESSION_COOKIE_SECURE,
    )


def other_secrets() -> tuple[str, ...]:
    """Every secret but the secret key, once for each thing that it is for."""
    passwords = {str(one["PASSWORD"]) for one in settings.DATABASES.values() if one.get("PASSWORD")}
    try:
        backup = secret(BACKUP_KEY)
    except KeyMistakeError:
        backup = ""
    keys = [settings.DATA_KEYS, settings.SEARCH_KEY, backup, settings.LEDGER_KEY]
    # A key is the same however its base64 is filled up.
    return (*passwords, *(word.rstrip("=") for each in keys for word in set(each.replace(",", " ").split())))


def has_ledger_keys() -> bool:
    """Whether the ledger can be sealed with the keys it was given."""
    try:
        trusted()
    except ImproperlyConfigured:
        return False
    return True


def has_sound_backup_keys() -> bool:
    """Whether what is given to seal backups with are keys; none is given where backups are made elsewhere."""
    try:
        keys_in(secret(BACKUP_KEY), name=BACKUP_KEY)
    except KeyMistakeError:
        return False
    return True


def others_may_write(folder: Path) -> bool:
    """Whether everybody on this machine may change the folder or anything in it."""
    modes = [path.lstat().st_mode for path in [folder, *folder.rglob("*")]]
    return any(mode & stat.S_IWOTH for mode in modes if not stat.S_ISLNK(mode))
