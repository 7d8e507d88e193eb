"""Facts that the bakery announces."""

from django.dispatch import Signal

build_finished = Signal()
"""A build changed the paper. Sent after commit; `build` is its number."""

repacked = Signal()
"""The variants of files have become smaller, the files are what they were; `paths` are theirs. No file changes yet."""
