"""Files that are no pages: bundle resources, static files, `assets/`, `data/`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from migrate.diagnostics import diagnostic
from migrate.memory import Memory
from migrate.model import Asset, Diagnostic, Page, Value
from migrate.read import formats, permalinks
from migrate.read.disk import MAX_TEXT, Unreadable, decode, read_bytes
from migrate.read.mounts import File
from migrate.read.pages import Draft
from migrate.read.tree import Resource, Tree
from migrate.read.yaml12 import FormatError


def attach(
    tree: Tree, drafts: Mapping[str, Sequence[Draft]], dropped: Set[str]
) -> tuple[dict[str, tuple[Asset, ...]], list[Asset]]:
    """The resources of each page (by identity), and the assets that no page owns.

    `drafts` are the pages of each language, the default language first. A file without a
    language is published once, with the first language that has the bundle, and not at all if
    the bundle is in `dropped` (logical paths).
    """
    owners = {
        code: {draft.page.logical: draft for draft in found if draft.page.bundle}
        for code, found in drafts.items()
    }
    groups: dict[tuple[str, str], list[Resource]] = {}
    for resource in tree.resources:
        groups.setdefault((resource.owner, _name(resource)), []).append(resource)
    resources: dict[str, list[Asset]] = {}
    loose: list[Asset] = []
    for (owner, _), variants in groups.items():
        holders = {code: owners[code][owner] for code in drafts if owner in owners[code]}
        assets = {variant.file: _placed(variant, holders, dropped) for variant in variants}
        used = set()
        for code, holder in holders.items():
            best = _best(variants, code)
            if holder.page.source is not None and best is not None:
                resources.setdefault(holder.page.identity, []).append(assets[best.file])
                used.add(best.file)
        loose += [asset for file, asset in assets.items() if file not in used]
    return {identity: tuple(found) for identity, found in resources.items()}, loose


def _name(resource: Resource) -> str:
    """The resource's path without the language in its name."""
    if not resource.language or resource.file.language:
        return resource.below
    stem, _, extension = resource.below.rpartition(".")
    return f"{stem.rpartition('.')[0]}.{extension}"


def _best(variants: Sequence[Resource], code: str) -> Resource | None:
    """The variant that a language's page has: its own, else one for all, else any file."""
    ranked = [variant for variant in variants if variant.language in (code, "")]
    ranked.sort(key=lambda variant: variant.language != code)
    others = [variant for variant in variants if not variant.content]
    return next(iter(ranked or others), None)


def _placed(resource: Resource, holders: Mapping[str, Draft], dropped: Set[str]) -> Asset:
    """Where a resource is published: with its language's page, else the first that has it."""
    published = not resource.content
    if not holders:
        home = resource.owner.rstrip("/") + "/"
        return _asset(resource, home, published and resource.owner not in dropped)
    holder = holders.get(resource.language) or next(iter(holders.values()))
    return _asset(resource, holder.home, published)


def _asset(resource: Resource, home: str, published: bool) -> Asset:
    url = home + permalinks.encode(resource.below)
    return Asset(resource.file.source, resource.file.path, url, published)


def rooted(files: Iterable[File], *, published: bool) -> list[Asset]:
    """Files of `static/` or `assets/`: their URL is their path."""
    return [
        Asset(file.source, file.path, "/" + permalinks.encode(file.relative), published)
        for file in files
    ]


def with_resources(page: Page, resources: Mapping[str, tuple[Asset, ...]]) -> Page:
    """The page with its resources entered."""
    mine = resources.get(page.identity)
    return replace(page, resources=mine) if mine else page


def data(files: Iterable[File], problems: list[Diagnostic], memory: Memory) -> dict[str, Value]:
    """`data/` as nested mappings; a folder and a file of one name are merged."""
    tree: dict[str, Value] = {}
    for file in files:
        folder, base = posixpath.split(file.relative)
        stem, _, extension = base.rpartition(".")
        format = formats.EXTENSIONS.get(extension.lower())
        if format is None or not stem:
            continue
        name = str(file.source)
        try:
            value = _parsed(read_bytes(file.path, MAX_TEXT), format, memory)
        except Unreadable as error:
            problems.append(diagnostic("HM106", name, reason=str(error)))
            continue
        except FormatError as error:
            problems.append(diagnostic("HM106", name, error.line, reason=error.reason))
            continue
        place = tree
        for part in folder.split("/") if folder else ():
            inner = place.get(part)
            if not isinstance(inner, dict):
                inner = place[part] = {}
            place = inner
        mine = place.get(stem)
        if isinstance(mine, dict) and isinstance(value, dict):
            place[stem] = {**value, **mine}
        else:
            place.setdefault(stem, value)
    return tree


def _parsed(data: bytes, format: str, memory: Memory) -> Value:
    return memory.recall(
        lambda: formats.parse(decode(data).text, format, keep_case=True).value,
        "data",
        format,
        data,
    )
