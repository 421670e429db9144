"""The report in a real browser, opened from the disk: seen, filtered, stepped through, ticked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import address, chromium
from playwright.sync_api import Browser, BrowserContext, Page, expect
from report_site import make_site

from migrate.options import Options
from migrate.pipeline import load
from migrate.report.folder import write_index, write_page, write_report
from migrate.report.pages import Row

MANY = 5000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Source, project and report, made by the real engines."""
    folder = tmp_path_factory.mktemp("report")
    source, project = make_site(folder)
    write(source, project, folder / "report")
    return source, project, folder / "report"


def write(source: Path, project: Path, report: Path) -> None:
    written = write_report(load(source, Options()), project, report, lambda *_: None)
    assert written.notes == (
        "The originals lack what these shortcodes show, for their templates aren't here: "
        "unknown-thing.",
    )


@pytest.fixture(scope="module")
def report(site: tuple[Path, Path, Path]) -> Path:
    return site[2]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, report: Path) -> Page:
    page = context.new_page()
    page.errors = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.errors.append(str(error)))  # type: ignore[attr-defined]
    page.goto(address(report))
    page.wait_for_selector("#rows tr")
    return page


def titles(page: Page) -> list[str]:
    return page.locator("#rows .name a").all_inner_texts()


def open_page(page: Page, title: str) -> None:
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.wait_for_selector(".stepper")


def current(page: Page, side: str) -> str:
    frame = page.frame_locator(f"iframe.{side}")
    return " ".join(frame.locator(".current").all_inner_texts())


def test_overview_has_charts_and_leads_to_what_needs_a_person(page: Page) -> None:
    assert page.locator(".tile b").all_inner_texts()[0] == str(len(titles(page)))
    assert page.locator(".chart h2").all_inner_texts() == [
        "Fidelity by section",
        "Outcomes by shortcode",
        "Diagnostics by code",
        "Addresses of the old site",
    ]
    label = page.locator(".bar", has_text="trees").locator("svg").get_attribute("aria-label")
    assert label == "2 identical, 1 differs"
    trusts = page.locator("#rows .badge").all_inner_texts()
    assert trusts == sorted(trusts, key=["by hand", "changed", "safe"].index)
    page.locator(".bar", has_text="birds").click()
    assert set(titles(page)) == {"Wren", "Robin", "Birds"}
    page.go_back()
    assert "Oak" in titles(page)


def test_search_filters_and_order(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("trees oak")
    expect(page.locator("#count")).to_contain_text("1 of")
    assert titles(page) == ["Oak"]
    page.get_by_role("button", name="Clear").click()
    page.locator("select[name=kind]").select_option("words")
    expect(page.get_by_role("link", name="Robin")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("link", name="Oak")).to_be_visible()
    assert "Robin" not in titles(page)
    page.get_by_role("button", name="Clear").click()
    page.locator("select[name=code]").select_option("HM301")
    expect(page.locator("#rows tr")).to_have_count(1)
    assert titles(page) == ["Wren"]
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Page", exact=True).click()
    assert titles(page) == sorted(titles(page), key=str.lower)
    page.get_by_role("button", name="Page", exact=True).click()
    assert titles(page) == sorted(titles(page), key=str.lower, reverse=True)
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Page")


def test_steps_from_difference_to_difference_in_both_pages(page: Page) -> None:
    open_page(page, "Oak")
    expect(page.locator("#step")).to_have_text("4 differences")
    page.keyboard.press("n")
    assert (current(page, "hugo"), current(page, "myst")) == ("deeply", "")
    assert page.frame_locator("iframe.myst").locator("mark.gap.current").count() == 1
    found = []
    for _ in range(3):
        page.get_by_role("button", name="Next difference").click()
        found.append(current(page, "hugo"))
    assert found == ["acorns", "acorns", "timber"]
    assert current(page, "myst") == "lumber"
    expect(page.locator("#step")).to_have_text("4 of 4: words timber → lumber")
    for side in ("hugo", "myst"):
        assert page.frame_locator(f"iframe.{side}").locator(".current").is_visible()
        box = page.frame_locator(f"iframe.{side}").locator(".current").bounding_box()
        assert box and 0 < box["y"] < 900
    page.keyboard.press("p")
    assert current(page, "hugo") != "timber"


def test_pages_scroll_together(page: Page) -> None:
    open_page(page, "Oak")
    page.locator("iframe.hugo").hover()
    page.mouse.wheel(0, 600)
    page.wait_for_function(
        "() => document.querySelector('iframe.myst').contentDocument.scrollingElement"
        ".scrollTop > 300"
    )


def test_keys_work_inside_a_page_that_is_shown(page: Page) -> None:
    open_page(page, "Oak")
    page.frame_locator("iframe.hugo").get_by_text("The bark of an old").click()
    page.keyboard.press("n")
    assert current(page, "hugo") == "deeply"


def test_sources_side_by_side(page: Page) -> None:
    open_page(page, "Oak")
    page.keyboard.press("s")
    assert page.locator("#compare").is_hidden()
    page.keyboard.press("n")
    expect(page.locator("#step")).to_contain_text("Change 1 of")
    old, new = page.locator("tr[data-change] td.old"), page.locator("tr[data-change] td.new")
    assert "The bark of an old oak is deeply ridged and grey." in old.all_inner_texts()
    assert "The bark of an old oak is ridged and grey." in new.all_inner_texts()
    assert "Paragraph 30 tells of rings." not in page.locator("#sources").inner_text()
    page.get_by_role("button", name="lines are the same").last.click()
    assert "Paragraph 30 tells of rings." in page.locator("#sources").inner_text()


def test_moves_by_keys(page: Page) -> None:
    order = titles(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(":focus")).to_have_text(order[1])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(order[1])
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).to_have_text(order[2])
    page.keyboard.press("k")
    expect(page.get_by_role("heading", level=1)).to_have_text(order[1])
    page.keyboard.press("Escape")
    expect(page.locator(":focus")).to_have_text(order[1])
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_ticks_survive_until_the_page_changes(page: Page, site: tuple[Path, Path, Path]) -> None:
    source, project, report = site
    page.get_by_label("Reviewed: Robin").check()
    open_page(page, "Oak")
    page.keyboard.press("r")
    page.reload()
    expect(page.get_by_label("Reviewed", exact=True)).to_be_checked()
    write(source, project, report)
    page.goto(address(report))
    page.reload()
    expect(page.get_by_label("Reviewed: Oak")).to_be_checked()
    expect(page.locator("#reviewed-count")).to_have_text("2")
    text = (project / "trees/oak.md").read_text()
    (project / "trees/oak.md").write_text(text.replace("leaves", "twigs"))
    try:
        write(source, project, report)
        page.reload()
        expect(page.get_by_label("Reviewed: Oak")).not_to_be_checked()
        expect(page.get_by_label("Reviewed: Robin")).to_be_checked()
        expect(page.locator("#rows tr", has_text="Oak").locator(".stale")).to_have_text("changed")
    finally:
        (project / "trees/oak.md").write_text(text)
        write(source, project, report)


def test_nothing_of_the_site_runs(context: BrowserContext, report: Path) -> None:
    page = context.new_page()
    asked: list[str] = []
    ran: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.goto(address(report, "#/?q=hostile"))
    page.locator("#rows a").first.click()
    page.wait_for_selector(".stepper")
    for side in ("hugo", "myst"):
        frame = page.frame_locator(f"iframe.{side}")
        expect(frame.locator("body")).to_contain_text("Look")
        assert (
            frame.locator("script, iframe, svg, meta[http-equiv=refresh], base, link").count() == 0
        )
        for link in frame.locator("a").all():
            link.click()
        assert "top.ran = 1" in frame.locator("pre").inner_text()
    page.keyboard.press("s")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert ran == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "about:"))] == []
    assert page.url.startswith("file:")


def test_a_script_that_got_through_would_not_run(page: Page) -> None:
    open_page(page, "Oak")
    page.evaluate(
        """() => {
          const frame = document.querySelector("iframe.hugo");
          const evil = "<script>top.ran = 1</" + "script><img src=x onerror='top.ran = 1'>";
          frame.srcdoc = frame.srcdoc.replace("<body>", "<body>" + evil);
        }"""
    )
    expect(page.frame_locator("iframe.hugo").locator("img")).to_have_count(1)
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None


def test_a_shortcode_without_template_is_named_in_its_place(page: Page) -> None:
    expect(page.locator(".note")).to_contain_text("unknown-thing")
    open_page(page, "Wren")
    stub = page.frame_locator("iframe.hugo").locator(".stub")
    expect(stub).to_have_attribute("data-label", "{{< unknown-thing >}} has no template here")


def test_pictures_are_shown(page: Page) -> None:
    open_page(page, "Ash")
    for side in ("hugo", "myst"):
        image = page.frame_locator(f"iframe.{side}").locator("img")
        expect(image).to_have_attribute("alt", "A leaf")
        page.wait_for_function(
            "side => document.querySelector(`iframe.${side}`).contentDocument"
            ".querySelector('img').naturalWidth > 0",
            arg=side,
        )


def test_dark_and_light(page: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(ground)
    assert dark != light
    page.get_by_role("button", name="Theme: auto").click()
    assert page.evaluate(ground) == light
    page.get_by_role("button", name="Theme: light").click()
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == dark
    page.reload()
    assert page.evaluate(ground) == dark
    open_page(page, "Oak")
    expect(page.frame_locator("iframe.hugo").locator("html.dark")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.wait_for_timeout(200)
    check(page)
    open_page(page, "Oak")
    page.keyboard.press("n")
    page.wait_for_timeout(200)
    check(page)
    page.keyboard.press("s")
    check(page)
    page.set_viewport_size({"width": 380, "height": 800})
    page.keyboard.press("?")
    page.wait_for_timeout(200)
    check(page)


def check(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    told = [
        (one["id"], one["impact"], [node["html"] for node in one["nodes"]][:3]) for one in found
    ]
    assert [one for one in told if one[1] in ("serious", "critical")] == []
    assert page.errors == []  # type: ignore[attr-defined]


def test_narrow_screens(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    wide = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(wide) <= 0
    open_page(page, "Oak")
    assert page.evaluate(wide) <= 0
    above, below = (
        page.locator(".pane.hugo").bounding_box(),
        page.locator(".pane.myst").bounding_box(),
    )
    assert above and below and below["y"] > above["y"] + 100
    page.keyboard.press("s")
    assert page.evaluate(wide) <= 0


def test_five_thousand_pages_open_fast(context: BrowserContext, tmp_path: Path) -> None:
    rows = [
        Row(
            id=f"{number:014x}", title=f"Page number {number}", url=f"/posts/page-{number}/",
            section=f"section {number % 40}", kind="page", language="en",
            source=f"content/posts/page-{number}.md", file=f"posts/page-{number}.md",
            trust="changed" if number % 7 == 0 else "safe",
            verdict="differs" if number % 7 == 0 else "identical",
            differences=number % 7 == 0, kinds=("words",) if number % 7 == 0 else (),
            codes=("HM601",) if number % 5 == 0 else (), hash=str(number),
        )
        for number in range(MANY)
    ]  # fmt: skip
    write_index(tmp_path, "Many", rows, {})
    last = rows[-1]
    text = {"source": "a", "converted": "a", "changes": []}
    write_page(tmp_path, last, {
        **asdict(last), "hugo": "<p>a</p>", "myst": "<p>a</p>", "hugo_title": "", "myst_title": "",
        "why": ["", ""], "found": [], "diagnostics": [], "text": text,
    })  # fmt: skip
    page = context.new_page()
    started = time.monotonic()
    page.goto(address(tmp_path))
    page.wait_for_selector("#rows tr")
    assert time.monotonic() - started < 2
    expect(page.locator("#count")).to_have_text("5,000 pages")
    assert page.locator("#rows tr").count() < 500
    started = time.monotonic()
    page.get_by_label("Search").fill("number 4999")
    expect(page.locator("#rows tr")).to_have_count(1)
    assert time.monotonic() - started < 1
    page.locator("#rows a").click()
    expect(page.frame_locator("iframe.hugo").locator("body")).to_have_text("a")
