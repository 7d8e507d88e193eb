"""What kinds of newsroom there are."""

from enum import StrEnum


class Kind(StrEnum):
    TRAINING = "training"
    LIVE = "live"
