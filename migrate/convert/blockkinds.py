"""The blocks of Hugo Blox landing pages that are texts, pictures and links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

from migrate.convert import blockparts as parts
from migrate.convert import cards
from migrate.convert.blockparts import Fields, join
from migrate.convert.icons import words_of_icon
from migrate.convert.pictures import use
from migrate.model import Target, Value
from migrate.myst import directive
from migrate.read.blocks import Block

if TYPE_CHECKING:
    from migrate.context import Context

_ITEM_LISTS = (
    "items",
    "features",
    "feature",
    "plans",
    "slides",
    "item",
    "questions",
    "logos",
    "testimonials",
)


def general(block: Block, ctx: Context) -> str:
    """Any block: its title and texts, picture, items as cards, buttons, and what else it has."""
    fields = Fields(block.content, ctx)
    head = join(parts.announcement(fields), parts.opening(fields))
    shown = parts.picture(fields)
    entries = fields.take(*_ITEM_LISTS)
    body = parts.items(entries, ctx) if isinstance(entries, list) else ""
    if isinstance(entries, list) and not body:
        body = parts.bullets(entries, ctx)
    return join(head, shown, body, parts.buttons(fields), parts.rest(fields))


def hero(block: Block, ctx: Context) -> str:
    """The first block of a front page: its background is its picture where it has no other."""
    fields = Fields(block.content, ctx)
    head = join(parts.announcement(fields), parts.opening(fields))
    shown = parts.picture(fields)
    if not shown:
        background = block.design.get("background")
        value = background.get("image") if isinstance(background, Mapping) else None
        shown = parts.image(value, ctx) if value else ""
    return join(head, parts.buttons(fields), shown, parts.rest(fields))


def faq(block: Block, ctx: Context) -> str:
    """Questions that open to their answers."""
    fields = Fields(block.content, ctx)
    head = parts.opening(fields)
    found = []
    for item in _mappings(fields.take(*_ITEM_LISTS)):
        entry = Fields(item, ctx)
        question = entry.text("question", "title", "name")
        answer = parts.prose(entry.text("answer", "text", "description", "content"), ctx)
        body = join(answer, parts.rest(entry))
        words = " ".join(ctx.markdown(question, inline=True).split())
        found.append(directive("dropdown", words, None, body or cards.EMPTY))
    return join(head, *found, parts.buttons(fields), parts.rest(fields))


def testimonials(block: Block, ctx: Context) -> str:
    """What people say: quotes with their names."""
    fields = Fields(block.content, ctx)
    head = parts.opening(fields)
    found = []
    for item in _mappings(fields.take(*_ITEM_LISTS)):
        entry = Fields(item, ctx)
        quote = parts.prose(entry.text("text", "quote", "content", "description"), ctx)
        name = ", ".join(
            t
            for t in (
                entry.text("name", "author", "title"),
                entry.text("role", "position", "company"),
            )
            if t
        )
        lines = [f"> {line}".rstrip() for line in quote.split("\n")]
        if name:
            lines += [">", f"> -- {ctx.markdown(name, inline=True)}"]
        found.append(join(parts.picture(entry, name), "\n".join(lines), parts.rest(entry)))
    return join(head, *found, parts.buttons(fields), parts.rest(fields))


def slider(block: Block, ctx: Context) -> str:
    """Slides one after the other, each with its background as its picture."""
    fields = Fields(block.content, ctx)
    head = parts.opening(fields)
    found = []
    for item in _mappings(fields.take("slides", "items", "item")):
        entry = Fields(item, ctx)
        title = entry.text("title", "name")
        text = parts.prose(entry.text("content", "text", "subtitle", "description"), ctx)
        background = item.get("background")
        shown = parts.picture(entry, title)
        if not shown and isinstance(background, Mapping):
            shown = parts.image(background.get("image"), ctx)
        top = parts.heading(title, ctx, 3) if title else ""
        found.append(join(top, shown, text, parts.buttons(entry), parts.rest(entry)))
    return join(head, *found, parts.rest(fields))


def logos(block: Block, ctx: Context) -> str:
    """Logos that link to those whose they are."""
    fields = Fields(block.content, ctx)
    head = parts.opening(fields)
    found = []
    for item in _mappings(fields.take(*_ITEM_LISTS)):
        entry = Fields(item, ctx)
        name = entry.text("name", "title", "alt", "text")
        shown = parts.picture(entry, name)
        url = entry.text("url", "link", "href")
        body = join(
            f"[{shown}]({ctx.link(url)})" if shown and url else shown or name, parts.rest(entry)
        )
        found.append(directive("card", "", None, body or cards.EMPTY))
    return join(
        head,
        cards.grid(found, "2 3 4 6") if found else "",
        parts.buttons(fields),
        parts.rest(fields),
    )


def gallery(block: Block, ctx: Context) -> str:
    """The pictures of an album: a folder of `assets/media/albums`, or those that are listed."""
    fields = Fields(block.content, ctx)
    head = parts.opening(fields)
    shown = []
    for item in _mappings(fields.take("items", "gallery_item", "images")):
        picture = parts.image(item, ctx, str(item.get("caption") or ""))
        shown.append(picture or parts.image(item.get("image") or item.get("src"), ctx))
    album = str(block.content.get("album") or "").strip("/")
    if album:
        shown += [
            f"![]({use(Target('asset', asset=asset), ctx)})"
            for asset in (*ctx.page.resources, *ctx.plan.site.assets)
            if f"/{album}/" in asset.url and asset.source.suffix.lower() in _PICTURES
        ]
    found = [directive("card", "", None, picture) for picture in dict.fromkeys(shown) if picture]
    return join(head, cards.grid(found, "1 2 3 4") if found else "", parts.rest(fields))


_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"))


def contact(block: Block, ctx: Context) -> str:
    """How to reach someone; a form needs a server and is reported."""
    fields = Fields(block.content, ctx)
    head = parts.opening(fields)
    where = parts.prose(fields.text("visit_title"), ctx)
    lines = list(_contact_lines(fields))
    listed: tuple[str, ...] = (_listed(lines),)
    if how := parts.prose(fields.text("connect_title"), ctx):
        ways = [line for line in lines if line.startswith("[")]
        others = [line for line in lines if not line.startswith("[")]
        listed = (_listed(others), how, _listed(ways))
    if isinstance(block.content.get("form"), Mapping) and block.content["form"].get("provider"):
        ctx.report("HM203", 0, block=block.name)
    return join(head, where, *listed, parts.buttons(fields), parts.rest(fields))


def _listed(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines if line)


def _contact_lines(fields: Fields) -> Iterator[str]:
    ctx = fields.ctx
    for key, scheme in (("email", "mailto:"), ("phone", "tel:")):
        if value := fields.text(key):
            yield parts.link(value, scheme + value.replace(" ", ""), ctx)
    address = fields.take("address")
    if isinstance(address, Mapping) and isinstance(address.get("lines"), list):
        yield ", ".join(parts.prose(str(line), ctx) for line in address["lines"])
    elif isinstance(address, Mapping):
        yield ", ".join(str(address[k]) for k in _ADDRESS if address.get(k))
    elif isinstance(address, str):
        yield parts.prose(address, ctx)
    if directions := fields.text("directions"):
        yield parts.prose(directions, ctx)
    hours = fields.take("office_hours")
    for hour in hours if isinstance(hours, list) else [hours] if hours else ():
        yield parts.prose(str(hour), ctx)
    if url := fields.text("appointment_url"):
        yield parts.link("Book an appointment", url, ctx)
    if url := fields.text("map_url"):
        yield parts.link("View on Map", url, ctx)
    for item in _mappings(fields.take("contact_links", "links", "social")):
        target = item.get("link") or item.get("url")
        if isinstance(target, str):
            icon = str(item.get("icon") or "").rpartition("/")[2]
            named = words_of_icon(f'<i class="fa-{escape(icon, quote=True)}">') if icon else ""
            yield parts.link(str(item.get("name") or item.get("label") or named), target, ctx)


_ADDRESS = ("street", "city", "region", "postcode", "country")


def interactive(block: Block, ctx: Context) -> str:
    """A search box or sign-up form: its words stay, what it does can't, and that is reported."""
    ctx.report("HM203", 0, block=block.name)
    return general(block, ctx)


def _mappings(value: Value) -> list[Mapping[str, Value]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
