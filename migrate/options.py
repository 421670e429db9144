"""Options: what a person decides, from `hugo2myst.yml` and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from migrate.model import Value


@dataclass(frozen=True, slots=True)
class Options:
    """Everything that changes what a conversion writes. The defaults are Hugo's."""

    drafts: bool = False
    future: bool = False
    expired: bool = False
    now: datetime | None = None
    """The moment that decides what is in the future or expired; None: the clock."""
    environment: str = "production"
    config: tuple[str, ...] = ()
    """Configuration files to read instead of those that Hugo would find."""
    site_urls: tuple[str, ...] = ()
    """Further URLs or hosts that are this site: previews, the old domain."""
    icons: Literal["emoji", "drop"] = "drop"
    mapping: Mapping[str, Value] = field(default_factory=dict)
    """The `shortcodes`, `html` and `frontmatter` of hugo2myst.yml, in a theme file's form."""
    all_assets: bool = False
    """Copy every static file, also those that no page uses."""
    hugo: bool = True
    """Render with real Hugo the shortcodes that nothing else knows."""
