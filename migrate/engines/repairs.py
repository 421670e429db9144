"""Repairs: what to do about an error that stops Hugo's build, so that the next round goes on.

Relies on the messages of Hugo 0.168. Each repair treats one cause for the whole site; what it
costs is noted in the overlay, to be reported.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from migrate.engines.overlay import Overlay, pages_by_source, relative_to

STOPPED = re.compile(r"^ERROR error (?:building|copying) .*", re.MULTILINE)
"""The line with which Hugo gives up. It copies static files while it builds, and whichever of the
two meets a broken template first names it."""
_NO_TEMPLATE = re.compile(r'template for shortcode "([^"]+)" not found')
_FILE = re.compile(
    r'"([^"\n]{1,400}?):\d+:\d+"|(?:open|render of|file|process) "?([^"\n:]{1,400}\.\w+)"?'
)
_FRONT = re.compile(
    r"unmarshal|mapping key|front ?matter|already defined|yaml|toml|output formats", re.IGNORECASE
)
_LAYOUT = "layouts/"
_NO_NAME = re.compile(r'html/template:([^"\n]{1,400}?):\d+:\d+: no such template "([^"\n]{1,400})"')
"""A template calls another by a name of the folders before Hugo 0.146."""


def repair(overlay: Overlay, log: str) -> bool:
    """Treat the cause that the log names; False where nothing is left to try."""
    stopped = STOPPED.search(log)
    error = stopped[0] if stopped else log
    if match := _NO_TEMPLATE.search(error):
        return _stub(overlay, match[1])
    if match := _NO_NAME.search(error):
        return _mend_name(overlay, match[1], match[2], error)
    names = [relative_to(overlay.root, found[0] or found[1]) for found in _FILE.findall(error)]
    for name in names:
        if name.startswith(_LAYOUT) and "all.html" not in name:
            return _drop_template(overlay, name, error)
    for name in names:
        if (overlay.root / name).is_file() and "all.html" not in name:
            return _mend_page(overlay, name, error)
    return False


def _stub(overlay: Overlay, name: str) -> bool:
    if name.lower() in overlay.stubs:
        return False
    overlay.stub(name)
    return True


def _mend_name(overlay: Overlay, caller: str, called: str, error: str) -> bool:
    """Let a template call the file of an old name as a partial; one that calls nothing goes."""
    layouts = overlay.root / "layouts"
    callers = [path for path in layouts.rglob(PurePosixPath(caller).name) if path.is_file()]
    called_file = layouts / called
    wanted = re.compile(rf'\btemplate(\s+)"{re.escape(called)}"')
    partial = "hugo2myst-" + re.sub(r"\W+|_", "-", called.removesuffix(".html")) + ".html"
    mended = False
    for path in callers if ".." not in called and called_file.is_file() else ():
        text = path.read_text("utf-8", "replace")
        new = wanted.sub(rf'partial\1"{partial}"', text)
        if new != text:
            mended = True
            overlay.write(relative_to(overlay.root, str(path)), new)
    if mended:
        overlay.write(f"layouts/_partials/{partial}", called_file.read_text("utf-8", "replace"))
        return True
    for path in callers:
        name = relative_to(overlay.root, str(path))
        if name.endswith(caller) and name not in overlay.lost:
            return _drop_template(overlay, name, error)
    return False


def _drop_template(overlay: Overlay, name: str, error: str) -> bool:
    """A template that this Hugo can't read: shortcodes get a stub, others say nothing."""
    parts = PurePosixPath(name).parts
    if name in overlay.lost:
        return False
    overlay.lost[name] = _short(error)
    if parts[1].lstrip("_") == "shortcodes":
        return _stub(overlay, PurePosixPath(*parts[2:]).with_suffix("").as_posix().split(".")[0])
    if "_markup" in parts:
        (overlay.root / name).unlink(missing_ok=True)
    else:
        overlay.write(name, "")
    return True


def _mend_page(overlay: Overlay, name: str, error: str) -> bool:
    """A page that stops Hugo: another front matter, else no body, else no page."""
    page = pages_by_source(overlay.site).get(name)
    if _FRONT.search(error) and page is not None and name not in overlay.lost:
        overlay.lost[name] = _short(error)
        overlay.write(name, overlay.front_as_json(page, _body(overlay, name, page.body)))
    elif page is not None and overlay.lost.get(name, "") != "empty":
        overlay.lost[name] = "empty"
        overlay.write(name, overlay.front_as_json(page, ""))
    else:
        overlay.remove(name, _short(error))
    return True


def _body(overlay: Overlay, name: str, body: str) -> str:
    """The page's body as the overlay has it now: perhaps only its calls."""
    text = (overlay.root / name).read_bytes().decode("utf-8", "replace")
    own = text.find(overlay.marker) if overlay.marker else -1
    return body if own < 0 else text[own:]


def _short(error: str) -> str:
    """Hugo's words without the folders of ours."""
    return re.sub(r'"?/\S{0,400}?/(?=(?:content|layouts)/)', "", error).removeprefix("ERROR ")[:300]
