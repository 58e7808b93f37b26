"""The room of page furniture: base page, components, status words, error pages, component gallery."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class WebConfig(AppConfig):
    """Nothing of the domain is known here."""

    name = "alongside.web"

    def ready(self) -> None:
        from alongside.web import session

        user_logged_in.connect(session.starts, dispatch_uid="session-end")
