"""The project file: title, people, navigation and the tree of pages, from the plan."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from migrate.convert.licences import spdx
from migrate.convert.plaintext import plain, plain_title
from migrate.convert.yamltext import dump
from migrate.destinations import written
from migrate.model import Asset, Output, Value
from migrate.plan import Plan
from migrate.read import macros
from migrate.write.branding import analytics, branding
from migrate.write.navigation import actions, footer, menu, parameters, setting
from migrate.write.toc import tree

PATH = PurePosixPath("myst.yml")
FOOTER = PurePosixPath("footer.md")


def branding_assets(plan: Plan) -> tuple[Asset, ...]:
    """Logo, favicon and other files that `myst.yml` names."""
    assets: dict[str, Asset] = {}
    dict(_site(plan, assets, False))
    return tuple(assets.values())


def project(
    plan: Plan, static_files: Sequence[str] = (), bibliography: Sequence[str] = ()
) -> tuple[Output, ...]:
    """`myst.yml`, and `footer.md` where the site has a footer.

    `static_files` are what mystmd copies to the root of the site, `bibliography` the BibTeX files
    that pages cite from: without such a list mystmd takes all that lie about, and says of keys
    that two of them have.
    """
    words = footer(plan)
    mapping = {
        "version": 1,
        "project": dict(_project(plan, static_files, bibliography)),
        "site": dict(_site(plan, {}, bool(words))),
    }
    outputs = [Output(PATH, dump(mapping).encode(), "myst.yml")]
    if words:
        outputs.append(Output(FOOTER, f"{words}\n".encode(), "footer.md"))
    return tuple(outputs)


def _project(
    plan: Plan, static_files: Sequence[str], bibliography: Sequence[str]
) -> Iterator[tuple[str, Any]]:
    site, params = plan.site, parameters(plan.site)
    known = (site.base_url or site.title or "hugo2myst") + plan.part.folder
    yield "id", str(uuid.uuid5(uuid.NAMESPACE_URL, known))
    title = plain_title(site.title, markdown=False)
    if title:
        yield "title", title
    if description := _description(plan):
        yield "description", description
    crew = plan.people
    if crew.owner:
        yield "authors", [_author(a) for a in crew.authors if a["id"] == crew.owner]
    # Pages without authors take those of the project, not its contributors; ids of both resolve.
    if others := [_author(a) for a in crew.authors if a["id"] != crew.owner]:
        yield "contributors", others
    if crew.affiliations:
        yield "affiliations", list(crew.affiliations)
    if licence := _licence(params):
        yield "license", licence
    notice = setting(site, "copyright") or params.get("copyright")
    if isinstance(notice, str) and (words := _notice(notice)):
        yield "copyright", words
    if repository := _repository(params):
        yield "github", repository
    if bibliography:
        yield "bibliography", list(bibliography)
    yield "numbering", dict.fromkeys(("figure", "table", "equation", "code"), False)
    if not plan.math:
        yield "settings", {"parser": {"dollarmath": False}}
    bodies = (page.body for page in site.pages)
    if commands := macros.used(site.macros, bodies):
        yield "math", commands
    if static_files:
        yield "static_files", list(static_files)
    yield "toc", tree(plan)


def _author(author: Mapping[str, Any]) -> dict[str, Any]:
    """A definition as mystmd takes it: it asks that a name of one word be said to be whole."""
    name = str(author["name"])
    return {**author, "name": name if " " in name.strip(", ") else {"literal": name}}


def _site(plan: Plan, assets: dict[str, Asset], has_footer: bool) -> Iterator[tuple[str, Any]]:
    yield "template", "book-theme"
    if title := plain_title(plan.site.title, markdown=False):
        yield "title", title
    if entries := menu(plan):
        yield "nav", entries
    if buttons := actions(plan):
        yield "actions", buttons
    options: dict[str, Any] = {"folders": True}
    home = plan.site.pages[0] if plan.site.pages else None
    for key, target in branding(plan):
        if target.asset is not None and home is not None:
            assets[target.asset.url] = target.asset
            options[key] = plan.asset_places[target.asset.url].as_posix()
        elif home is not None:
            options[key] = written(target, home, plan)
    options.update(analytics(plan.site))
    yield "options", options
    if has_footer:
        yield "parts", {"footer": FOOTER.as_posix()}


def _description(plan: Plan) -> str:
    site = plan.site
    seo = _at(site.params, "marketing", "seo", "description")
    language = site.languages[0].params.get("description") if site.languages else ""
    for value in (site.description, site.params.get("description"), language, seo):
        if isinstance(value, str) and (words := plain(value)):
            return words
    return ""


def _licence(params: Mapping[str, Value]) -> str:
    for value in (
        params.get("license"),
        params.get("licence"),
        _at(params, "copyright", "license"),
    ):
        if licence := spdx(value):
            return licence
    return ""


def _notice(text: str) -> str:
    """A copyright notice without the placeholders that themes fill at build time."""
    text = re.sub(r"\{\s*+(?:\{\s*+)?\.?\w++\s*+(?:\}\s*+)?\}|\{\{[^{}]*\}\}|%d", "", text)
    return re.sub(r"(?<!\s)\s+([,.;])", r"\1", plain(text))


_REPOSITORY = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/.*)?$")


def _repository(params: Mapping[str, Value]) -> str:
    """The site's own repository on GitHub, which gives the pages their edit links."""
    candidates = (
        params.get("github_repo"), params.get("githubrepo"), params.get("repo"),
        params.get("repourl"), params.get("editurl"), params.get("geekdocrepo"),
        params.get("bookrepo"), params.get("github_repository"),
        params.get("ghrepo"), _at(params, "editurl", "base"), _at(params, "editpage", "base"),
        _at(params, "editpost", "url"), _at(params, "features", "repository", "url"),
    )  # fmt: skip
    for value in candidates:
        found = _REPOSITORY.match(value) if isinstance(value, str) else None
        if found and "<" not in found[0]:
            return f"https://github.com/{found[1]}/{found[2]}"
    return ""


def _at(value: Value, *keys: str) -> Value:
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
