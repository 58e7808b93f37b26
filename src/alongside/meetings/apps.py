from importlib import import_module

from django.apps import AppConfig

from alongside import playbook


class MeetingsConfig(AppConfig):
    name = "alongside.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        read = import_module("alongside.meetings.project_shield").read
        playbook.own("meetings/project_shield.toml", read)
