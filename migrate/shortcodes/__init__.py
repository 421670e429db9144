"""Shortcodes that need an `if`: functions that theme files name as `module.function`.

A function takes a `Call` and returns MyST, in the form that `call.place` can hold, or None for
"not in this form", which passes to the next way.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from migrate.shortcodes.call import Call, Place

__all__ = ["Call", "Function", "Place", "function"]

Function = Callable[[Call], str | None]


@cache
def function(name: str) -> Function:
    """The function that a theme file names."""
    module, _, attribute = name.partition(".")
    found: Function = getattr(import_module(f"{__name__}.{module}"), attribute)
    return found
