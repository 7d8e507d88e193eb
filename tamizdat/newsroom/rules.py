"""What kinds of newsroom there are, and what is wrong with one."""

from enum import StrEnum


class ConfigurationError(Exception):
    """newsroom.toml holds something that cannot be used; the message names it and the remedy."""


class Kind(StrEnum):
    TRAINING = "training"
    LIVE = "live"
