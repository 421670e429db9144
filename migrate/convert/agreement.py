"""Agreement: whether the MyST of a mapping says what real Hugo renders of the same call.

A site may have a template of its own for a name that a mapping knows. Where both say the same, the
mapping is what a person would write; where they don't, Hugo's rendering is right.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

_WORD = re.compile(r"[^\W_]+|[“”„«»\"]")
"""Words, and the marks of a quotation, which readers miss."""
_UNSEEN = re.compile(
    r"<!--(?:(?!<!--).)*?-->|<(script|style|template)\b(?:(?!<\1\b).)*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_SHOWN = re.compile(r"<(?:img|iframe|video|audio|object|embed)\b", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^<>]*\bhref\b", re.IGNORECASE)
_ADDRESS = re.compile(r"""\b(?:href|src)\s*+=\s*+["']?\s*+((?:https?:)?//[^"'\s>]+)""", re.I)

_PICTURE = re.compile(
    r"^[ \t]*:{3,}\{(?:figure|image|iframe)\}[^\n]*"
    r"|!\[(?>(?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\([^()\n]*\)",
    re.MULTILINE,
)
_OPENER = re.compile(r"^[ \t]*[:`]{3,}(?:\{[\w-]+\})?|^[ \t]*:[\w-]+:[^\n]*", re.MULTILINE)
_DESTINATION = re.compile(r"\]\([^()\n]*\)|<[^<>\s`]+>(?=`)")
_LINKED = re.compile(r"^[ \t]*:link:|^\[[^\]\n]+\]:", re.MULTILINE)
_CITED = re.compile(r"\[@[^\[\]\n]+\]|\{cite:t\}`[^`\n]+`|:::\{bibliography\}\n:::")
_ROLE = re.compile(r"\{[\w-]+\}(?=`)")


def agrees(myst: str, rendered: str, hosts: Iterable[str]) -> bool:
    """Whether `myst` has the words, pictures and links of Hugo's HTML, and no others.

    Addresses on other hosts than the site's own must be the same; of those inside the site only
    the number is compared, for they are written anew.
    """
    if _CITED.fullmatch(myst):
        return True  # mystmd writes the words, from the same entries
    rendered = _UNSEEN.sub(" ", rendered)
    if len(_SHOWN.findall(rendered)) != len(_PICTURE.findall(myst)):
        return False
    links = len(_DESTINATION.findall(_PICTURE.sub("", myst))) + len(_LINKED.findall(myst))
    if len(_LINK.findall(rendered)) != links:
        return False
    own = set(hosts)
    for address in _ADDRESS.findall(rendered):
        if html.unescape(address) not in myst and _host(address) not in own:
            return False
    said = Counter(_WORD.findall(html.unescape(_TAG.sub(" ", rendered))))
    shown = Counter(_WORD.findall(_prose(myst)))
    attributes = " ".join(one or two for one, two in _ATTRIBUTE.findall(rendered))
    return not said - shown and not shown - said - Counter(_WORD.findall(html.unescape(attributes)))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _prose(myst: str) -> str:
    """What a reader reads of it, roughly: directives, options and destinations are left out."""
    text = _OPENER.sub(" ", _PICTURE.sub(" ", myst))
    text = _ROLE.sub(" ", _DESTINATION.sub(" ", text)).replace("\\", "")
    return html.unescape(_TAG.sub(" ", text))
