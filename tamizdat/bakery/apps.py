from importlib import import_module

from django.apps import AppConfig


class BakeryConfig(AppConfig):
    name = "tamizdat.bakery"
    label = "bakery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("tamizdat.bakery.receivers")
