"""Boxes and tabs that themes make of plain elements, told by their classes and roles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TAB = re.compile(r"\btab")
ALERT_CLASS = re.compile(
    r"(?:^|\s)(?:[\w-]{0,60}-)?(?:alert|admonition|callout|notice|hint|note|tip|warning)(?:-[\w-]*+)?(?=\s|$)"
)


def is_alert(element: HtmlElement) -> bool:
    """Whether an element is an admonition's box, the outermost of its kind."""
    classes = element.get("class") or ""
    return bool(
        element.get("role") == "alert" or (classes and ALERT_CLASS.search(classes[:300]))
    ) and not any(
        above.get("data-fact") == "alert" for above in element.iterancestors("div", "aside")
    )


def is_tab(element: HtmlElement) -> bool:
    """Whether an element is a tab's title, or a label that chooses a tab without a script."""
    if element.get("role") == "tab":
        return True
    named = element.tag in ("button", "label", "a")
    return (named and bool(_TAB.search(element.get("class") or ""))) or _of_radio(element)


def _of_radio(element: HtmlElement) -> bool:
    button = element.getprevious() if element.tag == "label" else None
    return (
        button is not None
        and button.get("type") == "radio"
        and button.get("id") == element.get("for")
    )
