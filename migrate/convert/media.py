"""Images, figures, videos, sounds and embedded pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bs4 import Tag

from migrate import myst
from migrate.convert.phrasing import is_unsafe, spell
from migrate.convert.soup import attribute, classes, content, is_blank, words
from migrate.convert.structure import HEADINGS, attribution, block, quote

if TYPE_CHECKING:
    from migrate.convert.elements import Converter, Tags

_LENGTH = re.compile(r"^(\d+(?:\.\d+)?)(px|%|em|rem|vw|cm|mm|in|pt)?$")
_STYLE = {
    name: re.compile(rf"(?:^|;)\s*{name}\s*:\s*([^;]+)") for name in ("width", "height", "float")
}
_PROCESSED = re.compile(r"_hu_?[0-9a-f]{8,}")
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy")
_ALT_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_ALT_MARK = re.compile(r"(\*\*|__|`+)(?=\S)(.+?)(?<=\S)\1")
_PLAYED = re.compile(r"\.(?:mp4|m4v)(?:[?#].*)?$", re.IGNORECASE)
_SIDES = {"left": "left", "right": "right", "center": "center", "middle": "center"}


def image(el: Tag, to: Converter, around: Tags) -> str | None:
    """An image in a sentence. One with a size keeps it by staying HTML, which mystmd reads."""
    source = best_source(el)
    if not source:
        return ""
    if is_unsafe(source) and not source.lower().startswith("data:image/"):
        to.report("HM508", source[:60], what=source[:60])
        return ""
    path = to.image(source)
    alt = plain_alt(el)
    size = {name: length(el, name) for name in ("width", "height")}
    if any(size.values()) and not _alone(el):
        kept = "".join(
            f' {name}="{value.removesuffix("px")}"' for name, value in size.items() if value
        )
        if size["width"] and size["height"]:
            kept = f' width="{size["width"].removesuffix("px")}"'
        return f'<img src="{_quoted(path)}" alt="{_quoted(alt)}"{kept}>'
    if any(size.values()) or path.startswith("data:image/svg"):
        return block(image_directive(path, el, alt))
    escaped = myst.escape(alt, dollar=to.dollar).replace("]", "\\]") if alt else ""
    title = " ".join(attribute(el, "title").split())
    return f"![{escaped}]({spell(path, title if title != alt else '')})"


def image_directive(path: str, el: Tag, alt: str, align: str = "") -> str:
    """An image by itself, with its size."""
    options = {"alt": alt or None, **sizes(el), "align": align or side(el) or None}
    return myst.directive("image", path, options)


_NEVER_ALONE = frozenset(["a", "td", "th", *HEADINGS])
_LARGE = 200
"""Pixels: an image at least this wide beside text is looked at, not read."""


def _alone(el: Tag) -> bool:
    """Whether the image is all that its paragraph, or its line of it, shows; of a large one also
    whether it begins or ends the paragraph."""
    node = el
    while (parent := node.parent) is not None and parent.name not in _NEVER_ALONE:
        if len(content(parent)) > 1:
            before, after = _beside(node, -1), _beside(node, 1)
            width = length(el, "width").removesuffix("px")
            large = width.isdigit() and int(width[:6]) >= _LARGE
            if large and ("" in (before, after)) and "img" not in (before, after):
                return el.find_parent(sorted(_NEVER_ALONE)) is None
            return {before, after} <= {"", "br"} and el.find_parent(sorted(_NEVER_ALONE)) is None
        if parent.name in ("p", "div", "center", "figure", "body", "section", "li"):
            return el.find_parent(sorted(_NEVER_ALONE)) is None
        node = parent
    return parent is None


def _beside(node: Tag, step: int) -> str:
    """What stands beside: a tag's name, `text`, or nothing."""
    other: Any = node
    while (other := other.next_sibling if step > 0 else other.previous_sibling) is not None:
        if not is_blank(other):
            return other.name if isinstance(other, Tag) else "text"
    return ""


def centred(el: Tag, to: Converter, around: Tags) -> str | None:
    """`<p align="center">` around nothing but an image."""
    if (
        attribute(el, "align") != "center"
        and "text-align:center" not in attribute(el, "style").replace(" ", "")
        and el.name != "center"
    ):
        return None
    inside = content(el)
    if len(inside) != 1 or not isinstance(inside[0], Tag):
        return None
    picture = inside[0].find("img") if inside[0].name in ("picture", "p") else inside[0]
    if (
        not isinstance(picture, Tag)
        or picture.name != "img"
        or len(el.find_all("img", limit=2)) != 1
    ):
        return None
    if words(el) or not best_source(picture):
        return None
    return block(
        image_directive(to.image(best_source(picture)), picture, plain_alt(picture), "center")
    )


def best_source(el: Tag) -> str:
    """The file to show: the original where the page names it, else the largest variant."""
    source = attribute(el, "src")
    if not source or source.startswith("data:"):
        source = next((found for name in _LAZY if (found := attribute(el, name))), source)
    choices = attribute(el, "srcset") or attribute(el, "data-srcset")
    holder = el.find_parent("picture") if not choices else None
    if isinstance(holder, Tag):
        if source and not _PROCESSED.search(source):
            return source
        sources = [s for s in holder.find_all("source") if attribute(s, "srcset")]
        choices = ", ".join(attribute(s, "srcset") for s in sources)
    if choices and (not source or _PROCESSED.search(source)):
        return largest(choices) or source
    return source


def largest(srcset: str) -> str:
    """The file of a `srcset` that is widest; the first of several alike."""
    best, width = "", -1.0
    for choice in re.split(r",\s+|,(?=/|https?:)|\s*\n\s*", srcset):
        parts = choice.strip(" ,\n\t").split()
        if not parts:
            continue
        size = parts[-1][:-1] if len(parts) > 1 and parts[-1][-1:] in "wx" else "0"
        value = float(size) if re.fullmatch(r"\d{1,6}(\.\d{1,4})?", size) else 0.0
        if value > width:
            best, width = parts[0], value
    return best


def plain_alt(el: Tag) -> str:
    """The alternative text on one line; Markdown that a theme forgot to render is read."""
    alt = " ".join(attribute(el, "alt").split())
    if "](" in alt:
        alt = _ALT_LINK.sub(r"\1", alt)
    if "**" in alt or "__" in alt or "`" in alt:
        alt = _ALT_MARK.sub(r"\2", alt)
    return alt


def length(el: Tag, name: str) -> str:
    """A width or height in CSS units; empty where it is missing, `auto`, or only says how large
    the file is (a number beside a `srcset`, or both numbers on a lazy image)."""
    said = attribute(el, name)
    if not said and (styled := _STYLE[name].search(attribute(el, "style"))):
        said = styled[1].strip()
    found = _LENGTH.match(said)
    if found is None:
        return ""
    if found[2] is None:
        intrinsic = attribute(el, "srcset") or (
            attribute(el, "width").isdigit()
            and attribute(el, "height").isdigit()
            and (attribute(el, "loading") == "lazy" or int(attribute(el, "width")[:6]) >= 600)
        )
        return "" if intrinsic else f"{found[1]}px"
    return said


def sizes(el: Tag) -> dict[str, str | None]:
    """The options for an image's size: its width, or else its height."""
    width = length(el, "width")
    return {"width": width or None, "height": None if width else length(el, "height") or None}


def side(*elements: Tag) -> str:
    """`left` or `right` where the attributes, classes or style of an element say so."""
    for el in elements:
        if (said := _SIDES.get(attribute(el, "align").lower())) in ("left", "right"):
            return said or ""
        if floats := _STYLE["float"].search(attribute(el, "style")):
            return floats[1].strip() if floats[1].strip() in ("left", "right") else ""
        for name in classes(el):
            for where in ("left", "right"):
                if name in (
                    f"align-{where}",
                    f"align{where}",
                    f"float-{where}",
                    f"image-{where}",
                    f"figure-{where}",
                    f"pull-{where}",
                ):
                    return where
    return ""


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
    if len(images) == 1 and not text and el.find(["pre", "table", "iframe"]) is None:
        return _picture(el, images[0], caption, to, around)
    if el.find("video") is not None and not images and len(el.find_all("video", limit=2)) == 1:
        return _film(el, caption, to, around)
    if images and not text and el.find(["pre", "table", "iframe", "figure"]) is None:
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
    if el.name == "div":
        found = el.find("p", class_="caption")
    return found if isinstance(found, Tag) else None


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
    holder = picture.find_parent("a", href=True)
    link = attribute(holder, "href") if isinstance(holder, Tag) else ""
    if link and (
        link == source
        or is_unsafe(link)
        or (_PROCESSED.search(source) and re.search(r"\.(?:png|jpe?g|webp|gif|svg)$", link))
    ):
        link = ""
    if not text:
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
    }
    return block(myst.directive("figure", path, options, text))


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
    if not text or not _PLAYED.search(source):
        return block("\n\n".join(p for p in (to.blocks([player], around), text) if p))
    return block(myst.directive("figure", to.image(source), sizes(player), text))


def _other(el: Tag, caption: Tag | None, to: Converter, around: Tags) -> str:
    """A figure around a table, code, a quote or anything else."""
    inside = content(el)
    first = inside[0] if len(inside) == 1 and isinstance(inside[0], Tag) else None
    if first is not None and first.name == "table" and caption is not None:
        if first.find("caption") is None:
            caption.name = "caption"
            first.insert(0, caption)
            return block(to.blocks([first], around))
    if first is not None and first.name == "blockquote" and caption is not None:
        said = attribution(to.line(caption.children, around))
        return block(quote("\n\n".join(p for p in (to.blocks(first.children, around), said) if p)))
    body = to.blocks(el.children, around)
    return block("\n\n".join(p for p in (body, caption_text(caption, to, around)) if p))


def captioned_div(el: Tag, to: Converter, around: Tags) -> str | None:
    """R Markdown's `<div class="figure">`."""
    return figure(el, to, around) if el.name == "div" and el.find("img") is not None else None


def video(el: Tag, to: Converter, around: Tags) -> str | None:
    """A video: mystmd shows `.mp4` as it does images; others become a link."""
    source = video_source(el)
    to.account(el.get_text(" "))
    if not source or is_unsafe(source):
        return ""
    if not _PLAYED.search(source):
        to.report("HM505", source, tag="video", what="mystmd plays only .mp4; it became a link")
        return f"[{myst.escape(_file_name(source), dollar=to.dollar)}]({spell(to.link(source))})"
    path = to.image(source)
    if any(sizes(el).values()) and not "td" in around:
        return block(image_directive(path, el, ""))
    return block(f"![]({spell(path)})") if "td" not in around else f"![]({spell(path)})"


def video_source(el: Tag) -> str:
    """The file that a video plays, an `.mp4` if there is one."""
    own = attribute(el, "src") or attribute(el, "data-src")
    found = [own] if own else []
    found += [s for source in el.find_all("source") if (s := attribute(source, "src"))]
    return next((s for s in found if _PLAYED.search(s)), found[0] if found else "")


def audio(el: Tag, to: Converter, around: Tags) -> str | None:
    """A sound: mystmd has no player, so a link."""
    source = video_source(el)
    to.account(el.get_text(" "))
    if not source or is_unsafe(source):
        return ""
    destination = to.image(source)
    name = attribute(el, "title") or _file_name(source)
    if "://" in destination:
        return f"[{myst.escape(name, dollar=to.dollar)}]({spell(destination)})"
    return myst.role("download", f"{name} <{destination}>")


def _file_name(source: str) -> str:
    return re.sub(r"[?#].*$", "", source).rstrip("/").rsplit("/", 1)[-1] or source


def frame(el: Tag, to: Converter, around: Tags, caption: str = "") -> str | None:
    """An embedded page."""
    source = attribute(el, "src") or next((s for name in _LAZY if (s := attribute(el, name))), "")
    to.account(el.get_text(" "))
    if not source or is_unsafe(source) or source.startswith("about:"):
        to.report("HM505", "<iframe", tag="iframe", what="it names no page to show")
        return block(caption)
    if source.startswith("//"):
        source = f"https:{source}"
    title = " ".join(attribute(el, "title").split())
    if "td" in around or "th" in around:
        return f"[{myst.escape(title or source, dollar=to.dollar)}]({spell(source)})"
    styled = _STYLE["width"].search(attribute(el, "style"))
    width = "100%" if styled and styled[1].strip() == "100%" else length(el, "width")
    return block(
        myst.directive(
            "iframe", to.link(source), {"width": width or "100%", "title": title or None}, caption
        )
    )


def plug_in(el: Tag, to: Converter, around: Tags) -> str | None:
    """`<object>` and `<embed>`: a link to what they show, with what they show without it."""
    source = attribute(el, "data") or attribute(el, "src")
    inner = to.join(to.strings(el.children, around))
    if not source or is_unsafe(source):
        return inner
    to.report("HM505", source, tag=el.name, what="it became a link")
    if inner.strip():
        return inner
    return f"[{myst.escape(_file_name(source), dollar=to.dollar)}]({spell(to.link(source))})"


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
