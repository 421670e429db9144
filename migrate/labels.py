"""Labels for the headings and anchors that something links to.

mystmd takes heading names project-wide and silently leads `#intro` to the first page that has
such a heading. So each linked heading gets a label of its own. Where Hugo's id is unique in the
project it is the label itself, and old deep links from elsewhere still work; otherwise the name
of the page goes before it. An id that the author gave (`{#setup}`) is one that others link to, so
it becomes a label, linked or not, where it can stay what it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import PurePosixPath
from urllib.parse import unquote

from anyascii import anyascii

from migrate.links import Links
from migrate.model import Page, Target, Value

_DESTINATION = re.compile(r"""[("'<`=\s]([^\s"'<>()`=#]*#(?!#)[^\s"'<>()`]+)""")
"""Not `##`, which begins a heading."""
_HEADING = re.compile(r"^[ >\-*]*#{1,6}[ \t]+(.+?)[ \t#]*$|<h[1-6][^>]*>(.+?)</h[1-6]>", re.M)
_ID = re.compile(r"""<[a-zA-Z][^<>]*?\s(?:id|name)\s*=\s*["']?([^\s"'>]+)""")
_REF = re.compile(
    r"""\{\{[<%]\s*(?:rel)?ref\s+["`]?([^"`\s#>%]+)["`]?\s*[>%]\}\}(#[^\s"'<>()`]+)"""
)
"""`{{< ref "page" >}}#heading`: the fragment stands behind the call."""
_OWN_ANCHOR = re.compile(
    r"""<a\b[^<>]*\sclass\s*=\s*["']?[^"'<>]*(?:anchor|headerlink|permalink|self-link|footnote)[^<>]*>""",
    re.I,
)
"""Links that Hugo and themes put beside headings and footnotes; nobody needs a label for them."""
_TAG = re.compile(r"<[^>]*>|\{#[^}]*\}")
_PLAIN = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_OUTSIDE = re.compile(r"[^a-z0-9]+")

_GIVEN = re.compile(
    r"^[ \t>]*#{1,6}[ \t]([^\n]*?)[ \t]*\{[^{}\n]*#([a-z][a-z0-9-]*)(?=[\s}])[^{}\n]*\}[ \t\r]*$",
    re.M,
)
"""A heading with an id of the author's own; what the id is is checked apart."""

_LONGEST = 96
"""mystmd takes labels of 100 characters; some are for a number."""
_LONGEST_SLUG = 70

HeadingIds = Callable[[Page], Iterable[str]]


def plan_labels(
    pages: Iterable[Page],
    links: Links,
    places: Mapping[str, PurePosixPath],
    heading_ids: HeadingIds,
    others: Iterable[Target] = (),
    twins: Callable[[Page], Mapping[str, str]] | None = None,
) -> dict[str, dict[str, str]]:
    """Page identity -> {id in Hugo: label} for every heading or anchor that a page links to.

    `heading_ids` gives the ids that Hugo puts on a page's headings; it is asked only for pages
    that something links into. `others` are link targets of no page: those of menus. `twins`
    gives the anchors of a page that stand at a heading, each with the heading's id: mystmd takes
    one label for one block, so both have the same.
    """
    pages = tuple(pages)
    wanted: dict[str, tuple[Page, set[str]]] = {}
    for target in chain(others, *(_fragments(page, links) for page in pages)):
        if target.page is not None:
            wanted.setdefault(target.page.identity, (target.page, set()))[1].add(target.fragment)
    given = _given_ids(pages)
    if not wanted and not given:
        return {}
    shared = _slugs(pages)
    labels: dict[str, dict[str, str]] = {}
    taken: set[str] = set()
    for identity, (page, fragments) in sorted(wanted.items()):
        ids = [*heading_ids(page), *_ID.findall(page.body)]
        found: dict[str, str] = {}
        for heading_id in dict.fromkeys(ids):
            spellings = [f for f in fragments if f == heading_id or f.lower() == heading_id.lower()]
            if not spellings:
                continue
            label = _label(heading_id, places[identity], shared, taken)
            taken.add(label)
            found[heading_id] = label
            found.update((spelling, label) for spelling in spellings)
        if twins is not None and len(found) > 1:
            same = twins(page)
            found |= {name: found[same[name]] for name in found if same.get(name) in found}
        if found:
            labels[identity] = found
    for page, names in given:
        known = labels.get(page.identity, {})
        free = {name for name in names if name not in taken} - known.keys()
        if free and (free := free.intersection(heading_ids(page))):
            labels[page.identity] = known | {name: name for name in sorted(free)}
    return labels


def _given_ids(pages: Iterable[Page]) -> list[tuple[Page, list[str]]]:
    """Ids that authors gave to headings on one page of the project, and that mystmd wouldn't make
    of the heading itself."""
    counts: Counter[str] = Counter()
    found: list[tuple[Page, list[str]]] = []
    for page in pages:
        if "{" not in page.body or "#" not in page.body:
            continue
        given = _GIVEN.findall(page.body)
        counts.update(name for _, name in given)
        names = [
            name for text, name in given if ascii_slug(text) != name and _PLAIN.fullmatch(name)
        ]
        if names:
            found.append((page, names))
    return [(page, [name for name in names if counts[name] == 1]) for page, names in found]


def _fragments(page: Page, links: Links) -> Iterator[Target]:
    """What the page's destinations with a `#` mean, wherever they stand."""
    for text in _texts(page):
        for destination in dict.fromkeys(_DESTINATION.findall(text)):
            target = links.resolve(destination, page)
            if target.kind == "missing":
                target = links.ref(destination, page)
            if target.page is not None:
                yield target
        for path, fragment in dict.fromkeys(_REF.findall(text)) if "}}#" in text else ():
            yield links.ref(path + fragment, page)


def _texts(page: Page) -> Iterator[str]:
    if "#" in page.body:
        yield " " + (_OWN_ANCHOR.sub("", page.body) if page.format == "html" else page.body)
    values: list[Value] = list(page.front.values())
    while values:
        value = values.pop()
        if isinstance(value, str):
            if "#" in value:
                yield f" {value}"
        elif isinstance(value, Mapping):
            values.extend(value.values())
        elif isinstance(value, list):
            values.extend(value)


def _slugs(pages: Iterable[Page]) -> Counter[str]:
    """How often a heading name occurs in the project, as mystmd makes them; rather too often."""
    counts: Counter[str] = Counter()
    for page in pages:
        if "#" in page.body or "<h" in page.body:
            counts.update(
                ascii_slug(_TAG.sub("", heading or html))
                for heading, html in _HEADING.findall(page.body)
            )
    return counts


def ascii_slug(text: str) -> str:
    """Lower case, everything but letters and digits one `-`: a label that mystmd takes as it is."""
    text = unquote(text)
    return _OUTSIDE.sub("-", (text if text.isascii() else anyascii(text)).lower()).strip("-")


def _label(heading_id: str, place: PurePosixPath, shared: Counter[str], taken: set[str]) -> str:
    known = shared[heading_id] > 1 or heading_id in taken
    if _PLAIN.fullmatch(heading_id) and len(heading_id) <= _LONGEST and not known:
        return heading_id
    label = slug = (ascii_slug(heading_id) or "anchor")[:_LONGEST_SLUG].strip("-")
    names = (part for part in place.with_suffix("").parts if part != "index")
    parts = [ascii_slug(name) for name in names] or ["home"]
    for count in range(1, len(parts) + 1):
        longer = "-".join([*parts[-count:], slug])
        if len(longer) > _LONGEST:
            break
        label = longer
        if label not in taken and not shared[label]:
            return label
    number = 2
    while f"{label}-{number}" in taken or shared[f"{label}-{number}"]:
        number += 1
    return f"{label}-{number}"
