"""What the commands say instead of a traceback."""


class Refusal(Exception):
    """It cannot be done; the message is one sentence that says why and what to do instead."""
