"""The record of what was written, from what: `.hugo2myst/manifest.json`.

It is sorted, holds no times and nothing of the machine, so it can be committed and merged.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from migrate.diagnostics import MigrateError
from migrate.write.paths import RECORD

VERSION = 1
"""Of the record's form. A higher one is refused, never guessed at."""

NAME = f"{RECORD}/manifest.json"
_HASH = re.compile("(?:[0-9a-f]{40})?")
_WAY_OUT = (
    "restore it from version control, or run again with --force: files equal to what is "
    "written then count as ours, all others are left alone and named"
)


def content_hash(data: bytes) -> str:
    """The name of some content: 40 hexadecimal digits of BLAKE2b."""
    return hashlib.blake2b(data, digest_size=20).hexdigest()


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file that we wrote."""

    identity: str
    """Of the page or asset that it comes from."""
    hash: str
    """Of the content as we wrote it last: the base of a three-way merge. "" for a file that
    was there before us and is in conflict."""
    conflict: str = ""
    """Hash of a newer content that clashed with hand edits and waits for a person, else ""."""


@dataclass(frozen=True, slots=True)
class PageRecord:
    """One source page or feed item."""

    key: str
    """Hash of all that its conversion depends on: its source, the settings, the converter's
    version, the part of the link map that it uses."""
    url: str = ""
    """Where Hugo has it."""
    former: tuple[str, ...] = ()
    """URLs that it had in earlier runs, oldest first; the present one is not among them."""
    files: tuple[str, ...] = ()
    """Paths of all files that exist because of it: its own and the assets that it uses."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that is known of earlier runs."""

    tool: str = ""
    settings: str = ""
    language: str = ""
    """Code of the language that the project holds alone; empty where it holds all."""
    root: str = ""
    """Path below which the project is served: that of `baseURL`, or a language's below it."""
    pages: Mapping[str, PageRecord] = field(default_factory=dict)
    """Identity -> page."""
    files: Mapping[str, FileRecord] = field(default_factory=dict)
    """Path in the project -> file."""

    def is_current(self, identity: str, key: str) -> bool:
        """Converting the page again would give what it gave last time.

        Its outputs must then be accounted for by naming the page in `kept`.
        """
        page = self.pages.get(identity)
        return page is not None and page.key == key != ""

    def former_urls(self, identity: str, url: str) -> tuple[str, ...]:
        """Where the page that is at `url` now was in earlier runs; each needs a redirect."""
        page = self.pages.get(identity)
        if page is None:
            return ()
        seen = dict.fromkeys((*page.former, page.url))
        return tuple(old for old in seen if old and old != url)


def dump(manifest: Manifest) -> bytes:
    """The record as a file: one line for each page and file, so that git merges it well."""
    head = {"version": VERSION, "tool": manifest.tool, "settings": manifest.settings}
    head |= {key: value for key in ("language", "root") if (value := getattr(manifest, key))}
    lines = [f" {_json(key)}: {_json(value)}" for key, value in head.items()]
    lines.append(_table("pages", ((k, _page(v)) for k, v in sorted(manifest.pages.items()))))
    lines.append(_table("files", ((k, _file(v)) for k, v in sorted(manifest.files.items()))))
    # A lone surrogate (a file name that is no UTF-8) becomes JSON's own escape.
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8", "backslashreplace")


def load(data: bytes) -> Manifest:
    """The manifest in `data`. Raises MigrateError if it is damaged or newer than we are."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise MigrateError(f"the record is damaged ({error}); {_WAY_OUT}", NAME) from None
    version = raw.get("version") if isinstance(raw, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise MigrateError(
            f"the record was written by a newer hugo2myst ({raw.get('tool', 'unknown')}); "
            "upgrade hugo2myst to at least that version",
            NAME,
        )
    try:
        if version != VERSION:
            raise ValueError("it has no version")
        return Manifest(
            tool=_text(raw["tool"]),
            settings=_text(raw["settings"]),
            language=_text(raw.get("language", "")),
            root=_text(raw.get("root", "")),
            pages={intern(key): _load_page(value) for key, value in raw["pages"].items()},
            files={intern(key): _load_file(value) for key, value in raw["files"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MigrateError(f"the record is damaged ({error!s}); {_WAY_OUT}", NAME) from None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def _table(name: str, rows: Iterable[tuple[str, object]]) -> str:
    lines = [f"  {_json(key)}: {_json(value)}" for key, value in rows]
    return f" {_json(name)}: {{" + ("\n" + ",\n".join(lines) + "\n }" if lines else "}")


def _page(page: PageRecord) -> dict[str, object]:
    row: dict[str, object] = {"key": page.key, "url": page.url}
    if page.former:
        row["former"] = page.former
    row["files"] = page.files
    return row


def _file(file: FileRecord) -> dict[str, str]:
    row = {"identity": file.identity, "hash": file.hash}
    if file.conflict:
        row["conflict"] = file.conflict
    return row


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is not text")
    return value


def _hash(value: Any) -> str:
    """A content hash or ""; it names a file in the record, so it must be nothing else."""
    text = _text(value)
    if _HASH.fullmatch(text) is None:
        raise ValueError(f"{text!r:.60} is not a hash")
    return intern(text)


def _load_page(row: Any) -> PageRecord:
    return PageRecord(
        key=_text(row["key"]),
        url=_text(row["url"]),
        former=tuple(_text(url) for url in row.get("former", ())),
        files=tuple(intern(_text(path)) for path in row["files"]),
    )


def _load_file(row: Any) -> FileRecord:
    return FileRecord(
        identity=intern(_text(row["identity"])),
        hash=_hash(row["hash"]),
        conflict=_hash(row.get("conflict", "")),
    )
