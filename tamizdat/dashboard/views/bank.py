"""Bringing a bank's statement, saying whose a transfer is, and what is to be transferred back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from tamizdat.dashboard.forms import StatementForm
from tamizdat.support import actions, queries

MAY = "support.bring_statement"


@permission_required(MAY)
def index(request: HttpRequest) -> HttpResponse:
    """What waits for a person; by POST a statement is brought."""
    form = StatementForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _brought(request, form):
        return redirect("desk:bank")
    shown = {
        "form": form,
        "unclear": queries.unclear(),
        "to_transfer": queries.to_transfer(),
        "brought": queries.last_brought(),
    }
    return render(request, "dashboard/bank.html", shown)


def _brought(request: HttpRequest, form: StatementForm) -> bool:
    """To the first company whose statement it is."""
    codes = queries.brings_statements()
    if not codes:
        form.add_error("file", "No way to pay that is on has a statement to be brought.")
        return False
    try:
        taken = actions.take_statement(
            provider=codes[0], raw=form.cleaned_data["file"].read(), by=request.user.get_username()
        )
    except actions.BadStatement as error:
        form.add_error("file", str(error))
        return False
    said = f"{taken.rows} rows, {taken.new} of them new. {taken.gifts} name what is ours and are booked"
    messages.success(request, f"{said}; {taken.unclear} wait below." if taken.unclear else f"{said}.")
    return True


@permission_required(MAY)
@require_POST
def place(request: HttpRequest, movement: int) -> HttpResponse:
    """It is that gift's, a gift that nobody had begun here, or none."""
    by, ref = request.user.get_username(), request.POST.get("typed", "").strip() or request.POST.get("ref", "")
    try:
        if ref == "new":
            actions.place_anew(movement=movement, by=by)
        elif ref == "none":
            actions.set_aside(movement=movement, by=by)
        else:
            actions.place(movement=movement, ref=ref, by=by)
    except actions.NotPlaced as error:
        messages.error(request, f"Nothing was booked: {error}.")
    except LookupError:
        messages.info(request, "Somebody has said whose it is.")
    else:
        messages.success(request, "Noted." if ref == "none" else "Noted; books and receipt follow in a moment.")
    return redirect("desk:bank")


@permission_required("support.refund_payment")
@require_POST
def carried_out(request: HttpRequest, ref: str) -> HttpResponse:
    """So that no other transfers it again."""
    try:
        is_first = actions.carried_out(ref=ref, by=request.user.get_username())
    except LookupError:
        messages.info(request, "The statement has told it already.")
    else:
        if is_first:
            messages.success(request, "Noted. The next statement will tell.")
        else:
            messages.error(request, "Somebody had transferred it already: look at the account, was it sent twice?")
    return redirect("desk:bank")
