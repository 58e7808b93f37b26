from importlib import import_module

from django.apps import AppConfig

from alongside import playbook
from alongside.agencies.stopped import seat_stopped


class PeopleConfig(AppConfig):
    name = "alongside.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        playbook.own("leads.toml", import_module("alongside.people.leads").read)
        playbook.own("emergency.toml", import_module("alongside.people.judging").read)
        ended = import_module("alongside.people.emergency").end_with_the_seat
        seat_stopped.connect(ended, dispatch_uid="emergency access ends with the seat")
        same_person = import_module("alongside.agencies.same_person")
        ties = import_module("alongside.people.closing").ties_go_over
        same_person.mailbox_went_over.connect(ties, dispatch_uid="ties go over to a new seat")
