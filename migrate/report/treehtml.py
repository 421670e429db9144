"""mystmd's syntax tree as plain HTML: what mystmd understood, without its theme.

The result is not safe by itself (raw HTML of the page is in it): `sanitise.clean` comes after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from migrate.check.nodes import text_inside

Node = Mapping[str, Any]

MAX_DEPTH = 150
"""Nodes nested deeper than this are shown as their text."""
_PLAIN = {
    "abbreviation": "abbr", "blockquote": "blockquote", "caption": "figcaption",
    "definitionDescription": "dd", "definitionList": "dl", "definitionTerm": "dt",
    "delete": "del", "details": "details", "emphasis": "em", "keyboard": "kbd",
    "listItem": "li", "paragraph": "p", "smallcaps": "span", "strong": "strong",
    "subscript": "sub", "summary": "summary", "superscript": "sup", "tableRow": "tr",
    "underline": "u", "legend": "div", "grid": "div", "tabSet": "div", "aside": "div",
    "block": "div", "div": "div", "header": "div", "footer": "div", "cardTitle": "p",
}  # fmt: skip
_SILENT = frozenset("comment mystComment mystTarget captionNumber index footnoteDefinition".split())
_KINDS = {
    "tip": "tip", "hint": "tip", "important": "warning", "attention": "warning",
    "caution": "warning", "warning": "warning", "danger": "danger", "error": "danger",
}  # fmt: skip


def tree_html(root: Node) -> str:
    """HTML of a page's tree, footnotes at the end."""
    return _Writer(root).whole()


class _Writer:
    def __init__(self, root: Node) -> None:
        self.root = root
        self.notes: dict[str, int] = {}
        self.types: dict[str, Callable[[Node, int], str]] = {
            "admonition": self.admonition,
            "admonitionTitle": self.admonition_title,
            "break": self.line_break,
            "card": self.card,
            "cite": self.cite,
            "code": self.code,
            "container": self.container,
            "crossReference": self.link,
            "footnoteReference": self.footnote,
            "heading": self.heading,
            "html": self.raw,
            "iframe": self.player,
            "image": self.image,
            "inlineCode": self.inline_code,
            "inlineMath": self.formula,
            "link": self.link,
            "list": self.list_,
            "math": self.formula,
            "mermaid": self.code,
            "tabItem": self.tab,
            "table": self.table,
            "tableCell": self.cell,
            "text": self.text,
            "thematicBreak": self.rule,
        }

    def whole(self) -> str:
        body = self.inside(self.root, 0)
        definitions = self.definitions()
        notes = [
            f'<li class="footnote">{self.inside(definitions[name], 0)}</li>'
            for name in self.notes
            if name in definitions
        ]
        return body + (f'<ol class="footnotes">{"".join(notes)}</ol>' if notes else "")

    def definitions(self) -> dict[str, Node]:
        found: dict[str, Node] = {}
        stack = [self.root]
        while stack:
            node = stack.pop()
            if node.get("type") == "footnoteDefinition":
                found[str(node.get("identifier"))] = node
            stack.extend(node.get("children") or ())
        return found

    def inside(self, node: Node, depth: int) -> str:
        return "".join(self.one(child, depth + 1) for child in node.get("children") or ())

    def one(self, node: Node, depth: int) -> str:
        kind = str(node.get("type"))
        data = node.get("data")
        made = isinstance(data, Mapping) and str(data.get("part", "")).startswith("toc:")
        if kind in _SILENT or made:
            return ""
        if depth > MAX_DEPTH:
            return escape(text_inside(node))
        if write := self.types.get(kind):
            return write(node, depth)
        if tag := _PLAIN.get(kind):
            mark = _checkbox(node)
            return f"<{tag}>{mark}{self.inside(node, depth)}</{tag}>"
        if kind.endswith("Error"):
            return f'<pre class="failed">{escape(text_inside(node))}</pre>'
        if node.get("children"):
            return self.inside(node, depth)
        value = node.get("value")
        return escape(value) if isinstance(value, str) else ""

    def text(self, node: Node, depth: int) -> str:
        del depth
        return escape(str(node.get("value") or ""))

    def raw(self, node: Node, depth: int) -> str:
        del depth
        return str(node.get("value") or "")

    def line_break(self, node: Node, depth: int) -> str:
        del node, depth
        return "<br>"

    def rule(self, node: Node, depth: int) -> str:
        del node, depth
        return "<hr>"

    def heading(self, node: Node, depth: int) -> str:
        level = min(6, max(1, int(node.get("depth") or 1)))
        return f"<h{level}>{self.inside(node, depth)}</h{level}>"

    def link(self, node: Node, depth: int) -> str:
        url = escape(str(node.get("urlSource") or node.get("url") or node.get("identifier") or ""))
        return f'<a href="{url}">{self.inside(node, depth)}</a>'

    def cite(self, node: Node, depth: int) -> str:
        return self.inside(node, depth) or escape(str(node.get("label") or ""))

    def image(self, node: Node, depth: int) -> str:
        del depth
        src = escape(str(node.get("urlSource") or node.get("url") or ""))
        return f'<img src="{src}" alt="{escape(str(node.get("alt") or ""))}">'

    def player(self, node: Node, depth: int) -> str:
        src = escape(str(node.get("src") or ""))
        return f'<iframe src="{src}"></iframe>{self.inside(node, depth)}'

    def code(self, node: Node, depth: int) -> str:
        del depth
        return f"<pre><code>{escape(str(node.get('value') or ''))}</code></pre>"

    def inline_code(self, node: Node, depth: int) -> str:
        del depth
        return f"<code>{escape(str(node.get('value') or text_inside(node)))}</code>"

    def formula(self, node: Node, depth: int) -> str:
        del depth
        tex = f'<code class="math">{escape(str(node.get("value") or ""))}</code>'
        return tex if node.get("type") == "inlineMath" else f"<p>{tex}</p>"

    def list_(self, node: Node, depth: int) -> str:
        tag = "ol" if node.get("ordered") else "ul"
        start = node.get("start")
        number = f' start="{start}"' if isinstance(start, int) and start != 1 else ""
        return f"<{tag}{number}>{self.inside(node, depth)}</{tag}>"

    def table(self, node: Node, depth: int) -> str:
        return f"<table>{self.inside(node, depth)}</table>"

    def cell(self, node: Node, depth: int) -> str:
        tag = "th" if node.get("header") else "td"
        spans = "".join(
            f' {name}="{node[name]}"'
            for name in ("colspan", "rowspan")
            if isinstance(node.get(name), int)
        )
        return f"<{tag}{spans}>{self.inside(node, depth)}</{tag}>"

    def container(self, node: Node, depth: int) -> str:
        return f"<figure>{self.inside(node, depth)}</figure>"

    def admonition(self, node: Node, depth: int) -> str:
        kind = _KINDS.get(str(node.get("kind")), "note")
        return f'<div class="admonition kind-{kind}">{self.inside(node, depth)}</div>'

    def admonition_title(self, node: Node, depth: int) -> str:
        return f'<p class="admonition-title">{self.inside(node, depth)}</p>'

    def card(self, node: Node, depth: int) -> str:
        body = f'<div class="card">{self.inside(node, depth)}</div>'
        url = node.get("url")
        return f'<a href="{escape(str(url))}">{body}</a>' if url else body

    def tab(self, node: Node, depth: int) -> str:
        title = escape(str(node.get("title") or ""))
        return f'<div class="tab"><p class="tab-title">{title}</p>{self.inside(node, depth)}</div>'

    def footnote(self, node: Node, depth: int) -> str:
        del depth
        number = self.notes.setdefault(str(node.get("identifier")), len(self.notes) + 1)
        return f"<sup>{number}</sup>"


def _checkbox(node: Node) -> str:
    if node.get("type") != "listItem" or node.get("checked") is None:
        return ""
    return f'<input type="checkbox"{" checked" if node["checked"] else ""}>'
