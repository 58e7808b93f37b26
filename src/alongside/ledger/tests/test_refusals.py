"""What refuses changes to the ledger counts only where it refuses every one of them."""

import pytest

from alongside.ledger import refusals
from alongside.ledger.keys import trusted
from alongside.ledger.verifying import verify

from .tampering import run

NAME, TABLE = "ledger_ledgerevent_refuses_change", "ledger_ledgerevent"
OURS = "FOR EACH ROW EXECUTE FUNCTION ledger_only_grows()"
SOFT = "CREATE OR REPLACE FUNCTION {0}ledger_only_grows() RETURNS trigger LANGUAGE plpgsql {1} AS $${2}$$"
pytestmark = pytest.mark.django_db


def instead(statement: str) -> tuple[str, ...]:
    """Another trigger in the place of ours, under its name."""
    again = f"CREATE TRIGGER {NAME} {statement}"
    return f"DROP TRIGGER {NAME} ON {TABLE}", again, f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {NAME}"


WEAKER = {
    "of one column": instead(f"BEFORE DELETE OR UPDATE OF mark ON {TABLE} {OURS}"),
    "of deleting alone": instead(f"BEFORE DELETE ON {TABLE} {OURS}"),
    "on a condition": instead(
        f"BEFORE DELETE OR UPDATE ON {TABLE} FOR EACH ROW WHEN (OLD.actor <> 'omar') {OURS[12:]}"
    ),
    "once a statement, afterwards": instead(f"AFTER DELETE OR UPDATE ON {TABLE} FOR EACH STATEMENT {OURS[12:]}"),
    "with an argument": instead(f"BEFORE DELETE OR UPDATE ON {TABLE} {OURS[:-1]}'but not today')"),
    "of a function in another place": (
        "CREATE SCHEMA elsewhere",
        SOFT.format("elsewhere.", "", refusals.BODY),
        *instead(f"BEFORE DELETE OR UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION elsewhere.ledger_only_grows()"),
    ),
    "that is off for replicas": (f"ALTER TABLE {TABLE} ENABLE TRIGGER {NAME}",),
    "that is off": (f"ALTER TABLE {TABLE} DISABLE TRIGGER {NAME}",),
    "of a function that lets all through": (SOFT.format("", "", " BEGIN RETURN NEW; END "),),
    "of a function with settings of its own": (SOFT.format("", "SET client_min_messages = 'error'", refusals.BODY),),
}


@pytest.mark.postgres
@pytest.mark.parametrize("way", WEAKER)
def test_a_weaker_trigger_under_our_name_is_not_ours(way):
    assert verify(trusted=trusted()).is_whole
    for statement in WEAKER[way]:
        run(statement)
    sentences = verify(trusted=trusted()).sentences
    assert f"The database no longer refuses every change: the trigger {NAME} is not as it should be." in sentences


@pytest.mark.postgres
def test_where_the_ledger_is_in_a_schema_of_its_own_its_triggers_count():
    run("CREATE SCHEMA alongside")
    for table in refusals.TABLES:
        run(f"ALTER TABLE {table} SET SCHEMA alongside")
    run("ALTER FUNCTION ledger_only_grows() SET SCHEMA alongside")
    run("SET LOCAL search_path TO alongside, public")
    assert verify(trusted=trusted()).sentences == []
