"""Which settings of signing in would be unsafe for real children: plain rules, told as sentences."""

from dataclasses import dataclass
from datetime import timedelta

from .refusal import Refusal, Rules, refused_by

LONGEST_REST, LONGEST_SESSION = timedelta(hours=1), timedelta(hours=12)
SHORTEST_SECRET = 16
KEPT_TO_THIS_HOST = "__Host-"


@dataclass(frozen=True)
class SignInFacts:
    """What is known of how people sign in to one installation."""

    second_factor: bool = True
    # Whether a passkey makes sure that it is its owner who uses it, by a finger, a face or a PIN.
    passkey_asks: str = "required"
    cookie_name: str = "__Host-session"
    cookie_http_only: bool = True
    cookie_same_site: str = "Lax"
    sent_by: str = "smtp"
    mail_encrypted: bool = True
    mail_host: str = ""
    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=10)
    # For each agency with its own sign-in: its name here, its issuer, and our secret there.
    issuers: tuple[tuple[str, str, str], ...] = ()
    agencies: tuple[str, ...] = ()
    secrets_for: tuple[str, ...] = ()


NO_SECOND_FACTOR = Refusal(
    "A password alone would open children’s records.",
    "Unset ALONGSIDE_SECOND_FACTOR, or set it to true.",
)
PASSKEY_WITHOUT_ITS_OWNER = Refusal(
    "A passkey alone signs in, and would not ask whose hand it is in: whoever finds the device would be let in.",
    "Leave MFA_WEBAUTHN_USER_VERIFICATION in the settings at “required”.",
)
COOKIE_OF_OTHERS = Refusal(
    "The session’s cookie could be set or read by other hosts, or by scripts.",
    "Leave the names and marks of the cookies in the settings as they are (__Host-, HttpOnly, SameSite).",
)
LETTERS_GO_NOWHERE = Refusal(
    "Invitations and notices would not leave this machine: nobody could take up a seat, or hear of a stranger.",
    "Set ALONGSIDE_MAIL to your mail server, like submission://user:password@mail.example.org.",
)
LETTERS_IN_THE_OPEN = Refusal(
    "E-mail would travel unencrypted to another machine, and with it links that open a seat.",
    "Use submission:// in ALONGSIDE_MAIL, or add ?ssl=true to it.",
)
SESSIONS_TOO_LONG = Refusal(
    "A session would outlast a shift, or a desk that was left.",
    "In the playbook’s signing_in.toml: idle_minutes at most 60, longest_hours at most 12.",
)
ISSUER_NOT_HTTPS = Refusal(
    "An agency’s own sign-in has no https address: anybody on the way could sign in as anybody.",
    "Mend its issuer in the playbook’s signing_in.toml.",
)
ISSUER_WITHOUT_SECRET = Refusal(
    "An agency’s own sign-in has no secret, or a short one: it could not be told from a stranger’s.",
    "Name the secret that it gave us in ALONGSIDE_SINGLE_SIGN_ON_SECRETS, like leeds-city-council=….",
)
SECRET_OF_NOBODY = Refusal(
    "ALONGSIDE_SINGLE_SIGN_ON_SECRETS names an agency that has no sign-in of its own in the playbook.",
    "Take it out, or mend the name.",
)
ISSUER_OF_NOBODY = Refusal(
    "The playbook gives a sign-in to an agency that is not a partner.",
    "Mend its agency in signing_in.toml: agencies.toml lists the partners.",
)


def is_here(host: str) -> bool:
    return host in {"localhost", "127.0.0.1", "::1"}


def is_ours_alone(facts: SignInFacts) -> bool:
    """Whether the session's cookie goes to this host only, over HTTPS only, and to no script."""
    named = facts.cookie_name.startswith(KEPT_TO_THIS_HOST)
    return named and facts.cookie_http_only and facts.cookie_same_site in {"Lax", "Strict"}


def letters_are_open(facts: SignInFacts) -> bool:
    """Whether letters go to another machine unencrypted."""
    return facts.sent_by == "smtp" and not facts.mail_encrypted and not is_here(facts.mail_host)


def named(facts: SignInFacts) -> set[str]:
    """The agencies with a sign-in of their own."""
    return {agency for agency, _, _ in facts.issuers}


EVERYWHERE: Rules = {
    SESSIONS_TOO_LONG: lambda f: f.idle > LONGEST_REST or f.longest > LONGEST_SESSION,
    ISSUER_NOT_HTTPS: lambda f: any(not issuer.startswith("https://") for _, issuer, _ in f.issuers),
    ISSUER_OF_NOBODY: lambda f: bool(named(f) - set(f.agencies)),
}
RULES: Rules = {
    NO_SECOND_FACTOR: lambda f: not f.second_factor,
    PASSKEY_WITHOUT_ITS_OWNER: lambda f: f.passkey_asks != "required",
    COOKIE_OF_OTHERS: lambda f: not is_ours_alone(f),
    LETTERS_GO_NOWHERE: lambda f: f.sent_by != "smtp",
    LETTERS_IN_THE_OPEN: letters_are_open,
    ISSUER_WITHOUT_SECRET: lambda f: any(len(secret) < SHORTEST_SECRET for _, _, secret in f.issuers),
    SECRET_OF_NOBODY: lambda f: bool(set(f.secrets_for) - named(f)),
}


def refusals_of_sign_in(facts: SignInFacts, *, demo: bool) -> list[Refusal]:
    """Every reason at once. The demo’s people are invented and sign in by a click: most of it is not asked there."""
    return refused_by(EVERYWHERE if demo else {**EVERYWHERE, **RULES}, facts)
