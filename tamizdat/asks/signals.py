"""Facts that the asks announce."""

from django.dispatch import Signal

figure_taken = Signal()
"""A new public figure stands. Sent after commit; `need_changed`: every page that asks must say the new need."""

asks_changed = Signal()
"""What editors ask with is another now, or nothing is asked in some place. Sent in the transaction that changes it."""
