"""What the machine may not be like that holds real children's information: plain rules over what was looked at."""

from dataclasses import dataclass

from .refusal import Refusal, Rules

OTHERS_MAY = 0o077
HERE = {"127.0.0.1", "localhost", "::1", "[::1]"}
PUBLISHED = ("django-insecure-", "opens nothing outside the tests")


@dataclass(frozen=True)
class Machine:
    """What is known of this machine and of what is kept secret on it; the defaults are those of a safe one."""

    is_root: bool = False
    may_be_root: bool = False
    var_mode: int = 0o700
    # The modes of the files that secrets were read from; -1: there is no such file.
    secret_files: tuple[int, ...] = ()
    key: str = ""
    old_keys: tuple[str, ...] = ()
    own_key: str = ""
    other_secrets: tuple[str, ...] = ()
    has_ledger_keys: bool = True
    has_sound_backup_keys: bool = True
    others_may_write_playbook: bool = False
    others_may_write_code: bool = False
    trusts_proxy: bool = False
    listens_on: str = "127.0.0.1"
    https: bool = True


def is_used_twice(machine: Machine) -> bool:
    """Whether one secret stands in for another, or as a part of the secret key."""
    key, others = machine.key, machine.other_secrets
    in_key = any(key == one or (len(one) > 7 and one in key) for one in others)
    return len(set(others)) < len(others) or (bool(key) and in_key)


RULES: Rules = {
    Refusal(
        "We would run as root: a weakness in us would be a weakness of the whole machine.",
        "Run as a user of our own (User= in systemd). In a container of its own, set ALONGSIDE_MAY_BE_ROOT to true.",
    ): lambda m: m.is_root and not m.may_be_root,
    Refusal(
        "Others on this machine may look into the folder for data.",
        "Take it from them: chmod 700 on the folder that ALONGSIDE_VAR names.",
    ): lambda m: bool(m.var_mode & OTHERS_MAY),
    Refusal(
        "A file that a secret should be read from is not there.",
        "Put it where the setting says (ALONGSIDE_SECRET_KEY_FILE, DATABASE_URL_FILE …), or unset that.",
    ): lambda m: -1 in m.secret_files,
    Refusal(
        "Others on this machine may read a file with a secret in it.",
        "Take it from them: chmod 600 on what the settings ending in _FILE name.",
    ): lambda m: any(mode & OTHERS_MAY for mode in m.secret_files if mode >= 0),
    Refusal(
        "The secret key is a published one: everybody knows it.",
        "Set ALONGSIDE_SECRET_KEY to at least 50 random characters of your own.",
    ): lambda m: m.key.startswith(PUBLISHED),
    Refusal(
        "The secret key is the one that this machine made for its demo and for trying out.",
        "Set ALONGSIDE_SECRET_KEY to a new one of at least 50 random characters.",
    ): lambda m: bool(m.own_key) and m.key == m.own_key,
    Refusal(
        "One secret is used for two things: whoever learns one learns the other.",
        "Give the secret key, the keys of numbers, search, backups and ledger, and the database a value each.",
    ): lambda m: is_used_twice(m),
    Refusal(
        "The ledger’s key is none, or a key of before is none: nothing could be sealed, and nobody would notice.",
        "Set ALONGSIDE_LEDGER_KEY to 32 random bytes in base64; in ALONGSIDE_LEDGER_KEYS_BEFORE stand public keys.",
    ): lambda m: not m.has_ledger_keys,
    Refusal(
        "What should seal backups is no key, or one that can be guessed: tonight’s backup would fail, or be open.",
        "Set ALONGSIDE_BACKUP_KEY to what `alongside keys make` prints, and keep it where the backups are not.",
    ): lambda m: not m.has_sound_backup_keys,
    Refusal(
        "An old secret key that is still accepted is weak, or the present one again.",
        "Take it out of SECRET_KEY_FALLBACKS: whoever signed in under it signs in again.",
    ): lambda m: any(len(old) < 50 or old == m.key for old in m.old_keys),
    Refusal(
        "Everybody on this machine may change the playbook, and with it who is told what.",
        "Take it from them: chmod -R o-w on the folder that ALONGSIDE_PLAYBOOK names.",
    ): lambda m: m.others_may_write_playbook,
    Refusal(
        "Everybody on this machine may change our own code.",
        "Take it from them: chmod -R o-w on the folder where Alongside is installed.",
    ): lambda m: m.others_may_write_code,
    Refusal(
        "A header that says “this came by HTTPS” is believed, and other machines can reach us past the proxy.",
        "Listen on 127.0.0.1, where only the proxy on this machine reaches us, or unset ALONGSIDE_BEHIND_PROXY.",
    ): lambda m: m.https and m.trusts_proxy and m.listens_on not in HERE,
}
