from importlib import import_module

from django.apps import AppConfig

from alongside import playbook
from alongside.people.moved import whenever_records_move


class MeetingsConfig(AppConfig):
    name = "alongside.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        read = import_module("alongside.meetings.project_shield").read
        playbook.own("meetings/project_shield.toml", read)
        follow = import_module("alongside.meetings.actions").follow_reports
        whenever_records_move(follow, called="actions go with their reports")
