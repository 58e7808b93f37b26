from importlib import import_module

from django.apps import AppConfig

from alongside import playbook
from alongside.people.moved import records_moved


class ChronologyConfig(AppConfig):
    name = "alongside.chronology"
    label = "chronology"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        room = "alongside.chronology"
        playbook.own("timeline.toml", import_module(f"{room}.timeline_facts").read)
        regroup = import_module(f"{room}.incidents").regroup

        def grouped_anew(people: set[int], **_: object) -> None:
            regroup(people)

        records_moved.connect(grouped_anew, weak=False, dispatch_uid="timelines are grouped anew")
