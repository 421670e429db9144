"""Images, videos, sounds and embedded pages; figures around them are in `figures`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bs4 import Tag

from migrate import myst
from migrate.convert.phrasing import is_unsafe, spell
from migrate.convert.soup import attribute, classes, content, is_blank, words
from migrate.convert.structure import HEADINGS, block
from migrate.links import PROCESSED
from migrate.model import natural

if TYPE_CHECKING:
    from migrate.convert.elements import Converter, Tags

_LENGTH = re.compile(r"^(\d+(?:\.\d+)?)(px|%|em|rem|vw|cm|mm|in|pt)?$")
_STYLE = {
    name: re.compile(rf"(?:^|;)\s*{name}\s*:\s*([^;]+)") for name in ("width", "height", "float")
}
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy")
_ALT_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_ALT_MARK = re.compile(r"(\*\*|__|(?<!`)`++)(?=\S)(.{1,500}?)(?<=\S)\1")
_BUILT_IN = re.compile(
    r"(?<=/embed/)([\w-]++)\?autoplay=0&controls=1&end=0&loop=0&mute=0&start=0\Z"
)
"""What Hugo's own `youtube` asks for where its call says nothing."""
PLAYED = re.compile(r"\.(?:mp4|m4v)(?:[?#].*)?$", re.IGNORECASE)
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
    if any(size.values()) and (to.inline or not _alone(el)):
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
_APART = frozenset(
    ["", "br", "p", "div", "ul", "ol", "dl", "table", "blockquote", "figure", "hr", *HEADINGS]
)
"""What an image beside it shares no line with: the end of its element, a break, a block."""
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
            large = (natural(width) or 0) >= _LARGE
            if large and ("" in (before, after)) and "img" not in (before, after):
                return el.find_parent(sorted(_NEVER_ALONE)) is None
            return {before, after} <= _APART and el.find_parent(sorted(_NEVER_ALONE)) is None
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
        if source and not PROCESSED.search(source):
            return source
        sources = [s for s in holder.find_all("source") if attribute(s, "srcset")]
        choices = ", ".join(attribute(s, "srcset") for s in sources)
    if choices and (not source or PROCESSED.search(source)):
        return largest(choices) or source
    return source


def largest(srcset: str) -> str:
    """The file of a `srcset` that is widest; the first of several alike."""
    best, width = "", -1.0
    for choice in re.split(r",\s+|,(?=/|https?:)|(?:(?<!\s)[^\S\n]+)?\n\s*", srcset):
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
            (width := natural(attribute(el, "width"))) is not None
            and natural(attribute(el, "height")) is not None
            and (attribute(el, "loading") == "lazy" or width >= 600)
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


def video(el: Tag, to: Converter, around: Tags) -> str | None:
    """A video: mystmd shows `.mp4` as it does images; others become a link."""
    source = video_source(el)
    to.account(el.get_text(" "))
    if not source or is_unsafe(source):
        return ""
    if not PLAYED.search(source):
        to.report("HM505", source, tag="video", what="mystmd plays only .mp4; it became a link")
        return f"[{myst.escape(_file_name(source), dollar=to.dollar)}]({spell(to.link(source))})"
    path = to.image(source)
    if any(sizes(el).values()) and "td" not in around:
        return block(image_directive(path, el, ""))
    return block(f"![]({spell(path)})") if "td" not in around else f"![]({spell(path)})"


def video_source(el: Tag) -> str:
    """The file that a video plays, an `.mp4` if there is one."""
    own = attribute(el, "src") or attribute(el, "data-src")
    found = [own] if own else []
    found += [s for source in el.find_all("source") if (s := attribute(source, "src"))]
    return next((s for s in found if PLAYED.search(s)), found[0] if found else "")


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
    source = _BUILT_IN.sub(r"\1", source)
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
