"""The values that flow from stage to stage: frozen, slotted, picklable, without behaviour.

Text is `str` with its line ends untouched; a span is a pair of offsets into that `str`.
Paths inside a site or a project are relative `PurePosixPath`s; a `Path` is a place on disk.
URLs of pages and assets are paths from the site's root, without host and without the path of
`baseURL`: `/blog/a/`, `/fr/blog/a/`, `/img/x.png`. Letters of any script stand as they are; only
what a path can't hold (white space, `#`, `?`, quotes) is percent-encoded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any, Literal

Value = Any
"""A value of front matter, configuration or data: str, int, float, bool, datetime, list, dict."""

Kind = Literal["home", "section", "page", "taxonomy", "term"]
"""Hugo's page kinds."""

Format = Literal["markdown", "html", "org", "asciidoc", "rst", "pandoc"]
"""What a page's body is written in."""


class Severity(StrEnum):
    """How bad a diagnostic is. `error`: content is missing or unsafe; `warning`: kept, needs a
    look; `info`: a choice that we made."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing a person should know, at its place in the sources."""

    code: str
    """Stable, `HM` and three digits; `migrate.diagnostics` has the table."""
    severity: Severity
    source: str
    """The file as the person knows it (`content/blog/a.md`), or a feed item's link."""
    line: int
    """Counted from 1; 0 where no line is meant."""
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the site that is no page: a page resource, a static file, a file of `assets/`."""

    source: PurePosixPath
    """Path from the site's root: `static/img/x.png`, `content/blog/a/b.png`."""
    file: Path
    """Where its bytes are on disk."""
    url: str
    """Where Hugo publishes it; of files in `assets/` the path below that folder, from `/`."""
    published: bool = True
    """False for files in `assets/`, which Hugo publishes only when a template asks."""


@dataclass(frozen=True, slots=True)
class Markup:
    """The site's `markup` settings that change what Markdown means (defaults: Hugo's)."""

    unsafe: bool = False
    hard_wraps: bool = False
    typographer: bool = True
    linkify: bool = True
    footnotes: bool = True
    tables: bool = True
    strikethrough: bool = True
    task_lists: bool = True
    definition_lists: bool = True
    emoji: bool = False
    auto_heading_ids: bool = True
    heading_ids: Literal["github", "github-ascii", "blackfriday"] = "github"
    heading_attributes: bool = True
    block_attributes: bool = False
    insert: bool = False
    mark: bool = False
    subscript: bool = False
    superscript: bool = False
    delete: bool = False
    passthrough_block: tuple[tuple[str, str], ...] = ()
    """Opening and closing delimiters of display math; empty where passthrough is off."""
    passthrough_inline: tuple[tuple[str, str], ...] = ()
    code_hooks: frozenset[str] = frozenset()
    """Other languages of code fences that have a hook on disk, in lower case."""
    own_link_hook: bool = False
    """The hook for links is a template on disk, which may lead anywhere."""
    own_image_hook: bool = False
    link_hook: bool = False
    """A render hook resolves link destinations (the site's, the theme's or Hugo's own)."""
    image_hook: bool = False
    image_captions: Literal["title", "alt", ""] | None = None
    """What the image hook on disk shows below an image; None where no hook is there to be read."""
    math_fences: frozenset[str] = frozenset()
    """Languages of code fences that a hook on disk typesets as math: `math`, `katex`."""
    alert_hook: bool = False
    """`> [!NOTE]` is an alert, not a plain quote (a `render-blockquote` hook, or a theme's)."""
    definition_ids: bool = False
    """The terms of definition lists have ids, as headings do (`autoDefinitionTermID`)."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site."""

    code: str
    name: str = ""
    title: str = ""
    prefix: str = ""
    """What its URLs begin with: "" or `/fr`."""
    base_url: str = ""
    """Its own `baseURL`, where each language has a host of its own."""
    weight: int = 0
    params: Mapping[str, Value] = field(default_factory=dict)
    menus: Mapping[str, tuple[MenuEntry, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of a menu, in menu order; children nested."""

    name: str
    url: str
    """As configured, or the page's URL where the entry names a page."""
    identifier: str = ""
    weight: int = 0
    children: tuple[MenuEntry, ...] = ()
    params: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """One page that Hugo publishes (or one feed item)."""

    identity: str
    """What stays the same from run to run: the source path, a feed item's GUID, or the URL of
    a page without a file."""
    source: PurePosixPath | None
    """Path from the site's root; None for a page that Hugo makes itself (a section without
    `_index.md`, a taxonomy, a term) and for feed items."""
    kind: Kind
    url: str
    title: str
    """The title as Hugo has it: for pages without one the guessed title of sections and terms,
    else empty."""
    language: str = "en"
    front: Mapping[str, Value] = field(default_factory=dict)
    """Front matter with cascade applied, keys in lower case deeply, `params` as in the file."""
    body: str = ""
    body_line: int = 1
    """Line of the source file on which the body begins, from 1."""
    format: Format = "markdown"
    date: str = ""
    """`YYYY-MM-DD`, or empty for a page without a date."""
    aliases: tuple[str, ...] = ()
    """Old URLs of the page, resolved to paths from the site's root."""
    section: str = ""
    """First folder below the content folder, `""` at its root."""
    logical: str = ""
    """Hugo's logical path, what `ref` and `GetPage` look up: `/blog/a`, no extension, no
    language, lower case; `/` for the home page."""
    bundle: bool = False
    """The page owns its folder: a leaf bundle, a section or the home page."""
    resources: tuple[Asset, ...] = ()
    """Files in the bundle's folder."""
    weight: int = 0
    translation_key: str = ""
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Taxonomy (plural name) -> URLs of the term pages the page belongs to."""

    @property
    def name(self) -> str:
        """The page as a person knows it: its file, else its identity."""
        return str(self.source) if self.source else self.identity


@dataclass(frozen=True, slots=True)
class Site:
    """A Hugo site or a feed, read."""

    source: Path | None
    """The site's root folder; None for a feed."""
    title: str
    base_url: str = ""
    base_path: str = ""
    """Path part of `baseURL` without the final slash: `""` or `/sub`."""
    hosts: tuple[str, ...] = ()
    """Host names that mean this site."""
    description: str = ""
    languages: tuple[Language, ...] = (Language("en"),)
    """The default language first."""
    config: Mapping[str, Value] = field(default_factory=dict)
    """The merged configuration, keys in lower case deeply."""
    modules: tuple[str, ...] = ()
    """Theme names and module paths, as the site names them."""
    markup: Markup = Markup()
    pages: tuple[Page, ...] = ()
    assets: tuple[Asset, ...] = ()
    """Static files, files of `assets/`, files beside pages that are in no bundle."""
    templates: Mapping[str, Path] = field(default_factory=dict)
    """Shortcode name in lower case -> the site's or local theme's own template."""
    data: Mapping[str, Value] = field(default_factory=dict)
    """`data/`, folders as nested mappings."""
    taxonomies: Mapping[str, str] = field(default_factory=dict)
    """Plural name -> singular name."""
    home_data: tuple[tuple[str, ...], ...] = ()
    """Paths of keys in `data` that the front page's template shows; see `read.homedata`."""
    macros: Mapping[str, str] = field(default_factory=dict)
    """TeX commands that the site defines, each with its backslash -> definition."""
    diagnostics: tuple[Diagnostic, ...] = ()
    withheld: tuple[tuple[PurePosixPath, str], ...] = ()
    """Files of pages that Hugo doesn't publish now, each with the reason: `draft`, `future`,
    `expired`."""
    turns: datetime | None = None
    """When the next page appears or expires, though nobody changes the sources."""

    @property
    def params(self) -> Mapping[str, Value]:
        """`params` of the configuration."""
        params = self.config.get("params")
        return params if isinstance(params, Mapping) else {}

    @property
    def runs_inline_shortcodes(self) -> bool:
        """Whether Hugo runs `{{< name.inline >}}`; without leave it shows nothing of one."""
        security = self.config.get("security")
        own = security.get("enableinlineshortcodes") if isinstance(security, Mapping) else None
        return bool(own or self.config.get("enableinlineshortcodes"))


@dataclass(frozen=True, slots=True)
class Shortcode:
    """One call of a shortcode, as Hugo's lexer reads it."""

    name: str
    """As typed; Hugo compares names in lower case."""
    markup: Literal["<", "%"]
    args: tuple[Value, ...] = ()
    """Positional parameters: quoted ones are str, bare ones str, int, float or bool."""
    kwargs: Mapping[str, Value] = field(default_factory=dict)
    """Named parameters; a call has either kind, never both."""
    start: int = 0
    """Offset of the opener's `{{` in the text that was lexed."""
    end: int = 0
    """Offset after the closer, or after the opener of a call that is not closed."""
    inner_start: int = 0
    inner_end: int = 0
    """Span of the inner text; both 0 where the call is not paired."""
    paired: bool = False
    children: tuple[Shortcode, ...] = ()
    """Calls inside the inner text, in order, with spans into the same text."""
    inline: bool = False
    """`{{< name.inline >}}`: the inner text is a template."""


TargetKind = Literal["page", "asset", "static", "external", "missing"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a link destination means.

    `page`: a page of the site; `asset`: a file we copy; `static`: something Hugo published that
    has no file in the project (a feed, a paginated list); `external`; `missing`.
    """

    kind: TargetKind
    page: Page | None = None
    asset: Asset | None = None
    fragment: str = ""
    """Without `#`."""
    url: str = ""
    """For `external` and `static`: the destination to write."""
    repaired: bool = False
    """The destination led nowhere as typed and was understood all the same."""
    elsewhere: bool = False
    """External, on a host of the site: something else that is served there."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the span `start` to `end` by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the MyST project."""

    path: PurePosixPath
    """From the project's root."""
    data: bytes | Path
    """Its bytes, or the file to copy."""
    identity: str
    """Identity of the page or asset that it comes from."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A page after conversion."""

    output: Output
    assets: tuple[Asset, ...] = ()
    """Files that the page shows or links to."""
    diagnostics: tuple[Diagnostic, ...] = ()
    calls: tuple[tuple[str, str], ...] = ()
    """(shortcode name, outcome) of each call: `mapped`, `rendered`, `kept`, `dropped`."""
    links: int = 0
    """Links and images that were rewritten."""
    asked: tuple[tuple[str, str, str, str], ...] = ()
    """(way, destination, language, what was written): the part of the link map it depends on."""
    wide: bool = False
    """It shows other pages, and changes with them."""


def natural(text: str) -> int | None:
    """The number that at most nine ASCII digits say; None for anything else: Python's `isdigit`
    takes `²`, and its `int` neither that nor 5000 digits."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
