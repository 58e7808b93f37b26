"""Who was born on a day of a year that nobody remembers is found by day and month."""

from django.db import migrations

BEFORE = "born:2010-"
WHOLE = len("born:2010-12-16")


def add(apps, schema_editor):
    table = schema_editor.quote_name(apps.get_model("people", "NameKey")._meta.db_table)
    schema_editor.execute(
        f"INSERT INTO {table} (record_id, key) "
        f"SELECT record_id, 'born:--' || substr(key, {len(BEFORE) + 1}) FROM {table} "
        f"WHERE substr(key, 1, 5) = 'born:' AND length(key) = {WHOLE}"
    )


def take_away(apps, schema_editor):
    apps.get_model("people", "NameKey").objects.filter(key__startswith="born:--").delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0010_keeping_sealed_numbers")]
    operations = [migrations.RunPython(add, take_away)]
