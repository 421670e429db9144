"""Images to which the site's image hook adds a caption: its title, or its alternative text."""

from __future__ import annotations

import re

from migrate import myst
from migrate.convert.plaintext import plain
from migrate.convert.standing import indented
from migrate.convert.walk import Walk
from migrate.model import Edit
from migrate.read.markdown import Event

_SOUND = re.compile(r"\.(?:mp3|ogg|oga|wav|flac|m4a|aac|opus)$", re.IGNORECASE)
_BLANK = " \t"


def captioned(opener: Event, close: int, path: str, walk: Walk) -> Edit | None:
    """The `figure` for an image that Hugo shows with a caption; None for any other.

    Hugo's hook makes a figure in the middle of a paragraph too, which parts it in two. In links,
    tables and headings, where no figure can be, the image stays as it is.
    """
    wanted = walk.ctx.plan.captions
    holder = walk.stack[-1] if walk.stack else None
    if not wanted or holder is None or holder.kind != "Paragraph" or _SOUND.search(path):
        return None
    alt = walk.text[opener.start + 2 : close]
    said = opener.value["title"] if wanted == "title" else alt
    if not said.strip():
        return None
    walk.take(opener.start, opener.end)
    caption = walk.ctx.markdown(" ".join(said.split()), opener.start, inline=True)
    options = {"alt": None if wanted == "alt" else plain(alt) or None}
    return _apart(opener, holder, myst.directive("figure", path, options, caption), walk)


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
