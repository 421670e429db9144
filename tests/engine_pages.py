"""Many snippets in one mystmd project: a build starts in seconds, a page takes milliseconds."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from migrate.engines.mystmd import Built, Message, build

CONFIG = """\
version: 1
project:
  title: Tests
  numbering: {figure: false, table: false, equation: false, code: false}
  settings: {parser: {dollarmath: %s}}
site:
  template: book-theme
  options: {folders: true}
"""


@dataclass(frozen=True, slots=True)
class Snippets:
    """What mystmd made of each snippet."""

    pages: Mapping[str, Built]
    """By the name that the snippet was given."""
    messages: Mapping[str, tuple[Message, ...]]
    """Those that are ours; of snippets with none, an empty tuple."""


def build_pages(
    texts: Mapping[str, str],
    files: Mapping[str, bytes | str] | None = None,
    *,
    dollarmath: bool = False,
) -> Snippets:
    """Build each text as a page of one project, beside `files` (images, other pages).

    A text without front matter gets its name as title. Names are file names without `.md`.
    """
    with tempfile.TemporaryDirectory(prefix="hugo2myst-") as folder:
        root = Path(folder)
        (root / "myst.yml").write_text(CONFIG % str(dollarmath).lower())
        (root / "index.md").write_text("---\ntitle: Home\n---\n\nHome.\n")
        for name, data in (files or {}).items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.encode() if isinstance(data, str) else data)
        for name, text in texts.items():
            path = root / f"{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            head = "" if text.startswith("---\n") else f"---\ntitle: {path.stem}\n---\n\n"
            path.write_text(head + text, newline="")
        built = build(root)
    messages = {name: tuple(m for m in built.ours if m.file == f"{name}.md") for name in texts}
    return Snippets({name: built.pages[f"{name}.md"] for name in texts}, messages)
