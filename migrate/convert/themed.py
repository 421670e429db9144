"""The `html` rules of theme files and of the user's mapping: an element by its classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import Tag

from migrate import myst
from migrate.convert.soup import classes
from migrate.convert.structure import block

if TYPE_CHECKING:
    from migrate.convert.elements import Converter, Tags
    from migrate.themes import HtmlRule


def apply(el: Tag, to: Converter, around: Tags) -> str | None:
    """What the first rule that fits makes of the element; None where none fits."""
    names = frozenset(classes(el))
    for rule in to.themed:
        if (not rule.tag or rule.tag == el.name) and rule.classes <= names:
            return _written(rule, el, to, around)
    return None


def _written(rule: HtmlRule, el: Tag, to: Converter, around: Tags) -> str:
    if rule.drop:
        to.account(el.get_text(" "))
        return ""
    if rule.unwrap or not rule.directive:
        return to.join(to.strings(el.children, around))
    title = ""
    if rule.title and (holder := el.select_one(rule.title)) is not None:
        title = to.line(holder.children, around)
        holder.extract()
    body = to.blocks(el.children, around)
    return block(myst.directive(rule.directive, title, dict(rule.options), body))
