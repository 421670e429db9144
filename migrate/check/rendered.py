"""Facts of a page as Hugo rendered it: from the HTML of its content.

Themes decorate HTML with things that are no content: anchors in headings, arrows back from
footnotes, buttons that copy code, icons. They are left out (`unseen`); everything else counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from migrate.check import widgets
from migrate.check.code import KNOWN_LANGUAGE, UNKNOWN, code_text, language, pre_text
from migrate.check.facts import (
    DASH,
    Collector,
    Facts,
    admonition_kind,
    alt_text,
    loose_tex,
    plain,
    spaced_tex,
    tokens,
)
from migrate.check.standins import unread
from migrate.check.targets import Places, address_text, external, file_name, of_hugo
from migrate.check.typeset import find_math, typeset_cell
from migrate.check.unseen import (
    background,
    blank_before_icon,
    enlarges,
    is_caption,
    is_line_table,
    left_out,
    shows_again,
    spelled,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCKS = frozenset(
    "address article aside blockquote br center dd details div dl dt figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table td th tr ul iframe "
    "video audio input label option".split()
)
ANCHOR_CLASS = re.compile(r"anchor|headerlink|self-link|heading-link|permalink|hash-link")
ANCHOR_TEXT = frozenset(("", "#", "¶", "§", "🔗", "⚓"))
SIGNED = frozenset(("p", "footer", "cite", "div", "span", "small", "figcaption"))


def facts_of_html(
    html: str, url: str, places: Places, *, title: str = "", dollars: bool = False
) -> Facts:
    """Facts of the HTML that Hugo made of a page's content.

    `url` is the page's path from the site's root, for relative links. A first heading equal to
    `title` is left out, for mystmd drops it. With `dollars`, `$…$` that looks like TeX is math:
    the theme typesets it in the browser.
    """
    from lxml import html as parser

    encoded = parser.HTMLParser(encoding="utf-8")
    root = parser.document_fromstring(f"<div>{html}</div>".encode(), parser=encoded)
    walk = _Walk(url, places, title, dollars)
    hidden = unread(root)
    walk.children(spelled(root))
    return find_math(replace(walk.out.facts(), unread=hidden), dollars)


class _Walk:
    """One walk over the elements of a page."""

    def __init__(self, url: str, places: Places, title: str, dollars: bool = False) -> None:
        self.out = Collector()
        self.url = url
        self.places = places
        self.dollars = dollars
        self.title = " ".join(tokens(plain(title)))
        self.rows: list[list[list[str]]] = []
        self.ordered: list[str] = []
        self.tags: dict[str, Callable[[HtmlElement], None]] = {
            **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), self.heading),
            **dict.fromkeys(("ul", "ol"), self.list_),
            **dict.fromkeys(("td", "th"), self.cell),
            **dict.fromkeys(("dt", "dd"), self.definition),
            **dict.fromkeys(("video", "audio", "iframe"), self.embed),
            **dict.fromkeys(("b", "strong", "em", "i"), self.stressed),
            "a": self.link,
            "blockquote": self.quote,
            "code": self.inline_code,
            "figcaption": self.caption,
            "caption": self.caption,
            "img": self.image,
            "input": self.box,
            "li": self.list_item,
            "math": self.math,
            "pre": self.code,
            "sup": self.sup,
            "table": self.table,
            "tr": self.row,
        }

    def children(self, element: HtmlElement) -> None:
        """Walk over what is inside an element."""
        self.out.text(element.text or "")
        for child in element:
            self.out.text(" " if widgets.is_apart(child) else "")
            self.visit(child)
            tail = child.tail or ""
            self.out.text(DASH.sub("", tail) if element.tag == "blockquote" else tail)

    def visit(self, element: HtmlElement) -> None:
        """Walk over an element."""
        tag = element.tag
        if not isinstance(tag, str) or left_out(element, in_box=bool(self.out.inside("alert"))):
            return
        if tag in BLOCKS:
            self.out.boundary()
        if (picture := background(element)) is not None:
            self.image(picture)
        if tag in SIGNED and element.text and self.out.inside("quote"):
            element.text = DASH.sub("", element.text)
        self.tags.get(tag, self.other)(element)
        if tag in BLOCKS:
            self.out.boundary()

    def tab(self, element: HtmlElement) -> bool:
        """Whether an element is a tab's title; it is compared apart, for order differs."""
        if not widgets.is_tab(element):
            return False
        self.out.item("tab", " ".join(tokens(plain(element.text_content()))))
        return True

    def other(self, element: HtmlElement) -> None:
        classes = element.get("class") or ""
        if self.tab(element):
            return
        if element.tag == "p" and classes == "caption":
            self.caption(element)
            return
        if element.tag in ("div", "section") and "footnotes" in classes.split():
            self.footnotes(element)
        elif "katex" in classes.split() or element.tag == "mjx-container":
            self.math(element)
        elif element.tag in ("div", "aside", "section") and widgets.is_alert(element):
            self.alert(element)
        elif is_caption(element):
            self.caption(element)
        elif element.tag == "input" and element.get("type") == "checkbox":
            if next(element.iterancestors("li"), None) is None:
                self.out.text(" ☑ " if element.get("checked") is not None else " ☐ ")
        elif "mermaid" in classes.split() and all(child.tag == "br" for child in element):
            for child in element:
                child.text = "<br />"  # a diagram's own line break, which HTML took for its
            self.code_block("mermaid", element.text_content())
        else:
            self.children(element)

    def alert(self, element: HtmlElement) -> None:
        element.set("data-fact", "alert")
        self.out.open("alert")
        self.children(element)
        text = self.out.close()
        kind = admonition_kind(element.get("class") or "")
        self.out.item("admonition", kind, *tokens(text)[-2:], shown=text[-80:], length=len(text))

    def heading(self, element: HtmlElement) -> None:
        own = tokens(plain(element.text_content().strip(" \n#¶")))
        if self.title and " ".join(own) == self.title and not self.out.has_words:
            return
        self.out.open("heading")
        self.children(element)
        text = self.out.close()
        if not (self.out.inside("caption") or self.out.inside("alert")):
            self.out.heading(int(element.tag[1]), text, loose=widgets.is_loose(element))

    def link(self, element: HtmlElement) -> None:
        href = element.get("href")
        classes = element.get("class") or ""
        if "footnote-ref" in classes:  # pandoc's is around its <sup>
            self.out.item("footnote", "reference", element.text_content().strip("[] \n"))
            return
        if not href or "footnote-back" in classes:
            if "footnote-back" not in classes:
                self.children(element)
            return
        own = element.text_content().strip()
        in_heading = bool(self.out.inside("heading")) and own in ANCHOR_TEXT
        if href.startswith("#") and (in_heading or ANCHOR_CLASS.search(classes)):
            return
        if own in ANCHOR_TEXT and element.find(".//img") is None:
            # Nothing to read; mystmd needs a text, which the icon's name may be.
            self.out.item("icon link", of_hugo(href, self.url, self.places)[0])
            return
        if self.tab(element):
            return
        if not own and shows_again(element, href):
            self.children(element)
            return
        blank_before_icon(element)
        self.out.open("link")
        address = address_text(own, href)
        if address is None:
            self.children(element)
        else:
            self.out.text(address)
        text = self.out.close()
        target, fragment = of_hugo(href, self.url, self.places)
        if not target.startswith("javascript:"):
            self.out.item(
                "link", target, fragment, " ".join(tokens(text)),
                shown=f"[{text.strip()[:60]}]({href})", length=len(text),
            )  # fmt: skip

    def image(self, element: HtmlElement) -> None:
        src = element.get("src") or element.get("data-src") or ""
        if not src and not element.get("alt"):
            return
        target, _ = of_hugo(src, self.url, self.places)
        name = target if "://" in target else "file:" + file_name(src)
        if src.startswith("data:"):
            name = "data:"
        alt = alt_text(element.get("alt") or "")
        if enlarges(element, src):
            return
        self.out.item("image", name, alt, shown=f"![{element.get('alt') or ''}]({src[:80]})")

    def caption(self, element: HtmlElement) -> None:
        self.out.open("caption")
        self.children(element)
        text = self.out.close()
        if words := " ".join(tokens(text)):
            self.out.item("caption", words, shown=text, length=len(text))

    def inline_code(self, element: HtmlElement) -> None:
        self.out.open("inline code")
        self.children(element)
        text = self.out.close()
        if text.strip():
            self.out.item("inline code", " ".join(tokens(text)), shown=text, length=len(text))

    def code(self, element: HtmlElement) -> None:
        inner = element.find(".//code")
        classes = " ".join((e.get("class") or "") for e in (element, inner) if e is not None)
        name = inner.get("data-lang") if inner is not None else None
        if not name and (match := KNOWN_LANGUAGE.search(classes)):
            name = match[1]
        if "mermaid" in classes.split():
            name = "mermaid"
            for line_break in element.iter("br"):
                line_break.text = "<br>"  # the diagram's own, which HTML took for its
        if name == "fallback" or (not name and element.get("tabindex") is None):
            name = UNKNOWN  # Chroma doesn't know it; or made by a theme's hook, not as Hugo does it
        self.code_block(name or "", pre_text(element))

    def code_block(self, name: str, text: str) -> None:
        text = code_text(text, name)
        self.out.open("code")
        self.out.text(text)
        length = len(self.out.close())
        if text.strip():
            self.out.item(
                "code", language(name), plain(text), shown=f"{name}: {text}", length=length
            )

    def math(self, element: HtmlElement) -> None:
        tex = next(
            (e.text_content() for e in element.iter("annotation")
             if (e.get("encoding") or "").endswith("tex")),
            element.get("alttext") or element.text_content(),
        )  # fmt: skip
        self.out.open("math")
        self.out.text(spaced_tex(tex))
        self.out.close()
        self.out.item("math", loose_tex(tex), shown=tex)

    def list_(self, element: HtmlElement) -> None:
        classes = element.get("class") or ""
        if element.get("role") == "tablist" or "nav-tabs" in classes:
            for child in element:
                if isinstance(child.tag, str):
                    self.out.item("tab", " ".join(tokens(plain(child.text_content()))))
            return
        if "cta-group" in classes.split():  # the frame of buttons side by side
            for child in element.iter("li"):
                child.tag = "div"
            return self.children(element)
        self.ordered.append(element.tag)
        self.out.open("list")
        self.children(element)
        self.out.close()
        self.ordered.pop()

    def list_item(self, element: HtmlElement) -> None:
        mark = "-" if not self.ordered or self.ordered[-1] == "ul" else "1."
        mark += widgets.task(element)
        self.out.open("list")
        self.children(element)
        text, depth = self.out.close(), str(len(self.ordered))
        shown = f"{depth} {mark} {text[:80]}"
        self.out.item("list", depth, mark, *tokens(text)[:2], shown=shown, length=len(text))

    def box(self, element: HtmlElement) -> None:
        """A box to tick is the sign of one, if it isn't a task's."""
        if element.get("type") == "checkbox" and next(element.iterancestors("li"), None) is None:
            self.out.text("☑" if element.get("checked") is not None else "☐")

    def definition(self, element: HtmlElement) -> None:
        self.out.open("definition")
        self.children(element)
        text = self.out.close()
        self.out.definition(element.tag == "dt", text)

    def table(self, element: HtmlElement) -> None:
        if is_line_table(element):
            self.visit(element.findall(".//pre")[-1])
            return
        self.rows.append([])
        element.extend(element.findall("caption"))  # wherever it is shown, it comes last here
        self.out.open("table")
        self.children(element)
        length = len(self.out.close())
        rows = [row for row in self.rows.pop() if any(row)]
        value = (" | ".join(row) for row in rows)
        if rows:
            self.out.item("table", *value, shown=" / ".join(map("|".join, rows)), length=length)

    def row(self, element: HtmlElement) -> None:
        if self.rows:
            self.rows[-1].append([])
        self.children(element)

    def cell(self, element: HtmlElement) -> None:
        self.out.open("cell")
        self.children(element)
        text = self.out.close()
        if element.find(".//code") is None:
            text = typeset_cell(text, self.dollars)
        if self.rows:
            if not self.rows[-1]:  # a browser puts cells that stand in no row into one
                self.rows[-1].append([])
            self.rows[-1][-1].append(" ".join(tokens(text)))

    def quote(self, element: HtmlElement) -> None:
        if widgets.is_alert(element) or widgets.unmarked(element):
            self.alert(element)
            return
        self.out.open("quote")
        self.children(element)
        text = self.out.close()
        self.out.item("quote", *tokens(text)[:3], shown=text[:80], length=len(text))

    def sup(self, element: HtmlElement) -> None:
        link = element.find("a")
        classes = f"{element.get('class')} {link.get('class')}" if link is not None else ""
        if link is not None and "footnote-ref" in classes:
            self.out.item("footnote", "reference", link.text_content().strip("[] \n"))
        else:
            if link is not None and not (element.text or "").strip():
                element.text = ""  # a link hook's file begins with a line break
            self.children(element)

    def footnotes(self, element: HtmlElement) -> None:
        for number, note in enumerate(widgets.notes_in(element), 1):
            self.out.boundary()
            self.out.open("footnote")
            self.children(note)
            text = self.out.close()
            self.out.item(
                "footnote", str(number), " ".join(tokens(text)), shown=text, length=len(text)
            )

    def stressed(self, element: HtmlElement) -> None:
        if not self.tab(element):
            # A fold's title and who is quoted are stressed by the theme of either side.
            in_summary = next(element.iterancestors("summary", "footer"), None) is not None
            kind = "strong" if element.tag in ("b", "strong") else "emphasis"
            self.out.stressed("styled" if in_summary or element.get("class") else kind)
            self.children(element)
            self.out.stress_ends()

    def embed(self, element: HtmlElement) -> None:
        src = widgets.played(element)
        target, _ = of_hugo(src, self.url, self.places)
        if "://" in src or src.startswith("//"):
            target = external("https:" + src if src.startswith("//") else src)
        elif not target.startswith("page:"):
            target = "file:" + file_name(src)
        self.out.item("embed", target, shown=src)
