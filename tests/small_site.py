"""A small Hugo site on disk, converted whole: its files by path, and what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from migrate.model import Diagnostic
from migrate.options import Options
from migrate.pipeline import convert

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)


@dataclass(frozen=True)
class Converted:
    """A converted site."""

    folder: Path
    diagnostics: tuple[Diagnostic, ...]

    def text(self, path: str) -> str:
        """A file of the project."""
        return (self.folder / path).read_text(encoding="utf-8")

    def front(self, path: str) -> dict[str, Any]:
        """The front matter of a page."""
        found = yaml.safe_load(self.text(path).split("---\n")[1])
        assert isinstance(found, dict)
        return found

    def body(self, path: str) -> str:
        """A page without its front matter."""
        return self.text(path).split("\n---\n", 1)[1].strip("\n")

    def project(self) -> dict[str, Any]:
        """myst.yml."""
        found = yaml.safe_load(self.text("myst.yml"))
        assert isinstance(found, dict)
        return found

    def codes(self) -> set[str]:
        """The codes of all diagnostics."""
        return {diagnostic.code for diagnostic in self.diagnostics}


def convert_site(folder: Path, files: Mapping[str, str | bytes]) -> Converted:
    """Write the site under `folder` and convert it."""
    source = folder / "site"
    for name, data in files.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    result = convert(source, folder / "project", Options(hugo=False))
    return Converted(folder / "project", result.diagnostics)
