from importlib import import_module

from django.apps import AppConfig

from alongside import playbook


class KeepingConfig(AppConfig):
    name = "alongside.keeping"
    label = "keeping"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        playbook.own("keeping.toml", import_module("alongside.keeping.retention").read)
