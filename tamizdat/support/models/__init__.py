"""The till's tables, by idea: promised, asked of a company, told by a company, paid."""

from tamizdat.support.models.contributions import (
    Asking,
    Attempt,
    CardEnd,
    Contribution,
    Ending,
    FailedTry,
    PastDue,
    Reference,
    Refusal,
    Renewal,
    SealedKey,
)
from tamizdat.support.models.errands import Damaged, Errand
from tamizdat.support.models.events import Event
from tamizdat.support.models.movements import (
    BroughtStatement,
    CarriedOut,
    Evidence,
    Movement,
    PayersWords,
    Placement,
    SetAside,
    Slip,
)
from tamizdat.support.models.names import Name
from tamizdat.support.models.outages import Outage
from tamizdat.support.models.payments import Dispute, Payment, Return
from tamizdat.support.models.requests import Cancellation, Forgetting, RefundDecision, RefundRequest, Wish
from tamizdat.support.models.statements import Cursor, Difference, Reconciliation, StatementRow, Unheard
from tamizdat.support.models.work import SpentWork

__all__ = [
    "Asking",
    "Attempt",
    "BroughtStatement",
    "Cancellation",
    "CardEnd",
    "CarriedOut",
    "Contribution",
    "Cursor",
    "Damaged",
    "Difference",
    "Dispute",
    "Ending",
    "Errand",
    "Event",
    "Evidence",
    "FailedTry",
    "Forgetting",
    "Movement",
    "Name",
    "Outage",
    "PastDue",
    "PayersWords",
    "Payment",
    "Placement",
    "Reconciliation",
    "Reference",
    "RefundDecision",
    "RefundRequest",
    "Refusal",
    "Renewal",
    "Return",
    "SealedKey",
    "SetAside",
    "Slip",
    "SpentWork",
    "StatementRow",
    "Unheard",
    "Wish",
]
