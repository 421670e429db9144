"""Files that are no pages: bundle resources, static files, `assets/`, `data/`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from migrate.diagnostics import diagnostic
from migrate.model import Asset, Diagnostic, Page, Value
from migrate.read import formats, permalinks
from migrate.read.disk import Unreadable, read_text
from migrate.read.mounts import File
from migrate.read.pages import Draft
from migrate.read.tree import Resource, Tree
from migrate.read.yaml12 import FormatError


def attach(
    tree: Tree, drafts: Mapping[str, Sequence[Draft]], folder_urls: Mapping[str, str]
) -> tuple[dict[str, tuple[Asset, ...]], list[Asset]]:
    """The resources of each page (by identity), and the assets that no page owns.

    `drafts` are the pages of each language, the default language first. A file without a
    language is published once, with the first language that has the bundle; `folder_urls` are
    for what has no page there.
    """
    owners = {
        code: {draft.page.logical: draft for draft in found if draft.page.bundle}
        for code, found in drafts.items()
    }
    variants = _variants(tree.resources)
    resources: dict[str, list[Asset]] = {}
    loose: list[Asset] = []
    for resource in tree.resources:
        codes = [resource.language] if resource.language else list(drafts)
        holders = [owners[code][resource.owner] for code in codes if resource.owner in owners[code]]
        if not holders:
            loose.append(_asset(resource, _loose_home(resource, folder_urls), bool(not resource.content)))
            continue
        asset = _asset(resource, holders[0].home, not resource.content)
        for holder in holders:
            page = holder.page
            better = variants.get((resource.owner, resource.below), {}).get(page.language)
            if better is None or resource.language == page.language:
                if page.source is None:
                    loose.append(asset)
                else:
                    resources.setdefault(page.identity, []).append(asset)
    unique = list({asset.source: asset for asset in loose}.values())
    return {identity: tuple(found) for identity, found in resources.items()}, unique


def _loose_home(resource: Resource, folder_urls: Mapping[str, str]) -> str:
    return folder_urls.get(resource.owner) or resource.owner.rstrip("/") + "/"


def _variants(resources: Iterable[Resource]) -> dict[tuple[str, str], dict[str, bool]]:
    """(owner, name without language) -> languages that have a variant `name.fr.png`."""
    found: dict[tuple[str, str], dict[str, bool]] = {}
    for resource in resources:
        if resource.language:
            stem, _, extension = resource.below.rpartition(".")
            name = stem.rpartition(".")[0] + "." + extension
            found.setdefault((resource.owner, name), {})[resource.language] = True
    return found


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


def data(files: Iterable[File], problems: list[Diagnostic]) -> dict[str, Value]:
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
            parsed = formats.parse(read_text(file.path).text, format, keep_case=True)
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
        both = isinstance(mine, dict) and isinstance(parsed.value, dict)
        place[stem] = {**parsed.value, **mine} if both else place.get(stem, parsed.value)
    return tree
