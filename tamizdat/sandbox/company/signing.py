"""How a company signs what it tells."""

import hashlib
import hmac


def signature(key: str, raw: bytes, *, at: int) -> str:
    """The value of the signature's header for a body sent at this Unix second."""
    digest = hmac.new(key.encode(), b"%d." % at + raw, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"
