"""The company's own settings; `python -m tamizdat.sandbox.practice` puts them into the environment."""

import os
from pathlib import Path

KEY = Path(os.environ["PRACTICE_KEY_FILE"]).read_text("ascii").strip()
EVENTS_TO = os.environ["PRACTICE_EVENTS_TO"]
# Decides which events come late or twice; None: every event comes once and in order.
MISCHIEF_SEED = os.environ.get("PRACTICE_MISCHIEF_SEED")

DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tamizdat.sandbox.practice.urls"
INSTALLED_APPS = ["tamizdat.sandbox.practice"]
# No cookie and no CSRF check: an order's address is as hard to guess as a token, and only its payer has it.
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ["PRACTICE_DATABASE"],
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A refused request is an answer, not an incident.
    "loggers": {"django.request": {"level": "ERROR"}},
}
