"""A child that outlives its parent would keep the port: ask the system to end it, however the parent went."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
_C = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with(parent: int) -> None:
    """For the child, right after the fork. Only Linux can: elsewhere a killed parent leaves its children."""
    if _C is None:
        return
    _C.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
