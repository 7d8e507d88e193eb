"""The desk answers on its own host when the newsroom names one."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse


class DeskHost:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        desk_host = settings.NEWSROOM.paper.desk_host
        is_desk = request.path_info.startswith("/desk/")
        if desk_host and is_desk and request.get_host().partition(":")[0] != desk_host:
            raise Http404
        return self.get_response(request)
