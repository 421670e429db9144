"""Emoji codes as Hugo's `enableEmoji` knows them; loaded only by pages that have one."""

from __future__ import annotations

from functools import cache

from emoji import EMOJI_DATA


def character(name: str) -> str:
    """The character of `:name:`, empty for a name that is none."""
    return _characters().get(f":{name.lower()}:", "")


@cache
def _characters() -> dict[str, str]:
    found = {data["en"].lower(): shown for shown, data in EMOJI_DATA.items()}
    for shown, data in EMOJI_DATA.items():
        found.update((alias, shown) for alias in data.get("alias", ()))
    return found
