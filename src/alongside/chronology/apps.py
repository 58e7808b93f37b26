from importlib import import_module

from django.apps import AppConfig

from alongside import playbook
from alongside.people.moved import whenever_records_move


class ChronologyConfig(AppConfig):
    name = "alongside.chronology"
    label = "chronology"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        room = "alongside.chronology"
        playbook.own("timeline.toml", import_module(f"{room}.timeline_facts").read)
        whenever_records_move(import_module(f"{room}.incidents").regroup, called="timelines are grouped anew")
