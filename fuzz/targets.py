"""What must hold for any bytes, by part of the converter. A target raises where it doesn't."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

import yaml

from migrate import themes
from migrate.context import Context
from migrate.convert.html import html_to_myst
from migrate.convert.markdown import markdown_to_myst
from migrate.convert.page import convert_page
from migrate.diagnostics import MigrateError
from migrate.model import Asset, Markup, Page, Site
from migrate.options import Options
from migrate.pipeline import outputs
from migrate.plan import Plan, make_plan
from migrate.read import document
from migrate.read.disk import decode
from migrate.read.feed import read_feed
from migrate.read.lexer import closers, lex, walk

_OURS = ("HM121", "HM401")
"""Codes that say that we failed, not the page."""
_EVERYTHING = Markup(
    unsafe=True, emoji=True, insert=True, mark=True, subscript=True, superscript=True,
    block_attributes=True, alert_hook=True, hard_wraps=True,
    passthrough_block=(("$$", "$$"), ("\\[", "\\]")),
    passthrough_inline=(("\\(", "\\)"), ("$", "$")),
)  # fmt: skip
_MARKUPS = (Markup(), Markup(unsafe=True), _EVERYTHING, Markup(tables=False, footnotes=False))


def lexer(data: bytes) -> None:
    """Spans of calls lie in the text, in order, children inside their parents."""
    text = decode(data).text
    lexed = lex(text, frozenset(closers(text)))
    at = 0
    for call in lexed.calls:
        assert at <= call.start < call.end <= len(text)
        at = call.end
    for call in walk(lexed.calls):
        assert not call.paired or call.start <= call.inner_start <= call.inner_end <= call.end


def markdown(data: bytes) -> None:
    """A body converts, its edits apart from each other. The first byte chooses the settings."""
    text = decode(data[1:]).text
    number = data[0] if data else 0
    plan = _plan(number % len(_MARKUPS), text)
    ctx = Context(plan.site.pages[0], plan, markdown_to_myst, html_to_myst)
    markdown_to_myst(text, ctx)
    _none_of_ours(ctx)


def html(data: bytes) -> None:
    """A page of HTML keeps its words."""
    plan = _plan(1)
    page = plan.site.pages[1]
    ctx = Context(page, plan, html_to_myst, html_to_myst)
    html_to_myst(decode(data).text, ctx)
    _none_of_ours(ctx)


def front(data: bytes) -> None:
    """A file splits into front matter and body, whose end is the file's; it converts, and the
    front matter that is written is YAML."""
    text = decode(data).text
    found = document.split(text, "content/a.md")
    assert text.endswith(found.body)
    page = Page("content/a.md", PurePosixPath("content/a.md"), "page", "/a/", "A",
                front=found.front, body=found.body, body_line=found.body_line)  # fmt: skip
    plan = _plan(1)
    done = convert_page(page, plan)
    assert isinstance(done.output.data, bytes)
    written = done.output.data.decode().split("\n---", 1)[0].removeprefix("---")
    assert isinstance(yaml.safe_load(written), dict)


def site(data: bytes) -> None:
    """A site of one page, one data file and one configuration, parted by `\\n%%\\n`, converts."""
    page, _, rest = data.partition(b"\n%%\n")
    config, _, values = rest.partition(b"\n%%\n")
    files = {"content/a.md": page, "hugo.yaml": config, "data/d.toml": values,
             "content/s/_index.md": page}  # fmt: skip
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for output in outputs(folder, Options(hugo=False)):
            if output.path.name == "report.json":
                assert isinstance(output.data, bytes)
                assert not any(code.encode() in output.data for code in _OURS), output.data


def feed(data: bytes) -> None:
    """A feed is read, or refused by a sentence."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(data)
        file.flush()
        try:
            read_feed(file.name, Options())
        except MigrateError:
            return


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "lexer": lexer,
    "markdown": markdown,
    "html": html,
    "front": front,
    "site": site,
    "feed": feed,
}


def _none_of_ours(ctx: Context) -> None:
    said = [d for d in ctx.record.diagnostics if d.code in _OURS or d.code == "HM501"]
    assert not said, said


def _plan(markup: int, body: str = "") -> Plan:
    """The plan of a site with a page of Markdown, one of HTML, and a picture."""
    pages = (
        Page("content/a.md", PurePosixPath("content/a.md"), "page", "/a/", "A", logical="/a",
             body=body),
        Page("content/b.html", PurePosixPath("content/b.html"), "page", "/b/", "B", format="html",
             logical="/b"),
    )  # fmt: skip
    picture = Asset(PurePosixPath("static/a.png"), Path("/nowhere/a.png"), "/a.png")
    folder = Site(Path("/nowhere"), "T", base_url="https://example.org/", hosts=("example.org",),
                  markup=_MARKUPS[markup], pages=pages, assets=(picture,))  # fmt: skip
    options = Options(hugo=False)
    return make_plan(folder, options, themes.lookup(folder, options))
