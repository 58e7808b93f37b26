"""Marks, seals and checkpoints; and the triggers by which the database refuses to change any of them."""

from django.db import migrations, models

from alongside.ledger import refusals

OLD = {
    "postgresql": ("ledger_refuses_change",),
    "sqlite": ("ledger_refuses_update", "ledger_refuses_delete"),
}


def put_in_place(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    on = " ON ledger_ledgerevent" if vendor == "postgresql" else ""
    for name in OLD[vendor]:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
    if vendor == "sqlite":
        for statement in refusals.SQLITE.values():
            schema_editor.execute(statement)
        return
    schema_editor.execute(refusals.FUNCTION)
    for name, statement in refusals.POSTGRESQL.items():
        table = name.partition("_refuses_")[0]
        schema_editor.execute(statement)
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_the_ledger_only_grows")]
    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("sequence", models.BigAutoField(primary_key=True, serialize=False)),
                ("event", models.BigIntegerField(unique=True)),
                ("leaf", models.BinaryField()),
                ("node", models.BinaryField(default=b"")),
            ],
            options={
                "ordering": ["sequence"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(sequence__gte=1), name="a_place_in_the_ledger_is_counted_from_1"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", models.BigAutoField(primary_key=True, serialize=False)),
                ("root", models.BinaryField()),
                ("at", models.CharField(max_length=32)),
                ("previous", models.BinaryField()),
                ("signer", models.BinaryField()),
                ("signature", models.BinaryField()),
                ("settled", models.BigIntegerField()),
                ("highest", models.BigIntegerField()),
                ("read_at", models.CharField(max_length=40)),
            ],
            options={
                "ordering": ["size"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(size__gte=1), name="a_checkpoint_has_a_line")
                ],
            },
        ),
        migrations.AddField("ledgerevent", "mark", models.CharField(blank=True, default="", max_length=32)),
        migrations.AddIndex("ledgerevent", models.Index(fields=["actor", "-at"], name="ledger_by_actor")),
        migrations.AddIndex("ledgerevent", models.Index(fields=["-at", "-id"], name="ledger_by_time")),
        migrations.RunPython(put_in_place, elidable=False),
    ]
