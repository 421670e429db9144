"""How a destination is written in MyST, once it is known what it means, and where it is served."""

from __future__ import annotations

from pathlib import PurePosixPath

from migrate import places
from migrate.model import Page, Target
from migrate.plan import Plan


def written(target: Target, page: Page, plan: Plan) -> str:
    """The destination to write in `page` so that mystmd leads to `target`."""
    if target.page is not None:
        identity = target.page.identity
        label = plan.labels.get(identity, {}).get(target.fragment)
        if identity not in plan.places:
            fragment = label or target.fragment
            return plan.part.links[identity] + (f"#{fragment}" if fragment else "")
        return f"#{label}" if label else _file(plan.places[identity], page, plan)
    if target.asset is not None:
        return _file(plan.asset_places[target.asset.url], page, plan).replace(" ", "%20")
    return target.url


def address(page: Page, plan: Plan) -> str:
    """Where the page is in the new site: a path from the site's root, with a final slash."""
    place = plan.places.get(page.identity)
    if place is None:
        return plan.part.addresses[page.identity]
    return places.address(place, plan.part.folder)


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
