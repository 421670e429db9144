"""Images to which the site's image hook adds a caption: its title, or its alternative text."""

from __future__ import annotations

import re

from migrate import myst
from migrate.convert.plaintext import plain
from migrate.convert.standing import indented
from migrate.convert.walk import Walk
from migrate.model import Edit
from migrate.read.markdown import Event
from migrate.shortcodes.render import encode

_SOUND = re.compile(r"\.(?:mp3|ogg|oga|wav|flac|m4a|aac|opus)$", re.IGNORECASE)
_BLANK = " \t"


def captioned(opener: Event, close: int, path: str, walk: Walk) -> Edit | None:
    """What stands for an image that Hugo shows with a caption; None for any other.

    A `figure`: Hugo's hook makes one in the middle of a paragraph too, which parts it in two. In
    links, tables, headings and bold text, where no figure can be, the caption stands behind it.
    """
    wanted = walk.ctx.plan.captions
    holder = walk.stack[-1] if walk.stack else None
    if not wanted or holder is None or _SOUND.search(path):
        return None
    alt = walk.text[opener.start + 2 : close]
    said = opener.value["title"] if wanted == "title" else alt
    if not said.strip():
        return None
    walk.take(opener.start, opener.end)
    caption = walk.ctx.markdown(" ".join(said.split()), opener.start, inline=True)
    spoken = "" if wanted == "alt" else plain(alt)
    if holder.kind != "Paragraph":
        return _behind(opener, f"![{_escaped(spoken, walk)}]({encode(path)})", caption, walk)
    options = {"alt": spoken or None}
    return _apart(opener, holder, myst.directive("figure", path, options, caption), walk)


def _behind(opener: Event, image: str, caption: str, walk: Walk) -> Edit:
    if walk.inside("Link") and "](" in caption:
        caption = _escaped(plain(caption), walk)
    if walk.inside("TableCell"):
        caption = caption.replace("\\|", "|").replace("|", "\\|")
    return Edit(opener.start, opener.end, f"{image} {caption}")


def _escaped(text: str, walk: Walk) -> str:
    return myst.escape(text, dollar=walk.ctx.plan.math)


def _apart(opener: Event, holder: Event, text: str, walk: Walk) -> Edit:
    """The block in place of the image, with blank lines to what else its paragraph holds."""
    source, start, end = walk.text, opener.start, opener.end
    prefix = walk.prefix(holder.start)
    bare = "\n" + prefix.rstrip()
    text = indented(text, prefix)
    line = source.rfind("\n", 0, start) + 1
    first = max(line, holder.start)
    if source[first:start].strip("> \t"):
        while source[start - 1] in _BLANK:
            start -= 1
        text = f"{bare}\n{prefix}{text}"
    elif line > holder.start:
        start, text = line, f"{bare[1:]}\n{prefix}{text}"
    if source[end : holder.end].strip():
        while source[end] in _BLANK:
            end += 1
        text += bare if source.startswith(("\n", "\r\n"), end) else f"{bare}\n{prefix}"
    return Edit(start, end, text)
