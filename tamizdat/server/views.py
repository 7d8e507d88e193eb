"""What Django says when a request goes wrong: the same plain words as the front door's."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from tamizdat.server import pages

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain(413 if isinstance(exception, TOO_MUCH) else 400)


def csrf_failure(request: HttpRequest, reason: str = "", **_: Any) -> HttpResponse:
    return _plain(403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain(404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _plain(500)


def _plain(status: int) -> HttpResponse:
    answer = HttpResponse(pages.plain(status, get_language() or ""), status=status)
    answer["Cache-Control"] = "no-store"
    return answer
