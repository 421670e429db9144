"""The people of a site: author pages, data files, configuration and what pages say of authors.

Hugo has no model of authors; themes agree on a few habits, and these are read here. A definition
holds only keys that mystmd 1.11 takes for an author without a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from anyascii import anyascii

from migrate.model import Page, Site, Value
from migrate.read.contacts import contacts

AUTHOR_KEYS = ("authors", "author")
"""Front matter keys that name a page's authors, the stronger first."""

AUTHOR_FOLDERS = ("authors", "author", "people", "team", "contributors", "writers")
"""Folders of content, and names of data files, that hold profiles."""

ORDER = (
    "id", "name", "email", "orcid", "github", "twitter", "bluesky", "mastodon", "linkedin",
    "url", "affiliations",
)  # fmt: skip

_SEPARATOR = re.compile(r"(?:(?<!\s)\s+)?(?:,|;|&|\||\band\b)\s*")
_FULL_NAME = re.compile(r"[A-Z\u00c0-\u024f][\w.'’-]*(?: [\w.'’-]+){1,3}")
_NAME = re.compile(r"[A-Z\u00c0-\u024f][\w.'’-]*(?: [\w.'’-]+){0,3}")
_BY = re.compile(r"\A(?:written )?by\s+(?=[A-Z])", re.I)
_PART = re.compile(
    r"(?:\s|[,;&|]|\band\b)*((?:(?![,;&|(<]|\band\b).)+(?:\([^()]*\)|<[^<>]*>)?)", re.DOTALL
)
"""One of several people in a text, with what stands in brackets behind the name."""
_BEHIND = re.compile(
    r"([^(<]*?)\s*(?:\(((?:[A-Z@\d]|https?://|\S+@)[^()/]*|https?://[^()]*)\)|<([^<>\s]+)>)?\s*"
)
_GROUP = re.compile(
    r"\b(?:authors?|team|group|project|community|developers?|contributors?|foundation|inc)\b", re.I
)
"""Words of names that are no person's: those stand for a site, and sign none of its pages."""
_OFFICE = re.compile(
    r"\b(?:[CV][ETFIO]O|director|engineer|manager|officer|president|founder|professor|lecturer"
    r"|scientist|editor|secretary|chair|head|lead|fellow|analyst|developer|architect|ph\.?d)\b",
    re.I,
)
"""What follows a person's name after a comma and is no name itself."""
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\(\s*<?([^()<>\s]+)>?\s*\)")


class People(NamedTuple):
    """The authors of a site, as myst.yml needs them."""

    ids: Mapping[str, str]
    """A name or id as pages write it -> id of the author."""
    authors: tuple[Mapping[str, Any], ...]
    """Definitions, by id; `affiliations` holds ids."""
    affiliations: tuple[Mapping[str, Any], ...]
    owner: str
    """Id of the one who writes the whole site, by the configuration; empty where none does."""
    profiles: Mapping[str, Mapping[str, Value]]
    """Id -> all that the site's data files say of the person."""


NOBODY = People({}, (), (), "", {})
"""The people of a site that names none."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One author as a page's front matter names them."""

    name: str
    details: Mapping[str, Value] = field(default_factory=dict)


def slug(name: str) -> str:
    """The id made from a name: ASCII, lower case, hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")


def mentions(front: Mapping[str, Value]) -> list[Mention]:
    """The authors that front matter names, in order, each once."""
    params = front.get("params")
    for key in AUTHOR_KEYS:
        value = front.get(key)
        if isinstance(params, Mapping) and params.get(key):
            value = params[key]
        found = list(_mentions(value))
        if found:
            return list({mention.name: mention for mention in reversed(found)}.values())[::-1]
    return []


def mentioned(value: Value) -> list[Mention]:
    """The people that a value of front matter names: a text, a mapping, or a list of them."""
    return list(_mentions(value))


def is_profile(page: Page) -> bool:
    """Whether the page presents one person, so that its `authors` names that person."""
    parts = page.logical.strip("/").split("/")
    return len(parts) == 2 and parts[0] in ("authors", "author") and page.kind != "taxonomy"


def _mentions(value: Value) -> Iterator[Mention]:
    if isinstance(value, str):
        yield from _signed(value.strip())
    elif isinstance(value, Mapping):
        text = name(value)
        if text:
            yield Mention(text, value)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _mentions(item)


def _signed(text: str) -> Iterator[Mention]:
    """People, and their pages where the text links their names, as in `[Jane Doe](URL) (Org)`."""
    pages = {found[1].strip(): found[2] for found in _LINK.finditer(text)}
    for one in _listed(_LINK.sub(r"\1", text) if pages else text):
        page = pages.get(one.name)
        yield Mention(one.name, {"url": page, **one.details}) if page else one


def _listed(text: str) -> Iterator[Mention]:
    """`by Jane Doe (Org), John Roe <john@roe.example>`: people, and what stands behind a name."""
    parts = [_BEHIND.fullmatch(part) for part in _PART.findall(_BY.sub("", text))]
    people = [found for found in parts if found is not None and (found[2] or found[3])]
    names = _FULL_NAME if len(people) < len(parts) or len(people) < 2 else _NAME
    offices = any(_OFFICE.search(found[2] or "") for found in people)
    if (
        people
        and not offices
        and all(found is not None and names.fullmatch(found[1]) for found in parts)
    ):
        for found in filter(None, parts):
            yield Mention(found[1], _told(found[2] or found[3] or ""))
        return
    plain = _BY.sub("", _TAG.sub("", text).strip())
    yield from (Mention(one) for one in _split(plain) if one)


def _told(behind: str) -> dict[str, Value]:
    """What a text in brackets says of a person: an address, a page, an organisation."""
    if "://" in behind:
        return {"url": behind}
    if "@" in behind and " " not in behind:
        return {"email": behind} if not behind.startswith("@") else {}
    return {"affiliation": behind} if behind else {}


def _split(text: str) -> list[str]:
    """`Jane Doe and John Roe` is two people, `Doe, Jane` one: each part must be a full name, or
    an id like `jane-doe`. `Jane Doe, Managing Editor` is one."""
    parts = [] if _GROUP.search(text) or _OFFICE.search(text) else _SEPARATOR.split(text)
    whole = _FULL_NAME if text != text.lower() else _ID
    if len(parts) > 1 and all(whole.fullmatch(part) for part in parts):
        return parts
    return [text]


def name(details: Mapping[str, Value]) -> str:
    """A person's name: `name` (a text, or given and family name), else `title`."""
    own = details.get("name")
    if isinstance(own, Mapping):
        parts = [own.get("given"), own.get("family")]
        own = own.get("display") or " ".join(str(part) for part in parts if part)
    if not own:
        parts = [details.get("first") or details.get("first_name"),
                 details.get("last") or details.get("last_name")]  # fmt: skip
        own = " ".join(part for part in parts if isinstance(part, str))
    for value in (own, details.get("title"), details.get("display_name"), details.get("id")):
        if isinstance(value, str) and value.strip():
            return _TAG.sub("", value).strip()
    return ""


def authors(site: Site) -> People:
    """Everyone with a profile and everyone whom a page names, each with one id."""
    profiles = dict(_data_profiles(site))
    details: dict[str, dict[str, Value]] = {key: dict(value) for key, value in profiles.items()}
    for page in site.pages:
        if key := _profile_id(page, site):
            known = details.setdefault(key, {})
            own = name(known) or page.front.get("title") or page.title or key
            params = page.front.get("params")
            known.update({**(params if isinstance(params, Mapping) else {}), **page.front})
            known["name"] = own
    by_name = {slug(name(value)): key for key, value in details.items()}
    by_name |= {slug(key): key for key in details}
    ids: dict[str, str] = {}
    owner = ""
    for mention in _site_mentions(site):
        owner = owner or _enter(mention, ids, by_name, details)
    for page in site.pages:
        for mention in mentions(page.front):
            _enter(mention, ids, by_name, details)
    places: dict[str, dict[str, Any]] = {}
    defined = tuple(_definition(key, details[key], places) for key in sorted(details))
    for key in details:
        ids.setdefault(key, key)
    named = {str(author["name"]) for author in defined}
    owner = "" if site.title in named and by_name.get(slug(site.title)) == owner else owner
    return People(ids, defined, tuple(places.values()), owner, profiles)


def _enter(
    mention: Mention,
    ids: dict[str, str],
    by_name: dict[str, str],
    details: dict[str, dict[str, Value]],
) -> str:
    wanted = slug(mention.name) or "author"
    key = by_name.setdefault(wanted, wanted)
    ids[mention.name] = key
    known = details.setdefault(key, {"name": _spelled(mention.name)})
    for field_name, value in mention.details.items():
        known.setdefault(field_name, value)
    return key


def _spelled(mentioned: str) -> str:
    """A name from an id that nothing explains: `jane-doe` is Jane Doe."""
    if _ID.fullmatch(mentioned) and not any(character.isdigit() for character in mentioned):
        return " ".join(part.capitalize() for part in mentioned.split("-"))
    return mentioned


def _site_mentions(site: Site) -> Iterator[Mention]:
    """The author that the configuration names for the whole site, first in its first language."""
    languages = site.config.get("languages")
    code = site.languages[0].code if site.languages else ""
    own = languages.get(code) if isinstance(languages, Mapping) else None
    own = own if isinstance(own, Mapping) else {}
    params = own.get("params")
    for place in (params if isinstance(params, Mapping) else {}, own, site.params, site.config):
        value = place.get("author")
        if isinstance(value, str) and not _FULL_NAME.fullmatch(value.strip()):
            continue
        found = [m for m in _mentions(value) if not _GROUP.search(m.name)]
        if found:
            return iter(found[:1])
    return iter(())


def _profile_id(page: Page, site: Site) -> str:
    """The id of the person whose profile the page is; empty for all other pages."""
    parts = page.logical.strip("/").split("/")
    if len(parts) != 2 or page.kind not in ("page", "term", "section") or page.source is None:
        return ""
    if page.language != site.languages[0].code:
        return ""
    is_author = parts[0] in ("authors", "author") or (
        parts[0] in AUTHOR_FOLDERS and parts[0] in site.taxonomies
    )
    return parts[1] if is_author else ""


def _data_profiles(site: Site) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Profiles in `data/authors/ID.yaml`, or in one file that maps ids to them or lists them."""
    for folder in ("authors", "author"):
        entries = site.data.get(folder)
        if isinstance(entries, Mapping):
            for key, value in entries.items():
                if isinstance(value, Mapping):
                    yield str(value.get("slug") or key), value
        elif isinstance(entries, list):
            for value in entries:
                if isinstance(value, Mapping) and (own := name(value)):
                    yield str(value.get("id") or slug(own)), value


def _definition(
    key: str, details: Mapping[str, Value], places: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    found: dict[str, Any] = {"id": key, "name": name(details) or key, **contacts(details)}
    ids = []
    for place, url in affiliations(details):
        known = places.setdefault(slug(place), {"id": slug(place) or place, "name": place})
        if url:
            known.setdefault("url", url)
        ids.append(known["id"])
    if ids:
        found["affiliations"] = list(dict.fromkeys(ids))
    return {key: found[key] for key in ORDER if found.get(key)}


def affiliations(details: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """(name, URL or nothing) of every organisation that a person belongs to."""
    for key in ("affiliations", "affiliation", "organizations", "organization", "organisation"):
        value = details.get(key)
        entries: Iterable[Value] = value if isinstance(value, list) else [value]
        for entry in entries:
            if isinstance(entry, str) and entry.strip():
                yield _TAG.sub("", entry).strip(), ""
            elif isinstance(entry, Mapping) and isinstance(entry.get("name"), str):
                url = str(entry.get("url") or entry.get("link") or "")
                if entry["name"].strip():
                    yield entry["name"].strip(), url if url.startswith("http") else ""
