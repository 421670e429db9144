"""Pictures: files of the site that the report shows, kept in its own folder."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from migrate.model import Page
from migrate.plan import Plan

FOLDER = "files"
_SUFFIXES = frozenset(
    (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".ico", ".apng")
)


class Pictures:
    """Finds pictures and brings them into the report: as hard links where the disk allows."""

    def __init__(self, plan: Plan, destination: Path, report: Path) -> None:
        self._plan = plan
        self._destination = destination.resolve()
        self._folder = report / FOLDER
        self._known: dict[Path, str] = {}

    def of_hugo(self, src: str, page: Page) -> str:
        """The address in the report of a picture that Hugo's page shows."""
        asset = self._plan.links.resolve_file(src, page).asset if src else None
        return self._bring(asset.file) if asset else ""

    def of_myst(self, src: str, place: PurePosixPath) -> str:
        """The address in the report of a picture that the project's page at `place` shows."""
        path = unquote(urlsplit(src).path) if "://" not in src else ""
        if not path:
            return ""
        below = path.lstrip("/") if path.startswith("/") else place.parent / path
        file = (self._destination / below).resolve()
        return self._bring(file) if file.is_relative_to(self._destination) else ""

    def _bring(self, file: Path) -> str:
        if file not in self._known:
            self._known[file] = self._copy(file)
        return self._known[file]

    def _copy(self, file: Path) -> str:
        if file.suffix.lower() not in _SUFFIXES or not file.is_file():
            return ""
        name = sha256(str(file).encode("utf-8", "replace")).hexdigest()[:16] + file.suffix.lower()
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file.resolve(), self._folder / name)
        except OSError:
            try:
                shutil.copyfile(file, self._folder / name)
            except OSError:
                return ""
        return f"{FOLDER}/{name}"
