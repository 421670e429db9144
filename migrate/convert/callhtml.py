"""The HTML that real Hugo prints for a call, as text: what can be told without a tree."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<[^<>]*>")
_BLOCK_TAG = re.compile(
    r"<(?:ul|ol|dl|table|pre|blockquote|figure|details|div|aside|section|iframe"
    r"|video|h[1-6])\b",
    re.IGNORECASE,
)
_BLOCK_END = re.compile(
    r"</(?:p|li|td|th|dt|dd|div|section|h[1-6]|figcaption|summary)>|<br\b[^<>]*>", re.IGNORECASE
)
_HOOK_END = re.compile(r"(</a>)\s*\n\s*(?=[.,;:!?)])")
"""The line break at the end of a link hook's file, which stands before the next mark."""


def has_blocks(rendered: str) -> bool:
    """Whether there are elements that can't be in a paragraph."""
    return _BLOCK_TAG.search(rendered) is not None


def mended(rendered: str) -> str:
    """The HTML without the blanks that the site's link hook brings."""
    return _HOOK_END.sub(r"\1", rendered)


def plain(rendered: str) -> str:
    """The words of HTML, those of each block on lines of their own."""
    text = html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", rendered))).strip()
    if "<pre" in rendered or not _BLOCK_END.search(rendered):
        return text
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())
