"""The content tree: which files are pages, which are bundles, and whose the other files are."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from migrate.model import Format
from migrate.read.mounts import File

FORMATS: Mapping[str, Format] = {
    "md": "markdown", "markdown": "markdown", "mdown": "markdown", "html": "html", "htm": "html",
    "org": "org", "adoc": "asciidoc", "asciidoc": "asciidoc", "ad": "asciidoc", "rst": "rst",
    "pandoc": "pandoc", "pdc": "pandoc",
}  # fmt: skip
ADAPTER = "_content.gotmpl"
_MAX_REPEATS = 2

Role = Literal["page", "leaf", "branch"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A content file that is a page in one language."""

    file: File
    language: str
    folder: str
    """The folder that holds the file, as spelled on disk; `""` at the root."""
    name: str
    """File name without language and extension; of a bundle the name of its folder."""
    role: Role
    format: Format

    @property
    def path(self) -> str:
        """Where the page stands in the tree, as spelled on disk, without `/` before it."""
        return self.folder if self.role != "page" else posixpath.join(self.folder, self.name)

    @property
    def logical(self) -> str:
        """Hugo's logical path."""
        return logical(self.path)


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of the content tree that is no page."""

    file: File
    language: str
    """The language that its name or mount says; `""` for none."""
    owner: str
    """Logical path of the bundle or section that it belongs to."""
    below: str
    """Its path below the owner's folder, as on disk."""
    content: bool
    """A content file inside a leaf bundle: no page, and not published."""


@dataclass(slots=True)
class Tree:
    """The pages of each language, and the other files."""

    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    """Language -> (logical path -> entry)."""
    resources: list[Resource] = field(default_factory=list)
    adapters: list[File] = field(default_factory=list)
    hidden: list[tuple[Entry, Entry]] = field(default_factory=list)
    """(what is shown, what it hides): two files for one path."""


def logical(path: str) -> str:
    """The logical path of a path in the content tree."""
    # Go's lower case of `İ` has no combining dot.
    return "/" + path.lower().replace("i̇", "i").replace(" ", "-").strip("/")


def grow(
    files: Iterable[File],
    languages: Sequence[str],
    off: frozenset[str],
    ignored: Sequence[re.Pattern[str]],
) -> Tree:
    """Sort the files of `content`. `ignored` are the site's `ignoreFiles`."""
    tree = Tree({code: {} for code in languages})
    known = frozenset(languages) | off
    content: list[Entry] = []
    others: list[tuple[File, str]] = []
    for file in files:
        if file.language and file.language not in languages:
            continue
        if any(pattern.search(str(file.source)) for pattern in ignored):
            continue
        folder, base = posixpath.split(file.relative)
        if base == ADAPTER:
            tree.adapters.append(file)
            continue
        stem, _, extension = base.rpartition(".")
        name, language = _language(stem, known)
        format = FORMATS.get(extension.lower())
        language = language or file.language
        if language in off:
            continue
        if format is None or not name:
            others.append((file, language))
        else:
            content.append(_entry(file, language, folder, name, format))
    leaves = {entry.folder for entry in content if entry.role == "leaf"}
    front = [entry for entry in content if _is_front(entry)]
    for entry in sorted(content, key=_order):
        bundle = _topmost(entry.folder, leaves)
        inside = bundle is not None and (entry.folder != bundle or entry.role != "leaf")
        if inside or (front and entry not in front):
            others.append((entry.file, entry.language))
        else:
            _put(tree, entry, entry.language or languages[0])
    owners = {logical(leaf) for leaf in leaves} | _sections(tree)
    for file, language in others:
        tree.resources.append(_resource(file, language, leaves, owners))
    return tree


def _is_front(entry: Entry) -> bool:
    """`index.md` at the root: a home page that owns all other files, and leaves no other page."""
    name = posixpath.basename(entry.file.relative)
    return entry.folder == "" and entry.role == "branch" and not name.startswith("_")


def _entry(file: File, language: str, folder: str, name: str, format: Format) -> Entry:
    if name == "_index":
        return Entry(file, language, folder, posixpath.basename(folder), "branch", format)
    if name == "index" and folder:
        return Entry(file, language, folder, posixpath.basename(folder), "leaf", format)
    if name == "index":
        return Entry(file, language, "", "", "branch", format)
    return Entry(file, language, folder, name, "page", format)


def _order(entry: Entry) -> tuple[bool, bool, bool]:
    """Of files for one path a bundle goes before a single file, `a.en.md` before `a.md`."""
    marked = entry.file.language == "" and entry.language != ""
    return entry.role == "page", not marked, entry.format != "markdown"


def _put(tree: Tree, entry: Entry, language: str) -> None:
    entries = tree.entries[language]
    entry = entry if entry.language else _in_language(entry, language)
    first = entries.setdefault(entry.logical, entry)
    if first is not entry:
        tree.hidden.append((first, entry))


def _in_language(entry: Entry, language: str) -> Entry:
    return Entry(entry.file, language, entry.folder, entry.name, entry.role, entry.format)


def _language(stem: str, known: frozenset[str]) -> tuple[str, str]:
    name, dot, suffix = stem.rpartition(".")
    if dot and suffix.lower() in known:
        return name, suffix.lower()
    return stem, ""


def _topmost(folder: str, leaves: set[str]) -> str | None:
    """The outermost leaf bundle around a folder."""
    if not leaves or not folder:
        return None
    at = 0
    while at >= 0:
        at = folder.find("/", at + 1)
        part = folder if at < 0 else folder[:at]
        if part in leaves:
            return part
    return None


def _sections(tree: Tree) -> set[str]:
    """Logical paths of all sections: those with a file, and first-level folders with pages."""
    found = {"/"}
    for entries in tree.entries.values():
        for path, entry in entries.items():
            if entry.role == "branch":
                found.add(path)
            if path.count("/") > 1:
                found.add(path[: path.index("/", 1)])
    return found


def _resource(file: File, language: str, leaves: set[str], owners: set[str]) -> Resource:
    folder, base = posixpath.split(file.relative)
    owner = _topmost(folder, leaves)
    if owner is None:
        owner = folder
        while owner and logical(owner) not in owners:
            owner = posixpath.dirname(owner)
    content = base.rpartition(".")[2].lower() in FORMATS
    below = file.relative[len(owner) :].lstrip("/")
    return Resource(file, language, logical(owner), below, content)


def ignore_patterns(expressions: Sequence[str]) -> tuple[list[re.Pattern[str]], list[str]]:
    """`ignoreFiles` compiled, and those that can't be used.

    Go's regular expressions take linear time. In Python's, repeated groups and many repeats may
    take for ever.
    """
    patterns, refused = [], []
    for expression in expressions:
        bare = re.sub(r"\\.|\[[^\]]{0,200}\]", "x", expression)
        if re.search(r"\)[*+{]", bare) or len(re.findall(r"[*+{]", bare)) > _MAX_REPEATS:
            refused.append(expression)
            continue
        try:
            patterns.append(re.compile(expression))
        except re.error:
            refused.append(expression)
    return patterns, refused
