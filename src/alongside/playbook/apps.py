from importlib import import_module

from django.apps import AppConfig


class PlaybookConfig(AppConfig):
    name = "alongside.playbook"
    label = "playbook"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("alongside.playbook.checks")
