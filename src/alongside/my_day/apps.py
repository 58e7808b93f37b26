from django.apps import AppConfig


class MyDayConfig(AppConfig):
    name = "alongside.my_day"
    label = "my_day"
    default_auto_field = "django.db.models.BigAutoField"
