"""Gifts in cash and by cheque: written down with a picture, and handed back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from tamizdat.dashboard.forms import OfflineForm
from tamizdat.support import actions, queries

MAY = "support.write_slip"
TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


@permission_required(MAY)
def index(request: HttpRequest) -> HttpResponse:
    """What is to be handed back; by POST a gift is written down."""
    form = OfflineForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _written_down(request, form):
        return redirect("desk:offline")
    return render(request, "dashboard/offline.html", {"form": form, "to_hand_back": queries.to_hand_back()})


def _written_down(request: HttpRequest, form: OfflineForm) -> bool:
    said = {name: value for name, value in form.cleaned_data.items() if name != "picture"}
    try:
        actions.take_offline(**said, picture=form.cleaned_data["picture"].read(), by=request.user.get_username())
    except actions.BadEvidence as error:
        form.add_error("picture", str(error))
    except actions.BadAddress as error:
        form.add_error("address", str(error))
    except actions.UnknownCompany as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, f"{said['amount']} is noted; books and receipt follow in a moment.")
        return True
    return False


@permission_required("support.refund_payment")
@require_POST
def gave_back(request: HttpRequest, ref: str) -> HttpResponse:
    """It is booked with this: nobody else tells of it."""
    try:
        is_first = actions.gave_back(ref=ref, by=request.user.get_username())
    except LookupError:
        raise Http404 from None
    if is_first:
        messages.success(request, "Noted; the books follow in a moment.")
    else:
        messages.error(request, "Somebody had handed it back already: was it given twice?")
    return redirect("desk:offline")


@permission_required(MAY)
def evidence(request: HttpRequest, slip: int) -> HttpResponse:
    """The picture, as a file."""
    try:
        raw, kind = queries.evidence(slip)
    except LookupError:
        raise Http404 from None
    name = f'attachment; filename="slip-{slip}.{kind}"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return HttpResponse(raw, content_type=TYPES[kind], headers=headers)
