from importlib import import_module

from django.apps import AppConfig

from alongside import playbook


class AccessRequestsConfig(AppConfig):
    name = "alongside.access_requests"
    label = "access_requests"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        playbook.own("access_requests.toml", import_module("alongside.access_requests.terms").read)
