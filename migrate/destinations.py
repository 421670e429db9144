"""How a destination is written in MyST, once it is known what it means."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from migrate.model import Page, Target
from migrate.plan import Plan

_ENCODED = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_STRAY = re.compile(r"%(?![0-9a-fA-F]{2})")


def written(target: Target, page: Page, plan: Plan) -> str:
    """The destination to write in `page` so that mystmd leads to `target`."""
    if target.page is not None:
        label = plan.labels.get(target.page.identity, {}).get(target.fragment)
        return f"#{label}" if label else _file(plan.places[target.page.identity], page, plan)
    if target.asset is not None:
        return _file(plan.asset_places[target.asset.url], page, plan).replace(" ", "%20")
    return target.url


def decodable(url: str) -> str:
    """`url` so that its percent-encoding is UTF-8: one that isn't ends mystmd's whole run.

    What isn't UTF-8 is Latin-1, in which browsers and servers of old encoded addresses. mystmd
    decodes nothing after the `#`.
    """
    if "%" not in url:
        return url
    path, sign, fragment = url.partition("#")
    return _ENCODED.sub(_utf8, _STRAY.sub("%25", path)) + sign + fragment


def _utf8(found: re.Match[str]) -> str:
    data = bytes.fromhex(found[0].replace("%", ""))
    try:
        data.decode()
    except UnicodeDecodeError:
        return "".join(f"%{byte:02X}" for byte in data.decode("latin-1").encode())
    return found[0]


def _file(place: PurePosixPath, page: Page, plan: Plan) -> str:
    """Relative where it climbs one folder at most, else from the project's root."""
    folder, parts = plan.places[page.identity].parts[:-1], place.parts
    same = 0
    for ours, its in zip(folder, parts[:-1], strict=False):
        if ours != its:
            break
        same += 1
    climbed = len(folder) - same
    return f"/{place}" if climbed > 1 else "../" * climbed + "/".join(parts[same:])
