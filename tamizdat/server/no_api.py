"""The desk offers no API, so what Wagtail loads for one is left out: it took 40 MB and a third of the start of every
process. Wagtail's apps load it without asking; they are given modules in which nothing is.
"""

from __future__ import annotations

import re
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_THE_API = re.compile(r"wagtail(\.\w+)*\.api\.v3(\.\w+)*|wagtail\.contrib\.redirects\.api(\.\w+)*")


class Nothing(ModuleType):
    """Has everything, and does nothing when it is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing(name)

    def __call__(self, *_: Any, **__: Any) -> None:
        pass


class _Instead(MetaPathFinder, Loader):
    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        return ModuleSpec(fullname, self, is_package=True) if _THE_API.fullmatch(fullname) else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return Nothing(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


def leave_out() -> None:
    """Before Django sets its apps up."""
    if not any(isinstance(one, _Instead) for one in sys.meta_path):
        sys.meta_path.insert(0, _Instead())
