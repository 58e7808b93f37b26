"""What was sent stays with the team in which its author sent it; the database refuses to give it to another."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

TABLE, TRIGGER = "contributions_contribution", "contribution_refuses_another_team"
REFUSALS = {
    "sqlite": f"""CREATE TRIGGER {TRIGGER} BEFORE UPDATE OF team_id ON {TABLE} WHEN OLD.team_id IS NOT NEW.team_id
        BEGIN SELECT RAISE(ABORT, 'what was told is not changed'); END""",
    "postgresql": f"""CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE} FOR EACH ROW
        WHEN (OLD.team_id IS DISTINCT FROM NEW.team_id) EXECUTE FUNCTION contributions_refuse_change()""",
}


def fill(apps, schema_editor):
    """What was sent before goes to the team of its author today: where they were before, nobody kept. One statement,
    of millions the few thousand that have an author."""
    authors = apps.get_model("agencies", "Practitioner").objects.filter(pk=OuterRef("author"))
    sent = apps.get_model("contributions", "Contribution").objects.filter(author__isnull=False, team=None)
    sent.update(team=Subquery(authors.values("team")[:1]))


def hold(apps, schema_editor):
    schema_editor.execute(REFUSALS[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0008_keeping_records_officer"),
        ("contributions", "0012_taken_up_by_a_colleague"),
    ]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="team",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.team",
            ),
        ),
        migrations.RunPython(fill, elidable=False),
        migrations.RunPython(hold, elidable=False),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                condition=models.Q(("team__isnull", False)),
                fields=["team", "-received_at"],
                name="contributions_by_team",
            ),
        ),
    ]
