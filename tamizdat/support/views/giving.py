"""Giving, being thanked, mending a card."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tamizdat.newsroom import queries as newsroom
from tamizdat.support import actions, queries
from tamizdat.support.giver import addresses
from tamizdat.support.guard import shield
from tamizdat.support.guard.throttle import Throttle
from tamizdat.support.rules.contract import Cadence, Redirect
from tamizdat.support.rules.standing import Standing
from tamizdat.support.views import forms
from tamizdat.support.views.answers import page, refused_page

log = logging.getLogger("tamizdat.support")
unstored = cache_control(no_store=True, private=True)
looked = Throttle(most=100)


class SeeOther(HttpResponseRedirect):
    """Go there with GET, whatever brought you here."""

    status_code = 303


@method_decorator(unstored, name="dispatch")
class Give(View):
    """The form: how much and how often, how to pay, the receipt."""

    def get(self, request: HttpRequest) -> HttpResponse:
        query = request.GET.dict()
        methods = queries.offered(forms.chosen_currency(query))
        return _form_page(request, forms.prefilled(query, methods), has_left="left" in query)

    def post(self, request: HttpRequest) -> HttpResponse:
        if _is_listed(request):
            return page(request, "listed", {})
        form = forms.GiftForm(request.POST, methods=queries.methods(forms.chosen_currency(request.POST)))
        if not form.is_valid():
            return _form_page(request, form, status=422, why=f"refused fields: {', '.join(form.errors)}")
        return self._begin(request, form)

    def _begin(self, request: HttpRequest, form: forms.GiftForm) -> HttpResponse:
        said = form.cleaned_data
        try:
            started = actions.begin(
                amount=said["money"],
                cadence=Cadence(said["cadence"]),
                provider=said["method"],
                source=said["source"],
                language=language(),
                address=said["address"],
                reply_token=said["reply"],
                form=said["form"],
                bank=said.get("bank", ""),
                admit=_guard(request, form),
            )
        except shield.WorkNeeded as error:
            return _form_page(request, form, status=429, why=f"a sum is needed: {error}", has_to_work=True)
        except shield.Resting as error:
            return _form_page(request, form, status=429, why=f"payments rest: {error}", problem=_resting())
        except actions.BadAddress as error:
            form.add_error("address", str(error))
            return _form_page(request, form, status=422, why="refused fields: address")
        except actions.NotAccepted as error:
            return _form_page(request, form, status=422, why=f"gift not accepted: {error}", problem=_not_possible())
        except actions.TryLater as error:
            return _form_page(request, form, status=503, why=f"company out of reach: {error}", problem=_try_later())
        except actions.GiveUp as error:
            form.renew()
            return _form_page(request, form, status=503, why=f"company refused: {error}", problem=_not_possible())
        if isinstance(started.next, Redirect):
            return SeeOther(started.next.url)
        return SeeOther(addresses.thanks(started.contribution, language()))


def _is_listed(request: HttpRequest) -> bool:
    """Asked before anything else is looked at. The answer is not logged: it is nobody's business."""
    try:
        actions.check_bank(request.POST.get("bank", ""))
    except actions.NotAccepted:
        return False  # it is not said, and the form asks for it
    except actions.Listed:
        return True
    return False


def _guard(request: HttpRequest, form: forms.GiftForm) -> Callable[[], None]:
    """The shield for where money is real; in training nobody's card can be tried."""
    if newsroom.is_training():
        return lambda: None
    said = form.cleaned_data
    return shield.guard(request.META.get("REMOTE_ADDR", ""), said["riddle"], said["answer"], timezone.now())


def _resting() -> str:
    return _(
        "Somebody is trying stolen cards here just now, so payments rest for some minutes. Nothing was taken, and "
        "your choice is kept below: please come again in ten minutes."
    )


def _try_later() -> str:
    return _(
        "The payment company does not answer just now. Nothing was taken. Your choice is kept below: "
        "please press the button again in a minute; you will not pay twice."
    )


def _not_possible() -> str:
    return _("The payment company cannot take this gift. Nothing was taken. Choose another amount or way to pay.")


def _form_page(
    request: HttpRequest,
    form: forms.GiftForm,
    *,
    status: int = 200,
    why: str = "",
    has_to_work: bool = False,
    **more: Any,
) -> HttpResponse:
    riddle = shield.riddle(timezone.now(), is_wanted=has_to_work) if form.methods else None
    context = {
        "form": form,
        "riddle": riddle,
        "script": "work.js" if riddle else "",
        "data": form.said,
        "errors": form.errors if status != 200 else {},
        "cadence": form.chosen_cadence,
        "cadences": list(Cadence),
        "tiles": forms.suggested(form.chosen_cadence, form.prices),
        "currencies": list(newsroom.configuration().giving.prices),
        "figure": import_string(settings.GIVING_FIGURE)(),
        "has_to_work": has_to_work,
        **more,
    }
    if status == 200:
        return page(request, "give", context)
    return refused_page(request, "give", context, status=status, why=why)


@method_decorator(unstored, name="dispatch")
class Mend(View):
    """Where a letter about a card or a due payment leads: to the company's page, after the bank where it is asked."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        gift = queries.to_mend(token)
        if gift is None:
            return refused_page(request, "unknown", {}, status=404, why="a wrong mending address was opened")
        return page(request, "mend", self._shown(gift))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        gift = queries.to_mend(token)
        if gift is None:
            return self.get(request, token)
        try:
            actions.check_bank(request.POST.get("bank", ""))
        except actions.Listed:
            return page(request, "listed", {})
        except actions.NotAccepted:
            return self.get(request, token)
        try:
            return SeeOther(actions.pay_otherwise(contribution=gift.id))
        except actions.NotAccepted:
            return self.get(request, token)
        except (actions.TryLater, actions.GiveUp) as error:
            log.warning("%s does not let a card be changed: %s", gift.provider, error)
            why = "a payment company did not answer"
            return refused_page(request, "mend", self._shown(gift) | {"is_silent": True}, status=503, why=why)

    def _shown(self, gift: queries.Gift) -> dict[str, Any]:
        can = queries.can_pay_otherwise(gift)
        is_due = queries.is_due(gift)
        return {"gift": gift, "can": can, "is_due": is_due, "listed": newsroom.configuration().giving.listed_in}


@require_safe
@unstored
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Where the company sends the reader back to: how it went, and the private address, once."""
    shown = as_it_stands(request, queries.thanks(token))
    if shown is None:
        return refused_page(request, "unknown", {}, status=404, why="a wrong thanks address was opened")
    key = actions.show_key(contribution=shown.id) if request.method == "GET" else ""
    return page(
        request,
        "thanks",
        {
            "gift": shown,
            "private_address": addresses.private(key, language()) if key else "",
            "offer": forms.monthly_offer(shown),
        },
    )


def as_it_stands(request: HttpRequest, gift: queries.Gift | None) -> queries.Gift | None:
    """The gift; the company is asked if it has not been heard: the reader may be ahead of the event."""
    if gift is None or gift.standing is not Standing.WAITING:
        return gift
    if not looked.is_too_many(request.META.get("REMOTE_ADDR", ""), timezone.now()):
        actions.look(contribution=gift.id)
    return queries.gift(gift.id)


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE
