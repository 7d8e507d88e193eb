from importlib import import_module

from django.apps import AppConfig


class AsksConfig(AppConfig):
    name = "tamizdat.asks"
    label = "asks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("tamizdat.asks.receivers")
