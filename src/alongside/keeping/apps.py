from importlib import import_module

from django.apps import AppConfig

from alongside import playbook
from alongside.access.doors import door_changed


class KeepingConfig(AppConfig):
    name = "alongside.keeping"
    label = "keeping"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        playbook.own("keeping.toml", import_module("alongside.keeping.retention").read)
        changed = import_module("alongside.keeping.closed_doors").when_a_door_changes
        door_changed.connect(changed, dispatch_uid="closed doors are listed beside the backups")
