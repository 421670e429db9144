"""Landing pages: the blocks in a page's front matter as MyST blocks, cards and buttons.

Each block begins with a block break; those that open or call are blocks of the book theme's
landing kinds. A block that nothing here knows shows its texts, pictures and links in general form
and is reported.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from migrate import myst
from migrate.convert import blockkinds, collections, profiles, resume
from migrate.model import Page
from migrate.read.blocks import Block, blocks

if TYPE_CHECKING:
    from migrate.context import Context

Render = Callable[[Block, "Context"], str]

RENDERERS: dict[str, Render] = {
    "hero": blockkinds.hero,
    "cover": blockkinds.hero,
    "markdown": blockkinds.general,
    "blank": blockkinds.general,
    "custom": blockkinds.general,
    "features": blockkinds.general,
    "featurette": blockkinds.general,
    "stats": blockkinds.general,
    "pricing": blockkinds.general,
    "cta-card": blockkinds.general,
    "cta-button-list": blockkinds.general,
    "cta-image-paragraph": blockkinds.general,
    "steps": blockkinds.general,
    "embed": blockkinds.general,
    "faq": blockkinds.faq,
    "accordion": blockkinds.faq,
    "testimonials": blockkinds.testimonials,
    "testimonial": blockkinds.testimonials,
    "slider": blockkinds.slider,
    "logos": blockkinds.logos,
    "clients": blockkinds.logos,
    "gallery": blockkinds.gallery,
    "contact": blockkinds.contact,
    "contact-info": blockkinds.contact,
    "search": blockkinds.interactive,
    "search-hero": blockkinds.interactive,
    "newsletter": blockkinds.interactive,
    "collection": collections.collection,
    "collections": collections.collection,
    "pages": collections.collection,
    "featured": collections.collection,
    "portfolio": collections.collection,
    "tag_cloud": collections.tag_cloud,
    "tag-cloud": collections.tag_cloud,
    "people": profiles.team,
    "team-showcase": profiles.team,
    "about": resume.biography,
    "avatar": resume.biography,
    "about.avatar": resume.biography,
    "about.biography": resume.biography,
    "resume-biography": resume.biography,
    "resume-biography-2": resume.biography,
    "resume-biography-3": resume.biography,
    "resume-experience": resume.experience,
    "experience": resume.experience,
    "education": resume.experience,
    "resume-skills": resume.skills,
    "skills": resume.skills,
    "resume-awards": resume.awards,
    "awards": resume.awards,
    "accomplishments": resume.awards,
    "resume-languages": resume.languages,
    "languages": resume.languages,
}
"""Block or widget -> what writes it."""

_KINDS = {
    "hero": "centered", "cover": "centered", "cta-card": "justified",
    "cta-button-list": "centered", "logos": "logo-cloud", "clients": "logo-cloud",
}  # fmt: skip
"""Blocks that the book theme has a landing kind for."""


def sections(page: Page, ctx: Context) -> str:
    """The blocks of the page; empty where it has none."""
    found = blocks(page)
    return "\n\n".join(text for block in found if (text := _section(block, ctx)))


def _section(block: Block, ctx: Context) -> str:
    render = RENDERERS.get(block.name)
    if render is None:
        ctx.report("HM202", 0, block=block.name)
        render = blockkinds.general
    body = render(block, ctx).strip("\n")
    if not body:
        return ""
    label = ctx.label(block.id) if block.id else None
    if label:
        body = f"{myst.target(label)}\n{body}"
    return f"{_break(block, body)}\n\n{body}"


def _break(block: Block, body: str) -> str:
    kind = _KINDS.get(block.name)
    if kind == "centered" and "![" in body:
        kind = "split-image"
    if kind == "logo-cloud" and "{grid}" not in body:
        kind = None
    return f"+++ {json.dumps({'kind': kind})}" if kind else "+++"
