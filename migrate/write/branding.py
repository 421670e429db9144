"""Logo, favicon and visitor counting, found where themes keep them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from migrate.model import Asset, Page, Site, Target, Value
from migrate.plan import Plan
from migrate.write.navigation import parameters, setting

_IMAGE = re.compile(r"\.(?:svg|png|jpe?g|webp|gif|ico|avif)$", re.I)
_LOGO_KEYS = (
    "logo", "navbar_logo", "navbarlogo", "sitelogo", "site_logo", "brand_logo", "headerlogo",
    "logolight", "logo_light", "label",
)  # fmt: skip
_DARK_KEYS = ("logo_dark", "logodark", "dark_logo", "logo_darkmode")
_ICON_KEYS = ("favicon", "site_icon", "siteicon", "icon_path", "faviconfile")
_LOGO_FILES = (
    "/media/logo.svg", "/media/logo.png", "/icons/logo.svg", "/images/logo.svg", "/images/logo.png",
    "/img/logo.svg", "/img/logo.png", "/logo.svg", "/logo.png",
)  # fmt: skip
_ICON_FILES = (
    "/favicon.ico", "/favicon.svg", "/favicon.png", "/favicons/favicon.ico", "/images/favicon.ico",
    "/images/favicon.png", "/img/favicon.ico", "/img/favicon.png", "/favicon-32x32.png",
    "/icons/favicon.ico", "/media/icon.svg", "/media/icon.png", "/favicons/favicon-32x32.png",
)  # fmt: skip


def branding(plan: Plan) -> Iterator[tuple[str, Target]]:
    """Option of `site` in myst.yml -> the image that is there."""
    params = parameters(plan.site)
    logo = _first(plan, _named(params, _LOGO_KEYS), _LOGO_FILES)
    if logo is not None:
        yield "logo", logo
    if (dark := _first(plan, _named(params, _DARK_KEYS), ())) is not None:
        yield "logo_dark", dark
    if (icon := _first(plan, _named(params, _ICON_KEYS), _ICON_FILES)) is not None:
        yield "favicon", icon


def _named(value: Value, names: tuple[str, ...], depth: int = 0) -> Iterator[str]:
    """Image files under one of `names`, anywhere in the parameters."""
    if not isinstance(value, Mapping) or depth > 4:
        return
    for key in names:
        found = value.get(key)
        if isinstance(found, str) and _IMAGE.search(found):
            yield found
        elif isinstance(found, Mapping):
            yield from (
                item for item in found.values() if isinstance(item, str) and _IMAGE.search(item)
            )
    for item in value.values():
        yield from _named(item, names, depth + 1)


def _first(plan: Plan, named: Iterator[str], files: tuple[str, ...]) -> Target | None:
    home = _anchor(plan.site)
    if home is None:
        return None
    for name in named:
        folders = (
            ("",) if name.startswith("/") else ("/", "/images/", "/img/", "/media/", "/icons/")
        )
        for folder in folders:
            target = plan.links.resolve_file(folder + name.removeprefix("./"), home)
            if isinstance(target.asset, Asset):
                return Target("asset", asset=target.asset)
    for file in files:
        target = plan.links.resolve_file(file, home)
        if target.asset is not None and target.asset.url == file:
            return target
    return None


def _anchor(site: Site) -> Page | None:
    return next((page for page in site.pages if page.kind == "home"), None) or (
        site.pages[0] if site.pages else None
    )


_GOOGLE = re.compile(r"(?:G|UA|GTM|AW)-[A-Z0-9-]{4,}")


def analytics(site: Site) -> dict[str, str]:
    """`analytics_google` and `analytics_plausible`, from the places where Hugo and themes look."""
    found: dict[str, str] = {}
    services = setting(site, "services")
    google = services.get("googleanalytics") if isinstance(services, Mapping) else None
    candidates: list[Value] = [
        google.get("id") if isinstance(google, Mapping) else None,
        setting(site, "googleanalytics"),
        *_values(
            parameters(site),
            ("google_analytics", "googleanalytics", "google", "ga_id", "ganalytics"),
        ),
    ]
    for value in candidates:
        if isinstance(value, str) and _GOOGLE.fullmatch(value.strip()):
            found["analytics_google"] = value.strip()
            break
    for value in _values(parameters(site), ("plausible", "plausible_domain", "plausibledomain")):
        domain = value.get("domain") if isinstance(value, Mapping) else value
        if isinstance(domain, str) and re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", domain.strip()):
            found["analytics_plausible"] = domain.strip()
            break
    return found


def _values(value: Value, names: tuple[str, ...], depth: int = 0) -> Iterator[Value]:
    if not isinstance(value, Mapping) or depth > 4:
        return
    for key, item in value.items():
        if key in names:
            yield item.get("id", item) if isinstance(item, Mapping) else item
        yield from _values(item, names, depth + 1)
