from importlib import import_module

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "tamizdat.articles"
    label = "articles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("tamizdat.articles.receivers")
