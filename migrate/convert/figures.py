"""Figures, by what they show: an image, several, a video, a page, a table, code, a quote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bs4 import Tag

from migrate import myst
from migrate.convert.media import (
    PLAYED,
    best_source,
    frame,
    image_directive,
    plain_alt,
    side,
    sizes,
    video_source,
)
from migrate.convert.nesting import PLACEHOLDER
from migrate.convert.phrasing import is_unsafe, spell
from migrate.convert.soup import attribute, classes, content, words
from migrate.convert.structure import HEADINGS, attribution, block, quote
from migrate.links import PROCESSED

if TYPE_CHECKING:
    from migrate.convert.elements import Converter, Tags


_NO_PICTURES = ["pre", "table", "iframe", "video", "audio", "object", "embed"]
"""What a figure can show beside its images."""


def figure(el: Tag, to: Converter, around: Tags) -> str | None:
    """A figure of any kind: by what it shows."""
    if "td" in around or "th" in around:
        return None
    caption = _caption(el)
    if caption is not None:
        caption.extract()
    images = el.find_all("img", limit=50)
    shown = content(el)
    text = words(el)
    if len(images) == 1 and not text and el.find(_NO_PICTURES) is None:
        return _picture(el, images[0], caption, to, around)
    films = el.find_all("video", limit=2)
    if len(films) == 1 and not images and text == words(films[0]):
        return _film(el, caption, to, around)
    if images and not text and el.find([*_NO_PICTURES, "figure"]) is None:
        pictures = "\n".join(to.line([picture], around) for picture in images)
        if caption is None:
            return block(pictures)
        body = f"{pictures}\n\n{caption_text(caption, to, around)}"
        return block(myst.directive("figure", "", {"no-subfigures": True}, body))
    if len(shown) == 1 and isinstance(shown[0], Tag) and shown[0].name == "iframe":
        return frame(shown[0], to, around, caption_text(caption, to, around))
    return _other(el, caption, to, around)


def _caption(el: Tag) -> Tag | None:
    """The figure's caption; R Markdown writes `<p class="caption">`."""
    found = el.find("figcaption")
    if isinstance(found, Tag):
        return found
    if el.name in ("div", "figure"):
        found = el.find(_has_caption_class)
    return found if isinstance(found, Tag) else None


def _has_caption_class(el: Tag) -> bool:
    return el.name in ("p", "div", "span", "small") and any("caption" in c for c in classes(el))


def picture_over_caption(el: Tag, to: Converter, around: Tags) -> str | None:
    """A theme's figure: `<div>` with an image, and below it a text whose class says caption."""
    inside = content(el)
    if len(inside) != 2 or not all(isinstance(node, Tag) for node in inside):
        return None
    picture, below = inside
    if not _has_caption_class(below) or words(picture) or not words(below):
        return None
    shows = picture.name == "img" or len(picture.find_all("img", limit=2)) == 1
    return figure(el, to, around) if shows and picture.name != "figure" else None


def caption_text(caption: Tag | None, to: Converter, around: Tags) -> str:
    """A caption's text; a heading in it (Hugo's `title`) is strong and runs into what follows."""
    if caption is None:
        return ""
    for heading in caption.find_all(sorted(HEADINGS)):
        heading.name = "strong"
        after: Any = heading.find_next_sibling()
        if isinstance(after, Tag) and after.name == "p":
            after.insert(0, " ")
            after.insert(0, heading.extract())
    text = to.blocks(caption.children, around)
    return text.replace("\\\n", " ") if text.startswith("**") else text


def _picture(el: Tag, picture: Tag, caption: Tag | None, to: Converter, around: Tags) -> str:
    """One image with a caption: `figure`; without: an image, linked as it was."""
    source = best_source(picture)
    if not source:
        return block(caption_text(caption, to, around))
    text = caption_text(caption, to, around)
    path = to.image(source)
    alt = plain_alt(picture)
    label = _label(el, to)
    holder = picture.find_parent("a", href=True)
    link = attribute(holder, "href") if isinstance(holder, Tag) else ""
    if link and (
        link == source
        or is_unsafe(link)
        or (PROCESSED.search(source) and re.search(r"\.(?:png|jpe?g|webp|gif|svg)$", link))
    ):
        link = ""
    if not text:
        if label and not link:
            shape = {"alt": alt or None, **sizes(picture), "label": label}
            return block(myst.directive("image", path, shape))
        if link:
            return block(
                f"[![{myst.escape(alt, dollar=to.dollar)}]({spell(path)})]({spell(to.link(link))})"
            )
        if not any(sizes(picture).values()) and not side(el, picture):
            return block(to.line([picture], around))
        return block(image_directive(path, picture, alt, side(el, picture)))
    if link:
        text = _linked(text, caption, to.link(link))
    plain = words(caption) if caption is not None else ""
    options = {
        "alt": alt if _letters(alt) != _letters(plain) else None,
        **sizes(picture),
        "align": side(el, picture) or None,
        "label": label or None,
    }
    return block(myst.directive("figure", path, options, text))


def _label(el: Tag, to: Converter) -> str:
    """The label for what links lead to in a figure: R Markdown marks it by an empty span."""
    if not to.labels:
        return ""
    named = [node for node in (el, *el.find_all(id=True, limit=5)) if attribute(node, "id")]
    found = (to.ctx.label(attribute(node, "id")) for node in named)
    return next((label for label in found if label), "")


def _letters(text: str) -> str:
    """What is left to compare of two texts whose quotation marks may differ."""
    return "".join(char for char in text if char.isalnum())


def _linked(text: str, caption: Tag | None, destination: str) -> str:
    """The caption with the figure's link, which mystmd's figure can't have."""
    if caption is not None and caption.find("a") is None and "\n" not in text:
        return f"[{text}]({spell(destination)})"
    return f"{text} (<{destination}>)" if destination.startswith("http") else text


def _film(el: Tag, caption: Tag | None, to: Converter, around: Tags) -> str:
    """A figure that shows a video."""
    player = el.find("video")
    assert isinstance(player, Tag)
    source = video_source(player)
    text = caption_text(caption, to, around)
    if not text or not PLAYED.search(source):
        return block("\n\n".join(p for p in (to.blocks([player], around), text) if p))
    return block(myst.directive("figure", to.image(source), sizes(player), text))


def _other(el: Tag, caption: Tag | None, to: Converter, around: Tags) -> str:
    """A figure around a table, code, a quote or anything else."""
    inside = content(el)
    first = inside[0] if len(inside) == 1 and isinstance(inside[0], Tag) else None
    is_table = first is not None and first.name == "table" and first.find("caption") is None
    if is_table and first is not None and caption is not None:
        caption.name = "caption"
        first.insert(0, caption)
        return block(to.blocks([first], around))
    if first is not None and first.name == "blockquote" and caption is not None:
        said = attribution(to.line(caption.children, around))
        return block(quote("\n\n".join(p for p in (to.blocks(first.children, around), said) if p)))
    body = to.blocks(el.children, around)
    said = caption_text(caption, to, around)
    # mystmd takes an image in a caption for the figure's own.
    only_words = said and "![" not in said and PLACEHOLDER.search(said) is None
    if only_words and PLACEHOLDER.fullmatch(body.strip()):
        return block(myst.directive("figure", "", {}, f"{body.strip()}\n\n{said}"))
    return block("\n\n".join(p for p in (body, said) if p))


def captioned_div(el: Tag, to: Converter, around: Tags) -> str | None:
    """R Markdown's `<div class="figure">`."""
    return figure(el, to, around) if el.name == "div" and el.find("img") is not None else None
