"""The layouts of a site and its themes: their hash, and which calls look at other pages."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from migrate.engines.overlay import CALL, PARTIAL, SKIPPED, layout_roots
from migrate.model import Site

_AROUND = re.compile(
    r"\b[sS]ite\.(?:(?:All|Regular)?Pages|Sections|Taxonomies|GetPage|Home|MainSections|LastChange"
    r"|Lastmod)\b|\.(?:(?:Regular)?Pages(?:Recursive)?|GetPage|Sections|Related|Next|Prev"
    r"|NextInSection|PrevInSection|Parent|CurrentSection|Ancestors|(?:All)?Translations)\b"
    r"|(?<![\w#\"'/-])(?:rel)?ref\b(?![-=\"'])"
)
"""What templates say to reach other pages than the one that is rendered."""
_READS = re.compile(
    r"\b(?:readFile|readDir|fileExists|i18n|resources\.(?:Get|Match|ByType|Concat)\w*)\b"
    r"|\.Resources\b|(?<![\w.\"$])T\s+[\"(.$]"
)
"""What templates say to reach files that are neither pages nor data."""
_LARGEST = 1 << 20
"""Bytes: of a larger file only the size counts."""
_FOLDERS = ("shortcodes", "partials")


class Layouts:
    """Every file in the `layouts` folders of a site and its themes, read once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        digest = hashlib.blake2b(digest_size=16)
        self._texts: dict[tuple[str, str], str] = {}
        for root in layout_roots(site):
            for file in sorted((root / "layouts").rglob("*")):
                if file.is_file() and not file.is_symlink():
                    content = file.read_bytes()
                    digest.update(str(file.relative_to(root)).encode() + content)
                    parts = file.relative_to(root / "layouts").parts
                    kind = "hooks" if "_markup" in parts else parts[0].lstrip("_")
                    if kind in (*_FOLDERS, "hooks"):
                        name = "/".join(parts[1:]).partition(".")[0].lower()
                        self._texts[kind, name] = content.decode("utf-8", "replace")
        self.hash = digest.hexdigest()
        self._said: dict[tuple[object, ...], bool] = {}

    def looks_around(self, asked: str) -> bool:
        """Whether what Hugo renders of `asked` may change with other pages of the site.

        `asked` are shortcode calls, or Markdown that a render hook shows.
        """
        return self._says(_AROUND, asked)

    def files_for(self, asked: str) -> str:
        """Hash of the files that what Hugo renders of `asked` may change with; empty: none."""
        return self._files if self._says(_READS, asked) else ""

    def _says(self, sought: re.Pattern[str], asked: str) -> bool:
        names = [name.lower() for _, name in CALL.findall(asked)]
        if (known := self._said.get((sought, *names))) is None:
            templates = (
                (self._texts.get(("shortcodes", name), "") for name in names)
                if names
                else (text for (kind, _), text in self._texts.items() if kind == "hooks")
            )
            known = self._said[sought, *names] = any(
                sought.search(text)
                for template in templates
                for text in self._with_partials(template)
            )
        return known

    @cached_property
    def _files(self) -> str:
        """Hash of the site's files but pages, data, layouts and what is published as it is."""
        digest = hashlib.blake2b(digest_size=16)
        for page in self._site.pages:
            for asset in page.resources:
                _add(digest, asset.url, asset.file)
        for path in _other_files(self._site.source) if self._site.source else ():
            _add(digest, str(path.relative_to(self._site.source or path)), path)
        return digest.hexdigest()

    def _with_partials(self, template: str) -> Iterator[str]:
        """A template, and the partials that it calls, however deep."""
        waiting, seen = [template], set[str]()
        while waiting:
            text = waiting.pop()
            yield text
            for name in PARTIAL.findall(text):
                if name not in seen:
                    seen.add(name)
                    key = name.partition(".")[0].lower()
                    waiting.append(self._texts.get(("partials", key), ""))


def _other_files(source: Path) -> Iterator[Path]:
    left_out = SKIPPED | {"content", "static", "data"}
    for folder, folders, files in os.walk(source):
        if Path(folder) == source:
            folders[:] = [name for name in folders if name not in left_out]
        folders.sort()
        yield from (Path(folder, name) for name in sorted(files))


def _add(digest: hashlib.blake2b, name: str, path: Path) -> None:
    try:
        size = path.stat().st_size
        small = size <= _LARGEST and path.is_file() and not path.is_symlink()
        digest.update(f"{name}\0{size}\0".encode("utf-8", "surrogatepass"))
        digest.update(path.read_bytes() if small else b"")
    except OSError:  # a file that is gone or can't be read: Hugo won't read it either
        digest.update(f"{name}\0".encode("utf-8", "surrogatepass"))
