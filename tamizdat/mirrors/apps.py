from importlib import import_module

from django.apps import AppConfig


class MirrorsConfig(AppConfig):
    name = "tamizdat.mirrors"
    label = "mirrors"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("tamizdat.mirrors.receivers")
