"""Widget pages of Academic and early Wowchemy: each Markdown file of the folder is one block.

Such a page (`type: widget_page`) has no text of its own; the theme prints the files of its bundle,
by weight. The home page's are in `content/home/`, a bundle that is not published itself. They are
given to the page as the `sections` that later versions of the theme keep in front matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from migrate.diagnostics import diagnostic
from migrate.model import Diagnostic, Page, Value
from migrate.read import document
from migrate.read.disk import Unreadable, read_text
from migrate.read.tree import Resource, Tree

_HOME = "/home"
_OWN = frozenset(
    (
        "widget",
        "headless",
        "active",
        "weight",
        "type",
        "date",
        "draft",
        "design",
        "content",
        "advanced",
    )
)
"""Keys of a widget's file that are not part of what it shows."""


def attach(pages: Sequence[Page], tree: Tree, problems: list[Diagnostic]) -> list[Page]:
    """The pages, those made of widgets with their blocks as `sections`."""
    widgets: dict[str, list[Resource]] = {}
    for resource in tree.resources:
        if resource.content:
            widgets.setdefault(resource.owner, []).append(resource)
    if not widgets:
        return list(pages)
    return [_with_sections(page, widgets, problems) for page in pages]


def _with_sections(
    page: Page, widgets: Mapping[str, list[Resource]], problems: list[Diagnostic]
) -> Page:
    owner = page.logical
    if page.kind == "home" and not page.body.strip() and "sections" not in page.front:
        owner = _HOME
    elif page.front.get("type") != "widget_page":
        return page
    found = []
    for resource in widgets.get(owner, ()):
        if "/" not in resource.below and resource.language in ("", page.language):
            section = _section(resource, problems)
            if section is not None:
                found.append(section)
    if not found:
        return page
    found.sort(key=lambda section: section["weight"])
    return replace(page, front={**page.front, "sections": found})


def _section(resource: Resource, problems: list[Diagnostic]) -> dict[str, Value] | None:
    """One file as a block; None for one that is switched off or is no widget."""
    name = str(resource.file.source)
    try:
        read = document.split(read_text(resource.file.path).text, name)
    except Unreadable as error:
        problems.append(diagnostic("HM101", name, reason=str(error)))
        return None
    problems.extend(read.diagnostics)
    front = read.front
    kind = front.get("widget") or front.get("type")
    if not isinstance(kind, str) or front.get("active") is False or front.get("draft") is True:
        return None
    content = {key: value for key, value in front.items() if key not in _OWN}
    own = front.get("content")
    content.update(own if isinstance(own, Mapping) else {})
    if read.body.strip():
        content["text"] = read.body
    weight = front.get("weight")
    return {
        "block": kind,
        "id": resource.below.rpartition(".")[0],
        "content": content,
        "design": front.get("design"),
        "weight": weight if isinstance(weight, int) else 0,
    }
