"""Django, for the bridge (and for any other server that speaks WSGI)."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tamizdat.settings")
EVENTS = "/events/"


class Unclothed(WSGIHandler):
    """Django without middleware: who tells events has no session, no language and no cookie."""

    def load_middleware(self, is_async: bool = False) -> None:
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        self._middleware_chain = convert_exception_to_response(self._get_response)


_whole, _unclothed = get_wsgi_application(), Unclothed()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Events are let in by a door of their own: companies tell hundreds in a second."""
    handler = _unclothed if environ.get("PATH_INFO", "").startswith(EVENTS) else _whole
    return handler(environ, start_response)
