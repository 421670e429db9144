"""Make the pictures of the documentation.

    python docs/screenshots.py SITE        convert a Hugo site, report on it, take pictures

SITE is the folder of a real site: the corpus has some (`../shared/corpus/2i2c/site`). Needs the
`test` extra and Debian's Chromium.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser import address, chromium  # noqa: E402

from migrate import pipeline  # noqa: E402
from migrate.options import Options  # noqa: E402
from migrate.report.folder import write_report  # noqa: E402


def make_report(site: Path, folder: Path) -> Path:
    """Convert the site and write the report on it."""
    project, report = folder / "project", folder / "report"
    pipeline.convert(site, project)
    write_report(pipeline.load(site, Options(), project), project, report, lambda *_: None)
    return report


def take_pictures(page: Page, report: Path) -> None:
    """The overview, a page with differences, its sources; light, and one of them dark."""
    page.goto(address(report))
    page.wait_for_selector("#rows tr")
    page.screenshot(path=IMAGES / "report.png")
    page.goto(address(report, "#/?kind=words&trust=changed&sort=differences"))
    page.wait_for_selector("#rows tr")
    page.locator("#rows a").last.click()
    page.wait_for_selector(".stepper")
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / "report-page.png")
    page.keyboard.press("s")
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / "report-sources.png")
    page.emulate_media(color_scheme="dark")
    page.keyboard.press("s")
    page.keyboard.press("n")
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / "report-dark.png")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("site", type=Path)
    site = parser.parse_args().site
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        report = make_report(site, Path(folder))
        page = browser.new_page(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
        take_pictures(page, report)


if __name__ == "__main__":
    main()
