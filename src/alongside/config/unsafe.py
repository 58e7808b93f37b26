"""Which settings would be unsafe for real children, and how to mend each: plain rules, told as sentences."""

from dataclasses import dataclass, field

from .refusal import Refusal
from .unsafe_sign_in import SignInFacts, refusals_of_sign_in

__all__ = ["Facts", "Refusal", "refusals"]

HERE_ONLY = {"127.0.0.1", "localhost", "::1", "[::1]"}
SHORTEST_KEY = 50
FEWEST_SIGNS = 10
# Ofcom keeps these numbers for stories: nobody ever answers one.
INVENTED_NUMBERS = "01134960"


@dataclass(frozen=True)
class Facts:
    """What is known of one installation before it serves anyone."""

    secret_key: str = ""
    debug: bool = False
    demo: bool = False
    hosts: tuple[str, ...] = ("127.0.0.1",)
    https: bool = True
    listens_on: str = "127.0.0.1"
    database: str = "sqlite"
    journal_mode: str = "wal"
    synchronous: int = 2
    playbook: bool = True
    var_writable: bool = True
    pages_built: bool = True
    duty_phone: str = ""
    mail_from: str = "alongside@partnership.example"
    has_data_keys: bool = True
    sign_in: SignInFacts = field(default_factory=SignInFacts)


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
NOT_WAL = Refusal(
    "SQLite does not write ahead (WAL): readers and writers would stop each other.",
    "Keep the database file on a local disk, not on a network share.",
)
NOT_FULL = Refusal(
    "SQLite is not fully synchronous: a power cut could lose what a receipt promised to keep.",
    "Leave the SQLite options of the settings as they are (synchronous=FULL).",
)
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
    return len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS


def is_invented(phone: str) -> bool:
    """Whether nobody can ever answer this number."""
    return phone.replace(" ", "").startswith(INVENTED_NUMBERS)


def is_public(facts: Facts) -> bool:
    """Whether other machines could reach it."""
    return facts.listens_on not in HERE_ONLY or any(host not in HERE_ONLY for host in facts.hosts)


def refusals(facts: Facts) -> list[Refusal]:
    """Every reason at once, so that whoever mends is asked once; none means that it may serve."""
    sqlite = facts.database == "sqlite"
    checks = {
        NO_KEY: not facts.secret_key,
        WEAK_KEY: bool(facts.secret_key) and is_weak(facts.secret_key),
        DEBUG_ON: facts.debug,
        DEMO_IN_PUBLIC: facts.demo and is_public(facts),
        NO_HTTPS: not facts.demo and not facts.https,
        ANY_HOST: any(host.startswith("*") for host in facts.hosts),
        NO_HOST: not facts.hosts,
        NOT_WAL: sqlite and facts.journal_mode != "wal",
        NOT_FULL: sqlite and facts.synchronous < 2,
        NO_PLAYBOOK: not facts.playbook,
        NOT_WRITABLE: not facts.var_writable,
        NO_PAGES: not facts.pages_built,
        NO_DATA_KEYS: not facts.has_data_keys,
        INVENTED_PHONE: not facts.demo and is_invented(facts.duty_phone),
        NO_SENDER: not facts.demo and facts.mail_from.endswith("@localhost"),
    }
    about_signing_in = refusals_of_sign_in(facts.sign_in, demo=facts.demo)
    return [refusal for refusal, applies in checks.items() if applies] + about_signing_in
