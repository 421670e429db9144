"""What a page says of a publication or a talk: its numbers, venue, licence, files and links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrate.context import Context
from migrate.convert import keys
from migrate.convert.licences import spdx
from migrate.convert.pictures import use
from migrate.convert.plaintext import plain
from migrate.model import Target, Value
from migrate.places import served
from migrate.read import people

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/[^\s\"<>]+)", re.I)
_ARXIV = re.compile(r"(?:https?://arxiv\.org/abs/|arxiv:)?(\d{4}\.\d{4,5}(?:v\d+)?)", re.I)


def add_publication(
    front: Mapping[str, Value], found: dict[str, Any], used: set[str], ctx: Context
) -> None:
    """Enter what the page says of a publication into `found`; `used` are the keys that it took."""
    ids = front.get("hugoblox")
    ids = ids.get("ids") if isinstance(ids, Mapping) else None
    ids = ids if isinstance(ids, Mapping) else {}
    if doi := _DOI.fullmatch(str(front.get("doi") or ids.get("doi") or "").strip()):
        found["doi"] = doi[1]
        used.update(("doi", "hugoblox"))
    if arxiv := _ARXIV.fullmatch(str(front.get("arxiv") or ids.get("arxiv") or "").strip()):
        found["arxiv"] = f"https://arxiv.org/abs/{arxiv[1]}"
        used.update(("arxiv", "hugoblox"))
    for key in ("license", "licence"):
        if licence := spdx(front.get(key)):
            found["license"] = licence
        if licence or isinstance(front.get(key), bool):
            used.add(key)
    if isinstance(notice := front.get("copyright"), str) and notice.strip():
        found["copyright"] = plain(notice)
        used.add("copyright")
    if isinstance(url := front.get("editurl"), str) and url.startswith("http"):
        found["edit_url"] = url
        used.add("editurl")
    if isinstance(names := front.get("bibliography"), (str, list)):
        _add_bibliography([names] if isinstance(names, str) else names, found, ctx)
        used.add("bibliography")
    if isinstance(abstract := front.get("abstract"), str) and abstract.strip():
        found["abstract"] = ctx.convert_markdown(abstract.strip(), ctx.nested(0)).strip()
        used.add("abstract")
    offered: dict[str, dict[str, str]] = {}
    for entry in _downloads(front, used, ctx):
        offered.setdefault(entry.get("url") or entry.get("file") or "", entry)
    found["downloads"] = list(offered.values())  # mystmd takes each once


def _add_bibliography(names: list[Value], found: dict[str, Any], ctx: Context) -> None:
    """The BibTeX files of the page, which go along with it."""
    for name in names:
        target = ctx.plan.links.resolve_file(str(name), ctx.page)
        if target.asset is not None:
            found.setdefault("bibliography", []).append(use(target, ctx))


def _downloads(
    front: Mapping[str, Value], used: set[str], ctx: Context
) -> Iterator[dict[str, str]]:
    """Links to the paper, its code and its slides, as a theme's buttons have them."""
    for key in keys.DOWNLOADS:
        value = front.get(key)
        if not isinstance(value, str) or not value.strip():
            continue
        if (entry := _download(value, key.removeprefix("url_"), ctx)) is not None:
            yield entry
            used.add(key)
    yield from _further_links(front, used, ctx)
    for asset in ctx.page.resources:
        if asset.source.name.lower() == "cite.bib":
            yield {"file": use(Target("asset", asset=asset), ctx), "title": "BibTeX"}


def _further_links(
    front: Mapping[str, Value], used: set[str], ctx: Context
) -> Iterator[dict[str, str]]:
    """`links` of publications and projects, each with a URL and a name or type; nothing where
    one of them is anything else."""
    links = front.get("links")
    if not isinstance(links, list) or people.is_profile(ctx.page):
        return
    found = []
    for link in links:
        link = link if isinstance(link, Mapping) else {}
        url, name = link.get("url"), link.get("name") or link.get("label") or link.get("type")
        if url in (None, "") and name:
            continue  # a form that nobody filled in
        entry = _download(url, str(name), ctx) if isinstance(url, str) and name else None
        if entry is None:
            return
        found.append(entry)
    used.add("links")
    yield from found


def _download(url: str, name: str, ctx: Context) -> dict[str, str] | None:
    name = name.lower() if f"url_{name.lower()}" in keys.DOWNLOADS else name
    title = keys.DOWNLOADS.get(f"url_{name}") or keys.DOWNLOADS.get(name) or plain(name)
    target = ctx.plan.links.resolve(url.strip(), ctx.page)
    if target.asset is not None:
        return {"file": use(target, ctx), "title": title}
    if target.page is not None:
        place = ctx.plan.places.get(target.page.identity)
        url = served(place) if place else use(target, ctx)  # of another project: a whole URL
        return {"url": url, "title": title}
    return {"url": target.url, "title": title} if target.url.startswith("http") else None
