"""What other currencies are worth in which readers may give."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from wagtail.admin.auth import permission_required

from tamizdat.dashboard.forms import RatesForm
from tamizdat.ledger import actions, queries
from tamizdat.ledger.rules.rates import BadRates
from tamizdat.newsroom import queries as newsroom


@permission_required("ledger.add_rate")
def index(request: HttpRequest) -> HttpResponse:
    """The rates that stand today; by POST a file of them is brought."""
    form = RatesForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _taken(request, form):
        return redirect("desk:rates")
    giving = newsroom.configuration().giving
    known = queries.worth(list(giving.prices), giving.currency, newsroom.today())
    return render(request, "dashboard/rates.html", {"form": form, "known": known, "ours": giving.currency})


def _taken(request: HttpRequest, form: RatesForm) -> bool:
    try:
        new = actions.take_rates(form.cleaned_data["file"].read())
    except BadRates as error:
        form.add_error("file", f"No rate was taken: {str(error).partition(': ')[2]}.")
        return False
    messages.success(request, f"{new} rates are new. The month’s figures follow.")
    return True
