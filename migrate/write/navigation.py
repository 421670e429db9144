"""Menus to the site's navigation, buttons and footer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from migrate.convert.plaintext import plain, plain_title
from migrate.destinations import address as plan_address
from migrate.destinations import written
from migrate.model import MenuEntry, Page, Site, Value
from migrate.places import inside, served
from migrate.plan import Plan
from migrate.read import contacts

_MAIN = ("main", "header", "navbar", "nav", "top", "primary", "mainmenu", "before")
_BUTTONS = ("main_right", "navbar_right", "actions", "cta", "right", "buttons")
_FOOTER = ("footer", "bottom", "legal", "footer-menu", "footer_menu", "footermenu", "social")
_CONTROLS = frozenset(("search", "theme-toggle", "language-switch", "theme", "language"))
"""Entries of Hextra's menu that are controls of the theme, by `params.type`."""

_PATH = re.compile(r"(?:/[a-zA-Z0-9._-]+)+")
"""Paths that mystmd takes in `site.nav`."""

_TAG = re.compile(r"<[^<>]*>")


def menu(plan: Plan) -> list[dict[str, Any]]:
    """`site.nav`: the main menu of the default language; an entry with children has no URL."""
    items = _entries(plan, _MAIN) or tuple(_listed(parameters(plan.site).get("navbar")))
    return [entry for item in items if (entry := _nav(item, plan))] + _languages(plan)


def _languages(plan: Plan) -> list[dict[str, Any]]:
    """The home pages of the other languages under the name of the project's own: MyST has no
    languages, and no other place to change between them."""
    homes = {page.language: page for page in plan.whole.pages if page.kind == "home"}
    own = plan.site.languages[0]
    others = [
        {"title": language.name or language.title or language.code, "url": url}
        for language in plan.whole.languages
        if language.code != own.code
        and language.code in homes
        and (url := _home_url(homes[language.code], plan))
    ]
    return [{"title": own.name or own.code, "children": others}] if others else []


def _home_url(home: Page, plan: Plan) -> str:
    """A language's home page for `site.nav`; empty where it is another project's on a host that
    isn't known: the navigation takes no path that leads out of the project."""
    if home.identity in plan.places:
        return served(plan.places[home.identity])
    url = plan.part.links[home.identity]
    return url if "://" in url else ""


def parameters(site: Site) -> dict[str, Value]:
    """The site's parameters with those of its default language, which are stronger."""
    own = site.languages[0].params if site.languages else {}
    return {**site.params, **own}


def setting(site: Site, key: str) -> Value:
    """A key of the configuration: as the default language has it, else the site."""
    languages = site.config.get("languages")
    own = languages.get(site.languages[0].code) if isinstance(languages, Mapping) else None
    value = own.get(key) if isinstance(own, Mapping) else None
    return site.config.get(key) if value is None else value


def _listed(value: Value) -> Iterator[MenuEntry]:
    """Links that a theme takes from its parameters: a list of names and URLs."""
    for item in value if isinstance(value, list) else ():
        if isinstance(item, Mapping):
            name = next((item[k] for k in ("title", "name", "text", "label") if item.get(k)), "")
            url = next((item[k] for k in ("url", "link", "href") if item.get(k)), "")
            children = tuple(_listed(item.get("sublinks") or item.get("children")))
            yield MenuEntry(str(name), str(url), children=children)


def actions(plan: Plan) -> list[dict[str, Any]]:
    """`site.actions`: the menu that themes show as buttons."""
    return [entry for item in _entries(plan, _BUTTONS) if (entry := _plain(item, plan))]


def footer(plan: Plan) -> str:
    """The text of the footer: its menus, social links and the copyright notice; may be empty."""
    lines: list[str] = []
    home = _home(plan)
    if home is None:
        return ""
    groups: list[str] = []
    for name in _FOOTER:
        for item in _menus(plan).get(name, ()):
            links = [_link(e, plan, home) for e in (item, *item.children)]
            groups.extend(link for link in links if link)
    for column in _columns(parameters(plan.site).get("footer")):
        links = [_link(item, plan, home) for item in _listed(column)]
        groups.extend(link for link in links if link)
    if groups:
        lines.append(" · ".join(dict.fromkeys(groups)))
    if social := [f"[{name}]({url})" for name, url in _social(plan)]:
        lines.append(" · ".join(dict.fromkeys(social)))
    lines += _footer_texts(plan)
    return "\n\n".join(dict.fromkeys(lines))


def _columns(footer: Value) -> Iterator[Value]:
    """The lists of links in a footer's parameters, column by column."""
    columns = footer.get("quicklinks") if isinstance(footer, Mapping) else None
    for column in columns.values() if isinstance(columns, Mapping) else ():
        if isinstance(column, Mapping):
            yield column.get("links")


def _menus(plan: Plan) -> Mapping[str, tuple[MenuEntry, ...]]:
    languages = plan.site.languages
    return languages[0].menus if languages else {}


def _entries(plan: Plan, names: Iterable[str]) -> tuple[MenuEntry, ...]:
    menus = _menus(plan)
    return next((menus[name] for name in names if menus.get(name)), ())


def _nav(item: MenuEntry, plan: Plan) -> dict[str, Any]:
    own = _plain(item, plan)
    flat = [entry for child in item.children for entry in _flat(child, plan)]
    if not flat:
        return own
    if own and own["url"] not in {entry["url"] for entry in flat}:
        flat.insert(0, own)
    return {"title": _title(item, plan), "children": flat}


def _flat(item: MenuEntry, plan: Plan) -> list[dict[str, Any]]:
    """mystmd's menus have one level below the bar; deeper entries follow their parent."""
    own = _plain(item, plan)
    entries = [own] if own else []
    for child in item.children:
        entries += _flat(child, plan)
    return entries


def _plain(item: MenuEntry, plan: Plan) -> dict[str, Any]:
    url = _nav_url(item.url, plan)
    title = _title(item, plan)
    if not url or not title or str(item.params.get("type", "")).lower() in _CONTROLS:
        return {}
    return {"title": title, "url": url}


def _nav_url(url: str, plan: Plan) -> str:
    """The address for `site.nav`, which takes a plain path in the project or a whole URL: the
    home page, places on a page and what other projects serve are written with the site's host;
    where none is known places go to the page."""
    address = _url(url, plan)
    if not address.startswith("/"):
        return address
    mine = plan.part.owns(address.partition("#")[0])
    if mine and _PATH.fullmatch(path := inside(address, plan.part.folder)):
        return path
    base = plan.site.base_url.rstrip("/")
    if base.startswith(("http://", "https://")):
        return base + quote(address, safe="/#?=&%~+:@!$,;'()*")
    page = inside(address.partition("#")[0].partition("?")[0], plan.part.folder)
    return page if mine and _PATH.fullmatch(page) else ""


def _title(item: MenuEntry, plan: Plan) -> str:
    """The entry's name; where only translations of the theme have one, its page's title, or its
    identifier as words."""
    if item.name and (item.name != item.identifier or not item.name.islower()):
        return plain_title(_TAG.sub("", item.name), markdown=True)
    home = _home(plan)
    target = plan.links.resolve(item.url, home) if home is not None and item.url else None
    page = target.page if target is not None and not target.fragment else None
    words = str(page.front.get("linktitle") or page.title) if page and page.kind != "home" else ""
    if words:
        return plain_title(words, markdown=True)
    if service := contacts.service(item.url):
        return service  # themes show its icon
    words = re.sub(r"[-_]+", " ", item.name or item.identifier).strip()
    return words[:1].upper() + words[1:]


def _url(url: str, plan: Plan) -> str:
    """The address in the MyST site: a page's by its place, others as they are."""
    home = _home(plan)
    url = url.strip()
    if not url or url == "#" or home is None:
        return ""
    if "://" not in url and not url.startswith(("/", "#", "mailto:", "tel:")):
        url = f"/{url}"
    target = plan.links.resolve(url, home)
    if target.page is not None:
        if target.page.identity not in plan.places and plan.part.own_host:
            return written(target, home, plan)
        address = plan_address(target.page, plan).rstrip("/") or "/"
        label = plan.labels.get(target.page.identity, {}).get(target.fragment, target.fragment)
        return f"{address}#{label}" if label else address
    if target.asset is not None:
        return target.asset.url
    return target.url or url


def _home(plan: Plan) -> Page | None:
    pages = plan.site.pages
    return next((page for page in pages if page.kind == "home"), pages[0] if pages else None)


def _link(item: MenuEntry, plan: Plan, home: Page) -> str:
    title = _title(item, plan)
    if not title or not item.url.strip("#"):
        return ""
    target = plan.links.resolve(item.url, home)
    if target.page is None or target.page.identity not in plan.places:
        url = _url(item.url, plan)
        return f"[{title}]({url})" if url else ""
    return (
        f"[{title}](/{written(target, home, plan).lstrip('/')})"
        if not target.fragment
        else (f"[{title}]({_url(item.url, plan)})")
    )


def _social(plan: Plan) -> list[tuple[str, str]]:
    """(name, URL) of the site's accounts, as its configuration lists them for the footer."""
    found: list[tuple[str, str]] = []
    params = parameters(plan.site)
    values: list[Value] = [
        params.get(key)
        for key in ("social", "socials", "socialicons", "social_icons", "sociallinks")
    ]
    footer = params.get("footer")
    values += (
        [footer.get(key) for key in ("social", "links", "socialmedia")]
        if isinstance(footer, Mapping)
        else []
    )
    values += [params.get("socialmedia")]
    links = params.get("links")
    values += (
        [links.get(key) for key in ("user", "developer")] if isinstance(links, Mapping) else []
    )
    for value in values:
        for name, url in contacts.links({"social": value}):
            found.append((contacts.label(name, url), url))
    return found


def _footer_texts(plan: Plan) -> list[str]:
    """Texts that themes print in the footer."""
    params = parameters(plan.site)
    footer = params.get("footer")
    candidates: list[Value] = [params.get("footertext"), params.get("footer_text")]
    if isinstance(footer, Mapping):
        candidates += [footer.get("text"), footer.get("content"), footer.get("copyright")]
    elif isinstance(footer, str):
        candidates.append(footer)
    candidates += [params.get("copyright"), setting(plan.site, "copyright")]
    texts = [
        plain(value) for value in candidates if isinstance(value, str) and " " in value.strip()
    ]
    return [" ".join(re.sub(r"\{\s*year\s*\}|%d", "", text).split()) for text in texts if text]
