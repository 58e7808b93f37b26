"""Seats from before: those in use have joined and count as looked at now; those that had ended say so."""

from django.db import migrations
from django.utils import timezone


def say_so(apps, schema_editor):
    practitioners, now = apps.get_model("agencies", "Practitioner").objects, timezone.now()
    practitioners.filter(is_active=True).update(joined_at=now, checked_at=now)
    practitioners.filter(is_active=False).update(
        joined_at=now, checked_at=now, ended_at=now, ended_because="It had ended before reasons were kept."
    )


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_seats_and_sessions"),
    ]

    operations = [
        migrations.RunPython(say_so, migrations.RunPython.noop),
    ]
