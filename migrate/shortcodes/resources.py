"""Files of a page's bundle, as its front matter's `resources` name and describe them."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from migrate.model import Asset, Value
from migrate.shortcodes.call import Call

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".tiff"})


def is_picture(asset: Asset) -> bool:
    """Whether its suffix is one of a picture."""
    return PurePosixPath(asset.url).suffix.lower() in PICTURES


def relative(asset: Asset, call: Call) -> str:
    """The path of a file from the page, or its URL where it lies elsewhere."""
    base = call.ctx.page.url
    return asset.url.removeprefix(base) if asset.url.startswith(base) else asset.url


def named(call: Call, name: str) -> str:
    """The file that the page's `resources` give this name, else the first whose name begins so."""
    path = str(described(call, name).get("src") or "")
    if "*" in path:
        own = (relative(asset, call) for asset in call.ctx.page.resources)
        return min((one for one in own if fnmatchcase(one, path)), default="")
    if path or PurePosixPath(name).suffix or "/" in name:
        return path
    pictures = [relative(one, call) for one in call.ctx.page.resources if is_picture(one)]
    begun = (one for one in pictures if PurePosixPath(one).name.lower().startswith(name.lower()))
    return min(begun, default="")


def described(call: Call, name: str) -> Mapping[str, Value]:
    """What the page's `resources` say of the file of this name; nothing where they don't."""
    entries = call.ctx.page.front.get("resources")
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, Mapping) and str(entry.get("name")).casefold() == name.casefold():
            return entry
    return {}


def captioned(call: Call) -> dict[str, Value]:
    """The words that a theme shows with a picture of the bundle: alternative text and caption,
    with the one who is to be named behind it."""
    entry = described(call, call.get("src").strip())
    params = entry.get("params")
    told = params if isinstance(params, Mapping) else {}
    title = str(entry.get("title") or "")
    alt = call.get("alt") or (title if ":counter" not in title else "")
    caption = call.get("caption") or (call.inner().strip() if call.shortcode.paired else alt)
    if caption and (credit := told.get("credits")):
        caption = f"{caption} ({credit})"
    elif caption and (credit := told.get("byline")):
        caption = f"{caption} {credit}"
    return {"alt": alt, "caption": caption}
