"""Every URL of real Hugo is in the ledger, and the built project serves what the ledger says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from corpus_site import served_by, unkept
from hugo_urls import plain, published
from odd_site import FILES, UGLY
from small_site import Converted, convert_site

from migrate import pipeline
from migrate.engines import mystmd
from migrate.options import Options

Ledger = dict[str, dict[str, str]]


def ledger_of(folder: Path) -> Ledger:
    """The ledger of a project, by URL."""
    entries = json.loads((folder / ".hugo2myst/ledger.json").read_text("utf-8"))
    return {plain(entry["url"]): entry for entry in entries}


def _built(site: Converted) -> mystmd.Build:
    built = mystmd.build(site.folder)
    assert not [m for m in built.messages if "tatic file not found" in m.text]
    return built


def site_of(files: Mapping[str, str | bytes], folder: Path) -> tuple[Converted, Ledger, set[str]]:
    """The site converted, its ledger, and Hugo's own URLs."""
    site = convert_site(folder, files)
    hugo = published(pipeline.load(folder / "site", Options(hugo=False)).site)
    return site, ledger_of(site.folder), hugo


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[Converted, Ledger, set[str]]:
    return site_of(FILES, tmp_path_factory.mktemp("odd"))


def test_every_url_of_hugo_is_in_the_ledger(odd: tuple[Converted, Ledger, set[str]]) -> None:
    _, ledger, hugo = odd
    assert len(hugo) > 70
    assert hugo - set(ledger) == set()
    further = {url for url in set(ledger) - hugo if "/page/" not in url}
    assert further == {"/index.json", "/fr/index.json", "/chat", "/short"}


def test_the_project_serves_what_the_ledger_says(odd: tuple[Converted, Ledger, set[str]]) -> None:
    site, ledger, _ = odd
    assert unkept(ledger, served_by(site.folder, _built(site))) == []


@pytest.mark.parametrize(
    ("url", "fate", "to"),
    [
        ("/", "same", ""),
        ("/about/", "same", ""),
        ("/fr/about/", "same", ""),
        ("/old/about/", "redirected", "/about/"),
        ("/who.html", "redirected", "/about/"),
        ("/A Space/", "redirected", "/about/"),
        ("/über-uns/", "redirected", "/uber-uns/"),
        ("/日本語/", "redirected", "/ribenyu/"),
        ("/intro/", "same", ""),
        ("/01-intro/", "redirected", "/intro-2/"),
        ("/snake-case/", "same", ""),
        ("/snake_case/", "redirected", "/snake-case-2/"),
        ("/footer/", "same", ""),
        ("/Some Where/Else.html", "redirected", "/some-where/else/"),
        ("/2024/01/news-1/", "same", ""),
        ("/docs/a/p.png", "same", ""),
        ("/docs/a/unused.ipynb", "same", ""),
        ("/docs/a/unused.png", "gone", ""),
        ("/topic/go/gopher.png", "gone", ""),
        ("/img/a b.png", "same", ""),
        ("/img/bg.png", "same", ""),
        ("/img/unused.png", "gone", ""),
        ("/css/theme.css", "gone", ""),
        ("/files/My Talk.pdf", "same", ""),
        ("/files/paper.pdf", "same", ""),
        ("/slides/talk/", "same", ""),
        ("/slides/talk/reveal.js", "same", ""),
        ("/CNAME", "same", ""),
        ("/_headers", "same", ""),
        ("/_redirects", "same", ""),
        ("/.well-known/security.txt", "same", ""),
        ("/index.xml", "same", ""),
        ("/news/index.xml", "same", ""),
        ("/topic/go/index.xml", "same", ""),
        ("/docs/index.xml", "gone", ""),
        ("/news/page/3/", "redirected", "/news/"),
        ("/topic/go/page/2/", "redirected", "/topic/go/"),
        ("/sitemap.xml", "same", ""),
        ("/fr/sitemap.xml", "gone", ""),
        ("/short", "redirected", "/about/"),
        ("/chat", "redirected", "https://chat.example.org"),
    ],
)
def test_fates(odd: tuple[Converted, Ledger, set[str]], url: str, fate: str, to: str) -> None:
    entry = odd[1][url]
    assert (entry["fate"], entry.get("to", "")) == (fate, to)


def test_downloads_with_blanks_keep_their_name(odd: tuple[Converted, Ledger, set[str]]) -> None:
    assert "![x](img/a-b.png) [t](files/My%20Talk.pdf)" in odd[0].text("uber-uns.md")


def test_the_hosts_settings_are_told(odd: tuple[Converted, Ledger, set[str]]) -> None:
    assert "HM711" in odd[0].codes()


def test_ugly_urls_in_upper_case(tmp_path: Path) -> None:
    site, ledger, hugo = site_of(UGLY, tmp_path)
    assert hugo - set(ledger) == set()
    assert unkept(ledger, served_by(site.folder, _built(site))) == []
    assert ledger["/Posts/Post1.html"]["to"] == "/posts/post1/"
    assert ledger["/Posts/b.html"]["to"] == "/posts/b/"
    assert ledger["/Posts/b/i.png"]["fate"] == "gone"
