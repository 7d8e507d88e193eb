"""The company's face to people: one page where an order is decided."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tamizdat.money import Money
from tamizdat.sandbox.company.door import PAGE_HEADERS
from tamizdat.sandbox.practice import actions, queries
from tamizdat.sandbox.practice.rules import Refused

HOW_OFTEN = {"once": "once", "monthly": "every month", "annual": "every year"}


@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, order_id: str) -> HttpResponse:
    try:
        response = _answer(request, order_id)
    except Refused:
        response = render(request, "practice/lost.html", status=404)
    for name, value in PAGE_HEADERS.items():
        response[name] = value
    return response


def _answer(request: HttpRequest, order_id: str) -> HttpResponse:
    queries.order(order_id)
    if request.method != "POST":
        return _page(request, order_id)
    try:
        order = actions.decide(order_id=order_id, verdict=request.POST.get("verdict", ""))
    except Refused as no:
        return _page(request, order_id, no)
    return HttpResponseRedirect(order.way_back, status=303)


def _page(request: HttpRequest, order_id: str, no: Refused | None = None) -> HttpResponse:
    order = queries.order(order_id)
    context = {
        "order": order,
        "amount": Money(order.amount_minor, order.currency),
        "how_often": HOW_OFTEN[order.cadence],
        "refusal": no and no.message,
    }
    return render(request, "practice/pay.html", context, status=no.status if no else 200)
