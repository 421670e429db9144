"""Static checks of a MyST project: what mystmd doesn't say, in milliseconds a hundred pages.

mystmd 1.11 is silent about links to files and URLs that don't exist, takes `#heading` to the
first page of the project that has such a heading, and serves two pages that slug alike under
numbered URLs. Here each page is read line by line, without an engine; code is left out.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from migrate.check.page import Surroundings, check_page
from migrate.check.scan import Scan, scan
from migrate.diagnostics import MigrateError, diagnostic
from migrate.model import Diagnostic
from migrate.places import inside, served

IGNORED = frozenset(("_build", ".hugo2myst", ".git", "node_modules"))


@dataclass(frozen=True, slots=True)
class Project:
    """A project's files and pages."""

    root: Path
    files: frozenset[str]
    """Every file, from the root, as POSIX paths."""
    texts: Mapping[str, str]
    """Pages of the toc by file, as text."""
    pages: Mapping[str, Scan]
    """The same, read."""
    published: tuple[str, ...] = ()
    """Base names of `static_files`: URLs that begin so are served."""
    outside: frozenset[str] = frozenset()
    """Markdown files that the toc leaves out."""
    labels: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    """Label in lower case -> places that define it."""
    urls: frozenset[str] = frozenset()
    """URLs at which the pages are served."""
    base: str = ""
    """Path below which the project is served, without the final slash."""
    plugins: bool = False
    """The project has plugins of its own."""

    def served(self, address: str) -> bool:
        """Whether a page or a static file is at an absolute path."""
        address = inside(address, self.base)
        return address in self.urls or address.lstrip("/").split("/")[0] in self.published


def check_project(root: Path, base: str = "") -> tuple[Diagnostic, ...]:
    """All that is wrong with the project in `root`, by file and line. `base` is the path below
    which it is served.

    Raises MigrateError where there is no myst.yml that can be read.
    """
    config = _config(root)
    project, missing = _project(root, config)
    project = replace(project, base=base)
    found = [*missing, *_labels(project), *_slugs(project)]
    around = Surroundings(
        project.files, project.labels, project.served, project.outside, project.plugins
    )
    for name, page in project.pages.items():
        found += check_page(name, project.texts[name], page, around)
    return tuple(sorted(found, key=lambda told: (told.source, told.line, told.code)))


def _config(root: Path) -> Mapping[str, Any]:
    import yaml

    try:
        text = (root / "myst.yml").read_text("utf-8")
        config = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        raise MigrateError("there is no myst.yml, so this is no MyST project", str(root)) from error
    except yaml.YAMLError as error:
        raise MigrateError("this is no valid YAML", str(root / "myst.yml")) from error
    project = config.get("project") if isinstance(config, Mapping) else None
    return project if isinstance(project, Mapping) else {}


def _project(root: Path, config: Mapping[str, Any]) -> tuple[Project, list[Diagnostic]]:
    files = frozenset(_files(root))
    markdown = sorted(name for name in files if name.endswith(".md"))
    toc = config.get("toc")
    told: list[Diagnostic] = []
    listed = markdown
    if isinstance(toc, list):
        wanted = set(_toc_files(toc, markdown, told, files))
        listed = [name for name in markdown if name in wanted]
    texts = {name: _text(root / name) for name in listed}
    pages = {name: scan(text) for name, text in texts.items()}
    labels: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, page in pages.items():
        for label, line in page.labels:
            labels[label.lower()].append((name, line))
    static = config.get("static_files")
    published = tuple(posixpath.basename(str(item).rstrip("/")) for item in static or ())
    project = Project(
        root,
        files,
        texts,
        pages,
        published,
        frozenset(markdown) - set(listed),
        {label: tuple(places) for label, places in labels.items()},
        frozenset(served(PurePosixPath(name)) for name in pages),
        plugins=bool(config.get("plugins")),
    )
    return project, told


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")


def _files(root: Path) -> Iterator[str]:
    stack = [root]
    while stack:
        for entry in sorted(stack.pop().iterdir()):
            if entry.is_dir() and entry.name not in IGNORED and not entry.is_symlink():
                stack.append(entry)
            elif entry.is_file():
                yield entry.relative_to(root).as_posix()


def _toc_files(
    entries: list[Any], markdown: list[str], told: list[Diagnostic], files: frozenset[str]
) -> Iterator[str]:
    """Files of a toc, in order; an entry without a file is told."""
    stack = list(reversed(entries))
    while stack:
        entry = stack.pop()
        if not isinstance(entry, Mapping):
            continue
        stack.extend(reversed(entry.get("children") or ()))
        if name := str(entry.get("file") or ""):
            name = name.lstrip("/")
            found = next((n for n in (name, f"{name}.md") if n in files), None)
            if found is None:
                told.append(diagnostic("HM818", "myst.yml", 0, file=name))
            else:
                yield found
        if pattern := str(entry.get("pattern") or ""):
            yield from (name for name in markdown if _matches(name, pattern))


def _matches(name: str, pattern: str) -> bool:
    """Whether a glob of a toc, in which `**` crosses folders, matches."""
    if "**" in pattern:
        head, _, tail = pattern.partition("**")
        return name.startswith(head) and PurePosixPath(name).match(tail.lstrip("/") or "*")
    same_depth = name.count("/") == pattern.count("/")
    return same_depth and PurePosixPath(name).match(pattern)


def _labels(project: Project) -> Iterator[Diagnostic]:
    for label, places in project.labels.items():
        for name, line in places[1:]:
            first = f"{places[0][0]}:{places[0][1]}"
            yield diagnostic("HM812", name, line, label=label, first=first)


def _slugs(project: Project) -> Iterator[Diagnostic]:
    taken: dict[str, str] = {}
    for name in project.pages:
        url = served(PurePosixPath(name))
        if name != "index.md" and (url.endswith("/") or "//" in url):
            yield diagnostic("HM817", name, 0, url=url)
        elif url in taken:
            yield diagnostic("HM816", name, 0, url=url, other=taken[url])
        taken.setdefault(url, name)
