"""The picture that stands for a page: from its front matter or its bundle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrate.convert.keys import BANNER_KEYS, FEATURED, IMAGE_FIELDS, IMAGE_KEYS
from migrate.destinations import written
from migrate.model import Page, Target, Value

if TYPE_CHECKING:
    from migrate.context import Context

_FOLDERS = ("", "/media/", "/images/", "/img/", "/", "/uploads/", "/media/authors/")
"""Where themes look for a picture that is named without a place."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page's picture."""

    key: str
    """The front matter key it came from; empty for a file of the bundle."""
    target: Target
    alt: str = ""
    caption: str = ""


def picture(page: Page, ctx: Context) -> Picture | None:
    """The page's picture, first the one that its front matter names and that can be found."""
    for key, value in _named(page):
        for destination, alt, caption in _destinations(value):
            target = find(destination, page, ctx)
            if target is not None:
                return Picture(key, target, alt, caption)
    for asset in page.resources:
        if FEATURED.fullmatch(asset.source.name):
            alt, caption = _described(page.front.get("image"))
            return Picture("", Target("asset", asset=asset), alt, caption)
    return None


def find(destination: str, page: Page, ctx: Context) -> Target | None:
    """The file that a theme finds for a picture named in front matter; None where it is missing."""
    destination = destination.strip()
    if not destination or destination.startswith("data:") or "\n" in destination:
        return None
    bare = "://" not in destination and not destination.startswith(("/", "."))
    for folder in _FOLDERS if bare else ("",):
        target = ctx.plan.links.resolve_file(folder + destination, page)
        if target.kind == "asset" or (target.kind == "external" and "://" in target.url):
            return target
    return None


def use(target: Target, ctx: Context) -> str:
    """The path to write for `target` in the context's page, which will need the file."""
    if target.asset is not None:
        ctx.record.assets[target.asset.url] = target.asset
    ctx.record.links += 1
    return written(target, ctx.page, ctx.plan)


def is_banner(found: Picture) -> bool:
    """Whether themes show the picture across the top of the page."""
    return found.key in BANNER_KEYS


def _named(page: Page) -> Iterator[tuple[str, Value]]:
    params = page.front.get("params")
    for source in (params if isinstance(params, Mapping) else {}, page.front):
        for key in IMAGE_KEYS:
            if value := source.get(key):
                yield key, value
    resources = page.front.get("resources")
    for resource in resources if isinstance(resources, list) else ():
        if not isinstance(resource, Mapping):
            continue
        name = str(resource.get("name") or "").lower()
        if name.startswith(("featured", "cover", "thumb", "header")):
            yield "resources", resource


def _destinations(value: Value) -> Iterator[tuple[str, str, str]]:
    """(destination, alt text, caption) of every picture that a value names."""
    if isinstance(value, str):
        yield value, "", ""
    elif isinstance(value, list):
        for item in value:
            yield from _destinations(item)
    elif isinstance(value, Mapping):
        alt, caption = _described(value)
        for field in IMAGE_FIELDS:
            if isinstance(value.get(field), str):
                yield value[field], alt, caption


def _described(value: Value) -> tuple[str, str]:
    if not isinstance(value, Mapping):
        return "", ""
    params = value.get("params")
    alt = (
        value.get("alt")
        or value.get("alt_text")
        or (params.get("description") if isinstance(params, Mapping) else "")
    )
    return str(alt or ""), str(value.get("caption") or "")
