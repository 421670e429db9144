"""The feed's items and their sources say the same, converted by both ways."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from migrate import pipeline
from migrate.check.facts import Facts
from migrate.check.fidelity import compare
from migrate.check.targets import Places, places_of, trimmed
from migrate.check.understood import facts_of_tree
from migrate.engines.mystmd import Built, build
from migrate.options import Options

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
FEED = CORPUS / "2i2c-author-feed"
pytestmark = pytest.mark.corpus

KNOWN = {
    "/blog/hhmi-spyglass-mysql/": "the feed squeezes the code's indentation to one blank",
    "/author/yuvaraj-yuvi/": "MyST has the person's role, picture and links from front matter; "
    "the feed's item holds the biography only",
}
"""URL of an item -> why it differs from its source. Links and images are compared by number."""


def built_pages(source: Path, project: Path) -> tuple[dict[str, Built], Places]:
    """mystmd's pages by Hugo's URL, and where their links may lead."""
    options = Options(site_urls=("https://2i2c.org",))
    pipeline.convert(str(source), str(project), options)
    plan = pipeline.load(str(source), options)
    built = build(project)
    pages = {
        trimmed(page.url): built.pages[str(plan.places[page.identity])]
        for page in plan.site.pages
        if str(plan.places.get(page.identity)) in built.pages
    }
    return pages, places_of(plan.site, plan, built)


def without_places(facts: Facts) -> Facts:
    """Facts whose links keep only their words: each project has places of its own."""
    items = tuple(item for item in facts.items if item.kind not in ("link", "image", "embed"))
    return Facts(facts.text, items, facts.places)


def test_both_ways_say_the_same(tmp_path: Path) -> None:
    pairs: dict[str, str] = json.loads((FEED / "pairs.json").read_text("utf-8"))
    from_feed, places = built_pages(FEED / "index.xml", tmp_path / "feed")
    from_sources, _ = built_pages(CORPUS / "2i2c" / "site", tmp_path / "site")
    assert len(pairs) == 20
    told = {}
    for address in pairs:
        url = trimmed(urlsplit(address).path)
        item, source = from_feed[url], from_sources[url]
        sides = [facts_of_tree(page, title=str(page.front["title"])) for page in (item, source)]
        counts = [[len(side.of(kind)) for kind in ("link", "image")] for side in sides]
        found = [
            f"{one.kind}: {one.hugo!r} -> {one.myst!r}"
            for one in compare(*map(without_places, sides), places)
        ]
        found += [] if counts[0] == counts[1] else [f"links and images: {counts}"]
        if found:
            told[urlsplit(address).path] = found
    for path, found in told.items():
        print(path, *found, sep="\n  ")
    assert set(told) == set(KNOWN)
