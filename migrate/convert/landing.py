"""Landing pages: the blocks in a page's front matter as MyST blocks, cards and buttons.

Each block begins with a block break; those that open or call are blocks of the book theme's
landing kinds. A block that nothing here knows shows its texts, pictures and links in general form
and is reported.
"""

from __future__ import annotations

import json
import re
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
    "research-areas": blockkinds.general,
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
    found = [text for block in blocks(page) if (text := _section(block, ctx))]
    return _without_gaps("\n\n".join(found)) if found else ""


_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6})(?=[ \t])")


def _without_gaps(text: str) -> str:
    """Headings of the blocks, from the second level on and none left out: mystmd closes gaps
    anyway, with a warning. Blocks are written one by one and do not know of each other."""
    lines = text.split("\n")
    found: dict[int, int] = {}
    fence = ""
    for number, line in enumerate(lines):
        if mark := _FENCE.match(line):
            if not fence:
                fence = mark[1] if "{" not in line else ""
            elif mark[1].startswith(fence) and not line.strip(" \t>").strip(fence[0]):
                fence = ""
        elif not fence and (heading := _HEADING.match(line)):
            found[number] = len(heading[1])
    target = {level: 2 + rank for rank, level in enumerate(sorted(set(found.values())))}
    for number, level in found.items():
        lines[number] = "#" * min(target[level], 6) + lines[number][level:]
    return "\n".join(lines)


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
