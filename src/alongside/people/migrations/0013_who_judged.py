"""Who judged an emergency use: until now it was written in place of who was told."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def fill_from_told(apps: Any, schema_editor: Any) -> None:
    notices = apps.get_model("people", "EmergencyNotice").objects
    notices.exclude(judged_at=None).update(judged_by=models.F("told"))


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0012_letters_of_emergencies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="emergencynotice",
            name="judged_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(fill_from_told, migrations.RunPython.noop),
    ]
