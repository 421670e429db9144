"""Checks of one page of a project, against what else the project holds."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from migrate.check import names
from migrate.check.scan import Found, Scan
from migrate.diagnostics import diagnostic
from migrate.model import Diagnostic

_KEY = re.compile(r"^([\w-]+):[ \t]*(.*)$", re.M)
_DAY = re.compile(r"[\"']?\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page may lead to."""

    files: Container[str]
    """Every file of the project, from its root, as POSIX paths."""
    labels: Container[str]
    """Labels that are defined, in lower case."""
    served: Callable[[str], bool]
    """Whether something is served at an absolute path, which is without query and final slash."""
    outside: Container[str] = frozenset()
    """Markdown files that the toc leaves out."""
    plugins: bool = False
    """Plugins may bring roles and directives that mystmd itself has not."""


def check_page(name: str, text: str, page: Scan, around: Surroundings) -> Iterator[Diagnostic]:
    """What is wrong with the page in the file `name`; of each finding the line in that file.

    Messages name first, between backticks, what the page has there.
    """
    for line in page.leftovers:
        yield diagnostic("HM815", name, line)
    for image in page.images:
        if not _remote(image.target) and file_of(image.target, name, around.files) is None:
            yield diagnostic("HM813", name, image.line, image=image.target)
    for link in page.links:
        yield from _link(name, link, around)
    if not around.plugins:
        yield from _unknown(name, page)
    if text.startswith("---\n"):
        yield from _front(name, text)


def _link(name: str, link: Found, around: Surroundings) -> Iterator[Diagnostic]:
    target = link.target
    if _remote(target) or not target:
        return
    path, _, fragment = target.partition("#")
    if fragment and fragment.lower() not in around.labels:
        yield diagnostic("HM811", name, link.line, destination=target, label=fragment)
    if not path:
        return
    found = file_of(path, name, around.files)
    if found is not None and found in around.outside:
        yield diagnostic("HM814", name, link.line, file=found)
    elif found is None and not (path.startswith("/") and around.served(_address(path))):
        yield diagnostic("HM810", name, link.line, destination=target)


def _remote(target: str) -> bool:
    head = target.split("/")[0]
    return target.startswith("//") or (":" in head and not head.startswith("."))


def _address(path: str) -> str:
    return unquote(path.split("?")[0]).rstrip("/") or "/"


def file_of(target: str, page: str, files: Container[str]) -> str | None:
    """The file that a path in a page means, as mystmd resolves it."""
    path = unquote(target.split("#")[0].split("?")[0])
    folder = "" if path.startswith("/") else posixpath.dirname(page)
    full = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    if full in files:
        return full
    if path.endswith("/"):
        return None
    return next((n for n in (f"{full}.md", f"{full}.ipynb") if n in files), None)


def _unknown(name: str, page: Scan) -> Iterator[Diagnostic]:
    for what, found, known in (
        ("role", page.roles, names.is_role),
        ("directive", page.directives, names.is_directive),
    ):
        for one in found:
            if not known(one.target):
                yield diagnostic("HM819", name, one.line, name=one.target, what=what)


def _front(name: str, text: str) -> Iterator[Diagnostic]:
    """Keys that mystmd doesn't take, dates and titles that it reads as something else."""
    end = text.find("\n---", 3)
    for match in _KEY.finditer(text, 4, max(end, 4)):
        key, value = match.groups()
        line = text.count("\n", 0, match.start()) + 1
        if key not in names.PAGE_KEYS and key not in names.OTHER_SPELLINGS:
            yield diagnostic("HM820", name, line, key=key, reason="mystmd knows no such key")
        elif key == "date" and value and not _DAY.match(value):
            yield diagnostic("HM820", name, line, key=key, reason="this is no date as 2024-01-31")
