"""How this room answers: a page, or a refusal with one line in the log that says nothing about who asked."""

import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

log = logging.getLogger("tamizdat.support")


def page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    context = {"language": language, **context}
    return render(request, f"support/{name}.html", context, status=status, using="reader")


def refused_page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int, why: str) -> HttpResponse:
    """A page that says no, and its line in the log."""
    return _logged(page(request, name, context, status=status), why)


def refused(why: str, *, status: int) -> HttpResponse:
    """The same for machines."""
    return _logged(HttpResponse("refused\n", status=status, content_type="text/plain"), why)


def _logged(response: HttpResponse, why: str) -> HttpResponse:
    log.warning("%s: %s", response.status_code, why)
    # Django would add a second line, with the path; and a path of ours may be somebody's key.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
