"""A page of a small site for HTML snippets: its files, its linked headings."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from migrate.context import Context
from migrate.convert.html import html_to_myst
from migrate.links import index
from migrate.model import Asset, Page, Site
from migrate.options import Options
from migrate.plan import Plan

FILES = ("a.png", "b.png", "v.mp4", "v.webm", "s.mp3", "f.pdf", "img/a.png")
LABELS = {"setup": "p-setup", "spot": "p-spot", "inline-spot": "p-inline-spot"}


def context(html: str = "", *, math: bool = False, format: str = "html") -> Context:
    """The context of the page `/p/`, whose file is `p.md`."""
    page = Page("p", None, "page", "/p/", "P", format=format, body=html)  # type: ignore[arg-type]
    assets = tuple(
        Asset(
            PurePosixPath("static", name), Path(name), f"/{name}" if "/" in name else f"/p/{name}"
        )
        for name in FILES
    )
    site = Site(
        Path("site"), "S", base_url="https://example.org/", hosts=("example.org",),
        pages=(page,), assets=assets,
    )  # fmt: skip
    plan = Plan(
        site,
        Options(),
        index(site),
        places={"p": PurePosixPath("p.md")},
        asset_places={
            asset.url: PurePosixPath(asset.url.removeprefix("/p/").lstrip("/")) for asset in assets
        },
        labels={"p": LABELS},
        math=math,
    )
    return Context(page, plan, html_to_myst, html_to_myst)


def convert(html: str, *, math: bool = False, format: str = "html") -> tuple[str, list[str]]:
    """The MyST of the page and the codes of what is said of it."""
    ctx = context(html, math=math, format=format)
    text = html_to_myst(html, ctx)
    return text, [diagnostic.code for diagnostic in ctx.record.diagnostics]
