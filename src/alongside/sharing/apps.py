from importlib import import_module

from django.apps import AppConfig

from alongside import playbook


class SharingConfig(AppConfig):
    name = "alongside.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        playbook.own("sharing.toml", import_module("alongside.sharing.bases").read)
