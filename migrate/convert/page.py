"""One page: front matter and body to the text of a MyST file. Pure: no disk, no clock."""

from __future__ import annotations

from migrate import myst
from migrate.context import Context, Record
from migrate.convert import frontdata, frontmatter, landing, lists, profiles, resume
from migrate.convert.htmlpage import html_page
from migrate.convert.layouts import made_by_layout
from migrate.convert.markdown import markdown_to_myst
from migrate.convert.translated import other_languages
from migrate.model import Converted, Output, Page
from migrate.plan import Plan


def convert_page(page: Page, plan: Plan) -> Converted:
    """The MyST file for `page`, what it needs, and what is to be said of it.

    A page whose Markdown needs no change keeps its body byte for byte.
    """
    record = Record()
    ctx = Context(page, plan, markdown_to_myst, _html, record)
    front = frontmatter.front_matter(page, ctx)
    body = myst.card_titles(_body(page, ctx))
    newline = "\r\n" if "\r\n" in page.body else "\n"
    body = body.lstrip("\r\n")
    text = ""
    if front or not body.strip() or body.startswith("---"):  # else its first line opens one
        text = f"---\n{frontmatter.dump(front)}---\n".replace("\n", newline)
    if body.strip():
        text += newline * bool(text) + body
        if not text.endswith("\n"):
            text += newline
    return Converted(
        Output(plan.places[page.identity], text.encode(), page.identity),
        tuple(record.assets.values()),
        tuple(dict.fromkeys(record.diagnostics)),  # twice of one line tells nothing more
        tuple(record.calls),
        record.links,
        tuple((*question, answer) for question, answer in record.asked.items()),
        record.wide,
    )


def _body(page: Page, ctx: Context) -> str:
    if page.format == "markdown":
        body = ctx.convert_markdown(page.body, ctx) if page.body.strip() else ""
    elif page.format == "html":
        body = html_page(page.body, ctx)
    else:
        body = _rendered_page(page, ctx)
    before = profiles.introduction(page, ctx) or frontdata.opening(page, ctx)
    after = [
        frontdata.closing(page, ctx, body),
        resume.background(page, ctx),
        landing.sections(page, ctx),
        made_by_layout(page, ctx),
    ]
    listed, languages = lists.listing(page, ctx), other_languages(page, ctx)
    if not before and not listed and not languages and not any(after):
        return body
    body = body.strip("\r\n").rstrip()
    if listed or languages or any(after):
        body = myst.closed(body)
    text = "\n\n".join(part for part in (before, body, *after) if part)
    return "\n\n".join(part for part in (text, lists.apart(listed, text), languages) if part)


def _rendered_page(page: Page, ctx: Context) -> str:
    """Org, AsciiDoc and others: what real Hugo rendered, else the source in a code block."""
    html = ctx.plan.rendered.get(page.identity)
    if html is not None:
        return html_page(html, ctx)
    ctx.report("HM122", 0, format=page.format)
    fence = "`" * myst.fence_length(page.body, "`")
    return f"{fence}\n{page.body.strip()}\n{fence}" if page.body.strip() else ""


def _html(text: str, ctx: Context, *, inline: bool = False) -> str:
    """HTML inside a page; its converter is loaded with the first HTML."""
    from migrate.convert.html import html_to_myst

    return html_to_myst(text, ctx, inline=inline)
