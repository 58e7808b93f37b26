"""The room of page furniture: base page, components, status words, error pages, component gallery."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class WebConfig(AppConfig):
    """Nothing of the domain is known here."""

    name = "alongside.web"

    def ready(self) -> None:
        from django.conf import settings

        from alongside.web import logs, session

        logs.tell_events(settings.LOG_LEVEL)
        user_logged_in.connect(session.starts, dispatch_uid="session-end")
