"""How a destination is written in MyST, once it is known what it means."""

from __future__ import annotations

from pathlib import PurePosixPath

from migrate.model import Page, Target
from migrate.plan import Plan


def written(target: Target, page: Page, plan: Plan) -> str:
    """The destination to write in `page` so that mystmd leads to `target`."""
    if target.page is not None:
        label = plan.labels.get(target.page.identity, {}).get(target.fragment)
        return f"#{label}" if label else _file(plan.places[target.page.identity], page, plan)
    if target.asset is not None:
        return _file(plan.asset_places[target.asset.url], page, plan).replace(" ", "%20")
    return target.url


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
