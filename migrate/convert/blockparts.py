"""The pieces that landing blocks are made of: headings, texts, pictures, buttons, cards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from migrate.convert import cards
from migrate.convert.keys import IMAGE_FIELDS
from migrate.convert.pictures import find, use
from migrate.convert.plaintext import plain
from migrate.model import Value
from migrate.myst import directive, escape

if TYPE_CHECKING:
    from migrate.context import Context

_TITLES = ("title", "name", "statistic", "question", "heading", "headline", "label", "year")
_SUBTITLES = ("subtitle", "role", "position", "company", "price", "price_description", "period")
_TEXTS = (
    "text",
    "description",
    "summary",
    "content",
    "answer",
    "quote",
    "body",
    "bio",
    "details",
    "desc",
    "blurb",
)
_PICTURES = (
    "img",
    "imageurl",
    "image",
    "logo",
    "avatar",
    "photo",
    "thumbnail",
    "icon_image",
    "background_image",
    "cover",
)
LINKS = ("url", "link", "href", "website")
_BUTTONS = (
    "primary_action", "secondary_action", "cta", "cta_alt", "button", "action", "archive", "link",
    "cta_primary", "cta_secondary",
)  # fmt: skip
_SILENT = frozenset(
    "id icon icon_pack feature_icon username user anchor imagewidth imageheight imagetitle"
    " sort_by sort_ascending count offset order filters"
    " page_type alt caption style css_class color align design id columns view interval height"
    " loop is_fullscreen default_button_index level align_image background weight autolink"
    " coordinates provider spacing enable headings date_format email_form form new_tab width"
    " color_border alternate tag_cloud font_size_min font_size_max taxonomy show_social"
    " show_interests show_role show_organizations user_groups album".split()
)
"""Keys of a block's content that steer the theme and are read by the blocks that need them."""

_DEEPEST = 8
_FILE = re.compile(r"[^\s]+\.[A-Za-z]\w{1,4}(?:[?#]\S*)?")
_IMAGE = re.compile(r"[^\s]+\.(?:png|jpe?g|gif|svg|webp|avif)", re.I)


@dataclass(slots=True)
class Fields:
    """The content of a block, with a note of what has been shown, so that nothing is left out."""

    content: Mapping[str, Value]
    ctx: Context
    taken: set[str] = field(default_factory=set)

    def take(self, *names: str) -> Value:
        """The first of `names` that has a value; all of them count as shown if it is a text."""
        for name in names:
            value = self.content.get(name)
            if value not in (None, "", [], {}):
                self.taken.add(name)
                return value
        return None

    def text(self, *names: str) -> str:
        """A text among `names`, as it stands."""
        for name in names:
            value = self.content.get(name)
            if (
                isinstance(value, (str, int, float))
                and not isinstance(value, bool)
                and str(value).strip()
            ):
                self.taken.add(name)
                return str(value).strip()
        return ""

    def rest(self) -> Iterator[tuple[str, Value]]:
        """What has not been shown and is not for the theme."""
        for key, value in self.content.items():
            if key not in self.taken and key not in _SILENT and value not in (None, "", [], {}):
                yield key, value


def join(*parts: str) -> str:
    """Blocks of text with a blank line between them."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip())


def heading(text: str, ctx: Context, level: int = 2) -> str:
    """A heading whose text is Hugo's Markdown; empty without one."""
    words = " ".join(ctx.markdown(text, inline=True).split())
    return f"{'#' * level} {words}" if words else ""


def prose(value: Value, ctx: Context) -> str:
    """A text in Hugo's Markdown, or several."""
    if isinstance(value, list):
        return join(*(prose(item, ctx) for item in value if isinstance(item, str)))
    return (
        ctx.markdown(value.strip()).strip("\n") if isinstance(value, str) and value.strip() else ""
    )


def image(value: Value, ctx: Context, alt: str = "") -> str:
    """An image by file name, or by a mapping that has one; empty where the file is missing."""
    if isinstance(value, Mapping):
        alt = str(value.get("alt") or value.get("alt_text") or alt)
        caption = value.get("caption")
        for name in IMAGE_FIELDS:
            if isinstance(value.get(name), str) and (shown := image(value[name], ctx, alt)):
                return join(shown, prose(caption, ctx))
        return ""
    target = find(value, ctx.page, ctx) if isinstance(value, str) else None
    if target is None:
        if isinstance(value, str) and _IMAGE.fullmatch(value):
            ctx.report("HM201", 0, image=value)
        return ""
    destination = use(target, ctx)
    destination = f"<{destination}>" if re.search(r"[\s()]", destination) else destination
    return f"![{cards.words(plain(alt), ctx, in_link=True)}]({destination})"


def link(text: str, url: str, ctx: Context) -> str:
    """A link, or the text alone where it leads nowhere."""
    destination = ctx.link(url) if url.strip() not in ("", "#") else ""
    shown = ctx.markdown(text, inline=True) if text else ""
    if not destination:
        return shown
    destination = f"<{destination}>" if re.search(r"[\s()]", destination) else destination
    return f"[{shown or cards.words(url, ctx, in_link=True)}]({destination})"


def button(text: str, url: str, ctx: Context) -> str:
    """A button; a link where its text holds what a role can't."""
    words = plain(text)
    if not url.strip() or url.strip() == "#":
        return escape(words, dollar=ctx.plan.math)
    if not words or re.search(r"[`<>]", words + url):
        return link(text, url, ctx)
    return f"{{button}}`{words} <{ctx.link(url)}>`"


def buttons(fields: Fields) -> str:
    """All calls to action of a block, on one line."""
    found: list[str] = []
    for key in _BUTTONS:
        value = fields.content.get(key)
        if isinstance(value, Mapping) and value.get("enable") is not False:
            fields.taken.add(key)
            found.append(_button(value, fields.ctx))
    for key in ("buttons", "links", "ctas"):
        value = fields.content.get(key)
        entries = (
            [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
        )
        if entries:
            fields.taken.add(key)
            found += [_button(item, fields.ctx) for item in entries]
    note = fields.content.get("cta_note")
    if isinstance(note, Mapping):
        fields.taken.add("cta_note")
    line = " ".join(item for item in found if item)
    return join(line, prose(note.get("label"), fields.ctx) if isinstance(note, Mapping) else "")


def _button(value: Mapping[str, Value], ctx: Context) -> str:
    text = next((str(value[k]) for k in ("text", "label", "name", "title") if value.get(k)), "")
    url = next((value[k] for k in LINKS if isinstance(value.get(k), str)), "")
    return button(text, url, ctx) if url else ""


def announcement(fields: Fields) -> str:
    """The line above a hero: its text and link."""
    value = fields.content.get("announcement")
    if not isinstance(value, Mapping):
        return ""
    fields.taken.add("announcement")
    target = value.get("link")
    linked = ""
    if isinstance(target, Mapping):
        linked = link(str(target.get("text") or ""), str(target.get("url") or ""), fields.ctx)
    return " ".join(part for part in (prose(value.get("text"), fields.ctx), linked) if part)


def item_card(item: Mapping[str, Value], ctx: Context) -> str:
    """One item of a block as a card."""
    fields = Fields(item, ctx)
    title = fields.text(*_TITLES)
    url = fields.text(*LINKS)
    shown = picture(fields, title) or _own_icon(item, ctx)
    parts = [shown, prose(fields.text(*_SUBTITLES), ctx), prose(fields.text(*_TEXTS), ctx)]
    parts += [
        bullets(fields.take("features", "list", "points"), ctx),
        buttons(fields),
        rest(fields, 4),
    ]
    body = join(*parts)
    heading_text = " ".join(ctx.markdown(title, inline=True).split()) if title else ""
    options = {"link": ctx.link(url) if url and url != "#" else None}
    return directive("card", heading_text, options, body or cards.EMPTY)


def _own_icon(item: Mapping[str, Value], ctx: Context) -> str:
    """An icon that is a file of the site (`icon_pack: custom`), not a sign of some icon font."""
    icon = str(item.get("icon") or "")
    if item.get("icon_pack") != "custom" and not icon.startswith("custom/"):
        return ""
    target = find(f"media/icons/{icon.removeprefix('custom/')}.svg", ctx.page, ctx)
    return f"![]({use(target, ctx)})" if target is not None else ""


def picture(fields: Fields, alt: str = "") -> str:
    """The picture among an item's or a block's fields."""
    alt = fields.text("alttext") or alt
    for key in _PICTURES:
        if (value := fields.content.get(key)) and not isinstance(value, bool):
            fields.taken.add(key)
            if shown := image(value, fields.ctx, alt):
                return shown
    return ""


def bullets(value: Value, ctx: Context) -> str:
    """A list of texts as a Markdown list."""
    lines = []
    for item in value if isinstance(value, list) else ():
        if isinstance(item, str) and item.strip():
            text = prose(item, ctx).replace("\n", "\n  ")
            lines.append(f"- {text}")
    return "\n".join(lines)


def items(values: Iterable[Value], ctx: Context, columns: str = "1 2 3 3") -> str:
    """The items of a block as a grid of cards; one picture alone is no card."""
    entries = [item for item in values if isinstance(item, Mapping)]
    if len(entries) == 1 and not any(entries[0].get(key) for key in (*_TITLES, *LINKS)):
        fields = Fields(entries[0], ctx)
        if shown := picture(fields):
            return join(shown, rest(fields))
    found = [item_card(item, ctx) for item in entries]
    return cards.grid(found, columns) if found else ""


def opening(fields: Fields, level: int = 2) -> str:
    """Title, subtitle and text of a block."""
    ctx = fields.ctx
    title = fields.text("title", "heading", "headline", "name")
    subtitle = fields.text("subtitle", "subheading", "tagline")
    return join(
        heading(title, ctx, level) if title else "",
        prose(subtitle, ctx),
        prose(fields.text("text", "description", "body", "content", "bio"), ctx),
    )


def rest(fields: Fields, level: int = 3) -> str:
    """Everything of a block's content that its form has no place for."""
    parts: list[str] = []
    for key, value in list(fields.rest()):
        fields.taken.add(key)
        parts.append(_any(value, fields.ctx, level))
    return join(*parts)


def _is_item(entry: Mapping[str, Value]) -> bool:
    """Whether an entry of a list has a name or picture, so that it makes a card."""
    return any(entry.get(key) for key in (*_TITLES, *_PICTURES))


def _linked(entries: list[Mapping[str, Value]], ctx: Context) -> str:
    """Entries that are a text and where it leads, as a list of links."""
    lines = []
    for entry in entries:
        fields = Fields(entry, ctx)
        text, url = fields.text(*_TEXTS), fields.text(*LINKS)
        if not text or not url or "\n" in text or any(fields.rest()):
            return ""
        lines.append(f"- {link(text, url, ctx)}")
    return "\n".join(lines)


def _any(value: Value, ctx: Context, level: int) -> str:
    if isinstance(value, str):
        if _IMAGE.fullmatch(value):
            return image(value, ctx)
        if value.startswith(("http://", "https://", "mailto:")):
            return link("", value, ctx)
        return "" if _FILE.fullmatch(value) else prose(value, ctx)
    if isinstance(value, Mapping) and level <= _DEEPEST:
        fields = Fields(value, ctx)
        return join(
            opening(fields, min(level, 6)),
            picture(fields),
            buttons(fields),
            rest(fields, level + 1),
        )
    if isinstance(value, list):
        entries = [item for item in value if isinstance(item, Mapping)]
        if entries and level <= _DEEPEST:
            if any(_is_item(entry) for entry in entries):
                return items(entries, ctx)
            if linked := _linked(entries, ctx):
                return linked
            return join(*(_any(entry, ctx, level + 1) for entry in entries))
        return bullets(value, ctx)
    return ""
