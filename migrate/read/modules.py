"""Where themes and modules are: below the site, or beside it in the same repository."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from migrate.model import Value
from migrate.read.disk import Unreadable, read_text

_REPLACED = re.compile(r"^[ \t]*(?:replace[ \t]+)?(\S+)(?:[ \t]+v\S+)?[ \t]+=>[ \t]+(\.\S*)", re.M)
_MAX_UP = 4
"""How many folders above the site the repository's root is looked for."""


def boundary(root: Path) -> Path:
    """The folder that nothing is read outside of: the site's git repository, else the site."""
    for folder in (root, *list(root.parents)[:_MAX_UP]):
        if (folder / ".git").exists():
            return folder
    return root


def named(config: Mapping[str, Value]) -> Iterator[str]:
    """The themes and modules that a configuration names, in order."""
    theme = config.get("theme")
    for name in theme if isinstance(theme, list) else [theme]:
        if isinstance(name, str) and name.strip():
            yield name.strip()
    module = config.get("module")
    imports = module.get("imports") if isinstance(module, dict) else None
    for entry in imports if isinstance(imports, list) else [imports]:
        if isinstance(entry, dict) and not entry.get("disable"):
            path = entry.get("path")
            if isinstance(path, str):
                yield path


def folder(name: str, config: Mapping[str, Value], owner: Path, root: Path) -> Path | None:
    """The folder of a theme or module; None where it isn't here.

    `owner` is the folder of the site or theme whose configuration names it.
    """
    limit = boundary(root)
    themes = root / str(config.get("themesdir") or "themes")
    candidates = [themes / name, root / "_vendor" / name, owner / "_vendor" / name]
    candidates += [owner / place for place in _replacements(config, owner, name)]
    for candidate in candidates:
        if "\0" in str(candidate):
            continue
        place = candidate.resolve()
        inside = place.is_relative_to(limit) and place.is_dir() and place != root
        if inside and any(place.iterdir()):
            return place
    # A theme's own example or documentation: the theme is the folder around the site.
    parent = root.parent
    if owner == root and (parent / "layouts").is_dir() and _is_theme(parent, name):
        return parent
    return None


def _is_theme(folder: Path, name: str) -> bool:
    last = name.rstrip("/").rpartition("/")[2].lower()
    return (folder / "theme.toml").is_file() and last in (folder.name.lower(), _name(folder))


def _name(folder: Path) -> str:
    try:
        text = read_text(folder / "theme.toml").text
    except Unreadable:
        return ""
    found = re.search(r"""^name[ \t]*=[ \t]*["']([^"'\n]*)["']""", text, re.M)
    return found[1].strip().lower() if found else ""


def _replacements(config: Mapping[str, Value], owner: Path, name: str) -> Iterator[str]:
    """Local folders that stand for the module: `module.replacements`, `replace` in go.mod."""
    module = config.get("module")
    replacements = module.get("replacements") if isinstance(module, dict) else None
    items = replacements if isinstance(replacements, list) else str(replacements or "").split(",")
    for item in items:
        path, arrow, place = str(item).partition("->")
        if arrow and path.strip() == name:
            yield place.strip()
    try:
        lines = read_text(owner / "go.mod").text
    except Unreadable:
        return
    for path, place in _REPLACED.findall(lines):
        if path == name:
            yield place
