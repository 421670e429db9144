"""The words for a link that shows nothing but an icon: MyST 1.11 has no icons.

They are those that a screen reader says (`aria-label`, `title`), else the name of the icon.
"""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<[^<>]*>")
_LABEL = re.compile(r"""\s(?:aria-label|title)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_CLASSES = re.compile(r"""\sclass\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_NAME = re.compile(r"(?:fa|bi|icon|ti|ai|ri|mdi|octicon|glyphicon|ph|las|lab)-(.+)")
_LOOK = re.compile(
    r"\d?x?[sl]?[mg]|\d+x|fw|spin|solid|brands|regular|light|duotone|lg|sm|xs|ul|li|border|inverse"
)
_ICON = re.compile(r"<(?:i|svg|span)\b", re.I)
_BRANDS = {
    name.lower(): name
    for name in (
        "YouTube GitHub GitLab LinkedIn Bluesky Mastodon Twitter X Facebook Instagram Slack ORCID "
        "ResearchGate Discord Reddit Medium Vimeo Zulip Matrix RSS PDF"
    ).split()
}


_SIGNS = {
    **dict.fromkeys(("check", "check-circle", "circle-check", "check-square", "checkmark",
                     "tick"), "✓"),
    **dict.fromkeys(("times", "xmark", "x", "x-lg", "close", "cross", "ban", "times-circle",
                     "x-circle", "circle-xmark", "remove"), "✗"),
    **dict.fromkeys(("minus", "dash", "minus-circle"), "–"),
}  # fmt: skip


def sign(classes: str) -> str:
    """The character for an icon that says yes or no, by its classes; empty for any other."""
    found = (_NAME.fullmatch(name) for name in classes.lower().split())
    names = (one[1].removesuffix("-fill") for one in found if one is not None)
    return next((_SIGNS[name] for name in names if name in _SIGNS), "")


def words_of_icon(source: str) -> str:
    """What to call the icon in `source`, HTML without visible text; empty where there is none."""
    if _ICON.search(source) is None:
        return ""
    if label := next(filter(None, map(_first, _LABEL.finditer(source))), ""):
        return " ".join(html.unescape(label).split())
    for match in _CLASSES.finditer(source):
        for name in _first(match).split():
            found = _NAME.fullmatch(name)
            if found is not None and _LOOK.fullmatch(found[1]) is None:
                words = re.sub(r"-(?:f|in|square|alt|o)$", "", found[1]).replace("-", " ")
                return _BRANDS.get(words, words[:1].upper() + words[1:])
    return ""


def is_wordless(source: str) -> bool:
    """Whether HTML shows neither text nor an image."""
    return "<img" not in source and not _TAG.sub("", source).strip()


def _first(match: re.Match[str]) -> str:
    return match[1] or match[2] or ""
