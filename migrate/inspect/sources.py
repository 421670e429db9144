"""Content that comes from elsewhere, and how large the site's files are."""

from __future__ import annotations

import configparser
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from migrate.inspect.findings import Elsewhere, Files, ThemeFound
from migrate.model import Asset, Site, Value
from migrate.plan import Plan
from migrate.read import modules
from migrate.themes import detect

_NOTEBOOKS = (".Rmd", ".rmd", ".Rmarkdown", ".qmd", ".ipynb")
"""Suffixes of files that a program makes a page's Markdown from."""
_LARGEST = 5
"""Unused files that are named."""


def elsewhere(site: Site) -> tuple[Elsewhere, ...]:
    """Submodules, mounts, adapters, generated files, and what is missing."""
    if site.source is None:
        return ()
    found = [*_submodules(site.source), *_mounts(site), *_generated(site)]
    for said in site.diagnostics:
        if said.code == "HM107":
            found.append(Elsewhere("adapter", said.source, "makes pages by code, which isn't run"))
        elif said.code == "HM108":
            found.append(Elsewhere("missing", said.source, "is content of the site and isn't here"))
        elif said.code == "HM251":
            found.append(Elsewhere("generated", said.source, "a script makes the configuration"))
    return tuple(found)


def _submodules(root: Path) -> Iterator[Elsewhere]:
    top = modules.boundary(root)
    config = configparser.ConfigParser(strict=False, interpolation=None)
    try:
        lines = (top / ".gitmodules").read_text(encoding="utf-8", errors="replace").splitlines()
        config.read_string("\n".join(line.strip() for line in lines))
    except (OSError, configparser.Error):
        return
    for section in config.sections():
        path = config[section].get("path", "")
        folder = top / path
        here = folder.is_dir() and folder.resolve().is_relative_to(top) and any(folder.iterdir())
        note = "a git submodule" if here else "not here: git submodule update --init"
        if path:
            yield Elsewhere("submodule", path, note)


def _mounts(site: Site) -> Iterator[Elsewhere]:
    module = site.config.get("module")
    for entry in _entries(module, "mounts"):
        source, target = str(entry.get("source") or ""), str(entry.get("target") or "")
        if source and source.strip("/") != target.strip("/"):
            yield Elsewhere("mount", source, f"mounted at {target}")
    for entry in _entries(module, "imports"):
        if mounts := [str(m.get("target") or "") for m in _entries(entry, "mounts")]:
            yield Elsewhere("module", str(entry.get("path") or ""), f"mounts {', '.join(mounts)}")


def _entries(value: Value, key: str) -> list[Mapping[str, Value]]:
    listed = value.get(key) if isinstance(value, Mapping) else None
    entries = listed if isinstance(listed, list) else [listed]
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _generated(site: Site) -> Iterator[Elsewhere]:
    """Pages that a notebook beside them makes: people edit the notebook."""
    sources = {str(asset.source) for asset in site.assets}
    sources |= {str(asset.source) for page in site.pages for asset in page.resources}
    found = [
        str(page.source)
        for page in site.pages
        if page.source and any(str(page.source.with_suffix(s)) in sources for s in _NOTEBOOKS)
    ]
    if found:
        many = f" and {len(found) - 1} more pages" if len(found) > 1 else ""
        note = "made from the notebook beside it: work on the notebook is lost"
        yield Elsewhere("generated", found[0] + many, note)


def theme_rows(site: Site) -> tuple[ThemeFound, ...]:
    """The themes and modules that a site names."""
    missing = {said.message for said in site.diagnostics if said.code == "HM253"}
    return tuple(
        ThemeFound(
            name,
            not any(f"`{name}`" in message for message in missing),
            ", ".join(theme.name for theme in detect([name])),
        )
        for name in site.modules
    )


def files(plan: Plan, used: Iterable[str]) -> Files:
    """Count and weigh the site's files; `used` are the URLs of those that pages need."""
    site = plan.site
    every = {asset.url: asset for page in site.pages for asset in page.resources}
    every |= {asset.url: asset for asset in site.assets}
    sizes = {url: _size(asset) for url, asset in every.items()}
    mine = [url for url in set(used) if url in sizes]
    suffixes: Counter[str] = Counter()
    for url, size in sizes.items():
        suffixes[every[url].source.suffix.lower() or "other"] += size
    unused = sorted((url for url in sizes if url not in set(mine)), key=lambda url: -sizes[url])
    return Files(
        count=len(sizes),
        size=sum(sizes.values()),
        used=len(mine),
        used_size=sum(sizes[url] for url in mine),
        by_suffix=dict(suffixes.most_common()),
        largest_unused=tuple((str(every[url].source), sizes[url]) for url in unused[:_LARGEST]),
    )


def _size(asset: Asset) -> int:
    try:
        return asset.file.stat().st_size
    except OSError:
        return 0
