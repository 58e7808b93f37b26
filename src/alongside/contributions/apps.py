from importlib import import_module

from django.apps import AppConfig

from alongside import playbook
from alongside.people.moved import records_moved


class ContributionsConfig(AppConfig):
    name = "alongside.contributions"
    label = "contributions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        room = "alongside.contributions"
        playbook.own("contributions", import_module(f"{room}.kinds").read_kinds)
        playbook.own("people.toml", import_module(f"{room}.about_people").read_people_questions)
        playbook.own("urgent.toml", import_module(f"{room}.urgency").read_urgency)
        playbook.own("words.toml", import_module(f"{room}.words").read_phrases)
        again = import_module(f"{room}.front_door").wait_again_with_moved
        records_moved.connect(again, dispatch_uid="what came in waits again where its record moved behind a wall")
