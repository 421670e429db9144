"""Plain block elements: paragraphs, headings, lists, definition lists, quotes.

Functions of the shape that markdownify calls; see `migrate.convert.phrasing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from bs4 import Tag

from migrate import myst
from migrate.convert.soup import attribute, classes, content, first, is_blank
from migrate.model import natural

if TYPE_CHECKING:
    from migrate.convert.elements import Converter, Tags

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_ITEM = re.compile(r"(?:[-*]|(?<!\d)\d+[.)]) ")
_LINE = re.compile(r"(?m)^(?=.)")
_DASHES = re.compile(r"^(?:\s|\\?[-–—―])+")
_ALERT = re.compile(r"^\[!\w+\]")


def block(text: str) -> str:
    """Text as a block among others."""
    return f"\n\n{text}\n\n" if text else ""


def convert_block(self: Converter, el: Tag, text: str, around: Tags) -> str:
    """A paragraph, or an element that only groups others."""
    return block(self.settle(text))


def convert_heading(self: Converter, el: Tag, text: str, around: Tags) -> str:
    """A heading of the level that keeps the outline without gaps, as mystmd wants it."""
    text = self.one_line(text)
    if not text:
        return ""
    if "td" in around or "th" in around:
        return block(f"**{text}**")
    if text.endswith("#"):
        text = text[:-1] + "\\#"
    label = self.ctx.label(attribute(el, "id")) if self.labels else None
    target = f"{myst.target(label)}\n" if label else ""
    return block(f"{target}{'#' * self.level(int(el.name[1]))} {text}")


def item_list(el: Tag, to: Converter, around: Tags) -> str:
    """A list, tight unless an item has several paragraphs."""
    inside = around if "li" in around else around | {"li"}
    items = []
    for node in content(el):
        if isinstance(node, Tag) and node.name == "li":
            items.append(item(node, to, inside))
        elif text := to.blocks([node], inside):
            items.append(text)
    if not any(items):
        return ""
    start = natural(attribute(el, "start"))
    number = 1 if start is None else start
    second = to.seconds[id(el)] = _follows_list(el, to)
    written = []
    for text in items:
        if el.name == "ol":
            marker = f"{number}{')' if second else '.'} "
            number += 1
        else:
            marker = "* " if second else "- "
        written.append((marker + indent(text, len(marker))).rstrip(" "))
    return block(("\n\n" if any("\n\n" in text for text in items) else "\n").join(written))


def item(el: Tag, to: Converter, around: Tags) -> str:
    """A list item's text; a list inside it follows its paragraph without an empty line."""
    nodes = list(el.children)
    tight = {
        number
        for number, node in enumerate(nodes)
        if isinstance(node, Tag)
        and (node.name == "ul" or (node.name == "ol" and attribute(node, "start") in ("", "1")))
    }
    text = to.settle(to.join(to.strings(nodes, around), tight))
    label = to.ctx.label(attribute(el, "id")) if to.labels and "id" in el.attrs else None
    return f"{myst.target(label)}\n{text}" if label else text


def stray_item(el: Tag, to: Converter, around: Tags) -> str | None:
    """An item outside any list: a list of its own."""
    parent = el.parent
    if parent is not None and parent.name in ("ul", "ol", "menu"):
        return None
    return block("- " + indent(item(el, to, around | {"li"}), 2))


def _follows_list(el: Tag, to: Converter) -> bool:
    """Whether the list needs another marker, so as not to be one with the list before it."""
    node: Any = el.previous_sibling
    while node is not None and is_blank(node):
        node = node.previous_sibling
    return isinstance(node, Tag) and node.name == el.name and not to.seconds.get(id(node), True)


def indent(text: str, by: int) -> str:
    """Every line but the first moved right."""
    if "\n" not in text:
        return text
    first, _, rest = text.partition("\n")
    return first + "\n" + _LINE.sub(" " * by, rest)


def convert_hr(self: Converter, el: Tag, text: str, around: Tags) -> str:
    """A thematic break."""
    return "\n\n---\n\n" + (block(self.settle(text)) if text else "")


def convert_blockquote(self: Converter, el: Tag, text: str, around: Tags) -> str:
    """A quote."""
    return block(quote(self.settle(text)))


_BOLD_KIND = re.compile(
    r"\A(\*\*)(note|tip|hint|important|attention|caution|warning|danger|error|seealso|admonition)"
    r"\*\*:?",
    re.IGNORECASE,
)
"""`> **Note**` and `> **Note**:` are admonitions in mystmd; `> **Note:**` stays a quote."""


def quote(text: str) -> str:
    """The text with `>` before every line."""
    if not text:
        return ""
    if _ALERT.match(text):
        text = "\\" + text
    text = _BOLD_KIND.sub(r"\1\2:\1", text)
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def quotation(el: Tag, to: Converter, around: Tags) -> str | None:
    """A quote whose end names who said it: `-- Author`, as mystmd's attribution."""
    source = _attribution(el)
    if source is None:
        return None
    said = to.line([source] if source.name == "cite" else list(source.children), around)
    if source.name == "cite":
        said = to.line(list(source.children), around)
    parent = source.parent
    source.extract()
    if parent is not None and parent is not el and not parent.get_text().strip():
        parent.extract()
    body = to.blocks(el.children, around)
    return block(quote("\n\n".join(p for p in (body, attribution(said)) if p)))


def attribution(said: str) -> str:
    """The last line of a quote, that names who said it."""
    said = _DASHES.sub("", said)
    return f"-- {said}" if said else ""


def _attribution(el: Tag) -> Tag | None:
    """The `cite`, `footer` or paragraph of class `attribution` that ends a quote."""
    inside = content(el)
    last = inside[-1] if inside else None
    if not isinstance(last, Tag) or len(inside) < 2:
        return None
    if last.name in ("cite", "footer", "figcaption"):
        return last
    if last.name == "p":
        if any("attribution" in name or "blockquote-footer" in name for name in classes(last)):
            return last
        inner = content(last)
        if len(inner) == 1 and isinstance(inner[0], Tag) and inner[0].name in ("cite", "footer"):
            return inner[0]
    return None


def definitions(el: Tag, to: Converter, around: Tags) -> str | None:
    """A definition list; terms and descriptions may stand in groups."""
    parts: list[str] = []
    described = True
    for node in _terms(el):
        if isinstance(node, Tag) and node.name == "dt":
            term = to.named(node, to.line(node.children, around))
            if parts and not described:
                parts[-1] = f"{parts[-1]}, {term}" if term else parts[-1]
            elif term:
                parts.extend([""] * bool(parts))
                parts.append(myst.escape_line_start(term))
                described = False
            continue
        is_description = isinstance(node, Tag) and node.name == "dd"
        text = to.blocks(node.children if is_description else [node], around)
        if not parts:
            return None
        if text or not described:
            parts.append(": " + indent(text or "&nbsp;", 2))
            described = True
    if not described:
        parts.append(": &nbsp;")
    return block("\n".join(parts))


def _terms(el: Tag) -> Iterator[Any]:
    """Terms, descriptions, and what else stands between them."""
    for node in content(el):
        if isinstance(node, Tag) and node.name == "div" and first(node, ("dt",)) is not None:
            yield from content(node)
        else:
            yield node


def checkbox(el: Tag, to: Converter, around: Tags) -> str | None:
    """A task's box; any other form field leaves nothing behind and is reported."""
    name = attribute(el, "id")
    beside = (el.find_next_sibling(), el.find_previous_sibling())
    if name and any(isinstance(one, Tag) and attribute(one, "for") == name for one in beside):
        return ""  # it folds what its label names, by a style sheet alone
    if attribute(el, "type").lower() == "checkbox":
        box = "[x] " if "checked" in el.attrs else "[ ] "
        following: Any = el.next_sibling
        if following is not None and str(following)[:1].isspace():
            box = box[:-1]
        return (
            box if "li" in around else box.replace("[", "☐").replace("☐x]", "☑").replace("☐ ]", "☐")
        )
    if attribute(el, "type").lower() not in ("hidden", "submit"):
        to.report("HM505", "<input", tag="input", what="the field is dropped")
    return ""


def apart(self: Converter, el: Tag, text: str, around: Tags) -> str:
    """Part of a form: its words stay apart from those beside it."""
    return text if not text or text[0] == "\n" else f" {text} "


FUNCTIONS: dict[str, Callable[..., str]] = {
    **dict.fromkeys(
        ["p", "div", "section", "article", "main", "header", "footer", "nav", "center", "address",
         "hgroup", "figcaption", "fieldset", "legend", "body", "html", "dt", "dd", "search",
         "caption", "form", "menu", "td", "th", "tr", "summary"],
        convert_block,
    ),
    **dict.fromkeys(sorted(HEADINGS), convert_heading),
    **dict.fromkeys(["button", "label", "option", "output"], apart),
    "hr": convert_hr,
    "blockquote": convert_blockquote,
}  # fmt: skip
"""What plain block elements become once their content is converted."""
