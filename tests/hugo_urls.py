"""Every URL that real Hugo publishes for a site: pages, lists and their pagers, aliases, feeds,
site maps, page resources, static files."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from migrate.engines import hugo
from migrate.engines.overlay import Overlay
from migrate.model import Site

_TEMPLATE = (
    '{"hugo2myst":1,"pager":"{{ if not (in (slice "page" "404") .Kind) }}'
    '{{ with (.Paginate .Pages) }}{{ .PageNumber }}{{ end }}{{ end }}"}'
)
"""A theme paginates some lists or all; this one all."""


def published(site: Site) -> set[str]:
    """The URLs from the site's root, percent-encoding undone; folders end with a slash."""
    with tempfile.TemporaryDirectory(prefix="hugo2myst-") as folder:
        overlay = Overlay.make(site, Path(folder).resolve(), _TEMPLATE)
        config = json.loads((overlay.root / "hugo.json").read_text("utf-8"))
        own = site.config.get("disablekinds")
        config["disablekinds"] = own if isinstance(own, list) else []
        config["disableAliases"] = site.config.get("disablealiases") is True
        config["enableRobotsTXT"] = site.config.get("enablerobotstxt") is True
        config["cascade"] = config["cascade"][1:]
        for key in ("pagination", "paginate"):
            if key in site.config:
                config["pagination"] = (
                    site.config[key] if key == "pagination" else {"pagerSize": site.config[key]}
                )
        config["staticDir"] = site.config.get("staticdir") or "static"
        config["outputs"] = _outputs(site)
        if mounts := _mounts(site):
            config["module"] = {"mounts": mounts}
        overlay.write("hugo.json", json.dumps(config, default=str))
        hugo._build(overlay)
        public = overlay.root / "hugo2myst-public"
        return set(_urls(public))


def _outputs(site: Site) -> dict[str, list[str]]:
    """Which lists have a feed. Other formats need templates of the theme."""
    outputs = site.config.get("outputs")
    return {
        kind: [name for name in map(str, names) if name.lower() in ("html", "rss")]
        for kind, names in (outputs.items() if isinstance(outputs, dict) else ())
        if isinstance(names, list)
    }


def _mounts(site: Site) -> list[dict[str, Any]]:
    module = site.config.get("module")
    mounts = module.get("mounts") if isinstance(module, dict) else None
    return [
        {key: value for key, value in mount.items() if key in ("source", "target", "lang")}
        for mount in mounts or ()
        if isinstance(mount, dict)
        and not str(mount.get("target", "")).startswith("layouts")
        and ".." not in str(mount.get("source", "")).split("/")
    ]


def _urls(public: Path) -> Iterator[str]:
    for path in public.rglob("*"):
        if path.is_file():
            url = "/" + path.relative_to(public).as_posix()
            yield url.removesuffix("index.html") if url.endswith("/index.html") else url


def plain(url: str) -> str:
    """A URL of ours in the same spelling."""
    url = unquote(url)
    return url.removesuffix("index.html") if url.endswith("/index.html") else url
