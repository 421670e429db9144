"""People with a profile: who they are, their picture, role, affiliations and links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrate.convert import blockparts as parts
from migrate.convert import cards
from migrate.convert.blockparts import Fields, join
from migrate.convert.keys import FEATURED
from migrate.convert.pictures import picture, use
from migrate.model import Page, Target, Value
from migrate.myst import directive
from migrate.read import contacts, people
from migrate.read.blocks import Block

if TYPE_CHECKING:
    from migrate.context import Context

_AVATAR = re.compile(r"(?:avatar|profile|photo|portrait)[^/]*\.(?:png|jpe?g|webp|gif)", re.I)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with a profile: in a data file, on a page, or both."""

    id: str
    name: str
    details: Mapping[str, Value]
    page: Page | None = None


def persons(ctx: Context) -> list[Person]:
    """Everyone with a profile, in the language of the page."""
    found: dict[str, Person] = {}
    for key, details in ctx.plan.people.profiles.items():
        found[key] = Person(key, people.name(details) or key, details)
    for page in ctx.pages():
        if not people.is_profile(page) or page.language != ctx.page.language:
            continue
        key = page.logical.rsplit("/", 1)[-1]
        known = found.get(key)
        details = {**page.front, **(known.details if known else {})}
        title = known.name if known else page.title or key
        found[key] = Person(key, title, details, page)
    return list(found.values())


def of_page(page: Page, ctx: Context) -> Person | None:
    """The person whom the page presents, where something is known of them."""
    if not people.is_profile(page):
        return None
    key = page.logical.rsplit("/", 1)[-1]
    known = ctx.plan.people.profiles
    details = known.get(key) or known.get(ctx.plan.authors.get(page.title, key), {})
    if page.source is None and not details:
        return None
    params = page.front.get("params")
    own = {**page.front, **(params if isinstance(params, Mapping) else {})}
    return Person(key, people.name(details) or page.title or key, {**own, **details}, page)


def introduction(page: Page, ctx: Context) -> str:
    """What an author page shows above its text: picture, role, affiliations and links."""
    person = of_page(page, ctx)
    if person is None:
        return ""
    bio = person.details.get("bio") if page.source is None or not page.body.strip() else None
    return join(profile(person, ctx), parts.prose(bio, ctx))


def profile(person: Person, ctx: Context) -> str:
    """Picture, role, affiliations and links of a person."""
    line = ", ".join([*_role(person, ctx), *_places(person, ctx)])
    return join(portrait(person, ctx), line, _links(person, ctx))


def portrait(person: Person, ctx: Context) -> str:
    """The person's picture: a file of their bundle, or one of the author folders."""
    target = None
    if person.page is not None:
        assets = [a for a in person.page.resources if _AVATAR.fullmatch(a.source.name)]
        assets += [a for a in person.page.resources if FEATURED.fullmatch(a.source.name)]
        target = Target("asset", asset=assets[0]) if assets else None
        if target is None and (shown := picture(person.page, ctx)) is not None:
            target = shown.target
    if target is None:
        value = person.details.get("avatar") or person.details.get("image")
        if isinstance(value, (str, Mapping)) and (
            shown_text := parts.image(value, ctx, person.name)
        ):
            return shown_text
        stems = (
            f"/media/authors/{person.id}.",
            f"/authors/{person.id}.",
            f"/img/authors/{person.id}.",
        )
        asset = next((a for a in ctx.plan.site.assets if a.url.startswith(stems)), None)
        target = Target("asset", asset=asset) if asset else None
    if target is None:
        return ""
    return f"![{cards.words(person.name, ctx, in_link=True)}]({use(target, ctx)})"


def _role(person: Person, ctx: Context) -> Iterator[str]:
    for key in ("role", "position", "headline", "job_title"):
        value = person.details.get(key)
        if isinstance(value, str) and value.strip():
            yield ctx.markdown(value.strip(), inline=True)
            return


def _places(person: Person, ctx: Context) -> Iterator[str]:
    for name, url in people.affiliations(person.details):
        yield parts.link(name, url, ctx) if url else cards.words(name, ctx)


def _links(person: Person, ctx: Context) -> str:
    found = []
    for kind, url in contacts.links(person.details):
        found.append(parts.link(contacts.label(kind, url), url, ctx))
    return " · ".join(found)


def team(block: Block, ctx: Context) -> str:
    """People of the chosen groups as cards, each group under its name."""
    fields = Fields(block.content, ctx)
    head = parts.opening(fields)
    groups = [str(group) for group in _list(block.content.get("user_groups"))]
    everyone = sorted(persons(ctx), key=lambda p: (_weight(p), p.name.casefold()))
    found = []
    for group in groups or [""]:
        members = [p for p in everyone if not group or group in _list(p.details.get("user_groups"))]
        if members:
            top = parts.heading(group, ctx, 3 if head else 2) if group else ""
            found.append(join(top, cards.grid(_person_card(p, block, ctx) for p in members)))
    return join(head, *found, parts.buttons(fields), parts.rest(fields))


def _weight(person: Person) -> int:
    return person.page.weight if person.page is not None and person.page.weight else 1 << 30


def _person_card(person: Person, block: Block, ctx: Context) -> str:
    line = ", ".join([*_role(person, ctx), *_places(person, ctx)])
    social = "" if block.design.get("show_social") is False else _links(person, ctx)
    words = ", ".join(str(item) for item in _list(person.details.get("interests")))
    wanted = words if block.design.get("show_interests") else ""
    body = join(portrait(person, ctx), line, parts.prose(wanted, ctx), social)
    target = cards.path(person.page, ctx) if person.page is not None and not social else None
    name = cards.words(person.name, ctx)
    if person.page is not None and social:
        # A card that is a link must not hold links: the name leads to the page then.
        name = f"[{cards.words(person.name, ctx, in_link=True)}]({cards.path(person.page, ctx)})"
    return directive("card", name, {"link": target}, body or cards.EMPTY)


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []
