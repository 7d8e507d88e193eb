"""The same newsroom as an ordinary Wagtail site: the page is rendered when it is asked for."""

from pathlib import Path

from tamizdat.settings import *  # noqa: F403

ROOT_URLCONF = "bench.wagtail.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
