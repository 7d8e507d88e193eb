"""What a treasurer fills in. Amounts are the newsroom's currency, where no other is written; what is wrong is said
beside the field."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.conf import settings

from tamizdat.asks.rules.placements import CHOICES, EVERYWHERE
from tamizdat.ledger.rules.entries import LONGEST_TEXT
from tamizdat.money import Money, parse_amount
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom
from tamizdat.support.rules.evidence import Way

REASON = 200
OURS = settings.NEWSROOM.giving.currency  # in which the newsroom counts, and has its costs


class AmountField(forms.CharField):
    """Money more than nothing, as people type it: in the one currency that it is `of`, else in the newsroom's or, where
    a code is written after it, like 5 EUR, in another that readers may give in."""

    def __init__(self, *, of: str = "", **options: Any) -> None:
        super().__init__(max_length=30, **options)
        self.of = of
        self.widget.attrs |= {"autocomplete": "off"}

    def clean(self, value: str) -> Money | None:
        text = super().clean(value)
        if not text:
            return None
        giving = newsroom.configuration().giving
        may = (self.of,) if self.of else tuple(giving.prices)
        number, _, code = text.rpartition(" ")
        if not (number and code.isalpha()):
            number, code = text, may[0]
        if code.upper() not in may:
            raise forms.ValidationError(f"Write it in {' or '.join(may)}.")
        try:
            amount = parse_amount(number, code.upper())
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        if amount.minor <= 0:
            raise forms.ValidationError("Write an amount of more than nothing.")
        return amount


class MonthField(forms.CharField):
    """A month, written 2026-11; browsers that can show a calendar of months."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-11"})

    def clean(self, value: str) -> Month | None:
        text = super().clean(value)
        try:
            return Month.parse(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class DayField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": "Write the day like 2026-11-23."}


class FromToForm(forms.Form):
    """From a first to a last, each of which may be left out where the form allows it."""

    unit = ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", f"This is before the first {self.unit}.")
        return said


class FindForm(forms.Form):
    """How the gift of somebody who lost their private address is found."""

    amount = AmountField(required=False, help_text="What was promised at a time, like 5 or 5 EUR")
    day = DayField(required=False, help_text="The day of a payment")
    ref = forms.CharField(
        required=False,
        max_length=200,
        label="Reference",
        help_text="What the payment company calls it, or the number on the receipt",
    )


class ReasonForm(forms.Form):
    """Why money goes back or stops: kept with who decided it."""

    reason = forms.CharField(max_length=REASON, error_messages={"required": "Say why, in a few words."})


class RefundForm(ReasonForm):
    """`key` is minted with the page, so that a double click asks once. Without an amount all that is left goes back."""

    field_order = ["amount", "reason"]
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    amount = AmountField(label="Amount", required=False, help_text="Empty: all that is left")

    def __init__(self, *args: Any, currency: str, **options: Any) -> None:
        super().__init__(*args, **options)
        cast(AmountField, self.fields["amount"]).of = currency


class StatementForm(forms.Form):
    """A file that the bank exported."""

    file = forms.FileField(
        label="The statement, as CAMT.053 (XML, or a ZIP of several)",
        help_text="The bank’s site has it under exports. Bring the same days twice without fear: each row counts once.",
        error_messages={"required": "Choose the file.", "empty": "This file is empty: download it again."},
    )


class RatesForm(forms.Form):
    """A file of the European Central Bank."""

    file = forms.FileField(
        label="Reference rates, as the European Central Bank publishes them",
        help_text="eurofxref.zip of the last day, or eurofxref-hist.zip of all days. What is known already stays.",
        error_messages={"required": "Choose the file.", "empty": "This file is empty: download it again."},
    )


class OfflineForm(forms.Form):
    """A gift in cash or by cheque. `key` is minted with the page, so that a double click books once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    amount = AmountField(label="Amount")
    day = DayField(label="Day", initial=newsroom.today, help_text="When it was taken in")
    way = forms.ChoiceField(label="How it came", choices=[(Way.CASH, "Cash"), (Way.CHEQUE, "A cheque")])
    picture = forms.FileField(
        label="What shows it",
        help_text="A picture of the cheque, or of the page on which the cash was counted: JPEG, PNG or PDF.",
        error_messages={"required": "Choose a picture.", "empty": "This file is empty: take the picture again."},
    )
    address = forms.EmailField(
        label="E-mail", required=False, help_text="Where the receipt goes; empty: the giver gets it from you"
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > newsroom.today():
            raise forms.ValidationError("This day has not come yet.")
        return day


class SilenceForm(FromToForm):
    """Where and when nothing is asked. Without a last day it lasts until somebody ends it."""

    unit = "day"
    placement = forms.ChoiceField(label="Where", required=False, choices=[EVERYWHERE, *CHOICES])
    first = DayField(label="From", help_text="The newsroom’s day, from its midnight on")
    last = DayField(label="To", required=False, help_text="Empty: until somebody ends it")
    why = forms.CharField(
        label="Why",
        max_length=REASON,
        help_text="Like: a day of mourning. For the newsroom only.",
        error_messages={"required": "Say why, in a few words."},
    )


class EndForm(forms.Form):
    last = MonthField(
        label="Last month",
        help_text="The cost counts up to and including this month. The month before its first takes it back.",
    )


class ChangeForm(forms.Form):
    amount = AmountField(label="New amount a month", of=OURS)
    first = MonthField(label="From", help_text="The first month that costs the new amount")


class CostForm(forms.Form):
    """A cost has a name in each language of the paper; the first language's is needed."""

    amount = AmountField(label="Amount a month", of=OURS)
    first = MonthField(label="From", help_text="The first month in which it is paid")
    field_order = [*(f"name_{code}" for code, _ in settings.LANGUAGES), "amount", "first"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, language in settings.LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=f"Name, {language}",
                max_length=LONGEST_TEXT,
                required=code == settings.NEWSROOM.paper.language,
                help_text="As readers see it on the page of costs",
            )
        self.order_fields(self.field_order)

    def names(self) -> dict[str, str]:
        named = {code: self.cleaned_data[f"name_{code}"] for code, _ in settings.LANGUAGES}
        return {code: name for code, name in named.items() if name}


class SpanForm(FromToForm):
    """Which months of the books to export; empty means all."""

    unit = "month"
    first = MonthField(required=False, label="From", help_text="Empty: from the beginning")
    last = MonthField(required=False, label="To", help_text="Empty: to the end")
