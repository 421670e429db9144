"""Headings as two outlines are compared: titles of cards, boxes and folds may be none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from migrate.check.facts import Item, depth


def told_headings(left: tuple[Item, ...], right: tuple[Item, ...]) -> tuple[Item, ...]:
    """Hugo's headings without those that may be a title and that MyST has as no heading."""
    if not any(item.loose for item in left):
        return left
    free = Counter(item.value[1] for item in right)
    kept: list[Item] = []
    levels: list[int] = []
    for item in left:
        if item.loose and not free[item.value[1]]:
            continue
        free[item.value[1]] -= 1
        kept.append(replace(item, value=(depth(levels, item.level), item.value[1])))
    return tuple(kept)


def without_titles(left: tuple[Item, ...], titles: tuple[Item, ...]) -> tuple[Item, ...]:
    """What Hugo has in bold without titles of boxes, which MyST's theme makes bold."""
    known = {item.value for item in titles}
    return tuple(item for item in left if item.value not in known)
