"""What the giving form says, and what it says wrong, in words beside the field."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tamizdat.money import Money, parse_amount
from tamizdat.newsroom import queries as newsroom
from tamizdat.newsroom.giving import Prices
from tamizdat.reader.environment import money
from tamizdat.support.queries import Gift, Method, methods
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.rules.gifts import ELSEWHERE, ceiling, is_within, monthly_instead
from tamizdat.support.rules.standing import Standing

OTHER = "other"
TILES = 5  # as many as the style sheet can say back

_CHOOSE_AMOUNT = gettext_lazy("Choose an amount, or write your own.")
_CHOOSE_METHOD = gettext_lazy("Choose how to pay.")
_CHOOSE_BANK = gettext_lazy("Say where your bank is.")


class GiftForm(forms.Form):
    """One gift. `amount` is a tile in major units, or "other" and then `other` is what was typed."""

    cadence = forms.ChoiceField(choices=[(cadence.value, cadence.value) for cadence in Cadence])
    currency = forms.CharField(max_length=3, required=False)
    bank = forms.ChoiceField(error_messages={"required": _CHOOSE_BANK, "invalid_choice": _CHOOSE_BANK})
    amount = forms.CharField(max_length=30, error_messages={"required": _CHOOSE_AMOUNT})
    other = forms.CharField(max_length=30, required=False)
    method = forms.ChoiceField(error_messages={"required": _CHOOSE_METHOD, "invalid_choice": _CHOOSE_METHOD})
    address = forms.CharField(max_length=254, required=False)
    form = forms.UUIDField()
    source = forms.CharField(max_length=60, required=False)
    reply = forms.CharField(max_length=200, required=False)
    riddle = forms.CharField(max_length=120, required=False)
    answer = forms.CharField(max_length=20, required=False)

    def __init__(self, data: Mapping[str, str], *, methods: list[Method]) -> None:
        """`said` is what the page shows again: what was sent, mended where it cannot be used."""
        self.said = {name: data.get(name, "") for name in self.base_fields}
        if self.said["cadence"] not in set(Cadence):
            self.said["cadence"] = Cadence.MONTHLY.value
        self.asked_in = self.said["currency"]
        self.said["currency"] = chosen_currency(data)
        self.all_methods = methods
        self.methods = [method for method in methods if self.said["cadence"] in method.cadences]
        if len(self.methods) == 1:
            self.said["method"] = self.said["method"] or self.methods[0].code
        super().__init__(data)
        self.listed = newsroom.configuration().giving.listed_in
        if not self.listed:
            del self.fields["bank"]
        else:
            self._offer("bank", [(code, code) for code in (*self.listed, ELSEWHERE)])
        self._offer("method", [(method.code, method.label) for method in self.methods])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    @property
    def chosen_cadence(self) -> Cadence:
        return Cadence(self.said["cadence"])

    @property
    def prices(self) -> Prices:
        """The least and the offered amounts in the currency that is chosen."""
        return newsroom.configuration().giving.prices[self.said["currency"]]

    def renew(self) -> None:
        """Make the next sending another gift."""
        self.said["form"] = str(uuid.uuid4())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "form" not in said:
            self.renew()
        if self.asked_in not in ("", self.said["currency"]):
            gone = _("Gifts in %(currency)s are not taken here any more: please choose an amount again.")
            self.add_error("amount", gone % {"currency": self.asked_in})
        elif "amount" in said and "other" in said:
            said["money"] = self._money(said["amount"], said["other"].strip())
        if self._is_asked_each_time(said.get("method", "")) and not said.get("address", "").strip():
            self.add_error("address", _("Write your address: nothing is taken by itself, so we have to write to you."))
        return said

    def _is_asked_each_time(self, code: str) -> bool:
        asking = any(method.asks_each_time for method in self.methods if method.code == code)
        return asking and self.chosen_cadence is not Cadence.ONCE

    def _money(self, tile: str, other: str) -> Money | None:
        """The amount; None after adding an error. What was both ticked and typed is not guessed at."""
        if other and tile != OTHER:
            self.said["amount"] = OTHER
            self.add_error(
                "amount",
                _("You wrote an amount, but another was chosen. Now yours is chosen: please check it."),
            )
            return None
        if not other and tile == OTHER:
            self.add_error("amount", _CHOOSE_AMOUNT)
            return None
        problem, amount = read_amount(other if tile == OTHER else tile, self.said["currency"])
        if problem:
            self.add_error("amount", problem)
        return amount


def chosen_currency(said: Mapping[str, str]) -> str:
    """What a form or a link names, or the newsroom's own for one that cannot be given."""
    giving = newsroom.configuration().giving
    code = said.get("currency", "")
    return code if code in giving.prices else giving.currency


def read_amount(text: str, currency: str) -> tuple[str, Money | None]:
    """What is wrong with an amount as typed, in words, or "" and the amount."""
    least = newsroom.configuration().giving.prices[currency].minimum
    most = ceiling(least)
    try:
        amount = parse_amount(text, currency)
    except ValueError:
        return _("“%(text)s” is not an amount. Write it in figures, like 5 or 7.50.") % {"text": text[:30]}, None
    if is_within(amount, least):
        return "", amount
    if amount < least:
        return _("The smallest gift is %(least)s.") % {"least": money(least)}, None
    contact = newsroom.configuration().paper.contact
    more = _("The largest gift here is %(most)s. For more, please write to us: %(contact)s")
    return more % {"most": money(most), "contact": contact or newsroom.configuration().paper.name}, None


def prefilled(query: Mapping[str, str], methods: list[Method]) -> GiftForm:
    """The form as a link filled it. What a link says wrong is passed over in silence."""
    cadence = query.get("cadence", "")
    if cadence not in set(Cadence):
        cadence = Cadence.MONTHLY
    currency = chosen_currency(query)
    tiles = suggested(cadence, newsroom.configuration().giving.prices[currency])
    _problem, asked = read_amount(query.get("amount", ""), currency)
    if asked is None and tiles:
        asked = tiles[len(tiles) // 2]
    is_tile = asked in tiles
    return GiftForm(
        {
            "cadence": cadence,
            "currency": currency,
            "amount": asked.decimal() if asked and is_tile else OTHER,
            "other": asked.decimal() if asked and not is_tile else "",
            "form": str(uuid.uuid4()),
            "source": query.get("source", "")[:60],
            "reply": query.get("reply", "")[:200],
        },
        methods=methods,
    )


def monthly_offer(gift: Gift) -> Money | None:
    """What to propose a month to who has given this once; None where it cannot be given so."""
    is_once = gift.cadence is Cadence.ONCE and gift.standing in (Standing.WAITING, Standing.GIVEN)
    prices = newsroom.configuration().giving.prices.get(gift.amount.currency)
    if not is_once or not prices:
        return None
    if not any(Cadence.MONTHLY in method.cadences for method in methods(gift.amount.currency)):
        return None
    return monthly_instead(gift.amount, suggested(Cadence.MONTHLY, prices))


def suggested(cadence: str, prices: Prices) -> list[Money]:
    """The amounts offered as tiles."""
    return [amount for amount in prices.suggested[cadence] if is_within(amount, prices.minimum)][:TILES]
