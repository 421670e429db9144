"""Nodes of a syntax tree of mystmd: what is asked of one and all that is inside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Node = Mapping[str, Any]


def text_inside(node: Node) -> str:
    """The text of a node and all inside it."""
    parts: list[str] = []
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current.get("value"), str):
            parts.append(current["value"])
        stack.extend(reversed(current.get("children") or ()))
    return "".join(parts)
