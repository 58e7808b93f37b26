from importlib import import_module

from django.apps import AppConfig

from alongside import playbook


class AccessConfig(AppConfig):
    name = "alongside.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        playbook.own("limits.toml", import_module("alongside.access.limits").read)
