"""Facts that the bakery announces."""

from django.dispatch import Signal

build_finished = Signal()
"""A build changed the paper. Sent after commit; `build` is its number."""
