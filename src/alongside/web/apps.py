"""The room of page furniture: base page, components, status words, error pages, component gallery."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Nothing of the domain is known here."""

    name = "alongside.web"

    def ready(self) -> None:
        from django.conf import settings

        from alongside.web import logs

        logs.tell_events(settings.LOG_LEVEL)
