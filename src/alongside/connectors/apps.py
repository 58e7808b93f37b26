from importlib import import_module

from django.apps import AppConfig

from alongside import playbook


class ConnectorsConfig(AppConfig):
    name = "alongside.connectors"
    label = "connectors"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        module = import_module("alongside.connectors.imports")
        playbook.own(module.FILE, module.read)
