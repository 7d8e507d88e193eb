"""The supporter's own page: what was given, changing it, leaving, what is held, being forgotten."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View

from tamizdat.support import actions, queries
from tamizdat.support.giver import addresses
from tamizdat.support.giver.changing import GO_ON, PAUSES
from tamizdat.support.rules.contract import Change
from tamizdat.support.rules.held import held
from tamizdat.support.views import forms
from tamizdat.support.views.answers import page, refused_page
from tamizdat.support.views.giving import SeeOther, as_it_stands, language, unstored


@method_decorator(unstored, name="dispatch")
class Private(View):
    """The supporter's own page: what was given, and one click to stop."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        gift = as_it_stands(request, queries.gift_at(key))
        if gift is None:
            return self._unknown(request)
        return self._shown(request, gift)

    def _shown(self, request: HttpRequest, gift: queries.Gift, problem: str = "", typed: str = "") -> HttpResponse:
        context = {
            "gift": gift,
            "mend": addresses.mend(gift.id, language()) if queries.can_pay_otherwise(gift) else "",
            "is_due": queries.is_due(gift),
            "changes": queries.changes(gift) if gift.can_change else frozenset(),
            "pauses": PAUSES,
            "years": sorted({payment.day.year for payment in gift.payments}, reverse=True),
            "problem": problem,
            "typed": typed,
        }
        if not problem:
            return page(request, "private", context)
        return refused_page(request, "private", context, status=422, why="a change was not accepted")

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        gift = queries.gift_at(key)
        if gift is None:
            return self._unknown(request)
        if gift.can_stop:
            actions.stop(contribution=gift.id, by="supporter", reason="private page")
        return SeeOther(addresses.private(key, language()))

    def _unknown(self, request: HttpRequest) -> HttpResponse:
        return refused_page(request, "unknown", {}, status=404, why="a wrong private address was opened")


class ChangeAmount(Private):
    """Another amount from the next payment on."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        return SeeOther(addresses.private(key, language()))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        gift = queries.gift_at(key)
        if gift is None:
            return self._unknown(request)
        if Change.AMOUNT not in queries.changes(gift):
            return SeeOther(addresses.private(key, language()))
        typed = request.POST.get("amount", "").strip()
        problem, amount = forms.read_amount(typed, gift.amount.currency)
        if amount is None:
            return self._shown(request, gift, problem, typed[:30])
        with suppress(actions.NotAccepted):  # it has ended since the page was drawn, and the page now says so
            actions.change_amount(contribution=gift.id, amount=amount, by="supporter")
        return SeeOther(addresses.private(key, language()))


class Pause(ChangeAmount):
    """No payment for some time, or going on."""

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        gift = queries.gift_at(key)
        if gift is None:
            return self._unknown(request)
        offered = {str(days): days for days in (GO_ON, *PAUSES)}
        days = offered.get(request.POST.get("days", ""))
        if days is not None:
            with suppress(actions.NotAccepted):
                actions.pause(contribution=gift.id, days=days, by="supporter")
        return SeeOther(addresses.private(key, language()))


class Receipts(Private):
    """The receipt of a payment, or those of a year; it prints well."""

    def get(self, request: HttpRequest, key: str, which: str = "") -> HttpResponse:
        gift = queries.gift_at(key)
        payments = [one for one in gift.payments if which in (one.number, str(one.day.year))] if gift else []
        if not payments:
            return self._unknown(request)
        total = sum((one.left for one in payments[1:]), start=payments[0].left)
        year = which if which.isdecimal() else ""
        return page(request, "receipt", {"payments": payments, "total": total, "year": year})

    post = get


class Held(Private):
    """What is held of a gift, as a file."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        gift = queries.gift_at(key)
        if gift is None:
            return self._unknown(request)
        answer = JsonResponse(held(gift), json_dumps_params={"indent": 1})
        answer["Content-Disposition"] = 'attachment; filename="gift.json"'
        return answer

    post = get


class Forget(Private):
    """To be forgotten: what that means, and one button."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        gift = queries.gift_at(key)
        return page(request, "forget", {"gift": gift}) if gift else self._unknown(request)

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        gift = queries.gift_at(key)
        if gift is None:
            return self._unknown(request)
        actions.forget_supporter(contribution=gift.id)
        return SeeOther(addresses.private(key, language()))
