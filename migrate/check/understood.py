"""Facts of a page as mystmd understood it: from its syntax tree.

What the theme adds by itself is left out, as on Hugo's side: lists of pages that a `{toc}` makes,
numbers of footnotes; or marked, for Hugo's theme may show it too: an admonition's title that only
repeats its kind, the name of a code block's file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from migrate.check.code import code_text, language
from migrate.check.facts import (
    DASH,
    KIND_TITLES,
    Collector,
    Facts,
    admonition_kind,
    alt_text,
    loose_tex,
    plain,
    spaced_tex,
    tokens,
)
from migrate.check.nodes import Node, text_inside
from migrate.check.targets import address_text, external, file_name, leads_to_itself, of_myst
from migrate.engines.mystmd import Built
from migrate.myst import TRANSLATIONS

BLOCKS = frozenset(
    "admonition admonitionTitle aside block blockquote break caption card cardTitle code "
    "container definitionDescription definitionList definitionTerm details div footer "
    "footnoteDefinition grid header heading iframe legend list listItem math mermaid paragraph "
    "summary tabItem tabSet table tableCell tableRow thematicBreak".split()
)
INVISIBLE = frozenset(
    "comment mystTarget captionNumber mystComment index footnoteDefinition".split()
)
VIDEO = (".mp4", ".webm", ".mov", ".ogg", ".avi", ".m4v")
_NUMBER = re.compile(r"\(?[\w.*′']{1,20}\)?")
"""The number or tag of an equation."""
MAX_DEPTH = 150
"""Deeper nodes than this are read as one piece of text."""


def facts_of_tree(
    page: Built, *, title: str = "", numbers: bool = True, lists: bool = False
) -> Facts:
    """Facts of a built page; a first heading equal to `title` is left out, as in Hugo's HTML.

    Without `numbers` so are references to equations: a script makes them of Hugo's page. `lists`:
    with the lists that a `{toc}` makes, which a call may have made in Hugo.
    """
    walk = _Walk(page.url, title)
    walk.numbers, walk.lists = numbers, lists
    definitions = walk.number(page.tree)
    walk.visit(page.tree, 0)
    for node in definitions:
        walk.footnote(node, 0)
    return walk.out.facts()


def makes_lists(node: Node) -> bool:
    """Whether the tree holds what a `{toc}` made."""
    stack = [node]
    while stack:
        node = stack.pop()
        if _is_toc(node):
            return True
        stack.extend(node.get("children") or ())
    return False


def _is_toc(node: Node) -> bool:
    data = node.get("data")
    return isinstance(data, Mapping) and str(data.get("part", "")).startswith("toc:")


class _Walk:
    """One walk over the nodes of a page."""

    def __init__(self, url: str, title: str) -> None:
        self.out = Collector()
        self.url = url
        self.title = " ".join(tokens(plain(title)))
        self.rows: list[list[list[str]]] = []
        self.ordered: list[bool] = []
        self.lists = False
        self.notes: dict[str, int] = {}
        self.numbers = True
        self.begins = ""
        """The type of the node that the node at hand is the first child of."""
        self.types: dict[str, Callable[[Node, int], None]] = {
            "admonition": self.admonition,
            "admonitionTitle": self.admonition_title,
            "blockquote": self.quote,
            "caption": self.caption,
            "card": self.card,
            "cite": self.cite,
            "code": self.code,
            "container": self.container,
            "crossReference": self.link,
            "definitionDescription": self.definition,
            "definitionTerm": self.definition,
            "footnoteReference": self.footnote_reference,
            "heading": self.heading,
            "iframe": self.iframe,
            "image": self.image,
            "inlineCode": self.inline_code,
            "inlineMath": self.math,
            "link": self.link,
            "list": self.list_,
            "listItem": self.list_item,
            "math": self.math,
            "mermaid": self.mermaid,
            "emphasis": self.stressed,
            "strong": self.stressed,
            "summary": self.fold,
            "tabItem": self.tab,
            "table": self.table,
            "tableCell": self.cell,
            "tableRow": self.row,
            "text": self.text,
        }

    def number(self, root: Node) -> list[Node]:
        """Number footnotes as Hugo does, by their first reference; their definitions so."""
        definitions: dict[str, Node] = {}
        stack = [root]
        while stack:
            node = stack.pop()
            if node.get("type") == "footnoteReference":
                self.notes.setdefault(str(node.get("identifier")), len(self.notes) + 1)
            elif node.get("type") == "footnoteDefinition":
                definitions[str(node.get("identifier"))] = node
            stack.extend(reversed(node.get("children") or ()))
        return [definitions[name] for name in self.notes if name in definitions]

    def visit(self, node: Node, depth: int) -> None:
        """Walk over a node."""
        kind = str(node.get("type"))
        if kind in INVISIBLE or (_is_toc(node) and not self.lists):
            return
        if TRANSLATIONS in str(node.get("class") or "").split():  # a theme's frame shows it
            return
        position = node.get("position")
        if position and kind in BLOCKS:
            self.out.line(int(position.get("start", {}).get("line") or 0))
        if kind in BLOCKS:
            self.out.boundary()
        if depth > MAX_DEPTH:
            self.out.text(text_inside(node))
        else:
            self.types.get(kind, self.other)(node, depth)
        if kind in BLOCKS:
            self.out.boundary()

    def children(self, node: Node, depth: int) -> None:
        """Walk over what is inside a node."""
        for number, child in enumerate(node.get("children") or ()):
            self.begins = str(node.get("type")) if number == 0 else ""
            self.visit(child, depth + 1)

    def other(self, node: Node, depth: int) -> None:
        if node.get("children"):
            self.children(node, depth)
        elif isinstance(node.get("value"), str) and node.get("type") in ("html", "raw"):
            self.out.text(str(node["value"]))

    def text(self, node: Node, depth: int) -> None:
        del depth
        text = str(node.get("value") or "")
        if self.begins == "paragraph" and self.out.inside("quote"):
            text = DASH.sub("", text)
        self.out.text(text)

    def cite(self, node: Node, depth: int) -> None:
        if node.get("children"):
            self.link(node, depth)
        else:
            self.out.text(str(node.get("label") or ""))

    def heading(self, node: Node, depth: int) -> None:
        own = " ".join(tokens(plain(text_inside(node))))
        if self.title and own == self.title and not self.out.has_words:
            return
        self.out.open("heading")
        self.children(node, depth)
        text = self.out.close()
        if not self.out.inside("alert"):  # a box's title is a heading in some themes
            self.out.heading(int(node.get("depth") or 1), text)

    def link(self, node: Node, depth: int) -> None:
        numbered = node.get("kind") == "equation" and _NUMBER.fullmatch(text_inside(node))
        if numbered and not self.numbers:
            return
        if leads_to_itself(node):  # larger
            self.children(node, depth)
            return
        self.out.open("link")
        address = address_text(text_inside(node), str(node.get("url") or ""))
        if address is None:
            self.children(node, depth)
        else:
            self.out.text(address)
        text = self.out.close()
        self.link_item(node, text)

    def link_item(self, node: Node, text: str) -> None:
        static = bool(node.get("static"))
        url = str((node.get("urlSource") if static else "") or node.get("url") or "")
        inside = bool(node.get("internal")) or node.get("type") == "crossReference"
        fragment = str(node.get("html_id") or node.get("identifier") or "") if inside else ""
        target, fragment = of_myst(url, self.url, fragment, internal=inside, static=static)
        shown = f"[{text.strip()[:60]}]({node.get('urlSource') or url})"
        self.out.item(
            "link", target, fragment, " ".join(tokens(text)), shown=shown, length=len(text)
        )

    def card(self, node: Node, depth: int) -> None:
        self.out.open("card")
        self.children(node, depth)
        text = self.out.close()
        if node.get("url"):
            self.link_item(node, text)

    def image(self, node: Node, depth: int) -> None:
        del depth
        url = str(node.get("urlSource") or node.get("url") or "")
        if url.lower().split("?")[0].endswith(VIDEO):
            name = external(url) if "://" in url else "file:" + file_name(url)
            self.out.item("embed", name, shown=url)
            return
        alt = str(node.get("alt") or "")
        name = external(url) if "://" in url else "file:" + file_name(url)
        if url.startswith("data:"):
            name = "data:"
        self.out.item("image", name, alt_text(alt), shown=f"![{alt}]({url[:80]})")

    def container(self, node: Node, depth: int) -> None:
        if node.get("kind") != "quote":
            inside = list(node.get("children") or ())
            if node.get("kind") == "table":  # as on Hugo's side, wherever it is shown
                inside.sort(key=lambda child: child.get("type") == "caption")
            self.children({**node, "children": inside}, depth)
            return
        self.out.open("quote of")
        self.children(node, depth)
        self.out.close()

    def caption(self, node: Node, depth: int) -> None:
        self.out.open("caption")
        self.children(node, depth)
        text = self.out.close()
        words = " ".join(tokens(text))
        if words and not self.out.inside("quote of"):
            self.out.item("caption", words, shown=text, length=len(text))

    def code(self, node: Node, depth: int) -> None:
        del depth
        if node.get("filename"):
            self.out.open("filename")
            self.out.text(str(node["filename"]))
            self.out.close()
            self.out.boundary()
        self.code_block(str(node.get("lang") or ""), str(node.get("value") or ""))

    def mermaid(self, node: Node, depth: int) -> None:
        del depth
        self.code_block("mermaid", str(node.get("value") or ""))

    def code_block(self, name: str, text: str) -> None:
        text = code_text(text, name)
        self.out.open("code")
        self.out.text(text)
        length = len(self.out.close())
        if text.strip():
            self.out.item(
                "code", language(name), plain(text), shown=f"{name}: {text}", length=length
            )

    def inline_code(self, node: Node, depth: int) -> None:
        del depth
        text = str(node.get("value") or text_inside(node))
        self.out.open("inline code")
        self.out.text(text)
        text = self.out.close()
        if text.strip():
            self.out.item("inline code", " ".join(tokens(text)), shown=text, length=len(text))

    def math(self, node: Node, depth: int) -> None:
        del depth
        tex = str(node.get("value") or "")
        self.out.open("math")
        self.out.text(f" {spaced_tex(tex)} ")
        length = len(self.out.close())
        self.out.item("math", loose_tex(tex), shown=tex, length=length)

    def list_(self, node: Node, depth: int) -> None:
        self.ordered.append(bool(node.get("ordered")))
        self.out.open("list")
        self.children(node, depth)
        self.out.close()
        self.ordered.pop()

    def list_item(self, node: Node, depth: int) -> None:
        mark = "1." if self.ordered and self.ordered[-1] else "-"
        if node.get("checked") is not None:
            mark += " [x]" if node["checked"] else " [ ]"
        self.out.open("list")
        self.children(node, depth)
        text = self.out.close()
        self.out.item(
            "list", str(len(self.ordered)), mark, *tokens(text)[:2],
            shown=f"{len(self.ordered)} {mark} {text[:80]}", length=len(text),
        )  # fmt: skip

    def definition(self, node: Node, depth: int) -> None:
        self.out.open("definition")
        self.children(node, depth)
        text = self.out.close()
        self.out.definition(node.get("type") == "definitionTerm", text)

    def table(self, node: Node, depth: int) -> None:
        self.rows.append([])
        self.out.open("table")
        self.children(node, depth)
        length = len(self.out.close())
        rows = [row for row in self.rows.pop() if any(row)]
        value = (" | ".join(row) for row in rows)
        if rows:
            self.out.item("table", *value, shown=" / ".join(map("|".join, rows)), length=length)

    def row(self, node: Node, depth: int) -> None:
        if self.rows:
            self.rows[-1].append([])
        self.children(node, depth)

    def cell(self, node: Node, depth: int) -> None:
        self.out.open("cell")
        self.children(node, depth)
        text = self.out.close()
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(" ".join(tokens(text)))

    def quote(self, node: Node, depth: int) -> None:
        self.out.open("quote")
        self.children(node, depth)
        text = self.out.close()
        self.out.item("quote", *tokens(text)[:3], shown=text[:80], length=len(text))

    def admonition(self, node: Node, depth: int) -> None:
        self.out.open("alert")
        self.children(node, depth)
        text = self.out.close()
        kind = admonition_kind(f"{node.get('kind')} {node.get('class')}")
        self.out.item("admonition", kind, *tokens(text)[-2:], shown=text[-80:], length=len(text))

    def admonition_title(self, node: Node, depth: int) -> None:
        if (own := text_inside(node).strip()).lower() not in KIND_TITLES:
            self.out.item("box title", "".join(filter(str.isalnum, plain(own))))
            self.children(node, depth)
            return
        self.out.open("kind title")
        self.children(node, depth)
        self.out.close()

    def tab(self, node: Node, depth: int) -> None:
        self.out.item("tab", " ".join(tokens(plain(str(node.get("title") or "")))))
        self.children(node, depth)

    def footnote(self, node: Node, depth: int) -> None:
        self.out.boundary()
        self.out.open("footnote")
        self.children(node, depth)
        text = self.out.close()
        number = str(self.notes[str(node.get("identifier"))])
        self.out.item("footnote", number, " ".join(tokens(text)), shown=text, length=len(text))

    def footnote_reference(self, node: Node, depth: int) -> None:
        del depth
        self.out.item("footnote", "reference", str(self.notes[str(node.get("identifier"))]))

    def fold(self, node: Node, depth: int) -> None:
        self.out.open("fold")
        self.children(node, depth)
        self.out.close()

    def stressed(self, node: Node, depth: int) -> None:
        self.out.stressed(str(node.get("type")))
        self.children(node, depth)
        self.out.stress_ends()

    def iframe(self, node: Node, depth: int) -> None:
        src = str(node.get("src") or "")
        full = "https:" + src if src.startswith("//") else src
        name = external(full) if "://" in full else "file:" + file_name(full)
        self.out.item("embed", name, shown=src)
        self.children(node, depth)
