"""Django's settings, all made from one folder: newsroom.toml, keys/ and data/."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from tamizdat.newsroom import configuration
from tamizdat.server import no_api

no_api.leave_out()

HOME = Path(os.environ.get("TAMIZDAT_HOME") or Path.cwd()).resolve()
DATA = HOME / "data"
KEYS = HOME / "keys"
SITE = DATA / "site"
NEWSROOM = configuration.load(HOME / "newsroom.toml", os.environ)


def _key(name: str) -> str:
    try:
        return (KEYS / name).read_text("ascii").strip()
    except FileNotFoundError:
        raise configuration.ConfigurationError(
            f"The key {KEYS / name} is missing. Restore it from your backup of keys; a new one cannot open old seals."
        ) from None


_is_secure = NEWSROOM.paper.address.startswith("https://")
_hosts = {urlsplit(address).hostname or "" for address in (NEWSROOM.paper.address, NEWSROOM.paper.giving_address)}
_origins = {f"{p.scheme}://{p.netloc}" for p in map(urlsplit, (NEWSROOM.paper.address, NEWSROOM.paper.giving_address))}
if NEWSROOM.paper.onion_address:
    _hosts.add(urlsplit(NEWSROOM.paper.onion_address).hostname or "")
    _origins.add(NEWSROOM.paper.onion_address)
if NEWSROOM.paper.desk_host:
    _hosts.add(NEWSROOM.paper.desk_host)
    _origins.add(f"{'https' if _is_secure else 'http'}://{NEWSROOM.paper.desk_host}")

DEBUG = False
SECRET_KEY = _key("secret.key")
ALLOWED_HOSTS = sorted(_hosts | {"127.0.0.1", "localhost"})
CSRF_TRUSTED_ORIGINS = sorted(_origins)
ROOT_URLCONF = "tamizdat.urls"
WSGI_APPLICATION = "tamizdat.server.wsgi.application"
APPEND_SLASH = True

INSTALLED_APPS = [
    "tamizdat.server",
    "tamizdat.demo",
    "tamizdat.dashboard",
    "tamizdat.mirrors",
    "tamizdat.bakery",
    "tamizdat.asks",
    "tamizdat.reminders",
    "tamizdat.support",
    "tamizdat.letters",
    "tamizdat.ledger",
    "tamizdat.articles",
    "tamizdat.newsroom",
    "wagtail.contrib.redirects",
    "wagtail.contrib.table_block",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "tamizdat.server.middleware.DeskHost",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "reader",
        "DIRS": [Path(__file__).parent / "reader" / "templates"],
        "OPTIONS": {"environment": "tamizdat.reader.environment.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

_sqlite = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "paper.sqlite3",
    # Opening the file costs more than most requests, and its last reader to leave folds the journal in.
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    },
}
DATABASES = {
    "default": dj_database_url.parse(NEWSROOM.database_url, conn_max_age=60) if NEWSROOM.database_url else _sqlite
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# How many bake side by side when all of the paper is baked; 0 is one a core.
BAKERS = int(os.environ.get("BAKERS", "0"))

# The queue is a table: a rolled-back transaction loses its task, a committed one never does.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "ENQUEUE_ON_COMMIT": False,
        # A summons is no work of its own: what it comes for counts how often a worker died at it.
        "QUEUES": ["default", "summons"],
    }
}

LANGUAGE_CODE = NEWSROOM.paper.language
LANGUAGES = [
    (code, name)
    for code, name in (
        ("en", "English"),
        ("ru", "Русский"),
        ("uk", "Українська"),
        ("es", "Español"),
        ("fr", "Français"),
        ("de", "Deutsch"),
        ("ar", "العربية"),
        ("fa", "فارسی"),
        ("zh", "中文"),
    )
    if code in NEWSROOM.paper.languages
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = NEWSROOM.paper.time_zone

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Web and worker would each remember renditions that the other has deleted.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"
FILE_UPLOAD_PERMISSIONS = 0o640
# As much as the front door lets through to the desk (to public pages it lets much less): a paste that is far too long
# is refused beside its field, with all that was written still in the form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 25_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

WAGTAIL_SITE_NAME = NEWSROOM.paper.name
WAGTAILADMIN_BASE_URL = NEWSROOM.paper.address
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000  # opened, they fill 150 MB
WAGTAILIMAGES_IMAGE_FORM_BASE = "tamizdat.articles.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "tamizdat.dashboard.search"}}
WAGTAILEMBEDS_FINDERS: list[str] = []  # a page asks no other host for anything
# The articles write redirects themselves, in the transaction that moves a page; Wagtail would do it later.
WAGTAILREDIRECTS_AUTO_CREATE = False
LOGIN_URL = "wagtailadmin_login"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = _is_secure
# The practice company speaks to us inside this machine, where there is no TLS; its events are signed.
SECURE_REDIRECT_EXEMPT = [r"^events/practice/"]
CSRF_FAILURE_VIEW = "tamizdat.server.views.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if _is_secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _is_secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _is_secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"  # the desk's preview alone may be framed, by the desk; Wagtail says so itself

EMAIL_BACKEND = "tamizdat.letters.post.NewsroomBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = NEWSROOM.post.sender or f"noreply@{urlsplit(NEWSROOM.paper.address).hostname}"
EMAIL_HOST, EMAIL_PORT = NEWSROOM.post.host, NEWSROOM.post.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = NEWSROOM.post.user, NEWSROOM.post.password
EMAIL_USE_TLS, EMAIL_USE_SSL = NEWSROOM.post.security == "starttls", NEWSROOM.post.security == "tls"
EMAIL_TIMEOUT = 20

# Dotted paths, so that a lower room can call a higher one without knowing it, and anybody can add one.
PAGE_RENDERER = "tamizdat.bakery.renderer.preview"
GIFT_SOURCES = "tamizdat.asks.queries.sources"
GIVING_FIGURE = "tamizdat.asks.queries.figure"
MOVEMENTS = "tamizdat.support.brought.known.Known"
PAYMENT_PROVIDERS = {
    "practice": "tamizdat.providers.practice.provider.Practice",
    "stripe": "tamizdat.providers.stripe.provider.Stripe",
    "btcpay": "tamizdat.providers.btcpay.provider.BTCPay",
    "paypal": "tamizdat.providers.paypal.provider.PayPal",
    "bank_transfer": "tamizdat.providers.bank_transfer.provider.BankTransfer",
    "offline": "tamizdat.providers.offline.provider.Offline",
}

# No line about a public request may carry an address or a user agent: only what went wrong, and where.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"discretion": {"()": "tamizdat.support.discretion.Discretion"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discretion"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"tamizdat": {"level": "INFO"}},
}
