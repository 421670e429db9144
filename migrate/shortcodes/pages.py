"""Calls about other pages and files: lists, cards, inclusions, people."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from migrate import myst
from migrate.listing import is_hidden
from migrate.model import Page, Target, natural
from migrate.shortcodes.call import Call
from migrate.shortcodes.code import block
from migrate.shortcodes.render import encode

_FRONT = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n.*?\n\1[^\n]*(?:\n|\Z)", re.S)
_HEADING = re.compile(r"\s*#{1,6}[ \t]+([^\n]*?)[ \t]*#*[ \t]*(?:\{[^{}\n]*\})?[ \t]*(?:\r?\n|\Z)")
_PAGES = frozenset({".md", ".markdown", ".html", ".htm", ""})
_LANGUAGES = {
    "py": "python", "js": "javascript", "ts": "typescript", "rb": "ruby", "sh": "bash",
    "yml": "yaml", "rs": "rust", "md": "markdown", "txt": "", "csv": "",
}  # fmt: skip
_MOST = 100
"""Lists longer than this are cut: the page is no index."""


def children(call: Call) -> str | None:
    """The pages below this one: MyST's own list, which follows new pages by itself."""
    call.ctx.record.wide = True
    below = call.ctx.plan.children.get(call.ctx.page.identity, ())
    if not call.place.is_block:
        return _links(call, below[:_MOST], " ")
    if not below:
        return ""
    if call.ctx.page.kind == "home" or is_hidden(call.ctx.page):  # mystmd lists nothing there
        return _links(call, below[:_MOST], "\n")
    depth = call.get("depth")
    options = {"context": "children", "depth": depth if depth.isdigit() else "1"}
    return myst.directive("toc", options=options, fence="`")


def recent(call: Call) -> str | None:
    """A list of pages that Hugo makes at build time, as of now: the newest ones."""
    call.ctx.record.wide = True
    site = call.ctx.plan.site
    here = call.ctx.page
    pages = [
        page
        for page in site.pages
        if page.kind == "page" and page is not here and page.language == here.language
    ]
    where, value = call.get("where").lower(), call.get("value").lower()
    if where and value:
        pages = [page for page in pages if value in str(page.front.get(where, "")).lower()
                 or (where in ("type", "section") and page.section.lower() == value)]  # fmt: skip
    elif call.ctx.page.section:
        pages = [page for page in pages if page.section == call.ctx.page.section] or pages
    else:
        pages = [page for page in pages if page.date]
    pages.sort(key=lambda page: page.date, reverse=True)
    limit = natural(call.get("limit"))
    chosen = pages[: 8 if limit is None else limit]
    if not chosen:
        return None
    call.ctx.report("HM307", call.shortcode.start, name=call.name)
    return _links(call, tuple(chosen), "\n" if call.place.is_block else " ")


def terms(call: Call) -> str | None:
    """Links to the pages of a taxonomy's terms."""
    call.ctx.record.wide = True
    plural = "categories" if "categor" in call.name.lower() else "tags"
    found = [
        page
        for page in call.ctx.plan.site.pages
        if page.kind == "term" and page.logical.startswith(f"/{plural}/")
    ]
    if not found:
        return None
    return _links(call, tuple(found[:_MOST]), "\n" if call.place.is_block else " ")


def _links(call: Call, pages: tuple[Page, ...], between: str) -> str:
    bullet = "- " if between == "\n" else ""
    return between.join(
        f"{bullet}[{call.escape(_title(page))}]({encode(call.link(page.url))})" for page in pages
    )


def _title(page: Page) -> str:
    """What a list calls the page: its title, else the heading that its text begins with."""
    heading = _HEADING.match(page.body)
    return page.title or (heading[1] if heading else page.url)


def article(call: Call) -> str | None:
    """A card for a page, with its title and description."""
    link = call.get("link").strip()
    page = _page(call, link)
    if page is None:
        return None
    title = call.markdown(page.title or link)
    words = call.markdown(str(page.front.get("description") or ""))
    target = call.link(page.url)
    if not call.place.is_block:
        return f"[{title}]({encode(target)}) {words}".rstrip()
    return myst.directive("card", title, {"link": target}, words or "%")


def mention(call: Call) -> str | None:
    """A person: a link to their page, else the name."""
    user = (call.get("user") or " ".join(call.args)).strip()
    page = _page(call, f"/authors/{user}") or _page(call, f"/author/{user}")
    if page is None:
        return call.escape(user) if user else None
    return f"[{call.escape(page.title or user)}]({encode(call.link(page.url))})"


_JOB = (("salary_range", "Salary"), ("location", "Location"), ("deadline", "Deadline"))


def job_details(call: Call) -> str | None:
    """What the front matter of 2i2c's job postings says."""
    front = call.ctx.page.front
    facts = [f"- **{name}**: {call.markdown(str(front[key]))}" for key, name in _JOB if
             front.get(key)]  # fmt: skip
    duties = front.get("work_description")
    if not facts or not call.place.is_block:
        return None
    parts = ["**About the position**", "\n".join(facts)]
    if isinstance(duties, list):
        listed = "\n".join(f"- {call.markdown(str(duty))}" for duty in duties)
        parts += ["**Major duties**", listed]
    if front.get("url_apply"):
        link = encode(call.link(str(front["url_apply"])))
        parts.append(myst.role("button", f"Click here to apply <{link}>"))
    return "\n\n".join(parts)


def glossary_definition(call: Call) -> str | None:
    """The short text of a glossary's page."""
    call.ctx.record.wide = True
    term = call.get("term_id").strip()
    for page in call.ctx.plan.site.pages:
        if page.front.get("id") == term and "short_description" in page.front:
            text = str(page.front["short_description"]).strip()
            return call.markdown(text, block=True)
    return None


def attachments(call: Call) -> str | None:
    """The files of the page's bundle, each a download."""
    pattern = call.get("pattern")
    lines = []
    for asset in call.ctx.page.resources:
        name = PurePosixPath(asset.url).name
        if pattern and not _matches(pattern, name):
            continue
        lines.append(myst.role("download", f"{name} <{encode(call.path(asset.url))}>"))
    if not call.place.is_block:
        return " ".join(lines)
    return "\n".join(f"- {line}" for line in lines)


def _matches(pattern: str, name: str) -> bool:
    try:
        return re.search(pattern, name) is not None if len(pattern) < 60 else True
    except re.error:
        return True


def include(call: Call) -> str | None:
    """A page's text goes in at its place; another file is shown as code, or stays a file.

    Calls in the text are run, as Hugo does; its links are meant from the including page.
    """
    name = (call.get("file") or (call.args[0] if call.args else "")).strip()
    if not name or not call.place.is_block:
        return None
    suffix = PurePosixPath(name).suffix.lower()
    language = call.get("lang")
    as_code = bool(language) or call.is_true("code") or "code" in call.name.lower()
    if "type" in call.rule.params and not language:  # Geekdoc: what is no code is Markdown
        suffix = ".html" if call.get("type") == "html" else ".md"
    if suffix in _PAGES and not as_code and "raw" not in call.name.lower():
        text = _page_text(call, name)
        if text is None:
            return None
        if call.ctx.depth > 8:
            return None
        if suffix.startswith(".htm"):
            return call.ctx.html(text, call.shortcode.start).strip("\r\n")
        return call.ctx.markdown(text, call.shortcode.start).strip("\r\n")
    if call.is_file(name):
        options = {"lang": language or _language(suffix) or None}
        return myst.directive("literalinclude", call.path(name), options, fence="`")
    text = call.file(name)
    if text is None:
        return None
    return block(language or _language(suffix), text.strip("\n"))


def _language(suffix: str) -> str:
    word = suffix.lstrip(".")
    return _LANGUAGES.get(word, word)


def _page_text(call: Call, name: str) -> str | None:
    text = call.file(name) or call.file(f"{name}.md")
    if text is not None:
        return _FRONT.sub("", text, count=1)
    page = _page(call, name)
    return page.body if page is not None and page.format == "markdown" else None


def _page(call: Call, name: str) -> Page | None:
    if not name:
        return None
    call.ctx.record.wide = True
    target: Target = call.ctx.plan.links.ref(name, call.ctx.page)
    return target.page
