"""Admonitions and dropdowns whose parameters say more than one thing."""

from __future__ import annotations

from migrate import myst
from migrate.shortcodes.call import Call

KINDS = frozenset(
    {"attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip",
     "warning"}
)  # fmt: skip
"""The admonitions that MyST has."""


def admonition(call: Call) -> str | None:
    """A kind that MyST has, else a title: `tip` is a tip, `Our mission` a titled box."""
    word = call.get("title").strip() or call.get("type").strip()
    body = call.body()
    if word.lower() in KINDS:
        return box(call, word.lower(), "", body)
    word = word[:1].upper() + word[1:]
    return box(call, "admonition", call.markdown(word) if word else "Note", body)


def box(call: Call, kind: str, title: str, body: str, **options: str | bool | None) -> str:
    """An admonition in the form that the place can hold."""
    if not call.place.is_block:
        return f"{bold(title)} {body}".strip()
    return myst.directive(kind, title, options, body or "%")


def bold(title: str) -> str:
    """A title in bold, where it isn't already."""
    return title if not title or title.startswith("**") else f"**{title}**"


def foldable(call: Call) -> str | None:
    """A callout that a reader may close; one that is closed at first is a dropdown.

    Without a title of its own the theme writes the kind's name, as mystmd does for its own kinds.
    """
    kind = call.get("type").lower()
    typed = call.typed("type") or kind
    title = call.get("title").strip() or ("" if typed.lower() == kind else typed.capitalize())
    body = call.body()
    if not title and body.startswith("#"):
        title = kind.capitalize()  # else mystmd takes the heading for the title
    is_open = call.get("open").lower() not in ("false", "0", "no")
    options: dict[str, str | bool | None] = {"class": None if is_open else "dropdown"}
    return box(call, kind, call.markdown(title) if title else "", body, **options)


def details(call: Call) -> str | None:
    """A dropdown; `open` is a word or a truth, and one theme says `closed` instead."""
    title = call.get("title").strip() or call.get("summary").strip() or "Details"
    is_open = call.get("open").lower() not in ("", "false", "0", "no")
    if "closed" in call.rule.params:
        is_open = not call.is_true("closed")
    shown, body = call.markdown(title), call.body()
    if not call.place.is_block:
        return f"{bold(shown)} {body}".strip()
    return myst.directive("dropdown", shown, {"open": is_open}, body or "%")
