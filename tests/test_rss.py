"""The feeds that we write at the old feeds' addresses, beside Hugo's own."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import feedparser
import pytest
from odd_site import FILES
from small_site import Converted, convert_site

from migrate.engines.hugo import find_hugo
from migrate.model import Page, Site
from migrate.write.feed import guid


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    front = '---\ntitle: "A & <b> *c*"\ndate: 2024-07-01\nslug: ünï\n---\nX\n'
    more = {"content/news/n6.md": front}
    return convert_site(tmp_path_factory.mktemp("rss"), {**FILES, **more})


def _parsed(folder: Path, path: str) -> feedparser.FeedParserDict:
    feed = feedparser.parse((folder / path).read_bytes())
    assert not feed.bozo
    return feed


@pytest.mark.parametrize("path", ["index.xml", "news/index.xml", "topic/c/index.xml"])
def test_guids_and_dates_are_hugos(site: Converted, path: str, tmp_path: Path) -> None:
    source = site.folder.parent / "site"
    subprocess.run(
        [find_hugo(), "-d", tmp_path, "--logLevel", "error"],
        cwd=source, check=True, capture_output=True,
    )  # fmt: skip
    hugo = _parsed(tmp_path, path)
    ours = _parsed(site.folder / "feed", path)
    dated = [item for item in hugo.entries if "0001" not in item.published]
    assert [item.id for item in ours.entries] == [item.id for item in dated]
    assert [item.published_parsed for item in ours.entries] == [i.published_parsed for i in dated]
    assert ours.feed.link == hugo.feed.link
    assert all(item.title for item in ours.entries)


def test_items_lead_to_the_new_pages(site: Converted) -> None:
    first = _parsed(site.folder / "feed", "news/index.xml").entries[0]
    assert first.link == "https://site.org/sub/2024/07/uni/"
    assert first.id == "https://site.org/sub/2024/07/%C3%BCn%C3%AF/"
    assert "&" in first.title


def test_characters_that_xml_has_not_are_left_out(tmp_path: Path) -> None:
    front = '---\ntitle: "A\\u0007B"\ndate: 2024-07-01\n---\nX\n'
    files = {"hugo.yaml": "baseURL: https://x.org/\ntitle: T\n", "content/a.md": front}
    made = convert_site(tmp_path, files)
    assert _parsed(made.folder / "feed", "index.xml").entries[0].title == "AB"


def test_a_feeds_own_guids_stay() -> None:
    page = Page("tag:x.org,2024:1", None, "page", "/a/", "A")
    assert guid(page, Site(None, "T", base_url="https://x.org/")) == "tag:x.org,2024:1"


def test_the_project_serves_them(site: Converted) -> None:
    static = site.project()["project"]["static_files"]
    assert {"feed/index.xml", "feed/news", "feed/topic"} <= set(static)
    assert not re.search(r"feed/(?:docs|about)", " ".join(static))
