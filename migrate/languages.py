"""One language of a site as a project of its own, beside those of the other languages.

Each project is made from the whole site, so that all of them agree on where every page is. That
of the default language answers for the site's root, that of another one for the folder that Hugo
gave it (`/fr/`), below which it is built and served; or each for its own host, where the
configuration gives each language a `baseURL`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from migrate.diagnostics import MigrateError
from migrate.model import Language, Page, Site
from migrate.places import address, place_pages


@dataclass(frozen=True, slots=True)
class Part:
    """What a project holds of a site: all of it, or the pages of one language."""

    language: str = ""
    """Its code; empty where the project holds all languages."""
    folder: str = ""
    """Below which the project is served: "" or `/fr`, without the path of `baseURL`."""
    others: tuple[str, ...] = ()
    """The folders of the other projects."""
    own_host: bool = False
    """Each language has its host: the others' URLs are none of this project's site."""
    files: Mapping[str, PurePosixPath] = field(default_factory=dict)
    """Identity of a page of another project -> its file, were it part of this one."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Identity of a page of another project -> where that project has it: a path from the
    site's root, with a final slash."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Identity of a page of another project -> what leads there from this one: a whole URL, or
    the path of a file where the site's host isn't known."""

    def owns(self, url: str) -> bool:
        """Whether this project answers for a URL of the old site."""
        path = f"{url.rstrip('/')}/"
        if self.folder:
            return path.startswith(f"{self.folder}/")
        return not path.startswith(tuple(f"{other}/" for other in self.others))


WHOLE = Part()
"""One project for all languages."""


def chosen(site: Site, code: str) -> Language:
    """The language of this code, in capitals or not. Raises MigrateError where the site has none
    such."""
    if site.source is None:
        raise MigrateError(f"`language: {code}`: a feed is in one language; leave the option out")
    for language in site.languages:
        if language.code.lower() == code.strip().lower():
            return language
    known = ", ".join(language.code for language in site.languages)
    raise MigrateError(f"`language: {code}`: the site has no such language, but: {known}")


def divide(
    site: Site, language: Language, files: Mapping[str, PurePosixPath]
) -> tuple[Part, dict[str, PurePosixPath]]:
    """The part of one language, and the files of its pages.

    `files` are those of all pages in one project.
    """
    default = site.languages[0]
    own_host = bool(language.base_url)
    folders = {
        one.code: "" if one is default or one.base_url else one.prefix for one in site.languages
    }
    places: dict[str, PurePosixPath] = {}
    addresses: dict[str, str] = {}
    links: dict[str, str] = {}
    for one in site.languages:
        folder = folders[one.code]
        found = place_pages(pages_of(site, one), folder)
        if one is language:
            places = found
            continue
        paths = {identity: address(place, folder) for identity, place in found.items()}
        base = one.base_url or site.base_url
        addresses |= paths
        links |= {identity: _link(path, base) for identity, path in paths.items()}
    others = [] if own_host else [f for code, f in folders.items() if code != language.code and f]
    part = Part(
        language.code,
        folders[language.code],
        tuple(others),
        own_host,
        {identity: files[identity] for identity in addresses},
        addresses,
        links,
    )
    return part, places


def pages_of(site: Site, language: Language) -> Iterable[Page]:
    """The pages of a language; those of none that the site knows are the default's."""
    if language is not site.languages[0]:
        return (page for page in site.pages if page.language == language.code)
    others = {one.code for one in site.languages[1:]}
    return (page for page in site.pages if page.language not in others)


def narrowed(site: Site, language: Language) -> Site:
    """The site as a reader of one language knows it."""
    description = language.params.get("description")
    pages = tuple(pages_of(site, language))
    names = {page.name for page in site.pages} - {page.name for page in pages}
    return replace(
        site,
        title=language.title or site.title,
        base_url=language.base_url or site.base_url,
        base_path=_path(language.base_url) if language.base_url else site.base_path,
        description=description if isinstance(description, str) else site.description,
        languages=(language,),
        pages=pages,
        diagnostics=tuple(said for said in site.diagnostics if said.source not in names),
    )


def _path(url: str) -> str:
    path = unquote(urlsplit(url).path).strip("/")
    return f"/{path}" if path else ""


def _link(path: str, base: str) -> str:
    """What leads to a path of the site from another project.

    Without a host it names the file that is served there: mystmd would take the folder's path
    for a page of this project, which may have one of the same name.
    """
    if base.startswith(("http://", "https://")):
        return base.rstrip("/") + path
    return f"{_path(base)}{path}index.html"
