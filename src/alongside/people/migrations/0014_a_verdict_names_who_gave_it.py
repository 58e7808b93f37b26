from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0013_who_judged")]

    operations = [
        migrations.RemoveConstraint(model_name="emergencynotice", name="a_judgement_says_when_and_why"),
        migrations.AddConstraint(
            model_name="emergencynotice",
            constraint=models.CheckConstraint(
                condition=Q(judged_at=None, judged_by=None, verdict="")
                | (Q(judged_at__isnull=False, judged_by__isnull=False) & ~Q(verdict="") & ~Q(because="")),
                name="a_judgement_says_when_who_and_why",
            ),
        ),
    ]
