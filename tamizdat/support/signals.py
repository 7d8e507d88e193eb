"""Facts about money, told after commit. Every one carries `contribution` and `reply_token_hash`."""

from django.dispatch import Signal

payment_recorded = Signal()
payment_refunded = Signal()
contribution_stopped = Signal()
