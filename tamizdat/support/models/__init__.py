"""The till's tables, by idea: promised, asked of a company, told by a company, paid."""

from tamizdat.support.models.contributions import Attempt, Contribution, Ending, Reference, Refusal, SealedKey
from tamizdat.support.models.errands import Damaged, Errand
from tamizdat.support.models.events import Event
from tamizdat.support.models.payments import Payment, Refund
from tamizdat.support.models.requests import Cancellation, RefundRequest

__all__ = [
    "Attempt",
    "Cancellation",
    "Contribution",
    "Damaged",
    "Ending",
    "Errand",
    "Event",
    "Payment",
    "Reference",
    "Refund",
    "RefundRequest",
    "Refusal",
    "SealedKey",
]
