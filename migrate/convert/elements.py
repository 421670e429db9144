"""The HTML converter: a markdownify subclass that looks rules up first.

Two kinds of text go up the tree. Inline text has no line breaks (`\\v` stands for a hard break,
until its paragraph is finished); block text begins and ends with an empty line. `join` makes
paragraphs of what stands between blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from typing import TYPE_CHECKING, Any

from bs4 import Tag
from bs4.element import Comment, NavigableString
from markdownify import MarkdownConverter

from migrate import myst
from migrate.convert import phrasing, structure, themed
from migrate.convert.apart import is_apart
from migrate.convert.rule_table import CLASS_RULES, TAG_RULES
from migrate.convert.soup import TEXT, attribute, classes
from migrate.hosts import encyclopedic

if TYPE_CHECKING:
    from migrate.context import Context

Tags = frozenset[str]
"""Names of those elements around a node that change what is written."""

BREAK = "\v"
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_NEEDS_SPACES = re.compile(r"[\t\r\n\f\v]|  ")
_OPENED = re.compile(r"([(\[{“‘])\s*\n\s*$")
"""A bracket, and the line break that a theme's link template leaves before its `<a>`."""
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_BREAKS = re.compile(r"(?:(?<! ) +)?\v *")
_TRACKED = frozenset(["a", "em", "strong", "i", "b", "td", "th", "li", "h1", "h2", "h3", "h4",
                      "h5", "h6", "del", "s", "u", "ins", "blockquote"])  # fmt: skip
_KNOWN = frozenset(
    """a abbr address article aside b bdi bdo big blockquote body br caption center cite code col
    colgroup data dd del dfn div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4
    h5 h6 header hgroup hr html i img input ins kbd label legend li main mark nav ol output p pre
    q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th
    thead time tr tt u ul var wbr search menu button option select textarea head picture source
    track""".split()
)
_FUNCTIONS: dict[str, Callable[..., str]] = {**phrasing.FUNCTIONS, **structure.FUNCTIONS}


class Converter(MarkdownConverter):
    """Converts one piece of HTML. `whole`: it is a whole page, so heading levels are ours;
    `inline`: it stands in a line."""

    def __init__(
        self, ctx: Context, html: str, *, whole: bool = False, inline: bool = False
    ) -> None:
        super().__init__()
        self.ctx = ctx
        self.html = html
        self.whole = whole
        self.inline = inline
        self.dollar = ctx.plan.math
        self.themed = [rule for theme in ctx.plan.themes for rule in theme.html]
        self.labels = ctx.plan.labels.get(ctx.page.identity) or {}
        self.accounted: list[str] = []
        """Words that a reader sees although they are not written, or that were dropped with a
        word to the user."""
        self.levels: list[tuple[int, int]] = []
        """Open headings: level in the HTML, level written."""
        self.footnotes: frozenset[str] = frozenset()
        """Footnotes that have both a reference and a definition."""
        self.seconds: dict[int, bool] = {}
        """Lists, by identity, and whether they have the second of the two markers."""
        self.unknown: set[str] = set()

    # -- walking

    def process_tag(self, node: Tag, parent_tags: Tags | None = None) -> str:
        """The MyST of an element: the first rule that has an answer, else by its name."""
        around = parent_tags or frozenset()
        name = node.name
        if self.themed and (text := themed.apply(node, self, around)) is not None:
            return self.named(node, text)
        for rule in TAG_RULES.get(name, ()):
            text = rule(node, self, around)
            if text is not None:
                return self.named(node, text)
        if "class" in node.attrs:
            for token in classes(node):
                found = CLASS_RULES.get(token)
                if found is not None and (text := found(node, self, around)) is not None:
                    return self.named(node, text)
        inside = around | {name} if name in _TRACKED and name not in around else around
        text = self.join(self.strings(node.children, inside))
        function = _FUNCTIONS.get(name)
        if function is not None:
            text = function(self, node, text, around)
        return self.named(node, text) if self.labels else text

    def strings(self, nodes: Iterable[Any], around: Tags) -> list[str]:
        """The MyST of each node."""
        found: list[str] = []
        for node in nodes:
            if isinstance(node, Tag):
                if node.name not in _KNOWN and node.name not in TAG_RULES:
                    self.meet(node)
                text = self.process_tag(node, around)
                if found and text and text[0] != "\n" and "class" in node.attrs and is_apart(node):
                    found.append(" ")
                found.append(text)
            else:
                found.append(self.process_text(node, around))
        return found

    def process_text(self, el: NavigableString, parent_tags: Tags | None = None) -> str:
        """Text, escaped; a comment is dropped and reported."""
        if type(el) not in TEXT:
            if isinstance(el, Comment) and (said := el.strip()) and said != "more":
                self.report("HM504", said[:40], text=" ".join(said.split())[:60])
            return ""
        text = str(el)
        if _NEEDS_SPACES.search(text):
            text = _SPACES.sub(" ", _OPENED.sub(r"\1", text) if "\n" in text else text)
        if text == " ":
            return text
        text = myst.escape(text, dollar=self.dollar)
        if parent_tags and "a" in parent_tags and ("[" in text or "]" in text):
            text = _BRACKET.sub(r"\\\g<0>", text)
        return text

    def join(self, strings: Iterable[str], tight: Container[int] = ()) -> str:
        """Inline text of inline strings; with a block among them, block text.

        A block whose number is in `tight` follows text without an empty line.
        """
        parts: list[str] = []
        run: list[str] = []
        blocks = False
        for number, text in enumerate(strings):
            if not text:
                continue
            if text[0] == "\n":
                blocks = True
                if run:
                    append(parts, paragraph("".join(run)))
                    run = []
                append(parts, text.strip("\n"), "\n" if number in tight else "\n\n")
            elif run and text[0] == " " and run[-1][-1] == " ":
                if len(text) > 1:
                    run.append(text[1:])
            elif run and text[0] == "[" and run[-1][-1] == "!":
                run[-1] = run[-1][:-1] + "\\!"
                run.append(text)
            else:
                run.append(text)
        if not blocks:
            return "".join(run)
        if run:
            append(parts, paragraph("".join(run)))
        return block("".join(parts))

    # -- for rules

    def blocks(self, nodes: Iterable[Any], around: Tags = frozenset()) -> str:
        """The nodes as blocks, without the empty lines around them."""
        return settle(self.join(self.strings(nodes, around)))

    def line(self, nodes: Iterable[Any], around: Tags = frozenset()) -> str:
        """The nodes on one line, for titles."""
        return on_one_line(self.join(self.strings(nodes, around)))

    def settle(self, text: str) -> str:
        """See `settle`."""
        return settle(text)

    def one_line(self, text: str) -> str:
        """See `on_one_line`."""
        return on_one_line(text)

    def level(self, level: int) -> int:
        """The level to write for a heading: that of the HTML, but that no level is skipped on
        the way down, as mystmd would warn of it."""
        if not self.whole:
            known = self.ctx.record.levels
            above = [one for one in known if one < level]
            if level not in known and above:
                known[level] = min(level, known[max(above)] + 1)
            return known.get(level, level)
        while self.levels and self.levels[-1][0] >= level:
            self.levels.pop()
        written = min(self.levels[-1][1] + 1, level) if self.levels else level
        self.levels.append((level, written))
        return written

    def footnote_label(self, name: str) -> str:
        """The name to write for a footnote; in Markdown pages none that the page itself has."""
        return f"html-{name}" if self.ctx.page.format == "markdown" else name

    def account(self, text: str) -> None:
        """These words of the HTML need not be found in the result."""
        if text:
            self.accounted.append(text)

    def report(self, code: str, near: str, **values: object) -> None:
        """Report at the place where `near` stands in the HTML."""
        self.ctx.report(code, self.place(near), **values)

    def place(self, near: str) -> int:
        """Where `near` stands in the HTML; its beginning where it isn't found."""
        many = len(self.ctx.record.diagnostics) > 200
        return 0 if many or not near else max(self.html.find(near), 0)

    def link(self, destination: str) -> str:
        """The destination to write for a link, with its spaces and brackets made safe."""
        return encyclopedic(self._located(destination, self.ctx.link))

    def image(self, destination: str) -> str:
        """The path to write for a file that the page shows."""
        return self._located(destination, self.ctx.image)

    def _located(self, destination: str, ask: Callable[[str, int], str]) -> str:
        """Ask the context; only if it has something to say, find out where."""
        said = self.ctx.record.diagnostics
        before = len(said)
        written = ask(destination, 0)
        if len(said) > before and (at := self.place(destination)):
            del said[before:]
            written = ask(destination, at)
        return written

    def named(self, node: Tag, text: str) -> str:
        """The text with the target that a link of the site needs; headings write their own."""
        if not self.labels or node.name in structure.HEADINGS:
            return text
        name = attribute(node, "id") or (attribute(node, "name") if node.name == "a" else "")
        if not name or name not in self.labels or not text.strip() or text.startswith("[^"):
            return text
        label = self.ctx.label(name)
        if label is None:
            return text
        if text[0] == "\n":
            return f"\n\n{myst.target(label)}\n{text.lstrip(chr(10))}"
        before = text[: len(text) - len(text.lstrip())]
        after = text[len(text.rstrip()) :]
        return before + myst.role(f"span #{label}", text.strip()) + after

    def meet(self, node: Tag) -> None:
        """An element that we know nothing of: its content is kept, and said once."""
        if node.name not in self.unknown:
            self.unknown.add(node.name)
            self.report("HM506", f"<{node.name}", tag=node.name)


def append(parts: list[str], text: str, space: str = "\n\n") -> None:
    """Add a block to those before it."""
    if text:
        if parts:
            parts.append(space)
        parts.append(text)


def block(text: str) -> str:
    """Text as a block among others."""
    return f"\n\n{text}\n\n" if text else ""


def settle(text: str) -> str:
    """Inline text as a paragraph, block text without the empty lines around it."""
    return text.strip("\n") if text[:1] == "\n" else paragraph(text)


def on_one_line(text: str) -> str:
    """Text without line breaks."""
    if "\n" in text or BREAK in text or "  " in text:
        text = " ".join(text.replace("\\\n", " ").replace(BREAK, " ").split(" "))
        text = _SPACES.sub(" ", text)
    return text.strip(" ")


def paragraph(text: str) -> str:
    """A paragraph of inline text: hard breaks written, line starts escaped; two breaks in a row
    begin a new paragraph, as they look like one."""
    if BREAK not in text:
        text = text.strip(" ")
        return myst.escape_line_start(text) if text.strip("\xa0") else ""
    paragraphs: list[list[str]] = [[]]
    for part in _BREAKS.split(text):
        if part := part.strip(" "):
            paragraphs[-1].append(myst.escape_line_start(part))
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join("\\\n".join(lines) for lines in paragraphs if lines)
