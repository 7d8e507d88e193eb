"""Facts that the articles announce."""

from django.dispatch import Signal

paths_touched = Signal()
"""Files of the paper may have changed. Sent inside the transaction that did it: listeners only enqueue.

`paths`: a frozenset of site paths, or None for the whole paper.
"""
