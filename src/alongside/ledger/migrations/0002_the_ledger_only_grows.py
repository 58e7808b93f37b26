"""The database itself refuses to change or delete a line of the ledger, on SQLite and on PostgreSQL."""

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER ledger_refuses_{what} BEFORE {what} ON ledger_ledgerevent
        BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END"""
    for what in ("update", "delete")
]
POSTGRESQL = [
    """CREATE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$""",
    """CREATE TRIGGER ledger_refuses_change BEFORE UPDATE OR DELETE ON ledger_ledgerevent
       FOR EACH ROW EXECUTE FUNCTION ledger_only_grows()""",
]


def put_in_place(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(put_in_place, elidable=False)]
