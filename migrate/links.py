"""The link map: what a destination means, and how it is written in MyST.

Relies on Hugo's rules (a browser resolves a typed link against the page's URL; `ref`, `relref`
and the embedded link hook look a page up by its path) and on mystmd's (it resolves files, says
nothing about URLs that lead nowhere, and takes labels project-wide).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.model import Page, Target

if TYPE_CHECKING:
    from migrate.plan import Plan


class Links:
    """Looks destinations up in a site."""

    def resolve(self, destination: str, page: Page) -> Target:
        """What `destination`, as typed in `page`, means for a reader who clicks on it."""
        raise NotImplementedError

    def resolve_file(self, destination: str, page: Page) -> Target:
        """The same for a file that the page shows: images, videos."""
        raise NotImplementedError

    def ref(self, path: str, page: Page, language: str = "") -> Target:
        """What Hugo's `ref` or `relref` of `path` finds."""
        raise NotImplementedError


def written(target: Target, page: Page, plan: Plan) -> str:
    """The destination to write in `page` so that mystmd leads to `target`."""
    raise NotImplementedError
