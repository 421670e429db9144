"""Whole corpus sites against real Hugo and real mystmd: every URL, link and image.

Each site is converted and built once. Run with `pytest -m corpus -n 0 tests/test_corpus_sites.py`;
`python tests/corpus_site.py SITE …` prints the numbers.
"""

from __future__ import annotations

import re

import pytest
from corpus_site import NAMES, Whole, images, links, unkept, whole_site

pytestmark = pytest.mark.corpus

MADE_BY_TEMPLATES = re.compile(r"/images/(?:qr|examples)/|/quick-reference/glossary/page/")
"""In the Hugo manual: images that shortcodes make or publish, and pagers over pages that Hugo lists
but never publishes. No page of the project leads there."""
LOST_LINKS = {
    "hugodocs": {
        # Configuration in a shortcode that shows it as code; our stand-in shows it as text.
        "/methods/menu-entry/page/",
        "/methods/menu-entry/params/",
        "/templates/introduction/",
    }
}
"""Pages that lose a link, each with the cause."""


@pytest.fixture(scope="module", params=NAMES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return whole_site(request.param, tmp_path_factory.mktemp(request.param))


def test_every_url_of_hugo_is_in_the_ledger(site: Whole) -> None:
    missing = {url for url in site.hugo - set(site.ledger) if not MADE_BY_TEMPLATES.match(url)}
    assert missing == set()


def test_the_project_serves_what_the_ledger_says(site: Whole) -> None:
    assert unkept(site.ledger, site.served) == []


def test_links_that_worked_work(site: Whole) -> None:
    lost = [one for one in links(site).lost if one.split()[0] not in LOST_LINKS.get(site.name, ())]
    assert lost == []


def test_no_image_is_lost(site: Whole) -> None:
    assert images(site).lost == []
