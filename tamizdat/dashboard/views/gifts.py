"""Finding a gift, giving a payment back, stopping what recurs."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from tamizdat.dashboard.forms import FindForm, ReasonForm, RefundForm
from tamizdat.support import actions, queries
from tamizdat.support.queries import Gift, Paid


@permission_required("support.view_gifts")
def index(request: HttpRequest) -> HttpResponse:
    is_asked = any(request.GET.get(name) for name in FindForm.base_fields)
    form = FindForm(request.GET if is_asked else None)
    found = queries.find_gifts(**form.cleaned_data) if form.is_valid() else []
    if not is_asked:
        found = queries.find_gifts()
    return render(request, "dashboard/gifts.html", {"form": form, "gifts": found, "is_asked": is_asked})


@permission_required("support.view_gifts")
def detail(request: HttpRequest, gift: UUID) -> HttpResponse:
    found = _gift(gift)
    shown = {"gift": found, "slips": queries.slips_of(found), "story": queries.story_of(gift)}
    return render(request, "dashboard/gift.html", shown)


@permission_required("support.refund_payment")
def refund(request: HttpRequest, gift: UUID, payment: int) -> HttpResponse:
    paid = _payment(_gift(gift), payment)
    if not paid.can_be_given_back:
        messages.info(request, f"Payment {paid.number} has been given back, or is on its way.")
        return redirect("desk:gift", gift)
    form = RefundForm(request.POST or None, currency=paid.gross.currency)
    if form.is_valid() and _give_back(request, paid, form):
        return redirect("desk:gift", gift)
    return render(request, "dashboard/refund.html", {"form": form, "paid": paid})


def _give_back(request: HttpRequest, paid: Paid, form: RefundForm) -> bool:
    said = form.cleaned_data
    try:
        is_done = actions.refund(
            payment=paid.id,
            by=request.user.get_username(),
            reason=said["reason"],
            key=str(said["key"]),
            amount=said["amount"],
        )
    except actions.TooMuch as error:
        form.add_error("amount", str(error).partition(": ")[2])
        return False
    if _payment(_gift(paid.contribution), paid.id).needs_second:
        messages.warning(request, "Noted. It is more than one person may give back: a second one must agree.")
    elif any(one.number == paid.number for one in queries.to_hand_back()):
        messages.warning(request, "Noted. Now hand it back, and say so under Money, Cash and cheques.")
    elif any(one.number == paid.number for one in queries.to_transfer()):
        messages.warning(request, "Noted. Now it has to be transferred: Money, Bank says how much and which reference.")
    else:
        _say(request, is_done, f"{said['amount'] or 'All that was left'} of payment {paid.number} is given back.")
    return True


@permission_required("support.refund_payment")
def large_refunds(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboard/large_refunds.html", {"refunds": queries.large_refunds()})


@permission_required("support.refund_payment")
@require_POST
def decide(request: HttpRequest, refund: UUID) -> HttpResponse:
    is_approved = "approve" in request.POST
    try:
        is_done = actions.decide_refund(request=refund, by=request.user.get_username(), is_approved=is_approved)
    except LookupError:
        messages.info(request, "That refund has been decided.")
    except actions.SamePerson as error:
        messages.error(request, f"Nothing was changed: {error}.")
    else:
        if is_approved:
            _say(request, is_done, "The refund is made.")
        else:
            messages.success(request, "The refund is not made.")
    return redirect("desk:large_refunds")


@permission_required("support.stop_contribution")
def stop(request: HttpRequest, gift: UUID) -> HttpResponse:
    found = _gift(gift)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        _stop(request, found, form.cleaned_data["reason"])
        return redirect("desk:gift", gift)
    return render(request, "dashboard/stop.html", {"form": form, "gift": found})


def _stop(request: HttpRequest, gift: Gift, reason: str) -> None:
    try:
        is_done = actions.stop(contribution=gift.id, by=request.user.get_username(), reason=reason)
    except actions.NothingToStop as error:
        messages.error(request, f"Nothing was stopped: {error}.")
    else:
        _say(request, is_done, "The gift is stopped: no further payment will be taken.")


def _say(request: HttpRequest, is_done: bool, what: str) -> None:
    if is_done:
        messages.success(request, what)
    else:
        messages.warning(
            request, "Noted. The payment company has not confirmed it yet; it is asked again until it does."
        )


def _gift(id: UUID) -> Gift:
    found = queries.gift(id)
    if found is None:
        raise Http404
    return found


def _payment(gift: Gift, id: int) -> Paid:
    for paid in gift.payments:
        if paid.id == id:
            return paid
    raise Http404
