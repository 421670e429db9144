"""Context: all that a Markdown rule, an HTML rule or a shortcode function may ask.

It knows the page and the plan, answers questions about links, and gathers what is to be said of
the page. It touches no disk. The converters themselves are handed in, so that a shortcode
function can have its inner text converted without importing the layer above.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from migrate.destinations import written
from migrate.diagnostics import diagnostic
from migrate.hosts import decodable

if TYPE_CHECKING:
    from migrate.model import Asset, Diagnostic, Page, Target
    from migrate.plan import Plan


_BREAK = re.compile("\n")
_LINE_ENDS = re.compile(r"[\t\r\n]+")


class Convert(Protocol):
    """A converter of nested text: Markdown or HTML to MyST."""

    def __call__(self, text: str, ctx: Context, *, inline: bool = False) -> str: ...


@dataclass(slots=True)
class Record:
    """What one page's conversion gathers."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    assets: dict[str, Asset] = field(default_factory=dict)
    """Files the page needs, by URL."""
    calls: list[tuple[str, str]] = field(default_factory=list)
    """(shortcode name, outcome): `mapped`, `rendered`, `kept` or `dropped`."""
    links: int = 0
    asked: dict[tuple[str, str, str], str] = field(default_factory=dict)
    """(`link`, `image` or `ref`, destination, language) -> what was written: all that the page
    depends on of the link map."""
    wide: bool = False
    """The page shows other pages, found by `Context.pages`."""
    labels: set[str] = field(default_factory=set)
    """Labels that the page has written, so that none is written twice."""
    headings: dict[int, str] | None = None
    """Offset in the body -> Hugo's id of the heading there; None until something asks."""
    levels: dict[int, int] = field(default_factory=dict)
    """Heading level in the source -> level to write, so that none is left out."""
    equations: dict[str, Any] | None = None
    """See `convert.equations`; None until something asks."""
    definitions: str = ""
    """The page's link reference and footnote definitions, one a line."""
    said: dict[Diagnostic, Diagnostic] = field(default_factory=dict)
    """Each diagnostic once, so that a million equal ones take no memory."""
    breaks: list[int] | None = None
    """Offsets of the line breaks in the page's body; None until something is said."""

    def trial(self) -> Record:
        """A record for a conversion that may be thrown away."""
        return replace(
            self, diagnostics=[], assets={}, calls=[], links=0, asked={}, labels=set(self.labels)
        )

    def take(self, trial: Record) -> None:
        """Gather what a trial has gathered: its conversion is used."""
        self.diagnostics += trial.diagnostics
        self.assets |= trial.assets
        self.calls += trial.calls
        self.links += trial.links
        self.asked |= trial.asked
        self.wide = self.wide or trial.wide
        self.labels |= trial.labels


@dataclass(frozen=True, slots=True)
class Context:
    """One page, or a nested piece of it, being converted."""

    page: Page
    plan: Plan
    convert_markdown: Convert
    convert_html: Convert
    record: Record = field(default_factory=Record)
    base: int = 0
    """Offset in the page's body at which the text being converted begins."""
    depth: int = 0
    """How many shortcodes or HTML elements enclose the text being converted."""

    def nested(self, at: int) -> Context:
        """The context of a piece of text that begins at offset `at` of this context's text."""
        return replace(self, base=self.base + at, depth=self.depth + 1)

    def markdown(self, text: str, at: int = 0, *, inline: bool = False) -> str:
        """Convert Hugo's Markdown inside the page (a shortcode's inner text, a caption).

        `at` is where `text` begins in this context's text. With `inline` the result is one
        paragraph's worth of text without line breaks at its ends.
        """
        return self.convert_markdown(text, self.nested(at), inline=inline)

    def html(self, text: str, at: int = 0, *, inline: bool = False) -> str:
        """Convert HTML inside the page; see `markdown`."""
        return self.convert_html(text, self.nested(at), inline=inline)

    def report(self, code: str, at: int = 0, **values: object) -> None:
        """Say something of the place `at` in this context's text, by its code in the table."""
        offset = min(self.base + at, len(self.page.body))
        record, body = self.record, self.page.body
        if record.breaks is None:
            record.breaks = [found.start() for found in _BREAK.finditer(body)]
        line = self.page.body_line + bisect_left(record.breaks, offset)
        said = diagnostic(code, self.page.name, line, **values)
        record.diagnostics.append(record.said.setdefault(said, said))

    def pages(self) -> tuple[Page, ...]:
        """All pages of the site, for what looks others up; the page then depends on all."""
        self.record.wide = True
        return self.plan.site.pages

    def resolve(self, destination: str) -> Target:
        """What a link destination, as it stands in the page's Markdown or HTML, means."""
        return self.plan.links.resolve(destination, self.page)

    def link(self, destination: str, at: int = 0) -> str:
        """The destination to write in MyST for a link; a broken one is reported and kept."""
        return self._write("link", destination, "", at)

    def image(self, destination: str, at: int = 0) -> str:
        """The path to write in MyST for an image or another file that the page shows."""
        return self._write("image", destination, "", at)

    def ref(self, path: str, at: int = 0, language: str = "") -> str:
        """The destination to write for Hugo's `ref` or `relref` of `path`."""
        return self._write("ref", path, language, at)

    def label(self, heading_id: str) -> str | None:
        """The label to write above the heading that has this id in Hugo; None: none is needed.

        Asking marks it as written: the second time the answer is None.
        """
        label = self.plan.labels.get(self.page.identity, {}).get(heading_id)
        if label is None or label in self.record.labels:
            return None
        self.record.labels.add(label)
        return label

    def _write(self, way: str, destination: str, language: str, at: int) -> str:
        if not destination.isprintable():  # browsers leave these out of URLs, too
            destination = _LINE_ENDS.sub("", destination)
        target, text = ask(way, destination, language, self.page, self.plan)
        self.record.asked[way, destination, language] = text
        if target.kind == "missing":
            self.report("HM601", at, destination=destination)
            return text
        if target.asset is not None:
            self.record.assets[target.asset.url] = target.asset
        if target.page is not None and target.fragment and not self._reaches(target):
            self.report("HM603", at, destination=destination, fragment=target.fragment)
        if target.elsewhere:
            self.report("HM604", at, destination=destination)
        if target.repaired or (target.kind == "external" and text != target.url):
            self.report("HM602", at, destination=destination)
        if text.startswith("//"):
            text = f"https:{text}"  # mystmd takes it for a place in the project
        if text != destination:
            self.record.links += 1
        return text

    def _reaches(self, target: Target) -> bool:
        """The fragment is a heading of the target page (`top` is the page's head everywhere)."""
        assert target.page is not None
        return target.fragment == "top" or target.fragment in self.plan.labels.get(
            target.page.identity, {}
        )


def ask(way: str, destination: str, language: str, page: Page, plan: Plan) -> tuple[Target, str]:
    """What a destination means in `page` and what is written for it."""
    if way == "ref":
        target = plan.links.ref(destination, page, language)
    elif way == "image":
        target = plan.links.resolve_file(destination, page)
    else:
        target = plan.links.resolve(destination, page)
    text = destination if target.kind == "missing" else written(target, page, plan)
    return target, decodable(text)
