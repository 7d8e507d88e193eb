"""What a month costs, and how that came to be."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from wagtail.admin.auth import permission_required

from tamizdat.asks import actions as asks
from tamizdat.dashboard.forms import ChangeForm, CostForm, EndForm
from tamizdat.ledger import actions, queries
from tamizdat.ledger.rules.costs import BadCost, Cost
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom


@permission_required("ledger.view_cost")
def index(request: HttpRequest) -> HttpResponse:
    month, currency = Month.of(newsroom.today()), newsroom.configuration().giving.currency
    costs = queries.all_costs()
    shown = {
        "month": month,
        "need": queries.need(month, currency),
        "current": [_line(cost) for cost in costs if _is_current(cost, month)],
        "history": [_line(cost) for cost in reversed(costs)],
    }
    return render(request, "dashboard/costs.html", shown)


@permission_required("ledger.add_cost")
def add(request: HttpRequest) -> HttpResponse:
    form = CostForm(request.POST or None, initial={"first": _this_month()})

    def act(by: str) -> None:
        said = form.cleaned_data
        actions.add_cost(names=form.names(), amount=said["amount"], first=said["first"], by=by)

    return _answer(request, form, act, title="Add a cost", verb="Add")


@permission_required("ledger.change_cost")
def change(request: HttpRequest, cost: UUID) -> HttpResponse:
    found = _cost(cost)
    standing = {"amount": found.amount.decimal(), "first": _this_month()}
    form = ChangeForm(request.POST or None, initial=standing)

    def act(by: str) -> None:
        actions.change_cost(cost=cost, by=by, **form.cleaned_data)

    return _answer(request, form, act, title=f"Change {_name(found)}", verb="Change")


@permission_required("ledger.change_cost")
def end(request: HttpRequest, cost: UUID) -> HttpResponse:
    form = EndForm(request.POST or None, initial={"last": _this_month()})

    def act(by: str) -> None:
        actions.end_cost(cost=cost, by=by, **form.cleaned_data)

    return _answer(request, form, act, title=f"End {_name(_cost(cost))}", verb="End")


def _answer(
    request: HttpRequest, form: forms.Form, act: Callable[[str], None], *, title: str, verb: str
) -> HttpResponse:
    """Do it and let the public figure follow, or show the form with what is wrong."""
    if form.is_valid():
        try:
            act(request.user.get_username())
        except BadCost as error:
            _show(form, str(error))
        else:
            asks.take_figure(now=timezone.now())
            messages.success(request, "The costs are changed; the public figure follows when it is next due.")
            return redirect("desk:costs")
    shown = {"form": form, "title": title, "verb": verb, "back": "desk:costs"}
    return render(request, "dashboard/form.html", shown)


def _show(form: forms.Form, problem: str) -> None:
    """The books name the field and the remedy: "last: this cost already ends"."""
    field, _, remedy = problem.partition(": ")
    form.add_error(field if field in form.fields else None, remedy or problem)


def _cost(id: UUID) -> Cost:
    try:
        return queries.cost(id)
    except BadCost as error:
        raise Http404(str(error)) from None


def _line(cost: Cost) -> dict[str, object]:
    return {"cost": cost, "name": _name(cost)}


def _name(cost: Cost) -> str:
    return cost.name(newsroom.configuration().paper.language)


def _is_current(cost: Cost, month: Month) -> bool:
    """In force, or still to come."""
    return not cost.was_taken_back and (cost.last is None or cost.last >= month)


def _this_month() -> str:
    return str(Month.of(newsroom.today()))
