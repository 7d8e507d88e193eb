"""What has happened in the books. Sent after commit, robustly."""

from django.dispatch import Signal

costs_changed = Signal()  # a cost was added, changed or ended
rates_taken = Signal()  # reference rates became known: what other currencies come to may be another sum
