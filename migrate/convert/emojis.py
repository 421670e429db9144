"""Emoji codes as Hugo's `enableEmoji` knows them; loaded only by pages that have one."""

from __future__ import annotations

from functools import cache

from emoji import emojize


@cache
def character(name: str) -> str:
    """The character of `:name:`, empty for a name that is none."""
    code = f":{name.lower()}:"
    shown = emojize(code, language="alias")
    return "" if shown == code else shown
