"""What a database may not be like where it holds real children: plain rules over what was asked of it."""

from dataclasses import dataclass

from .refusal import Refusal, Rules

# Kinds of file system that are another machine's disk: SQLite's locks do not hold there.
NETWORKED = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.glusterfs"}
GUESSED_FIRST = {"postgres", "password", "alongside", "changeme", "secret", "admin", "letmein", "123456", "12345678"}
SHORTEST_PASSWORD = 16
PROVEN = {"verify-ca", "verify-full"}
SECONDS_APART, SECONDS_BEHIND = 60, 300
OTHERS_MAY = 0o077


@dataclass(frozen=True)
class Database:
    """What is known of the database; the defaults are those of a safe one."""

    kind: str = "sqlite"
    journal_mode: str = "wal"
    synchronous: int = 2
    foreign_keys: bool = True
    file_system: str = "ext4"
    file_mode: int = 0o600
    host: str = ""
    password: str = ""
    sslmode: str = ""
    superuser: bool = False
    fsync: bool = True
    synchronous_commit: str = "on"
    full_page_writes: bool = True
    wal_level: str = "replica"
    encoding: str = "UTF8"
    seconds_apart: float = 0.0
    seconds_behind: float = 0.0
    demo_people: bool = False
    endless_tokens: int = 0

    @property
    def is_remote(self) -> bool:
        """Reached over a network: not a file, not a socket in a folder, not this machine."""
        return self.kind == "postgresql" and not (
            self.host.startswith("/") or self.host in {"", "localhost", "127.0.0.1", "::1"}
        )

    @property
    def is_sqlite(self) -> bool:
        return self.kind == "sqlite"


NOT_WAL = Refusal(
    "SQLite does not write ahead (WAL): readers and writers would stop each other.",
    "Keep the database file on a local disk, not on a network share.",
)
NOT_FULL = Refusal(
    "SQLite is not fully synchronous: a power cut could lose what a receipt promised to keep.",
    "Leave the SQLite options of the settings as they are (synchronous=FULL).",
)

# These hold for the demo too: they are about losing what was told, not about who reads it.
KEEPING: Rules = {
    NOT_WAL: lambda d: d.is_sqlite and d.journal_mode != "wal",
    NOT_FULL: lambda d: d.is_sqlite and d.synchronous < 2,
    Refusal(
        "SQLite does not keep rows that belong together together (foreign keys are off).",
        "Leave the SQLite options of the settings as they are (foreign_keys=ON).",
    ): lambda d: d.is_sqlite and not d.foreign_keys,
}

RULES: Rules = {
    Refusal(
        "The SQLite file lies on another machine’s disk, where its locks do not hold: it would be damaged.",
        "Keep it on a disk of this machine, or use PostgreSQL.",
    ): lambda d: d.is_sqlite and d.file_system in NETWORKED,
    Refusal(
        "Others on this machine may read the database file.",
        "Take it from them: chmod 600 on the database file and what lies beside it.",
    ): lambda d: d.is_sqlite and bool(d.file_mode & OTHERS_MAY),
    Refusal(
        "PostgreSQL may lose what it said was kept: fsync is off.",
        "Set fsync = on in postgresql.conf.",
    ): lambda d: not d.fsync,
    Refusal(
        "PostgreSQL answers before what was told is kept: synchronous_commit is off.",
        "Set synchronous_commit = on in postgresql.conf, and for this role.",
    ): lambda d: d.synchronous_commit == "off",
    Refusal(
        "PostgreSQL could not mend a page that a power cut tore: full_page_writes is off.",
        "Set full_page_writes = on in postgresql.conf.",
    ): lambda d: not d.full_page_writes,
    Refusal(
        "PostgreSQL writes too little ahead for a continuous copy: wal_level is minimal.",
        "Set wal_level = replica in postgresql.conf.",
    ): lambda d: d.wal_level == "minimal",
    Refusal(
        "The database cannot hold every name: it is not in UTF-8.",
        "Make the database anew with ENCODING 'UTF8'.",
    ): lambda d: d.encoding.upper().replace("-", "") != "UTF8",
    Refusal(
        "We would work in PostgreSQL as its superuser, who may switch the ledger’s triggers off.",
        "Give DATABASE_URL a role of its own that owns this database and no more (NOSUPERUSER).",
    ): lambda d: d.superuser,
    Refusal(
        "The database’s password is one that is guessed first, or short.",
        f"Choose a random one of at least {SHORTEST_PASSWORD} characters, or sign in by certificate or socket.",
    ): lambda d: bool(d.password) and (d.password.lower() in GUESSED_FIRST or len(d.password) < SHORTEST_PASSWORD),
    Refusal(
        "The database on another machine is reached without proof that it is the right one (TLS).",
        "Add ?sslmode=verify-full to DATABASE_URL.",
    ): lambda d: d.is_remote and d.sslmode not in PROVEN,
    Refusal(
        "The database’s clock and ours are more than a minute apart: the order of what happened would be lost.",
        "Let both machines keep time by the network (NTP).",
    ): lambda d: abs(d.seconds_apart) > SECONDS_APART,
    Refusal(
        "This machine’s clock stands before the last line of the ledger: new lines would seem older than it.",
        "Set the clock right (NTP), then start again.",
    ): lambda d: d.seconds_behind > SECONDS_BEHIND,
    Refusal(
        "The database holds the demo’s invented people, who could be taken for real ones.",
        "Start with a new, empty database: point ALONGSIDE_VAR or DATABASE_URL to it.",
    ): lambda d: d.demo_people,
    Refusal(
        "A key to the API never runs out.",
        "Make a new key with `alongside token make`, hand it over, and end the old one with `alongside token end`.",
    ): lambda d: d.endless_tokens > 0,
}
