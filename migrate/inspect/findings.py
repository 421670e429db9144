"""What an inspection finds: plain values, ready for a table on the terminal or for JSON."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Pages:
    """How many pages there are, in several ways."""

    total: int
    by_kind: dict[str, int]
    by_section: dict[str, int]
    by_language: dict[str, int]
    by_format: dict[str, int]
    """Formats of the pages that have a body."""
    withheld: dict[str, int]
    """`draft`, `future`, `expired` -> pages that Hugo doesn't publish for this reason."""


@dataclass(frozen=True, slots=True)
class ThemeFound:
    """A theme or module that the site names."""

    name: str
    here: bool
    """Its files are on the disk."""
    known: str
    """The mapping that we have for it; empty: none."""


@dataclass(frozen=True, slots=True)
class ShortcodeFound:
    """A shortcode that the site's pages call."""

    name: str
    calls: int
    pages: int
    defined: str
    """Where: a template's path, `theme <name>`, `Hugo`, `nowhere here`."""
    way: str
    """`mapping` (the user's), `theme`, `hugo` (Hugo's own), `others` (another theme's mapping),
    `rendered` (by real Hugo), `value` (a parameter of the site), `kept`."""
    becomes: str
    """In a few words, as the example shows it."""
    kept: int
    """Calls that nothing can convert."""
    params: dict[str, str]
    """Parameters that the calls give, with a value of each; positional ones are `0`, `1` …"""
    example: str
    place: str
    """`file:line` of the example."""


@dataclass(frozen=True, slots=True)
class ElementFound:
    """An element of raw HTML in the site's pages."""

    name: str
    count: int
    pages: int
    left: int
    """How many stay HTML in the project."""
    becomes: str


@dataclass(frozen=True, slots=True)
class KeyFound:
    """A key of front matter."""

    name: str
    pages: int
    becomes: dict[str, int]
    """What becomes of it -> on how many pages."""


@dataclass(frozen=True, slots=True)
class Place:
    """Something at a place in the sources."""

    source: str
    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Files:
    """Files that are no pages."""

    count: int
    size: int
    """Bytes."""
    used: int
    used_size: int
    by_suffix: dict[str, int]
    """Suffix -> bytes, the largest first."""
    largest_unused: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Content that is not written by hand in the site's own content folder."""

    kind: str
    """`submodule`, `mount`, `module`, `adapter`, `generated`, `missing`."""
    where: str
    note: str


@dataclass(frozen=True, slots=True)
class Said:
    """Diagnostics of one code."""

    code: str
    severity: str
    count: int
    message: str
    """Of the first."""
    hint: str
    place: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is left to do by hand. Minutes are a rule of thumb, see `estimate`."""

    clean: int
    """Pages that need nothing."""
    look: int
    """Pages with a place to look at."""
    by_hand: int
    """Pages that lose something unless a person helps."""
    shortcodes: int
    """Shortcodes to map."""
    minutes: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that a person should decide, with the lines for `hugo2myst.yml`."""

    question: str
    why: str
    lines: str
    """Ready to paste: one key of the file with its value."""
    likely: bool = False
    """Most people want it."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that was found in a site, before anything is written."""

    title: str
    base_url: str
    kind: str
    """`Hugo site` or `feed`."""
    pages: Pages
    themes: tuple[ThemeFound, ...]
    shortcodes: tuple[ShortcodeFound, ...]
    html: tuple[ElementFound, ...]
    frontmatter: tuple[KeyFound, ...]
    broken_links: tuple[Place, ...]
    files: Files
    elsewhere: tuple[Elsewhere, ...]
    said: tuple[Said, ...]
    estimate: Estimate
    decisions: tuple[Decision, ...] = field(default=())
