"""What was given up at a payment company, and the books to take away."""

from datetime import date
from io import StringIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.management import call_command
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from tamizdat.dashboard.forms import SpanForm
from tamizdat.ledger import actions as ledger_actions
from tamizdat.ledger import queries as ledger
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom
from tamizdat.support import actions, queries


@permission_required("support.view_gifts")
def damaged(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboard/damaged.html", {"troubles": queries.damaged()})


@permission_required("support.view_gifts")
def differences(request: HttpRequest) -> HttpResponse:
    """What disagrees; by POST the statements are compared now."""
    if request.method == "POST":
        now = timezone.now()
        actions.hear_again(now)
        actions.reconcile(now)
        messages.success(request, "Compared.")
        return redirect("desk:differences")
    said = {"differences": queries.differences(), "reconciled": queries.reconciled()}
    return render(request, "dashboard/differences.html", said)


@permission_required("support.refund_payment")
@require_POST
def replay(request: HttpRequest, errand: UUID) -> HttpResponse:
    try:
        is_settled = actions.replay(errand)
    except LookupError:
        raise Http404 from None
    if is_settled:
        messages.success(request, "Settled: books and letters have followed.")
    else:
        messages.warning(request, "Not settled yet. It is tried again by itself; if that fails, it says why.")
    return redirect("desk:damaged")


@permission_required("ledger.add_monthclose")
def closing(request: HttpRequest) -> HttpResponse:
    """The months that are over and not closed, with what they come to; by POST one is closed."""
    today = newsroom.today()
    if request.method == "POST":
        try:
            month = Month.parse(request.POST.get("month", ""))
            ledger_actions.close_month(month=month, today=today, by=request.user.get_username())
        except ValueError as error:
            messages.error(request, f"Nothing was closed: {error}.")
        else:
            messages.success(request, f"{month} is closed. What comes late is booked after it.")
        return redirect("desk:closing")
    return render(request, "dashboard/closing.html", {"months": _open_months(today), "closes": ledger.closes()})


def _open_months(today: date) -> list[dict[str, Any]]:
    first, closed, currency = ledger.first_day(), ledger.closed_until(), newsroom.configuration().giving.currency
    month = closed + 1 if closed else Month.of(first or today)
    found = []
    while month.last_day < today:
        others = [one for one in ledger.raised_elsewhere(month, currency) if one.rate_of or one.comes_to is None]
        raised, need = ledger.raised(month, currency), ledger.need(month, currency)
        found.append({"month": month, "raised": raised, "need": need, "others": others})
        month += 1
    return found


@permission_required("ledger.view_posting")
def postings(request: HttpRequest) -> HttpResponse:
    """The form, or with `export` the very file that `tamizdat postings` writes."""
    form = SpanForm(request.GET if "export" in request.GET else None)
    if not form.is_valid():
        return render(request, "dashboard/postings.html", {"form": form})
    written = StringIO()
    months = {name: str(month) if month else None for name, month in form.cleaned_data.items()}
    call_command("postings", stdout=written, **months)
    answer = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="postings.csv"'
    answer["Cache-Control"] = "no-store"
    return answer
