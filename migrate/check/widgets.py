"""Boxes, tabs, notes and players, told by the classes, roles and attributes of their elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from migrate.convert.apart import SET_APART

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TAB = re.compile(r"\btab")
ALERT_CLASS = re.compile(
    r"(?:^|\s)(?:(?:[\w-]{0,60}-)?(?:alert|admonition|callout|notice)|(?:[a-z]{2,5}-)?(?:hint|note|tip|warning))"
    r"(?:-[\w-]*+)?(?=\s|$)"
)
_LOOSE = re.compile(r"title|header|heading|card|accordion|step")


def is_apart(element: HtmlElement) -> bool:
    """Whether a style sets an element apart from the one right before it: both have classes."""
    before = element.getprevious() if element.tag in SET_APART and element.get("class") else None
    return (
        before is not None
        and not before.tail
        and before.tag in SET_APART
        and bool(before.get("class"))
    )


def is_loose(heading: HtmlElement) -> bool:
    """Whether a heading may as well be the title of a card, a box or a fold."""
    above = [heading, *heading.iterancestors()][:4]
    return any(one.tag == "a" for one in above) or any(
        _LOOSE.search((one.get("class") or "")[:300]) for one in above
    )


_MARK = re.compile(r"\s*\[!(?:note|tip|important|warning|caution)\][+-]?", re.I)
"""How an alert begins that mystmd draws; Hugo without a template for it shows the mark."""


def is_alert(element: HtmlElement) -> bool:
    """Whether an element is an admonition's box, the outermost of its kind."""
    classes = element.get("class") or ""
    return bool(
        element.get("role") == "alert" or (classes and ALERT_CLASS.search(classes[:300]))
    ) and not any(
        above.get("data-fact") == "alert"
        for above in element.iterancestors("div", "aside", "blockquote", "section")
    )


def unmarked(quote: HtmlElement) -> bool:
    """Whether a quote begins with an alert's mark, which is taken off then."""
    first = quote[0] if len(quote) else None
    found = _MARK.match(first.text or "") if first is not None and first.tag == "p" else None
    if first is None or found is None or (quote.text or "").strip():
        return False
    first.text = (first.text or "")[found.end() :]
    quote.set("data-fact", "alert")
    return True


def is_tab(element: HtmlElement) -> bool:
    """Whether an element is a tab's title, or a label that chooses a tab without a script."""
    if element.get("role") == "tab":
        return True
    named = element.tag in ("button", "label", "a")
    classes = element.get("class") or ""
    return (named and bool(_TAB.search(classes))) or "panel-name" in classes or _of_radio(element)


def notes_in(element: HtmlElement) -> list[HtmlElement]:
    """The items of a list of footnotes that are footnotes."""
    return [
        item
        for item in element.iter("li")
        if (name := item.get("id") or "").rsplit(":", 1)[0].endswith("fn")
        or re.fullmatch(r"fn-?\d+", name)
    ] or element.find_class("footnote-body")


def played(element: HtmlElement) -> str:
    """The address of what a player or frame shows; empty where it names none."""
    source = element.find(".//source")
    inner = source.get("src") if source is not None else ""
    return element.get("src") or element.get("data-src") or inner or ""


def _of_radio(element: HtmlElement) -> bool:
    button = element.getprevious() if element.tag == "label" else None
    return (
        button is not None
        and button.get("type") == "radio"
        and button.get("id") == element.get("for")
    )


def task(item: HtmlElement) -> str:
    """The mark of a task's list item: by its box, or the class that Org's reader gives it."""
    boxes = (one for one in item.iter("input") if one.get("type") == "checkbox")
    box = next((one for one in boxes if next(one.iterancestors("li")) is item), None)
    told = item.get("class")
    if box is None and told not in ("checked", "unchecked"):
        return ""
    done = told == "checked" or (box is not None and box.get("checked") is not None)
    return " [x]" if done else " [ ]"
