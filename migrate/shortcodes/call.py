"""A call with all that a mapping may ask of it: parameters by name, body, children, links."""

from __future__ import annotations

import posixpath
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from migrate import myst
from migrate.context import Context
from migrate.model import Page, Shortcode, Value
from migrate.read.lexer import lex
from migrate.themes import Param, Rule

_PLAIN = re.compile(r"[\w ,;()\-]*(?<!-)")
_NEEDS_BLOCK = re.compile(r"\n\s*\n|^\s*(?:[-*+]|\d+[.)]|>|#{1,6}|```|~~~|:::|\{\{)[ \n{%<]?", re.M)
_BAR = re.compile(r"(?<=\|)[ \t]*\n\|[ \t]*\Z")
"""Below a table the bar that a formatter put before a closing tag."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NO_PARAM = Param()


class Place(StrEnum):
    """Where a call stands, which decides the form of what it becomes."""

    BLOCK = "block"
    """Alone on its lines; the result is one or more blocks."""
    ITEM = "item"
    """Alone at the start of a list item or quote; blocks too."""
    INLINE = "inline"
    """In running text: one line of inline MyST."""
    HEADING = "heading"
    CELL = "cell"
    """In a pipe table's cell: inline, `|` escaped."""
    CODE = "code"
    """In a code span or block: plain text, nothing escaped."""
    DESTINATION = "destination"
    """In a link's or image's destination: plain text, blanks and brackets encoded."""
    ATTRIBUTE = "attribute"
    """In an HTML attribute: plain text."""

    @property
    def is_block(self) -> bool:
        """Blocks may stand here."""
        return self in (Place.BLOCK, Place.ITEM)

    @property
    def is_plain(self) -> bool:
        """No markup may stand here."""
        return self in (Place.CODE, Place.DESTINATION, Place.ATTRIBUTE)


class Nested(Protocol):
    """Converts a call inside another one."""

    def __call__(
        self, call: Shortcode, text: str, ctx: Context, where: Place, parent: str = ""
    ) -> str: ...


@dataclass(frozen=True, slots=True)
class Call:
    """One call, as the function or the text of a mapping sees it."""

    shortcode: Shortcode
    text: str
    """What the spans of `shortcode` index."""
    ctx: Context
    rule: Rule
    place: Place
    nested: Nested
    data: Mapping[str, Value] = field(default_factory=dict)
    """Values of a TOML or YAML body, or what a function found: they win over parameters."""

    @property
    def name(self) -> str:
        """The shortcode's name as typed."""
        return self.shortcode.name

    @property
    def args(self) -> tuple[str, ...]:
        """Positional parameters as text."""
        return tuple(shown(value) for value in self.shortcode.args)

    def get(self, name: str, default: str = "") -> str:
        """The value of a parameter as typed, by name or position, mapped; else its default.

        A default is mapped like any value, and stands as it is where the table doesn't name it.
        """
        value = self._raw(name)
        table = self.rule.map.get(name, {})
        if value == "":
            value = self.rule.params.get(name, _NO_PARAM).default
            value = table.get(value.lower(), value)
        elif table:
            value = table.get(value.lower(), table.get("*", value))
        return value or default

    def _raw(self, name: str) -> str:
        if name in self.data:
            return shown(self.data[name])
        kwargs = self.shortcode.kwargs
        param = self.rule.params.get(name)
        if param is None:
            if any(name in one.names for one in self.rule.params.values()):
                return ""
            param = _NO_PARAM
        for spelling in (name, *param.names):
            if spelling in kwargs:
                return shown(kwargs[spelling])
        if kwargs:
            wanted = {spelling.lower() for spelling in (name, *param.names)}
            for key, value in kwargs.items():
                if key.lower() in wanted:
                    return shown(value)
        if param.pos is not None and param.pos < len(self.shortcode.args):
            return shown(self.shortcode.args[param.pos])
        return ""

    def typed(self, name: str) -> str:
        """The value of a parameter as typed, without its map and its default."""
        return self._raw(name)

    def has(self, name: str) -> bool:
        """The call itself gives the parameter."""
        return self._raw(name) != ""

    def is_true(self, name: str) -> bool:
        """The parameter is set to something that means yes."""
        return self.get(name).lower() in ("true", "1", "yes", "on", name.lower())

    def markdown(self, text: str, *, block: bool = False) -> str:
        """A value that is Markdown: inline, or blocks where it needs them and may have them."""
        text = text.strip("\r\n")
        if _PLAIN.fullmatch(text):
            return text.strip()
        if block and self.place.is_block and _NEEDS_BLOCK.search(text):
            return self.ctx.markdown(text, self._where(text)).strip("\r\n")
        converted = self.ctx.markdown(text.strip(), self._where(text), inline=True)
        return " ".join(converted.split("\n")).strip()

    def escape(self, text: str) -> str:
        """A value that is plain text, as MyST."""
        return myst.escape(
            " ".join(text.split()),
            dollar=self.ctx.plan.math,
            in_table=False,
        )

    def path(self, value: str) -> str:
        """The file `value` as it must be written; page resource, static file, or elsewhere."""
        return self.ctx.image(value, self.shortcode.start)

    def link(self, value: str) -> str:
        """The destination `value` as it must be written."""
        return self.ctx.link(value, self.shortcode.start)

    def ref(self, value: str) -> str:
        """The page `value`, as Hugo's `ref` finds it, as it must be written."""
        return self.ctx.ref(value, self.shortcode.start)

    def is_file(self, value: str) -> bool:
        """`value` is a file of the site."""
        return self.ctx.plan.links.resolve_file(value, self.ctx.page).kind == "asset"

    def file(self, value: str) -> str | None:
        """The text of a file that a parameter of type `file` names; None: there is none."""
        files = self.ctx.plan.files
        for name in candidates(value, self.ctx.page):
            if name in files:
                return files[name]
        return None

    def inner(self) -> str:
        """The inner text as typed, without common indentation and outer line breaks."""
        call = self.shortcode
        if not call.paired:
            return shown(call.kwargs.get("inner", ""))
        raw = self.text[call.inner_start : call.inner_end]
        if "\n" not in raw:
            return raw
        return _BAR.sub("", _dedent(raw)).strip("\r\n")

    def literal(self) -> str:
        """The inner text for a code block: calls in it as their plain text, escapes undone."""
        inner = self.inner()
        found = lex(inner, self.ctx.plan.closers)
        spans = [(start, end, text) for start, end, text in found.escapes]
        ctx = self.ctx.nested(self.shortcode.inner_start)
        for child in found.calls:
            spans = [one for one in spans if not child.start <= one[0] < child.end]
            spans.append((child.start, child.end, self.nested(child, inner, ctx, Place.CODE)))
        return splice(inner, spans)

    def body(self) -> str:
        """The inner text converted, in the form that the place can hold."""
        inner = self.inner()
        if not inner.strip():
            return ""
        at = self.shortcode.inner_start
        inline = not self.place.is_block
        if self.rule.inner == "text":
            literal = self.literal()
            return self.escape(literal) if inline else literal.strip("\r\n")
        convert = self.ctx.html if self.rule.inner == "html" else self.ctx.markdown
        converted = convert(inner.strip() if inline else inner, at, inline=inline)
        if inline:
            return " ".join(converted.split("\n")).strip()
        return converted.strip("\r\n")

    def children(self) -> list[str]:
        """The converted parts of the body: calls one by one, and the text between them."""
        parts: list[str] = []
        at = self.shortcode.inner_start
        place = Place.BLOCK if self.place.is_block else Place.INLINE
        for child in self.shortcode.children:
            parts.append(self._between(at, child.start))
            parts.append(self.nested(child, self.text, self.ctx, place, self.name.lower()))
            at = child.end
        parts.append(self._between(at, self.shortcode.inner_end))
        return [part for part in parts if part.strip()]

    def _between(self, start: int, end: int) -> str:
        between = self.text[start:end]
        if not between.strip():
            return ""
        between = textwrap.dedent(between).strip("\r\n")
        inline = not self.place.is_block
        return self.ctx.markdown(between, start, inline=inline).strip("\r\n")

    def _where(self, text: str) -> int:
        """Where a value stands in the call, for the line of a diagnostic."""
        first = text.strip().split("\n", 1)[0]
        call = self.shortcode
        found = self.text.find(first, call.start, call.end) if first else -1
        return found if found >= 0 else call.start


def shown(value: Value) -> str:
    """A parameter or a datum as Hugo prints it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, (list, tuple)):
        return ", ".join(shown(one) for one in value)
    return str(value)


def candidates(value: str, page: Page) -> list[str]:
    """Paths from the site's root where Hugo's templates look for a file, the nearest first."""
    value = value.strip()
    relative = value.lstrip("/")
    places = [_content_root(page), "content", "assets", "static", "data", ""]
    if page.source is not None and not value.startswith("/"):
        places.insert(0, posixpath.dirname(str(page.source)))
    names = (posixpath.normpath(posixpath.join(place, relative)) for place in dict.fromkeys(places))
    return [name for name in names if not name.startswith(("..", "/"))]


def _content_root(page: Page) -> str:
    """The folder that the page's logical path begins in: `content`, `content/en`, a mount's."""
    if page.source is None:
        return "content"
    below = len([part for part in page.logical.split("/") if part])
    if page.source.name.partition(".")[0] in ("index", "_index"):
        below += 1
    parts = page.source.parts
    return "/".join(parts[: max(len(parts) - below, 0)]) if below else ""


def pixels(value: str) -> str:
    """A length: a bare number is pixels."""
    value = value.strip()
    return value + "px" if _NUMBER.fullmatch(value) else value


def splice(text: str, spans: list[tuple[int, int, str]]) -> str:
    """`text` with spans replaced; they don't overlap."""
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(spans):
        parts += (text[at:start], new)
        at = end
    return "".join([*parts, text[at:]])


def _dedent(text: str) -> str:
    """The body without its common indentation.

    A body that is indented as a whole is laid out so, below an opener at the margin too: it is
    no code block, as little as its author meant one.
    """
    first, newline, rest = text.partition("\n")
    if not first.strip():
        return textwrap.dedent(rest)
    return first.lstrip() + newline + textwrap.dedent(rest)
