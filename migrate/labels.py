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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote

from anyascii import anyascii

from migrate.links import Links
from migrate.model import Page, Target, Value

_DESTINATION = re.compile(
    r"""[("'<`=\s]([^\s"'<>()`=#?]*(?:\?[^\s"'<>()`#]*)?#(?!#)[^\s"'<>()`]+)"""
)
"""Not `##`, which begins a heading. A query may hold a `=`."""
_HEADING = re.compile(
    r"^[ >\-*]*+#{1,6}[ \t]++((?:[^ \t#\n]++|[ \t#]++(?!$))+)[ \t#]*$"
    r"|<h[1-6][^<>]*>((?:(?!<h[1-6]).)+?)</h[1-6]>",
    re.M,
)
_ID = re.compile(r"""<[a-zA-Z][^<>]*?\s(?:id|name)\s*=\s*["']?([^\s"'>]+)""")
_REF = re.compile(
    r"""\{\{[<%]\s*(?:rel)?ref\s+["`]?([^"`\s#>%]+)["`]?\s*[>%]\}\}(#[^\s"'<>()`]+)"""
)
"""`{{< ref "page" >}}#heading`: the fragment stands behind the call."""
_OWN_ANCHOR = re.compile(
    r"""<a\b[^<>]*?\sclass\s*+=\s*+["']?[^"'<>]{0,300}?(?:anchor|headerlink|permalink|self-link|footnote)[^<>]*>""",
    re.I,
)
"""Links that Hugo and themes put beside headings and footnotes; nobody needs a label for them."""
_TAG = re.compile(r"<[^<>]*>|\{#[^{}]*\}")
_PLAIN = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_OUTSIDE = re.compile(r"[^a-z0-9]+")

_GIVEN = re.compile(
    r"^[ \t>]*+#{1,6}[ \t]"
    r"((?>(?:[^ \t\n{]++|[ \t]++(?!\{[^{}\n]*\}[ \t\r]*$)|\{(?![^{}\n]*\}[ \t\r]*$))*))"
    r"[ \t]*\{[^{}\n]*#([a-z][a-z0-9-]*)(?=[\s}])[^{}\n]*\}[ \t\r]*$",
    re.M,
)
"""A heading with an id of the author's own; what the id is is checked apart."""

_LONGEST = 96
"""mystmd takes labels of 100 characters; some are for a number."""
_LONGEST_SLUG = 70

Anchors = tuple[Sequence[str], Mapping[str, str]]
"""The ids of a page's headings and anchors, in order; and of the anchors that stand at a heading,
each with the heading's id: mystmd takes one label for one block, so both have the same."""


def plan_labels(
    targets: Iterable[Target],
    given: Iterable[tuple[Page, Iterable[str]]],
    shared: Mapping[str, int],
    places: Mapping[str, PurePosixPath],
    anchors: Callable[[Page], Anchors],
    own: Callable[[Page], Mapping[str, int]],
) -> dict[str, dict[str, str]]:
    """Page identity -> {id in Hugo: label} for every heading or anchor that something links to.

    `targets` are what all links with a fragment lead to, `given` the ids that authors gave to
    headings and that none else in the project has, `shared` how often each heading's name
    is in the project, `own` how often in one page. `anchors` and `own` are asked only of these
    pages.
    """
    wanted: dict[str, tuple[Page, set[str]]] = {}
    for target in targets:
        if target.page is not None:
            wanted.setdefault(target.page.identity, (target.page, set()))[1].add(target.fragment)
    labels: dict[str, dict[str, str]] = {}
    taken: set[str] = set()
    for identity, (page, fragments) in sorted(wanted.items()):
        ids, twins = anchors(page)
        here = own(page)
        found: dict[str, str] = {}
        for heading_id in dict.fromkeys(ids):
            spellings = [f for f in fragments if f == heading_id or f.lower() == heading_id.lower()]
            if not spellings:
                continue
            label = _label(heading_id, places[identity], shared, taken, here.get(heading_id, 0))
            taken.add(label)
            found[heading_id] = label
            found.update((spelling, label) for spelling in spellings)
        if len(found) > 1:
            found |= {name: found[twins[name]] for name in found if twins.get(name) in found}
        if found:
            labels[identity] = found
    for page, names in given:
        known = labels.get(page.identity, {})
        free = {name for name in names if name not in taken} - known.keys()
        if free and (free := free.intersection(anchors(page)[0])):
            labels[page.identity] = known | {name: name for name in sorted(free)}
    return labels


def given_ids(page: Page) -> list[tuple[str, bool]]:
    """The ids that the page's author gave to headings; each with whether mystmd would make another
    one of the heading itself."""
    if "{" not in page.body or "#" not in page.body:
        return []
    return [
        (name, ascii_slug(text) != name and _PLAIN.fullmatch(name) is not None)
        for text, name in _GIVEN.findall(page.body)
    ]


def ids_of(html: str) -> list[str]:
    """The ids that stand in HTML."""
    return _ID.findall(html)


def fragments(html: str) -> list[str]:
    """The destinations with a `#` of HTML."""
    return _DESTINATION.findall(_OWN_ANCHOR.sub("", html)) if "#" in html else []


def destinations(page: Page) -> tuple[list[str], list[str]]:
    """The page's destinations with a `#`, wherever they stand, and those of its `ref` calls."""
    found: dict[str, None] = {}
    refs: dict[str, None] = {}
    for text in _texts(page):
        for line in text.split("\n"):
            if "#" in line:  # a destination holds no white space: it is in one line
                found |= dict.fromkeys(_DESTINATION.findall(f"\n{line}"))
        if "}}#" in text:
            refs |= dict.fromkeys(path + fragment for path, fragment in _REF.findall(text))
    return list(found), list(refs)


def targets(
    page: Page, destinations: Iterable[str], refs: Iterable[str], links: Links
) -> Iterator[Target]:
    """What the page's destinations with a `#` mean."""
    for destination in destinations:
        target = links.resolve(destination, page)
        yield links.ref(destination, page) if target.kind == "missing" else target
    yield from (links.ref(path, page) for path in refs)


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


def slugs(text: str) -> dict[str, int]:
    """How often a text has each heading name, as mystmd makes them; rather too often."""
    if "#" not in text and "<h" not in text:
        return {}
    return Counter(
        ascii_slug(_TAG.sub("", heading or html)) for heading, html in _HEADING.findall(text)
    )


def ascii_slug(text: str) -> str:
    """Lower case, everything but letters and digits one `-`: a label that mystmd takes as it is."""
    text = unquote(text)
    return _OUTSIDE.sub("-", (text if text.isascii() else anyascii(text)).lower()).strip("-")


def _label(
    heading_id: str,
    place: PurePosixPath,
    shared: Mapping[str, int],
    taken: set[str],
    here: int,
) -> str:
    """`here` is how often the page itself has a heading of this name: no other anchor may have the
    name of a heading."""
    known = shared.get(heading_id, 0) > min(here, 1) or heading_id in taken
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
        if label not in taken and not shared.get(label):
            return label
    number = 2
    while f"{label}-{number}" in taken or shared.get(f"{label}-{number}"):
        number += 1
    return f"{label}-{number}"
