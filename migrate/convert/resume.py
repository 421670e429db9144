"""Blocks about one person: biography, experience, skills, awards, languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from migrate.convert import blockparts as parts
from migrate.convert.blockparts import Fields, join
from migrate.convert.profiles import Person, of_page, persons, profile
from migrate.model import Page, Value
from migrate.read import people
from migrate.read.blocks import Block

if TYPE_CHECKING:
    from migrate.context import Context


def _person(block: Block, ctx: Context) -> Person | None:
    wanted = people.slug(str(block.content.get("username") or block.content.get("author") or ""))
    return next((p for p in persons(ctx) if people.slug(p.id) == wanted), None)


def biography(block: Block, ctx: Context) -> str:
    """A person's profile under their name."""
    fields = Fields(block.content, ctx)
    person = _person(block, ctx)
    head = parts.opening(fields)
    if person is None:
        return join(head, parts.buttons(fields), parts.rest(fields))
    title = "" if head else parts.heading(person.name, ctx)
    body = person.page.body if person.page is not None else ""
    about = parts.prose(person.details.get("bio"), ctx) or parts.prose(body, ctx)
    return join(
        head or title,
        profile(person, ctx),
        about,
        parts.buttons(fields),
        interests(person, ctx),
        parts.rest(fields),
    )


def background(page: Page, ctx: Context) -> str:
    """What an author page shows below its text: interests and education."""
    person = of_page(page, ctx)
    return interests(person, ctx, level=2) if person is not None else ""


def interests(person: Person, ctx: Context, level: int = 3) -> str:
    """Interests and education, each under its own heading."""
    chosen = parts.bullets(person.details.get("interests"), ctx)
    return join(
        join(parts.heading("Interests", ctx, level), chosen) if chosen else "",
        _timeline("Education", person.details.get("education"), ctx, level),
    )


def experience(block: Block, ctx: Context) -> str:
    """Positions and education, newest first as the source has them."""
    fields = Fields(block.content, ctx)
    person = _person(block, ctx)
    head = parts.opening(fields)
    own = _timeline("", fields.take("items", "experience", "experiences", "education"), ctx)
    if person is None:
        return join(head, own, parts.buttons(fields), parts.rest(fields))
    level = 3 if head else 2
    held = person.details.get("experience") or person.details.get("work")
    jobs = _timeline("Experience", held, ctx, level)
    schools = _timeline("Education", person.details.get("education"), ctx, level)
    order = (schools, jobs) if block.design.get("is_education_first") else (jobs, schools)
    return join(head, own, *order, parts.buttons(fields), parts.rest(fields))


def _timeline(title: str, value: Value, ctx: Context, level: int = 3) -> str:
    """Entries with dates: position or degree, where, when, and what it was about."""
    if isinstance(value, Mapping):
        value = value.get("courses") or value.get("items")
    lines = []
    for item in value if isinstance(value, list) else ():
        if not isinstance(item, Mapping):
            continue
        fields = Fields(item, ctx)
        what = fields.text("role", "position", "title", "degree", "course", "area")
        where = fields.text("org", "company", "institution", "organization", "school", "awarder")
        url = fields.text("company_url", "organization_url", "institution_url", "url", "org_url")
        place = parts.link(where, url, ctx) if where and url else ctx.markdown(where, inline=True)
        when = _span(fields)
        top = ", ".join(
            part
            for part in (
                f"**{ctx.markdown(what, inline=True)}**" if what else "",
                place,
                fields.text("location"),
                when,
            )
            if part
        )
        body = join(
            parts.prose(fields.text("summary", "description", "text"), ctx),
            parts.buttons(fields),
            parts.rest(fields),
        )
        lines.append("- " + join(top, body).replace("\n", "\n  ").replace("\n  \n", "\n\n"))
    return join(parts.heading(title, ctx, level) if title and lines else "", "\n".join(lines))


def _span(fields: Fields) -> str:
    start = _month(fields.take("start", "date_start", "date", "year", "certificate_date"))
    end = _month(fields.take("end", "date_end"))
    has_start = "start" in fields.content or "date_start" in fields.content
    return f"{start} – {end or 'present'}" if start and has_start else start or end


def _month(value: Value) -> str:
    if isinstance(value, (date, datetime)):
        return f"{value:%Y-%m}"
    text = str(value or "")
    found = re.match(r"(\d{4}-\d{2})-\d{2}", text)
    return found[1] if found else text


def skills(block: Block, ctx: Context) -> str:
    """Skills by group, with the level where one is given."""
    fields = Fields(block.content, ctx)
    person = _person(block, ctx)
    groups = fields.take("items", "feature", "skills") or (
        person.details.get("skills") if person else None
    )
    found, loose = [], []
    for group in _list(groups):
        if isinstance(group, Mapping) and isinstance(group.get("items"), list):
            top = parts.heading(str(group.get("name") or ""), ctx, 3)
            found.append(join(top, "\n".join(_skill(item, ctx) for item in group["items"])))
        else:
            loose.append(_skill(group, ctx))
    return join(parts.opening(fields), "\n".join(loose), *found, parts.rest(fields))


def _skill(item: Value, ctx: Context) -> str:
    if not isinstance(item, Mapping):
        return f"- {ctx.markdown(str(item), inline=True)}"
    fields = Fields(item, ctx)
    name = ctx.markdown(fields.text("label", "name", "title"), inline=True)
    fields.taken.add("level")
    more = [ctx.markdown(text, inline=True) for text in (fields.text("description"),) if text]
    level, percent = item.get("level"), item.get("percent")
    fields.taken.add("percent")
    if isinstance(level, int) and not isinstance(level, bool):
        more.append(f"{level}/5")
    elif percent:
        more.append(f"{percent} %")
    return f"- {name}" + (f": {', '.join(more)}" if more else "")


def awards(block: Block, ctx: Context) -> str:
    """Awards and certificates."""
    fields = Fields(block.content, ctx)
    person = _person(block, ctx)
    entries = fields.take("items", "item", "awards") or (
        person.details.get("awards") if person else None
    )
    return join(
        parts.opening(fields),
        _timeline("", entries, ctx),
        parts.buttons(fields),
        parts.rest(fields),
    )


def languages(block: Block, ctx: Context) -> str:
    """Languages and how well they are spoken."""
    fields = Fields(block.content, ctx)
    person = _person(block, ctx)
    entries = fields.take("items", "languages") or (
        person.details.get("languages") if person else None
    )
    lines = []
    for item in _list(entries):
        if isinstance(item, Mapping):
            name = ctx.markdown(str(item.get("name") or ""), inline=True)
            label = ctx.markdown(
                str(item.get("label") or item.get("description") or ""), inline=True
            )
            lines.append(f"- {name}" + (f": {label}" if label else ""))
        else:
            lines.append(f"- {ctx.markdown(str(item), inline=True)}")
    return join(parts.opening(fields), "\n".join(lines), parts.rest(fields))


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []
