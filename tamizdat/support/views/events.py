"""The door for payment companies."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tamizdat.support import actions
from tamizdat.support.views.answers import refused

LONGEST_EVENT_BYTES = 1_000_000


@csrf_exempt  # the signature says who speaks
@require_POST
def event(request: HttpRequest, provider: str) -> HttpResponse:
    """200 as soon as the event is stored; the work is done afterwards."""
    if len(request.body) > LONGEST_EVENT_BYTES:
        return refused("an event that is too large", status=413)
    try:
        actions.receive_event(provider=provider, headers=request.headers, raw=request.body)
    except actions.UnknownCompany:
        return refused("an event from an unknown company", status=404)
    except actions.BadSignature as error:
        return refused(f"a forged or stale event: {error}", status=400)
    return HttpResponse("stored\n", content_type="text/plain")
