from importlib import import_module

from django.apps import AppConfig

from alongside import playbook
from alongside.people.moved import whenever_records_move


class AccessRequestsConfig(AppConfig):
    name = "alongside.access_requests"
    label = "access_requests"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        room = "alongside.access_requests"
        playbook.own("access_requests.toml", import_module(f"{room}.terms").read)
        follow = import_module(f"{room}.following").follow_records
        whenever_records_move(follow, called="requests follow the record that was asked for")
