"""Blocks of a landing page: the `sections` that Hugo Blox keeps in front matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from migrate.model import Page, Site, Value

_DEEPEST = 12
"""Nesting of lists and mappings below which no text is looked for."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a landing page."""

    name: str
    """`hero`, `markdown`, `collection` …, in lower case."""
    content: Mapping[str, Value] = field(default_factory=dict)
    design: Mapping[str, Value] = field(default_factory=dict)
    id: str = ""


def blocks(page: Page) -> list[Block]:
    """The blocks of a page in order; empty for a page that has none."""
    sections = page.front.get("sections")
    if not isinstance(sections, list):
        params = page.front.get("params")
        sections = params.get("sections") if isinstance(params, Mapping) else None
    found = []
    for section in sections if isinstance(sections, list) else ():
        if not isinstance(section, Mapping):
            continue
        name = section.get("block") or section.get("widget")
        if not isinstance(name, str) or section.get("active") is False:
            continue
        content, design = section.get("content"), section.get("design")
        found.append(
            Block(
                name.strip().lower(),
                content if isinstance(content, Mapping) else {},
                design if isinstance(design, Mapping) else {},
                str(section.get("id") or ""),
            )
        )
    return found


_HEADS = re.compile(r"\{\{[<%]\s*(?:blocks/cover|hextra/hero-headline)\b", re.I)
"""Shortcodes of Docsy and Hextra that make the head of a landing page."""


def is_landing(page: Page) -> bool:
    """The page is a landing page written with shortcodes: it shows a head in place of its title."""
    return "{{" in page.body and _HEADS.search(page.body) is not None


HEROES = ("hero", "homeinfoparams", "profilemode")
"""Parameters that open a front page: of many themes, and PaperMod's two."""


def heroes(page: Page, site: Site) -> Iterator[Mapping[str, Value]]:
    """The parameters of the site, or of the page's language, that make the head of a front page."""
    params = parameters(page, site) if page.kind == "home" else {}
    for key in HEROES:
        value = params.get(key)
        if isinstance(value, Mapping) and value.get("enabled", value.get("enable")) is not False:
            yield value


def parameters(page: Page, site: Site) -> dict[str, Value]:
    """The site's parameters, those of the page's language stronger."""
    own = next((one.params for one in site.languages if one.code == page.language), {})
    return {**site.params, **own}


def ids(page: Page) -> list[str]:
    """The anchors that the blocks of a page have."""
    return [block.id for block in blocks(page) if block.id]


def with_calls(pages: Iterable[Page]) -> Iterator[tuple[Page, str]]:
    """The texts in which shortcodes may be called: bodies and blocks of landing pages."""
    for page in pages:
        for text in (page.body, *_block_texts(page)):
            if "{{<" in text or "{{%" in text:
                yield page, text


def _block_texts(page: Page) -> Iterator[str]:
    if "sections" in page.front or "params" in page.front:
        for block in blocks(page):
            yield from (text for text in strings(block.content) if "{{" in text)


def strings(value: Value, depth: int = 0) -> Iterator[str]:
    """All texts in a value."""
    if isinstance(value, str):
        yield value
    elif depth < _DEEPEST and isinstance(value, (Mapping, list)):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from strings(item, depth + 1)


NAMES = ("title", "name", "heading", "question")
_WORDS = ("description", "desc", "text", "content", "summary", "blurb", "body", "answer")


def data_lists(page: Page) -> dict[str, list[Mapping[str, Value]]]:
    """Lists in a page's front matter that hold texts under names, which only a layout can show:
    key -> entries."""
    found: dict[str, list[Mapping[str, Value]]] = {}
    for key, value in page.front.items():
        own_layout = key == page.front.get("layout")  # which shows nothing else
        if not isinstance(value, list) or (key in _NOT_SHOWN and not own_layout):
            continue
        entries = [item for item in value if isinstance(item, Mapping)]
        if len(entries) == len(value) and any(_is_shown(entry) for entry in entries):
            found[key] = entries
    return found


_NOT_SHOWN = frozenset(
    ("sections", "resources", "authors", "author", "cascade", "menus", "menu", "social", "links")
)


def data_parts(page: Page) -> dict[str, Value]:
    """What else a layout shows of a home or section page's front matter: mappings with running
    text, lists of short texts with the same names."""
    if page.kind not in ("home", "section"):
        return {}
    lists = data_lists(page)
    return {
        key: value
        for key, value in page.front.items()
        if key not in _NOT_SHOWN
        and key not in _SETTINGS
        and key not in lists
        and (_tells(value) if isinstance(value, Mapping) else is_short(value))
    }


_SETTINGS = frozenset(
    "header cover image banner seo params build design sitemap outputs toc editpost share comments"
    " card twitter og opengraph thumbnail featured_image aliases tags categories headers scripts"
    " styles assets translations breadcrumbs sidebar params".split()
)
"""Mappings and lists that steer the theme."""


def _tells(value: Mapping[str, Value]) -> bool:
    if value.get("enable", value.get("enabled")) is False:
        return False
    return any(_is_prose(value.get(key)) for key in _WORDS) or any(
        isinstance(inner, list) and inner and all(map(_tells_of, inner)) for inner in value.values()
    )


def _tells_of(entry: Value) -> bool:
    return isinstance(entry, Mapping) and any(_is_prose(entry.get(key)) for key in _WORDS)


def _is_prose(value: Value) -> bool:
    return isinstance(value, str) and len(value.split()) > 2


def is_told(value: Value) -> bool:
    """Whether data have something to read: running text, or named entries with some."""
    if isinstance(value, Mapping):
        return _tells(value)
    entries = value if isinstance(value, list) else []
    return any(isinstance(entry, Mapping) and _is_shown(entry) for entry in entries)


def is_short(value: Value) -> bool:
    """A list of mappings with the same two to four names, all of texts."""
    if not isinstance(value, list) or not value or not isinstance(value[0], Mapping):
        return False
    names = value[0].keys()
    return 2 <= len(names) <= 4 and all(
        isinstance(entry, Mapping)
        and entry.keys() == names
        and all(isinstance(text, str) and text for text in entry.values())
        for entry in value
    )


def _is_shown(entry: Mapping[str, Value]) -> bool:
    named = any(isinstance(entry.get(key), str) for key in NAMES)
    return named and any(isinstance(entry.get(key), str) and entry[key] for key in _WORDS)
