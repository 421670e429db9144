"""The form of a theme file: what a shortcode, an HTML element or a key becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Type = Literal["", "markdown", "text", "raw", "path", "url", "page", "pixels", "file"]
"""How a parameter's value is written: Markdown to convert, text to escape, as it stands, a file
of the site, a link, a page as `ref` finds it, a number of pixels; empty: by its place in `myst`."""

Inner = Literal["none", "markdown", "text", "html", "toml", "yaml", "children"]
"""What a paired call holds."""

Verb = Literal["myst", "function", "drop", "keep", "text", "hugo"]
"""Fill in `myst`, ask a function, leave out, leave in a code block, or only the inner text."""

TYPES = ("markdown", "text", "raw", "path", "url", "page", "pixels", "file")
INNERS = ("none", "markdown", "text", "html", "toml", "yaml", "children")
VERBS = ("drop", "keep", "text", "hugo")
RULE_KEYS = (
    "params", "map", "inner", "paired", "parent", "myst", "inline", "place", "function", "silent",
    "as_typed", "aliases", *VERBS,
)  # fmt: skip
PARAM_KEYS = ("pos", "default", "type", "names")
HTML_KEYS = ("select", "directive", "title", "unwrap", "drop", "options")
"""The keys that a file may have for a shortcode, a parameter of one, an element."""


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a shortcode."""

    pos: int | None = None
    """Its place among positional parameters, from 0."""
    default: str = ""
    type: Type = ""
    names: tuple[str, ...] = ()
    """Other spellings."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one shortcode becomes."""

    name: str
    theme: str = ""
    params: Mapping[str, Param] = field(default_factory=dict)
    map: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Parameter -> {Hugo's value in lower case: MyST's, "*": any other}."""
    inner: Inner = "markdown"
    paired: bool | None = None
    """None: may be either."""
    parent: str = ""
    verb: Verb = "myst"
    myst: str = ""
    inline: str = ""
    """The form in running text, headings and cells; empty: made from `myst`."""
    place: Literal["block", "inline"] = "block"
    function: str = ""
    """`module.name` below `migrate.shortcodes`; of a user's function its file, name and hash."""
    call: Callable[..., str | None] | None = field(default=None, repr=False)
    """The user's own function. Not shown: its address would differ from run to run."""
    silent: bool = False
    """A drop that needs no word: the reader of Hugo's page saw nothing either."""
    as_typed: bool = False
    """Called by `<`, the theme's template prints the inner Markdown as it was typed."""


@dataclass(frozen=True, slots=True)
class HtmlRule:
    """What an HTML element of the theme's becomes."""

    select: str
    """`tag.class.class`, tag or classes may be missing: `div.alert.alert-warning`, `.lead`."""
    directive: str = ""
    """Name of the directive around its content; empty with `unwrap` or `drop`."""
    title: str = ""
    """Selector of the descendant that is the directive's argument."""
    unwrap: bool = False
    """Only its content."""
    drop: bool = False
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        """The tag that it asks for, or empty."""
        return self.select.partition(".")[0]

    @property
    def classes(self) -> frozenset[str]:
        """The classes that the element must have, all of them."""
        return frozenset(self.select.split(".")[1:])


@dataclass(frozen=True, slots=True)
class Detect:
    """How a theme is recognised; all in lower case."""

    themes: frozenset[str] = frozenset()
    """Names in `theme:`, in `themes/`, or last part of a module path."""
    modules: tuple[str, ...] = ()
    """Globs on module paths."""
    sites: tuple[str, ...] = ()
    """Host names (or the exact title) of the one site that the file is about."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme file, read and validated."""

    name: str
    detect: Detect = Detect()
    shortcodes: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    """Name in lower case -> its rules; more than one where the parent decides."""
    html: tuple[HtmlRule, ...] = ()
    captions: Literal["title", "alt", ""] = ""
    """What the theme's image hook shows below a Markdown image: its title or its alt text."""
    alerts: bool = False
    """The theme's blockquote hook draws `> [!KIND]` as a box, whatever the kind."""
    frontmatter: Mapping[str, Any] = field(default_factory=dict)
    """Key of Hugo's (in lower case) -> key of MyST's, or null to drop."""
    fallback: bool = False
    """Entries of themes that the site doesn't name: only for names that nothing else knows."""
