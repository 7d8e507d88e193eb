from importlib import import_module

from django.apps import AppConfig


class ServerConfig(AppConfig):
    name = "tamizdat.server"
    label = "server"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("tamizdat.server.receivers")
