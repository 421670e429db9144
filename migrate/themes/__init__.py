"""Themes: what shortcodes, HTML classes and front matter keys become, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme file, read and validated."""

    name: str
