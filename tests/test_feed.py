"""Feeds: the real one of a Hugo Blox site with all its oddities, and odd ones made up."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from engine_pages import build_pages

from migrate.context import Context
from migrate.convert.html import html_to_myst
from migrate.diagnostics import MigrateError
from migrate.model import Page, Site
from migrate.options import Options
from migrate.plan import Plan, make_plan
from migrate.read.feed import read_feed

FEEDS = Path(__file__).parent.parent / "fixtures" / "feeds"
PREVIEW = "https://deploy-preview-612--2i2c-org.netlify.app"


def items(site: Site) -> list[Page]:
    """The pages of the feed's items, without the list that goes before them."""
    return [page for page in site.pages if page.kind != "home"]


def converted(plan: Plan, page: Page) -> tuple[str, list[str]]:
    ctx = Context(page, plan, html_to_myst, html_to_myst)
    return html_to_myst(page.body, ctx), [d.code for d in ctx.record.diagnostics]


@pytest.fixture(scope="module")
def feed() -> tuple[Site, Plan, dict[str, str], dict[str, list[str]]]:
    """The real feed, and each page's text and codes by the last part of its URL."""
    site = read_feed(str(FEEDS / "2i2c-author" / "feed.xml"), Options())
    plan = make_plan(site, Options())
    texts, codes = {}, {}
    for page in site.pages:
        name = page.url.strip("/").rsplit("/", 1)[-1]
        texts[name], codes[name] = converted(plan, page)
    return site, plan, texts, codes


def test_items_are_pages(feed) -> None:  # type: ignore[no-untyped-def]
    site, plan, _, _ = feed
    posts = [page for page in site.pages if page.kind == "page"]
    assert len(posts) == 19
    assert posts[0].url == "/blog/public-roadmap/"
    assert posts[0].identity == f"{PREVIEW}/blog/public-roadmap/"
    assert posts[0].date == "2026-02-06"
    assert plan.places[posts[0].identity] == PurePosixPath("blog/public-roadmap/index.md")
    assert site.title == "Yuvaraj (Yuvi) | 2i2c"


def test_author_page_of_year_one_has_no_date(feed) -> None:  # type: ignore[no-untyped-def]
    author = items(feed[0])[-1]
    assert (author.kind, author.url, author.date) == ("term", "/author/yuvaraj-yuvi/", "")
    assert "date" not in author.front


def test_title_keeps_its_backticks(feed) -> None:  # type: ignore[no-untyped-def]
    assert [p.title for p in feed[0].pages if p.url == "/blog/frx/"] == [
        "`frx-challenges`: A new tool to host data challenges for Frictionless Research Exchanges"
    ]


def test_date_is_the_authors_day(feed) -> None:  # type: ignore[no-untyped-def]
    assert {p.url: p.date for p in feed[0].pages}["/blog/veda-update-q4-2024/"] == "2025-01-07"


def test_preview_host_is_the_same_site(feed) -> None:  # type: ignore[no-untyped-def]
    assert (
        "[significant cost savings](../binder-singlenode/index.md)"
        in feed[2]["mybinder-antiabuse-scanning"]
    )


def test_site_url_is_written_for_pages_outside_the_feed() -> None:
    options = Options(site_urls=("2i2c.org",))
    site = read_feed(str(FEEDS / "2i2c-author" / "feed.xml"), options)
    text, _ = converted(make_plan(site, options), items(site)[0])
    assert "(https://2i2c.org/open-practices/)" in text
    assert PREVIEW not in text
    assert not [d for d in site.diagnostics if d.code == "HM133"]


def test_preview_address_is_said(feed) -> None:  # type: ignore[no-untyped-def]
    assert [d.code for d in feed[0].diagnostics] == ["HM133"]


def test_mail_address_glued_to_the_page(feed) -> None:  # type: ignore[no-untyped-def]
    assert "[give feedback on this idea](mailto:hello@2i2c.org)" in feed[2]["public-roadmap"]
    assert "HM602" in feed[3]["public-roadmap"]


def test_link_to_a_content_file(feed) -> None:  # type: ignore[no-untyped-def]
    assert "led by [Yuvi Panda](/author/yuvaraj-yuvi/index.md)" in feed[2]["community-ownership"]


def test_dots_in_a_path(feed) -> None:  # type: ignore[no-untyped-def]
    assert (
        f"[lean more heavily into co-creation]({PREVIEW}/blog/strategy-update-2026/)"
        in feed[2]["public-roadmap"]
    )


def test_video_beside_the_page(feed) -> None:  # type: ignore[no-untyped-def]
    assert (
        f"![]({PREVIEW}/blog/veda-update-q4-2024/open-in-qgis.mp4)"
        in feed[2]["veda-update-q4-2024"]
    )


def test_video_in_a_figure(feed) -> None:  # type: ignore[no-untyped-def]
    assert (
        f":::{{figure}} {PREVIEW}/blog/veda-devseed-collab/qgis.mp4\n"
        "Launching QGIS on a Linux desktop served by the VEDA JupyterHub\n:::"
    ) in feed[2]["veda-devseed-collab"]


def test_figure_in_a_paragraph_with_markdown_in_its_alt(feed) -> None:  # type: ignore[no-untyped-def]
    assert (
        f":::{{figure}} {PREVIEW}/blog/mybinder-analytics-fix/featured.png\n"
        "The [mybinder.org analytics archive](https://archive.analytics.mybinder.org) shows a list"
        " of daily usage reports that anybody can download.\n:::"
    ) in feed[2]["mybinder-analytics-fix"]


def test_best_of_a_srcset(feed) -> None:  # type: ignore[no-untyped-def]
    text = feed[2]["binder-singlenode"]
    assert "_1200x1200_fit_q75_h2_lanczos_3.webp" in text
    assert "760x0" not in text and "400x0" not in text


def test_prices_in_a_caption(feed) -> None:  # type: ignore[no-untyped-def]
    texts = feed[2]
    assert "(https://www.hetzner.com/cloud) ~$300, [Microsoft Azure]" in texts["binder-singlenode"]
    assert "~$1,300, [Google" in texts["binder-singlenode"]


def test_heading_with_a_link(feed) -> None:  # type: ignore[no-untyped-def]
    assert (
        "\n## [`jupyterhub/@binderhub-client`](https://packages.example/package/@jupyterhub/"
        "binderhub-client) npm package\n"
    ) in feed[2]["jupyterhub-binderhub-gesis"]


def test_style_and_comments_are_dropped_and_said(feed) -> None:  # type: ignore[no-untyped-def]
    _, _, texts, codes = feed
    assert "HM502" in codes["foundational-contributions"]
    assert "font-size" not in texts["foundational-contributions"]
    assert "HM504" in codes["community-ownership"]
    assert "TODO" not in texts["community-ownership"]


def test_header_anchors_are_dropped(feed) -> None:  # type: ignore[no-untyped-def]
    assert "\n## Why we’re opening up our roadmap\n" in feed[2]["public-roadmap"]


def test_links_to_own_headings_get_labels(feed) -> None:  # type: ignore[no-untyped-def]
    text = feed[2]["foundational-contributions"]
    for name in ("review-prs", "issue-triage", "mentoring-maintainers", "release-diversity"):
        assert f"{name})" in text


def test_footnotes(feed) -> None:  # type: ignore[no-untyped-def]
    text = feed[2]["foundational-contributions"]
    assert (
        "We want the Jupyter[^1] community to be a *multi-stakeholder*[^2], *diverse*[^3]" in text
    )
    assert "\n[^5]: This requires a definition of “an issue that has been triaged”" in text
    assert "↩" not in text


def test_alert_with_a_stray_paragraph(feed) -> None:  # type: ignore[no-untyped-def]
    assert (
        ":::{note}\nIf you’re interested in supporting `mybinder.org` with cloud resources,"
        " financial resources, or human resources, please see the [Support Binder]"
        "(https://mybinder.readthedocs.io/en/latest/about/support.html) page for how you can"
        " help.\n:::"
    ) in feed[2]["binder-singlenode"]


def test_highlighted_code(feed) -> None:  # type: ignore[no-untyped-def]
    text = feed[2]["hhmi-spyglass-mysql"]
    assert "\n```\n%%bash\nmysql -h 127.0.0.1" in text
    assert "fallback" not in text


def test_nothing_of_html_is_left(feed) -> None:  # type: ignore[no-untyped-def]
    for name, text in feed[2].items():
        for sign in ("<div", "<span", "<p>", "&rsquo;", "class=", "header-anchor", "<i ", "fa-"):
            assert sign not in text, name
        assert "HM501" not in feed[3][name]


def test_real_mystmd_builds_the_feed_in_silence(feed) -> None:  # type: ignore[no-untyped-def]
    site, plan, texts, _ = feed
    pages = {}
    for page in site.pages:
        name = page.url.strip("/").rsplit("/", 1)[-1]
        pages[plan.places[page.identity].with_suffix("").as_posix()] = texts[name]
    built = build_pages(pages)
    assert {name: [str(m) for m in said] for name, said in built.messages.items() if said} == {}


def test_atom() -> None:
    site = read_feed(str(FEEDS / "odd" / "atom.xml"), Options())
    first, second, third = items(site)
    assert (site.languages[0].code, first.language, site.description) == ("de", "de", "Notizen")
    assert first.front == {
        "title": "Leim & Holz",
        "description": "Kurz gesagt: kleben.",
        "date": "2024-05-01",
        "authors": ["Ada Beispiel", "Bo Muster"],
        "tags": ["Holz", "leim"],
    }
    assert (first.url, first.identity) == ("/notizen/leim/", "tag:example.org,2024:leim")
    assert second.url != first.url and second.identity != first.identity
    assert second.body == "<p>a &lt; b</p>\n<p>zweiter Absatz</p>"
    assert third.url == "/notizen/xhtml/"
    plan = make_plan(site, Options())
    text, codes = converted(plan, first)
    assert (text, codes) == ("## Kleben\n\nText", ["HM503"])
    assert converted(plan, third)[0] == "- eins"


def test_summaries_are_said_to_be_summaries() -> None:
    options = Options(site_urls=("https://example.org/sub/",))
    site = read_feed(str(FEEDS / "odd" / "summaries.xml"), options)
    assert [d.code for d in site.diagnostics] == ["HM132"]
    assert "summaries only" in site.diagnostics[0].message
    assert (site.base_path, items(site)[0].url) == ("/sub", "/blog/one/")
    assert [page.date for page in items(site)] == ["2025-01-07", ""]
    assert site.description == ""


def test_broken_feed_is_read_as_far_as_possible() -> None:
    site = read_feed(str(FEEDS / "odd" / "broken.xml"), Options())
    assert [d.code for d in site.diagnostics] == ["HM130", "HM134"]
    assert items(site)[0].url == "/no-link/"
    assert items(site)[0].front["description"] == "Teaser text."
    assert 'href="https://example.org/files/talk.mp3"' in items(site)[0].body


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"<!doctype html><html><body>x</body></html>", "is a web page, not a feed"),
        (b"just text", "is neither RSS nor Atom"),
    ],
)
def test_no_feed(tmp_path: Path, data: bytes, words: str) -> None:
    file = tmp_path / "x.xml"
    file.write_bytes(data)
    with pytest.raises(MigrateError, match=words):
        read_feed(str(file), Options())


def test_missing_file_and_unreachable_address() -> None:
    with pytest.raises(MigrateError, match="can't be read"):
        read_feed("/nowhere/feed.xml", Options())
    with pytest.raises(MigrateError, match="can't be fetched"):
        read_feed("http://127.0.0.1:9/feed.xml", Options())


def test_feed_from_an_address() -> None:
    import functools
    import http.server
    import threading

    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(FEEDS / "odd"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        site = read_feed(f"{address}/atom.xml", Options())
        assert len(items(site)) == 3
        assert site.hosts == ("example.org",)
        with pytest.raises(MigrateError, match="404"):
            read_feed(f"{address}/none.xml", Options())
        server.shutdown()
