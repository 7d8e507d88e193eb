from importlib import import_module

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "tamizdat.reminders"
    label = "reminders"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("tamizdat.reminders.receivers")
