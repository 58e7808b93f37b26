"""The database itself refuses to change what was told, to delete it where no tombstone stands for it, and to change or
delete a tombstone; on SQLite and on PostgreSQL."""

from django.db import migrations

KEPT = ("agency_id", "reference", "version", "kind", "told", "content_hash", "receipt")
NO_STONE = "NOT EXISTS (SELECT 1 FROM contributions_tombstone WHERE number = OLD.id)"
REFUSALS = {
    "delete": "what was told is deleted only where a tombstone stands",
    "change": "what was told is not changed",
    "stone": "a tombstone stays",
}


def raising(what):
    return f"BEGIN SELECT RAISE(ABORT, '{REFUSALS[what]}'); END"


SQLITE = [
    f"""CREATE TRIGGER contribution_refuses_delete BEFORE DELETE ON contributions_contribution
        WHEN {NO_STONE} {raising("delete")}""",
    f"""CREATE TRIGGER contribution_refuses_change BEFORE UPDATE OF {", ".join(KEPT)} ON contributions_contribution
        WHEN {" OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in KEPT)} {raising("change")}""",
    f"CREATE TRIGGER tombstone_refuses_delete BEFORE DELETE ON contributions_tombstone {raising('stone')}",
    f"CREATE TRIGGER tombstone_refuses_change BEFORE UPDATE ON contributions_tombstone {raising('stone')}",
]
POSTGRESQL = [
    *(
        f"""CREATE FUNCTION contributions_refuse_{what}() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'restrict_violation'; END $$"""
        for what, words in REFUSALS.items()
        if what != "delete"
    ),
    # The condition of a trigger may not ask another table there; its function may.
    f"""CREATE FUNCTION contributions_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF {NO_STONE} THEN RAISE EXCEPTION '{REFUSALS["delete"]}' USING ERRCODE = 'restrict_violation';
        END IF; RETURN OLD; END $$""",
    """CREATE TRIGGER contribution_refuses_delete BEFORE DELETE ON contributions_contribution
       FOR EACH ROW EXECUTE FUNCTION contributions_refuse_delete()""",
    f"""CREATE TRIGGER contribution_refuses_change BEFORE UPDATE ON contributions_contribution FOR EACH ROW
        WHEN ({" OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in KEPT)})
        EXECUTE FUNCTION contributions_refuse_change()""",
    """CREATE TRIGGER tombstone_refuses_change BEFORE UPDATE OR DELETE ON contributions_tombstone
       FOR EACH ROW EXECUTE FUNCTION contributions_refuse_stone()""",
]


def put_in_place(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("contributions", "0006_keeping_tombstones")]
    operations = [migrations.RunPython(put_in_place, elidable=False)]
