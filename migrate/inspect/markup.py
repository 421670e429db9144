"""Raw HTML in the pages: which elements there are, and how many stay HTML in the project."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from migrate.convert.tags import tags
from migrate.inspect.findings import ElementFound
from migrate.model import Markup, Page
from migrate.plan import Plan
from migrate.read.lexer import lex
from migrate.read.markdown import mask, parse

_TAG = re.compile(r"<[A-Za-z]")
_HTML = frozenset(("HtmlBlock", "InlineHtml"))

BECOMES = {
    "a": "Markdown link, or a target",
    "abbr": "`{abbr}`",
    "aside": "admonition or `{aside}`",
    "audio": "`{iframe}` or a link to the file",
    "b": "stays, or `**…**`",
    "blockquote": "Markdown quote",
    "br": "stays",
    "button": "dropped if it copies, else a button",
    "center": "its content; pictures are centred",
    "code": "Markdown code",
    "details": "`{dropdown}`",
    "div": "by its class: admonition, card, grid, tabs; else its content",
    "dl": "definition list",
    "em": "stays, or `*…*`",
    "embed": "`{iframe}` or a link",
    "figure": "`{figure}`",
    "form": "its words; a form needs a server",
    "hr": "`---`",
    "i": "stays; icons are dropped",
    "iframe": "`{iframe}`",
    "img": "Markdown image or `{image}`",
    "input": "task list box, else dropped",
    "kbd": "stays, or `{kbd}`",
    "li": "Markdown list",
    "link": "dropped",
    "mark": "`{span}` with the class mark",
    "math": "math",
    "meta": "dropped",
    "nav": "dropped: mystmd draws its own",
    "noscript": "what it holds if scripts are off",
    "object": "`{iframe}` or a link",
    "ol": "Markdown list",
    "p": "paragraph",
    "pre": "code block",
    "script": "dropped and reported",
    "small": "`{span}` with the class small",
    "span": "its content",
    "strike": "`{del}`",
    "strong": "stays, or `**…**`",
    "style": "dropped and reported",
    "sub": "stays, or `{sub}`",
    "sup": "stays, or `{sup}`; footnotes are read",
    "svg": "dropped, or a picture",
    "table": "pipe table or `{list-table}`",
    "u": "stays, or `{u}`",
    "ul": "Markdown list, grid or buttons",
    "video": "`{iframe}`, `{figure}` or `{video}`",
}  # fmt: skip
"""What the converter makes of an element as a rule; all others give their content."""

_PARTS = {
    "tr": "table", "td": "table", "th": "table", "tbody": "table", "thead": "table",
    "tfoot": "table", "caption": "table", "col": "table", "colgroup": "table",
    "summary": "details", "figcaption": "figure", "source": "video", "dt": "dl", "dd": "dl",
    "path": "svg", "g": "svg",
}  # fmt: skip


@dataclass(slots=True)
class Elements:
    """Counts, page by page."""

    counts: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)

    def add(self, page: Page, plan: Plan, converted: str) -> None:
        """Count a page's elements, and those of the file that it became."""
        if not _TAG.search(page.body):
            return
        mine = Counter(_elements(page, plan))
        if not mine:
            return
        self.counts += mine
        self.pages.update(mine.keys())
        if _TAG.search(converted):
            left = Counter(_raw(converted, Markup(unsafe=True)))
            self.left += Counter({name: min(left[name], mine[name]) for name in mine})

    def merge(self, other: Elements) -> None:
        """Count those of other pages too."""
        self.counts += other.counts
        self.pages += other.pages
        self.left += other.left

    def found(self, plan: Plan) -> tuple[ElementFound, ...]:
        """The rows, the most frequent element first."""
        shown = plan.site.markup.unsafe or plan.site.source is None
        return tuple(
            ElementFound(
                name,
                count,
                self.pages[name],
                self.left[name] if shown else 0,
                becomes(name) if shown else "omitted, as in Hugo (`unsafe` is off)",
            )
            for name, count in sorted(self.counts.items(), key=lambda row: (-row[1], row[0]))
        )


def becomes(name: str) -> str:
    """What becomes of an element as a rule."""
    if re.fullmatch(r"h[1-6]", name):
        return "Markdown heading"
    if name in _PARTS:
        return f"part of `<{_PARTS[name]}>`"
    return BECOMES.get(name, "its content")


def _elements(page: Page, plan: Plan) -> Iterator[str]:
    if page.format == "html":
        return (tag.name for tag in tags(page.body) if not tag.closing)
    if page.format != "markdown":
        return iter(())
    text = page.body
    if "{{" in text:
        calls = lex(text, plan.closers).calls
        text = mask(text, [(call.start, call.end) for call in calls])
        inner = [page.body[call.inner_start : call.inner_end] for call in calls if call.paired]
        text = "\n\n".join([text, *(part for part in inner if _TAG.search(part))])
    return _raw(text, plan.site.markup)


def _raw(text: str, markup: Markup) -> Iterator[str]:
    """Names of the elements in the raw HTML of a Markdown text."""
    for event in parse(text, markup).events:
        if event.kind in _HTML:
            for tag in tags(text, event.start, event.end):
                if not tag.closing:
                    yield tag.name
