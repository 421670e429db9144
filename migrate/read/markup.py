"""The `markup` settings, and the render hooks and shortcode templates that are on disk."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from migrate.model import Markup, Value
from migrate.read.mounts import File
from migrate.read.settings import mapping, text, truth

_SHORTCODES = ("shortcodes/", "_shortcodes/")
_HOOKS = {
    "render-link": "link_hook", "render-image": "image_hook", "render-blockquote": "alert_hook",
}  # fmt: skip


def templates(layouts: Sequence[File]) -> dict[str, Path]:
    """Shortcode name in lower case -> its template; HTML before other formats."""
    found: dict[str, Path] = {}
    for file in sorted(layouts, key=lambda file: not file.relative.endswith(".html")):
        for folder in _SHORTCODES:
            if file.relative.startswith(folder):
                head, slash, base = file.relative.removeprefix(folder).rpartition("/")
                found.setdefault(f"{head}{slash}{base.partition('.')[0]}".lower(), file.path)
    return found


def read(config: Mapping[str, Value], layouts: Sequence[File], *, multilingual: bool) -> Markup:
    """Hugo's defaults with what the site sets."""
    goldmark = mapping(mapping(config.get("markup")).get("goldmark"))
    parser = mapping(goldmark.get("parser"))
    renderer = mapping(goldmark.get("renderer"))
    extensions = mapping(goldmark.get("extensions"))
    extras = mapping(extensions.get("extras"))
    attribute = mapping(parser.get("attribute"))
    hooks = {name for file in layouts if (name := _hook(file.relative))}
    blocks, inlines = _delimiters(mapping(extensions.get("passthrough")))
    id_type = text(parser.get("autoidtype") or parser.get("autoheadingidtype")).lower()

    def on(values: Mapping[str, Value], key: str, default: bool) -> bool:
        value = values.get(key)
        if isinstance(value, dict):  # `enable = false` of footnote, typographer and others
            value = None if truth(value.get("disable", False)) is None else value.get("enable")
            disabled = mapping(values.get(key)).get("disable")
            if disabled is not None:
                value = not truth(disabled)
        return default if value is None else truth(value)

    fences = {name.removeprefix(_CODE).lower() for name in hooks if name.startswith(_CODE)}
    hook = {field: name in hooks for name, field in _HOOKS.items()}
    for kind in ("link", "image"):
        hook[f"{kind}_hook"] |= _embedded(goldmark, kind, multilingual)
    values: dict[str, Any] = {
        "unsafe": on(renderer, "unsafe", False),
        "hard_wraps": on(renderer, "hardwraps", False),
        "typographer": on(extensions, "typographer", True),
        "linkify": on(extensions, "linkify", True),
        "footnotes": on(extensions, "footnote", True),
        "tables": on(extensions, "table", True),
        "strikethrough": on(extensions, "strikethrough", True),
        "task_lists": on(extensions, "tasklist", True),
        "definition_lists": on(extensions, "definitionlist", True),
        "emoji": truth(config.get("enableemoji")),
        "auto_heading_ids": on(parser, "autoheadingid", True),
        "heading_ids": id_type if id_type in ("github-ascii", "blackfriday") else "github",
        "definition_ids": on(parser, "autodefinitiontermid", False),
        "heading_attributes": on(attribute, "title", True),
        "block_attributes": on(attribute, "block", False),
        "passthrough_block": blocks,
        "passthrough_inline": inlines,
        "image_captions": _captions(layouts),
        "math_fences": fences & _MATH,
        "code_hooks": fences - _MATH - _DRAWN,
        "own_link_hook": "render-link" in hooks,
        "own_image_hook": "render-image" in hooks,
        **{key: on(extras, key, False) for key in _EXTRAS},
        **hook,
    }
    return Markup(**values)


_CODE = "render-codeblock-"
_MATH = frozenset(("math", "katex", "latex", "tex"))
_DRAWN = frozenset(("mermaid", "goat"))
"""Diagrams, whose source mystmd or Hugo itself draws."""
_EXTRAS = ("insert", "mark", "subscript", "superscript", "delete")


def _hook(relative: str) -> str:
    """`render-link` of `_markup/render-link.html`, in any folder of the layouts."""
    folder, _, base = relative.rpartition("/")
    return base.partition(".")[0] if folder.rpartition("/")[2] == "_markup" else ""


_CAPTION = re.compile(r"<figcaption\b(?:(?!<figcaption).)*?</figcaption>", re.S | re.I)
_CONDITION = re.compile(r"\{\{-?\s*(?:with|if)\b")
_LARGEST_HOOK = 100_000
"""Bytes of a template that are read."""


def _captions(layouts: Sequence[File]) -> str | None:
    """What the image hook on disk puts below an image; None without a hook.

    The caption's text, or the condition before it where it only says `{{ . }}`, names the title
    (`.Title`, `$caption`) or the alternative text (`.Text`, `$alt`).
    """
    hook = next((file for file in layouts if _hook(file.relative) == "render-image"), None)
    if hook is None:
        return None
    try:
        with hook.path.open("rb") as file:
            template = file.read(_LARGEST_HOOK).decode("utf-8", "replace")
    except OSError:
        return None
    found = _CAPTION.search(template)
    if found is None:
        return ""
    conditions = [one.start() for one in _CONDITION.finditer(template, 0, found.start())]
    for start in (found.start(), *conditions[-1:]):
        text = template[start : found.end()].lower().replace("figcaption", "")
        if "title" in text or "caption" in text:
            return "title"
        if ".text" in text or "plaintext" in text or "alt" in text:
            return "alt"
    return ""


def _embedded(goldmark: Mapping[str, Value], kind: str, multilingual: bool) -> bool:
    """Whether Hugo's own hook runs: asked for, or (`auto`) in a site of several languages."""
    hook = mapping(mapping(goldmark.get("renderhooks")).get(kind))
    if "enabledefault" in hook and "useembedded" not in hook:
        return truth(hook["enabledefault"])
    choice = text(hook.get("useembedded")).lower() or "auto"
    return choice in ("always", "fallback", "true") or (choice == "auto" and multilingual)


def _delimiters(
    passthrough: Mapping[str, Value],
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    if not truth(passthrough.get("enable")):
        return (), ()
    delimiters = mapping(passthrough.get("delimiters"))

    def pairs(value: Value) -> tuple[tuple[str, str], ...]:
        items = value if isinstance(value, list) else []
        return tuple(
            (text(pair[0]), text(pair[1]))
            for pair in items
            if isinstance(pair, list) and len(pair) == 2 and text(pair[0]) and text(pair[1])
        )

    return pairs(delimiters.get("block")), pairs(delimiters.get("inline"))
