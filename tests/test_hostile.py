"""Hostile sites through the command line: nothing outside the project is written, nothing hangs,
no traceback is shown, no page is lost in silence, the rest of the site is converted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from migrate.engines.mystmd import build
from tests.hostile import doors, parsers, paths, report, smuggled
from tests.hostile.cases import Case
from tests.hostile.sandbox import GOOD, Ran, Sandbox

CLASSES: dict[str, Callable[[], Iterable[Case]]] = {
    "slugs, URLs, aliases, titles, sources, names in front matter": paths.cases,
    "file names": paths.names,
    "front matter": parsers.front,
    "encodings and control characters": parsers.encodings,
    "Markdown that is slow to parse": parsers.markdown,
    "HTML": parsers.html,
    "shortcodes": parsers.shortcodes,
    "sizes": parsers.sizes,
}
OURS = ("HM121", "HM401")
"""Codes of failures that are ours."""


def check(cases: list[Case], ran: Ran) -> None:
    """Each page's word is in the project, or the page's file is named by a diagnostic."""
    text, said = ran.texts(), defaultdict[str, set[str]](set)
    for diagnostic in ran.report():
        said[diagnostic["source"]].add(diagnostic["code"])
        assert diagnostic["code"] not in OURS, diagnostic
    for case in cases:
        codes = set().union(*(said[name] for name in case.files))
        refused = codes & {"HM702", "HM703", "HM704", "HM109", "HM101"}
        assert case.word in text or refused, (case.name, codes)
        assert not case.codes or codes & set(case.codes), (case.name, codes)
    assert "TOPSECRET" not in text
    assert (ran.project / "good.md").read_text() == GOOD


def files(cases: Iterable[Case]) -> dict[str, bytes | str]:
    """The files of all cases."""
    return {name: data for case in cases for name, data in case.files.items()}


@pytest.mark.parametrize("name", CLASSES)
def test_hostile(name: str, tmp_path: Path) -> None:
    cases = list(CLASSES[name]())
    check(cases, Sandbox.make(tmp_path, files(cases)).run())


FORBIDDEN = frozenset(
    """include embed iframe raw mystRole mystDirective cite citeGroup math inlineMath comment
    blockBreak mystTarget crossReference container exercise anywidget mermaid bibliography
    notebookCell executable doi output""".split()
)
"""Nodes that no text of `smuggled` means."""
MEANT = {"math", "inlineMath", "crossReference"}
"""Nodes that some of the texts mean: formulas where the site has them, links."""


def nodes(tree: Any) -> Iterator[str]:
    """The types of all nodes of a syntax tree."""
    if isinstance(tree, dict):
        yield str(tree.get("type"))
        for child in tree.get("children") or ():
            yield from nodes(child)


def test_text_about_myst_runs_nothing(tmp_path: Path) -> None:
    cases = list(smuggled.cases())
    ran = Sandbox.make(tmp_path, files(cases)).run()
    check(cases, ran)
    built = build(ran.project)
    found = {
        page.file: bad
        for page in built.pages.values()
        if page.file.startswith("smuggled") and (bad := set(nodes(page.tree)) & FORBIDDEN - MEANT)
    }
    assert not found


SHOWN = frozenset(
    """root block paragraph text inlineCode code link image listItem list heading strong emphasis
    delete subscript superscript comment iframe container caption legend admonition admonitionTitle
    grid card cardTitle header tabSet tabItem details summary mermaid footnoteReference
    footnoteDefinition
    blockquote inlineMath math thematicBreak table tableRow tableCell abbreviation span u keyboard
    definitionList definitionTerm definitionDescription break captionNumber underline div""".split()
)
"""Kinds of nodes that the doors' forms mean: none includes, runs, cites, or is raw."""
KEYS = frozenset(
    """title subtitle short_title description authors affiliations numbering exports options tags
    copyright license parts thumbnail keywords date contributors banner label math""".split()
)
"""Keys that the doors' pages mean; `math` has the TeX commands that their formulas define."""


def assert_only_shown(project: Path) -> None:
    """No string of `doors` has become a node or a key that its page doesn't mean."""
    built = build(project)
    bad = {}
    for page in built.pages.values():
        parts = [part["mdast"] for part in (page.front.get("parts") or {}).values()]
        kinds = {kind for tree in (page.tree, *parts) for kind in nodes(tree)}
        if odd := (kinds - SHOWN) | (set(page.front) - KEYS):
            bad[page.file] = odd
    assert not bad
    assert len(built.pages) > 50
    settings = yaml.safe_load((project / "myst.yml").read_text(encoding="utf-8"))
    assert set(settings) == {"version", "project", "site"}
    assert not [key for key in settings["project"] if doors.TOKEN in key or "\n" in key]
    for stub in project.rglob("*.html"):
        assert stub.read_text(encoding="utf-8").count("<script") <= 1


def test_no_door_lets_a_string_be_more_than_text(tmp_path: Path) -> None:
    ran = Sandbox.make(tmp_path, doors.files()).run()
    assert not [one for one in ran.report() if one["code"] in OURS]
    assert_only_shown(ran.project)


def test_no_item_of_a_feed_is_more_than_text(tmp_path: Path) -> None:
    box = Sandbox.make(tmp_path, {"feed.xml": doors.feed()})
    ran = box.run(source=box.site / "feed.xml")
    assert not [one for one in ran.report() if one["code"] in OURS]
    assert_only_shown(ran.project)


def test_the_documentation_has_the_table() -> None:
    text = report.PAGE.read_text(encoding="utf-8")
    assert report.current() in text, "run `python -m tests.hostile.report`"
