from importlib import import_module

from django.apps import AppConfig

from alongside import playbook


class AgenciesConfig(AppConfig):
    name = "alongside.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        playbook.own("agencies.toml", import_module("alongside.agencies.partners").read_partners)
