"""Which settings would be unsafe for real children, and how to mend each: plain rules, told as sentences."""

import re
from dataclasses import dataclass

from .refusal import Refusal, Rules

HERE_ONLY = {"127.0.0.1", "localhost", "::1", "[::1]"}
SHORTEST_KEY = 50
FEWEST_SIGNS = 10
# Ofcom keeps these numbers for stories: nobody ever answers one.
INVENTED_NUMBERS, SHORTEST_NUMBER = "01134960", 3
FROM_ABROAD = re.compile(r"^\s*(?:\+|00)44[\s(]*0?\)?")


@dataclass(frozen=True)
class Facts:
    """What is known of one installation before it serves anyone."""

    secret_key: str = ""
    debug: bool = False
    demo: bool = False
    hosts: tuple[str, ...] = ("127.0.0.1",)
    https: bool = True
    listens_on: str = "127.0.0.1"
    playbook: bool = True
    var_writable: bool = True
    pages_built: bool = True
    duty_phone: str = ""
    mail_from: str = "alongside@partnership.example"
    has_data_keys: bool = True


NO_KEY = Refusal(
    "There is no secret key: nothing could keep a session safe.",
    "Set ALONGSIDE_SECRET_KEY to at least 50 random characters, kept out of files that others read.",
)
WEAK_KEY = Refusal(
    "The secret key is weak: too short, or of too few different characters.",
    "Set ALONGSIDE_SECRET_KEY to at least 50 random characters.",
)
DEBUG_ON = Refusal(
    "Debugging is on: a failure would show a child’s information to whoever meets it.",
    "Unset ALONGSIDE_DEBUG.",
)
DEMO_IN_PUBLIC = Refusal(
    "The demo lets anyone be anyone, and it would be open to other machines.",
    "Serve the demo on 127.0.0.1 only, or unset ALONGSIDE_DEMO and set up real accounts.",
)
NO_HTTPS = Refusal(
    "Pages would travel unencrypted, readable by anyone on the way.",
    "Serve behind HTTPS and unset ALONGSIDE_HTTPS, or set it to true.",
)
ANY_HOST = Refusal(
    "Any host name is accepted, so a false link could be sent in our name.",
    "Name the hosts that people really use in ALONGSIDE_HOSTS.",
)
NO_HOST = Refusal("No host name is accepted: nobody could open a page.", "Name the hosts in ALONGSIDE_HOSTS.")
NO_PLAYBOOK = Refusal(
    "The partnership’s playbook is not there.",
    "Set ALONGSIDE_PLAYBOOK to the folder that holds contributions/ and agencies.toml.",
)
NOT_WRITABLE = Refusal(
    "The folder for data cannot be written to.",
    "Set ALONGSIDE_VAR to a folder that the service may write to, and nobody else may read.",
)
NO_PAGES = Refusal("The pages’ styles are not built.", "Run `make setup`, or install the wheel, which has them.")

NO_DATA_KEYS = Refusal(
    "There are no keys to seal children’s numbers in the database with, or they are no keys.",
    "Set ALONGSIDE_DATA_KEYS and ALONGSIDE_SEARCH_KEY (`alongside keys make`), and keep them apart from the database.",
)
INVENTED_PHONE = Refusal(
    "The duty team’s number is an invented one: whoever needs help would reach nobody.",
    "Set ALONGSIDE_DUTY_PHONE to a number that is answered day and night.",
)
NO_SENDER = Refusal(
    "E-mail has no address that it comes from: other servers would refuse it.",
    "Set ALONGSIDE_MAIL_FROM to an address of your partnership’s own.",
)


def is_weak(key: str) -> bool:
    """Whether a key is too short or too regular to be unguessable."""
    # Whatever is one piece again and again is found in two of itself, a little further on.
    repeats = key in (key + key)[1:-1]
    return len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS or repeats


def is_invented(phone: str) -> bool:
    """Whether nobody can ever answer this number, however it is written; or whether it is none."""
    digits = re.sub(r"\D", "", FROM_ABROAD.sub("0", phone))
    return len(digits) < SHORTEST_NUMBER or digits.startswith(INVENTED_NUMBERS)


def is_public(facts: Facts) -> bool:
    """Whether other machines could reach it."""
    return facts.listens_on not in HERE_ONLY or any(host not in HERE_ONLY for host in facts.hosts)


RULES: Rules = {
    NO_KEY: lambda facts: not facts.secret_key,
    WEAK_KEY: lambda facts: bool(facts.secret_key) and is_weak(facts.secret_key),
    DEBUG_ON: lambda facts: facts.debug,
    DEMO_IN_PUBLIC: lambda facts: facts.demo and is_public(facts),
    NO_HTTPS: lambda facts: not facts.demo and not facts.https,
    ANY_HOST: lambda facts: any(host.startswith("*") for host in facts.hosts),
    NO_HOST: lambda facts: not facts.hosts,
    NO_PLAYBOOK: lambda facts: not facts.playbook,
    NOT_WRITABLE: lambda facts: not facts.var_writable,
    NO_PAGES: lambda facts: not facts.pages_built,
    NO_DATA_KEYS: lambda facts: not facts.has_data_keys,
    INVENTED_PHONE: lambda facts: not facts.demo and is_invented(facts.duty_phone),
    NO_SENDER: lambda facts: not facts.demo and facts.mail_from.endswith("@localhost"),
}
