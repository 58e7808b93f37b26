"""The triggers by which the database itself refuses to change what the ledger holds: put in place by a migration,
looked for by verify. Whoever owns the database can drop them; verify then says so, and what they changed meanwhile.
They can also add what drops a line without a word: verify names whatever stands at the ledger's tables and is not ours.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

SAYS = "the ledger only grows"
# Of each table, the columns of which no two rows may share a value.
TABLES = {
    "ledger_ledgerevent": ("id",),
    "ledger_seal": ("sequence", "event"),
    "ledger_checkpoint": ("size",),
}


def _sqlite() -> dict[str, str]:
    """Name → statement. `INSERT OR REPLACE` would take a row away without a word: the last trigger refuses it."""
    wanted = {}
    for table, unique in TABLES.items():
        for what in ("update", "delete"):
            name = f"{table}_refuses_{what}"
            wanted[name] = (
                f"CREATE TRIGGER {name} BEFORE {what.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
            )
        same = " OR ".join(f"{column} = NEW.{column}" for column in unique)
        name = f"{table}_refuses_replace"
        wanted[name] = (
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
            f" BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        )
    return wanted


SQLITE = _sqlite()
BODY = f" BEGIN RAISE EXCEPTION '{SAYS}'; END "
FUNCTION = f"CREATE OR REPLACE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$"
# As PostgreSQL tells it, but for its schema.
AS_SPELT = FUNCTION.replace("()", "() ", 1).replace("$$", "$function$")
POSTGRESQL = {
    f"{table}_refuses_{name}": f"CREATE TRIGGER {table}_refuses_{name} BEFORE {when} ON {table} "
    f"FOR EACH {each} EXECUTE FUNCTION ledger_only_grows()"
    for table in TABLES
    for name, when, each in (("change", "DELETE OR UPDATE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT"))
}
# "A": fires always, also for a session that says it is a replica.
ALWAYS = "A"
# Spelt by PostgreSQL itself, whole: the table and the function have their schema before them where another would be
# found under their bare name. Of the function, everything: its language, its body and settings of its own.
NOW_THERE = """
SELECT tgname, tgenabled, pg_get_triggerdef(t.oid, true), pg_get_functiondef(tgfoid), quote_ident(nspname)
FROM pg_trigger AS t JOIN pg_class ON pg_class.oid = tgrelid
JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_namespace ON pg_namespace.oid = pronamespace
WHERE relname = ANY(%s) AND pg_table_is_visible(pg_class.oid)"""


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are not there as they should be."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(NOW_THERE, [list(TABLES)])
            there = {name: found for name, *found in cursor.fetchall()}
            return [name for name, wanted in POSTGRESQL.items() if not _is_whole(there.get(name), wanted)]
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        there = dict(cursor.fetchall())
    return [name for name, wanted in SQLITE.items() if there.get(name) != wanted]


STRANGERS_SQLITE = "SELECT name, lower(tbl_name || sql) FROM sqlite_master WHERE type = 'trigger'"
STRANGERS_POSTGRESQL = """
WITH ours AS (SELECT oid, relname, relkind, relrowsecurity FROM pg_class
              WHERE relname = ANY(%s) AND pg_table_is_visible(oid))
SELECT 'trigger ' || tgname FROM pg_trigger JOIN ours ON ours.oid = tgrelid WHERE NOT tgisinternal AND tgname <> ALL(%s)
UNION ALL SELECT 'rule ' || rulename FROM pg_rewrite JOIN ours ON ours.oid = ev_class
UNION ALL SELECT 'row policy ' || polname FROM pg_policy JOIN ours ON ours.oid = polrelid
UNION ALL SELECT 'row security of ' || relname FROM ours WHERE relrowsecurity
UNION ALL SELECT 'table ' || inhrelid::regclass::text || ' under ' || relname
          FROM pg_inherits JOIN ours ON ours.oid = inhparent
ORDER BY 1"""


def strangers(connection: BaseDatabaseWrapper) -> list[str]:
    """What stands at the ledger's tables and is not ours: it may let a line go without a word, or hide one."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(STRANGERS_POSTGRESQL, [list(TABLES), list(POSTGRESQL)])
            return [what for (what,) in cursor.fetchall()]
        cursor.execute(STRANGERS_SQLITE)
        found = [(name, spelt) for name, spelt in cursor.fetchall() if name not in SQLITE]
    return sorted(f"trigger {name}" for name, spelt in found if any(table in spelt for table in TABLES))


def _is_whole(found: list[str] | None, wanted: str) -> bool:
    if found is None:
        return False
    enabled, trigger, function, schema = found
    function = " ".join(function.replace(f" {schema}.", " ", 1).split())
    return enabled == ALWAYS and trigger == wanted and function == " ".join(AS_SPELT.split())
