from importlib import import_module

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in

from alongside import playbook


class AgenciesConfig(AppConfig):
    name = "alongside.agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        playbook.own("agencies.toml", import_module("alongside.agencies.partners").read_partners)
        playbook.own("signing_in.toml", import_module("alongside.agencies.signing_in").read)
        sessions = import_module("alongside.agencies.sessions")
        user_logged_in.connect(sessions.starts, dispatch_uid="session-begins")
