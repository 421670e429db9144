"""Hugo's front matter to MyST's: accepted keys in one fixed order, the rest under `options`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from migrate.context import Context
from migrate.convert import equations, keys
from migrate.convert.calls import render_text
from migrate.convert.pictures import find, is_banner, picture, use
from migrate.convert.plaintext import plain, plain_title, with_emojis
from migrate.convert.publications import add_publication
from migrate.convert.yamltext import dump
from migrate.model import Page, Target, Value
from migrate.read import people
from migrate.read.blocks import blocks, data_lists, data_parts, heroes, is_landing
from migrate.read.contacts import contacts

__all__ = ["dump", "front_matter", "title"]

_H1 = re.compile(r"\s{0,3}(?:#[ \t]+\S|[^\s#>*+`~:%|{<\[-][^\n]*\n=+[ \t]*(?:\n|$))")
_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")

ORDER = (
    "title", "subtitle", "short_title", "description", "date", "authors", "editors", "tags",
    "keywords", "thumbnail", "banner", "license", "copyright", "doi", "arxiv", "venue",
    "edit_url", "bibliography", "abstract", "downloads", "math", "site", "options",
)  # fmt: skip


def front_matter(page: Page, ctx: Context) -> dict[str, Any]:
    """The front matter of the MyST page, in the order in which it is written."""
    front = _renamed(_flat(page.front), ctx)
    found: dict[str, Any] = {"title": title(page, ctx)}
    used = {*data_lists(page), *data_parts(page)}
    _add_texts(front, found, used, ctx)
    if day := _day(page, front):
        found["date"] = day
    _add_people(page, found, used, ctx)
    _add_subjects(page, front, found, used, ctx)
    _add_pictures(page, front, found, used, ctx)
    add_publication(front, found, used, ctx)
    if ctx.plan.math and (commands := equations.definitions(page.body)):
        found["math"] = commands
    if switches := _site(page, front, ctx):
        found["site"] = switches
    if options := dict(_options(front, found, used)):
        found["options"] = options
    return {key: found[key] for key in ORDER if found.get(key) not in (None, "", [], {})}


def title(page: Page, ctx: Context) -> str:
    """The page's title as plain text; empty where the body's own first heading is the title."""
    raw = page.front.get("title")
    text = str(raw) if raw not in (None, "") else page.title
    text = render_text(text, ctx) if "{{" in text else text
    markdown = any(keys.RENDERS_TITLES.search(module) for module in ctx.plan.site.modules)
    if text := _shown(plain_title(text, markdown=markdown), ctx):
        return text
    if page.kind == "page" and _H1.match(page.body.lstrip("\ufeff\r\n")):
        return ""
    return _title_elsewhere(page, ctx)


def _title_elsewhere(page: Page, ctx: Context) -> str:
    """A title for a page that has none: its link title, its first block's, its place's name."""
    if isinstance(link := page.front.get("linktitle"), str) and link.strip():
        return plain(link)
    if page.kind == "home" and ctx.plan.site.title:
        return plain_title(ctx.plan.site.title, markdown=False)
    for block in blocks(page):
        words = block.content.get("title")
        if isinstance(words, str) and plain(words):
            return plain(words)
    if page.kind == "home":
        return "Home"
    name = ctx.plan.places[page.identity].with_suffix("").name
    name = ctx.plan.places[page.identity].parent.name if name == "index" else name
    words = re.sub(r"[-_]+", " ", name).strip()
    return words[:1].upper() + words[1:] or "Untitled"


def _flat(front: Mapping[str, Value]) -> dict[str, Value]:
    """Keys of the page, those under `params` stronger, as Hugo's `.Params` has them."""
    params = front.get("params")
    flat = {str(key): value for key, value in front.items() if key != "params"}
    if isinstance(params, Mapping):
        flat.update({str(key): value for key, value in params.items()})
    return flat


def _renamed(front: dict[str, Value], ctx: Context) -> dict[str, Value]:
    """Keys under the names that a theme's or the user's `frontmatter` gives them; null drops."""
    for theme in ctx.plan.themes:
        for key, name in theme.frontmatter.items():
            if key in front:
                value = front.pop(key)
                if name:
                    front.setdefault(str(name), value)
    return front


def _add_texts(
    front: Mapping[str, Value], found: dict[str, Any], used: set[str], ctx: Context
) -> None:
    if text := _words(front.get("subtitle"), ctx):
        found["subtitle"] = text
    if venue := _words(front.get("publication"), ctx):
        found["venue"] = venue
        used.add("publication")
    link = _words(front.get("linktitle"), ctx)
    if link and link != found["title"]:
        found["short_title"] = link
    for key in ("description", "summary", "excerpt", "lead", "deck", "seo"):
        text = _words(front.get(key), ctx)
        if text and "description" not in found:
            found["description"] = text
            used.add(key)
        elif not text or text == found.get("description"):
            used.add(key)


def _words(value: Value, ctx: Context) -> str:
    if isinstance(value, Mapping):
        return ""
    if isinstance(value, list):
        value = " ".join(str(item) for item in value)
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        return ""
    text = str(value)
    return _shown(plain(render_text(text, ctx) if "{{" in text else text), ctx)


def _shown(text: str, ctx: Context) -> str:
    """Plain text with emoji where the theme makes them of their names."""
    if ":" not in text:
        return text
    modules = ctx.plan.site.modules
    return with_emojis(text) if any(map(keys.SHOWS_EMOJIS.search, modules)) else text


def _day(page: Page, front: Mapping[str, Value]) -> date | None:
    """The page's own date, also in spellings that Hugo refuses; a list page's newest page gives
    it none."""
    text = page.date
    if page.kind != "page" and not front.get("date"):
        return None
    if not text or text.startswith("0001"):
        text = ""
        value = front.get("date")
        loose = _DATE.match(value.strip()) if isinstance(value, str) else None
        if loose and loose[1] != "0001":
            text = f"{loose[1]}-{int(loose[2]):02}-{int(loose[3] or 1):02}"
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _add_people(page: Page, found: dict[str, Any], used: set[str], ctx: Context) -> None:
    if people.is_profile(page):
        used.update((*people.AUTHOR_KEYS, *keys.PROFILE, *contacts(page.front)))
        return

    def known(mentions: list[people.Mention]) -> list[str]:
        return [ctx.plan.authors.get(mention.name, mention.name) for mention in mentions]

    ids = known(people.mentions(page.front))
    # One who is named by the weaker of the keys alone is kept as any key is.
    used.update(
        key
        for key in people.AUTHOR_KEYS
        if set(known(people.mentioned(page.front.get(key)))).issubset(ids)
    )
    if ids:
        found["authors"] = list(dict.fromkeys(ids))
    for key in ("editors", "editor"):
        value = page.front.get(key)
        if isinstance(value, list) and (names := [m.name for m in people.mentioned(value)]):
            found["editors"] = names
            used.add(key)
            break


def _add_subjects(
    page: Page, front: Mapping[str, Value], found: dict[str, Any], used: set[str], ctx: Context
) -> None:
    """Terms of every taxonomy become tags: MyST has one list of them, and no term pages."""
    taxonomies = ctx.plan.site.taxonomies
    names = [*keys.SERIES, *(name for name in taxonomies if name not in keys.SERIES)]
    terms: list[str] = []
    for name in names:
        if name in keys.NOT_TAGS or (page.kind == "term" and name not in front):
            continue
        if values := _strings(front.get(name), split=False):
            terms += values
            used.add(name)
    unique = {term.casefold(): term for term in reversed(terms)}
    found["tags"] = list(unique.values())[::-1]
    keywords = _strings(front.get("keywords"), split=True)
    found["keywords"] = [word for word in keywords if word.casefold() not in unique]


def _strings(value: Value, *, split: bool) -> list[str]:
    """A list of texts; one text is one term, or words at commas with `split`."""
    if isinstance(value, str):
        value = value.split(",") if split else [value]
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        value = [value]
    if not isinstance(value, list):
        return []
    flat = [plain(str(item)) for item in value if isinstance(item, (str, int, float, date))]
    return list(dict.fromkeys(item for item in flat if item))


def _add_pictures(
    page: Page, front: Mapping[str, Value], found: dict[str, Any], used: set[str], ctx: Context
) -> None:
    shown = picture(page, ctx)
    if shown is None:
        return
    found["thumbnail"] = use(shown.target, ctx)
    if is_banner(shown):
        found["banner"] = found["thumbnail"]
    used.add(shown.key)
    words = {"alt": plain(shown.alt), "caption": plain(shown.caption)}
    if words := {key: value for key, value in words.items() if value}:
        found["options"] = {f"image_{key}": value for key, value in words.items()}
    for key in keys.IMAGE_KEYS:
        value = front.get(key)
        if isinstance(value, list) and (more := _further(value, shown.target, page, ctx)):
            found.setdefault("options", {})[key] = more
        if key == shown.key or value in (None, "", [], {}):
            continue
        if isinstance(value, str):
            other = find(value, page, ctx)
            if other == shown.target:
                used.add(key)
            elif other is not None and key in keys.BANNER_KEYS and "banner" not in found:
                found["banner"] = use(other, ctx)
                used.add(key)
        elif isinstance(value, Mapping) and not any(value.get(name) for name in keys.IMAGE_FIELDS):
            for name in ("alt", "caption"):
                if isinstance(value.get(name), str) and (text := plain(value[name])):
                    found.setdefault("options", {}).setdefault(f"image_{name}", text)
            used.add(key)
    if not shown.key:
        used.add("image")


def _further(names: list[Value], shown: Target, page: Page, ctx: Context) -> list[str]:
    """The other files of a list of pictures, which go along."""
    targets = (find(name, page, ctx) for name in names if isinstance(name, str))
    return [use(one, ctx) for one in targets if one is not None and one != shown]


def _site(page: Page, front: Mapping[str, Value], ctx: Context) -> dict[str, bool]:
    """Parts of the page's frame that the page switches off."""
    found = {}
    for option, (when_false, when_true) in keys.HIDE.items():
        off = any(front.get(key) is False for key in when_false)
        if off or any(front.get(key) is True for key in when_true):
            found[option] = True
    if blocks(page) or is_landing(page) or any(heroes(page, ctx.plan.site)):
        found = {"hide_outline": True, "hide_toc": True, "hide_title_block": True, **found}
    return found


def _options(
    front: Mapping[str, Value], found: Mapping[str, Any], used: set[str]
) -> Iterator[tuple[str, Any]]:
    """What else the page says, for a theme or plugin to use; mystmd takes any key there."""
    given = found.get("options", {})
    yield from given.items()
    for key, value in front.items():
        if key in used or key in given or key in keys.PRESENTATION:
            continue
        if key in keys.CONSUMED and not (key in ("summary", "excerpt", "lead", "deck") and value):
            continue
        if isinstance(value, bool) and (key in keys.RESERVED or keys.SWITCH.fullmatch(key)):
            continue
        if key == "lastmod" and _plain_value(value) == str(found.get("date", "")):
            continue
        kept = _plain_value(value)
        if kept not in (None, "", [], {}):
            yield f"hugo_{key}" if key in keys.RESERVED else key, kept


def _plain_value(value: Value, depth: int = 0) -> Any:
    """A value that YAML writes and mystmd reads back the same; empty parts are left out."""
    if isinstance(value, datetime):
        return value.date().isoformat() if not any(value.timetuple()[3:6]) else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, Mapping) and depth < 20:
        items = ((str(key), _plain_value(item, depth + 1)) for key, item in value.items())
        return {key: item for key, item in items if item not in (None, "", [], {})}
    if isinstance(value, (list, tuple)) and depth < 20:
        return [item for item in (_plain_value(i, depth + 1) for i in value) if item is not None]
    return value if isinstance(value, (bool, int, float)) else str(value)
