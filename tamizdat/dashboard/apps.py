from importlib import import_module

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "tamizdat.dashboard"
    label = "dashboard"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("tamizdat.dashboard.receivers")
