from importlib import import_module

from django.apps import AppConfig

from alongside import playbook


class PeopleConfig(AppConfig):
    name = "alongside.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        playbook.own("leads.toml", import_module("alongside.people.leads").read)
        playbook.own("emergency.toml", import_module("alongside.people.judging").read)
