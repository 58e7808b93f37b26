"""Requests that were written down before: the first record that was collected, by whoever wrote it down."""

from typing import Any

from django.db import migrations


def find_records(apps: Any, schema_editor: Any) -> None:
    items = apps.get_model("access_requests", "PackItem").objects.filter(contribution=None)
    records = apps.get_model("people", "AgencyRecord").objects
    for request in apps.get_model("access_requests", "AccessRequest").objects.filter(known_as=None):
        held = items.filter(part__request=request).order_by("pk")
        own = held.filter(part__agency=request.logged_by.agency_id)
        first = own.values_list("record", flat=True).first() or held.values_list("record", flat=True).first()
        whose = records.filter(pk=first).values_list("person", flat=True).first()
        if whose:
            request.known_as_id, request.person_id = first, whose
            request.save(update_fields=["known_as", "person"])


class Migration(migrations.Migration):
    dependencies = [("access_requests", "0003_the_record_that_was_asked_for")]

    operations = [migrations.RunPython(find_records, migrations.RunPython.noop)]
