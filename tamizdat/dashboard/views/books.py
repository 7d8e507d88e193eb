"""What was given up at a payment company, and the books to take away."""

from io import StringIO
from uuid import UUID

from django.contrib import messages
from django.core.management import call_command
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from tamizdat.dashboard.forms import SpanForm
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
