"""Overlay: a copy of a Hugo site that real Hugo can build, made of hard links.

The site itself is never written to: its files are linked into a folder of our own, a file that
must change is written anew there. Page templates, themes' page templates and whatever runs
programs stay out; shortcodes, partials and render hooks come along, for they make content.
"""

from __future__ import annotations

import glob
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from migrate.engines.hugoconfig import config_for
from migrate.model import Page, Site

SKIPPED = frozenset(
    ("layouts", "themes", "public", "resources", "_vendor", ".git", "node_modules", ".hugo2myst",
     "config", "archetypes", "_build")
)  # fmt: skip
"""Folders at the site's root that Hugo needs not, or gets in another form."""
CONFIG_FILE = re.compile(r"(?:hugo|config)\.(?:toml|ya?ml|json)|go\.(?:mod|sum)|theme\.toml")
REFUSED = frozenset(("build", "_build", "outputs"))
"""Keys of front matter that stop Hugo where they are of another age or name what isn't there."""
THEME_FOLDERS = ("content", "data", "i18n", "assets", "static")
PROGRAMS = frozenset((".adoc", ".asciidoc", ".ad", ".rst", ".pandoc", ".pdc"))
"""Content formats that Hugo hands to other programs; none is run."""
BUILT_IN = frozenset(
    "comment details figure highlight instagram param qr ref relref vimeo vimeo_simple x x_simple "
    "youtube".split()
)
"""Shortcodes that Hugo 0.168 brings with it."""
CALL = re.compile(r"\{\{[<%]\s*+(/?)\s*+([\w.][\w./-]*)")
"""(slash of a closer, name) of a shortcode call, read loosely."""
_WILD = re.compile(r"[*?\[\]{}\\!^]")
_SEGMENT = "hugo2myst"
STUB_MARK = "data-hugo2myst-stub"
"""The attribute that names a shortcode in the place of what it would show."""
PARTIAL = re.compile(r'\bpartial(?:Cached)?\s+"([^"]+)"')
"""The name of a partial that a template calls."""
STUB = f'<span {STUB_MARK}="{{name}}"></span>'
PAIRED_STUB = (
    f'<div {STUB_MARK}="{{name}}">\n'
    '{{{{ .Inner | .Page.RenderString (dict "display" "block") }}}}\n</div>'
)


STAND_INS = {
    "title": (
        "render-image",
        '<figure><img src="{{ .Destination | safeURL }}" alt="{{ .PlainText }}">'
        "{{ with .Title }}<figcaption>{{ . | $.Page.RenderString }}</figcaption>{{ end }}</figure>",
    ),
    "alt": (
        "render-image",
        '<figure><img src="{{ .Destination | safeURL }}" alt="{{ .PlainText }}">'
        "{{ with .PlainText }}<figcaption>{{ . }}</figcaption>{{ end }}</figure>",
    ),
    "alerts": (
        "render-blockquote",
        '{{ if eq .Type "alert" }}<div class="admonition {{ .AlertType }}">'
        '<p class="admonition-title">{{ or .AlertTitle (title .AlertType) }}</p>{{ .Text }}</div>'
        "{{ else }}<blockquote>{{ .Text }}</blockquote>{{ end }}",
    ),
}
"""What a theme's hook is known to show -> (name, template) in its place, where it isn't here."""


@dataclass(slots=True)
class Overlay:
    """A site that can be built, in the folder `root`."""

    site: Site
    root: Path
    stubs: set[str] = field(default_factory=set)
    """Names of shortcodes that print a stub."""
    lost: dict[str, str] = field(default_factory=dict)
    """File -> why it was changed or left out, so that it may be reported."""
    said: list[str] = field(default_factory=list)
    """Errors that templates of the last build raised by themselves, without stopping it."""
    marker: str = ""
    """What our own bodies of pages begin with."""
    closed: set[str] = field(default_factory=set)
    """Names that some page of the site closes."""
    config: dict[str, Any] = field(default_factory=dict)
    narrowed: bool = False
    """Hugo renders only some of the pages."""

    @classmethod
    def make(cls, site: Site, root: Path, page_template: str) -> Overlay:
        """Link the site into `root`; `page_template` renders every page of every kind."""
        assert site.source is not None
        overlay = cls(site, root)
        _link_tree(site.source, root, skip=SKIPPED)
        themes = []
        for number, theme in enumerate(layout_roots(site)):
            _copy_layouts(theme / "layouts", root / "layouts")
            if theme != site.source:
                themes.append(f"t{number}")
                (root / "themes" / themes[-1]).mkdir(parents=True)  # some have layouts alone
                for folder in THEME_FOLDERS:
                    _link_tree(theme / folder, root / "themes" / themes[-1] / folder)
        overlay.write("layouts/all.html", page_template)
        overlay.config = config_for(site, [name for name in reversed(themes)])
        overlay.render_only(())
        overlay._stub_unknown()
        return overlay

    def render_only(self, pages: Iterable[Page]) -> None:
        """Have Hugo (from 0.124 on) render these pages alone; templates still find all others.

        Without pages it renders all.
        """
        paths = sorted({_WILD.sub("?", page.logical) for page in pages})
        config = dict(self.config)
        self.narrowed = bool(paths)
        if paths:
            config["segments"] = {_SEGMENT: {"includes": [{"path": path} for path in paths]}}
            config["renderSegments"] = [_SEGMENT]
        self.write("hugo.json", json.dumps(config, ensure_ascii=False, default=str))

    def stand_in(self, shows: str) -> None:
        """A hook in the place of the theme's, which shows this; one that is here stays."""
        name, template = STAND_INS[shows]
        if not any((self.root / "layouts").rglob(f"{name}*.html")):
            self.write(f"layouts/_markup/{name}.html", template)

    def write(self, name: str, text: str) -> None:
        """Put a file of our own in the place of a link."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(text, "utf-8", newline="")

    def remove(self, name: str, why: str) -> None:
        """Leave a file out."""
        self.lost[name] = why
        (self.root / name).unlink(missing_ok=True)

    def stub(self, name: str, *, closed: bool | None = None) -> None:
        """Give a shortcode a template that keeps its inner text and says nothing else."""
        name = name.lower()
        closed = name in self.closed if closed is None else closed
        self.stubs.add(name)
        for folder in ("shortcodes", "_shortcodes"):
            for old in (self.root / "layouts" / folder).glob(f"{name}.*"):
                old.unlink()
        form = PAIRED_STUB if closed else STUB
        self.write(f"layouts/_shortcodes/{name}.html", form.format(name=name))

    def front_as_json(self, page: Page, body: str) -> str:
        """A page's file with its front matter as we have read it, which Hugo takes for sure."""
        front = {key: value for key, value in page.front.items() if key not in REFUSED}
        return json.dumps(front, ensure_ascii=False, default=str) + "\n\n" + body

    def with_body(self, page: Page, body: str) -> str:
        """A page's file with another body, its front matter as the author wrote it."""
        text = (self.root / str(page.source)).read_bytes().decode("utf-8", "replace")
        if self.marker and self.marker in text:
            return text[: text.index(self.marker)] + body
        if page.body and text.endswith(page.body):
            return text[: -len(page.body)].rstrip() + "\n\n" + body
        return self.front_as_json(page, body)

    def template(self, name: str) -> str:
        """The text of a shortcode's template; empty where there is none."""
        return self._text(name.lower(), "shortcodes", "_shortcodes")

    def partial(self, name: str) -> str:
        """The text of a partial; empty where there is none."""
        return self._text(name.removesuffix(".html"), "partials", "_partials")

    def _text(self, name: str, *folders: str) -> str:
        found = [
            path
            for folder in folders
            if ".." not in name
            for path in (self.root / "layouts" / folder).glob(f"{glob.escape(name)}.*")
        ]
        return found[0].read_text("utf-8", "replace") if found else ""

    def _stub_unknown(self) -> None:
        names: set[str] = set()
        for path in content_files(self.root):
            text = path.read_bytes().decode("utf-8", "replace")
            if "{{" not in text:
                continue
            for close, name in CALL.findall(text):
                names.add(name.lower())
                if close:
                    self.closed.add(name.lower())
        known = {
            path.relative_to(folder).with_suffix("").as_posix().split(".")[0]
            for folder in (self.root / "layouts/shortcodes", self.root / "layouts/_shortcodes")
            for path in folder.rglob("*.*")
        }
        for name in sorted(names - known - BUILT_IN):
            if ".." not in name and not name.endswith(".inline"):
                self.stub(name)


def layout_roots(site: Site) -> Iterator[Path]:
    """Folders with a `layouts` of their own, the weakest first, the site's last."""
    assert site.source is not None
    found: dict[Path, None] = {}
    for name in reversed(site.modules):
        for place in (site.source / "themes" / name, site.source / "_vendor" / name):
            if place.is_dir():
                found[place] = None
    for template in site.templates.values():
        parts = template.parts
        if "layouts" in parts:
            found[Path(*parts[: len(parts) - 1 - parts[::-1].index("layouts")])] = None
    found.pop(site.source, None)
    yield from found
    yield site.source


def content_files(root: Path) -> Iterator[Path]:
    """The files of an overlay that Hugo may read shortcodes from."""
    for folder, folders, files in os.walk(root):
        if Path(folder) == root:
            folders[:] = [name for name in folders if name not in ("layouts", "static", "assets")]
        for name in files:
            if name.endswith((".md", ".markdown", ".mdown", ".html", ".htm", ".org")):
                yield Path(folder, name)


def _link_tree(source: Path, target: Path, skip: frozenset[str] = frozenset()) -> None:
    """Hard links of all files below `source`; copies where the disks differ."""
    for folder, folders, files in os.walk(source):
        here = Path(folder)
        if here == source:
            folders[:] = [name for name in folders if name not in skip]
            files = [name for name in files if not CONFIG_FILE.fullmatch(name)]
        place = target / here.relative_to(source)
        place.mkdir(parents=True, exist_ok=True)
        for name in files:
            path = here / name
            if path.is_symlink() or path.suffix.lower() in PROGRAMS or not path.is_file():
                continue
            try:
                os.link(path, place / name)
            except OSError:
                shutil.copyfile(path, place / name)


def _copy_layouts(source: Path, target: Path) -> None:
    """Shortcodes, partials and render hooks; no page templates. Shortcodes get names in lower
    case, as which Hugo finds them however they are called."""
    for path in source.rglob("*"):
        relative = path.relative_to(source)
        first = relative.parts[0]
        wanted = first.lstrip("_") in ("shortcodes", "partials") or "_markup" in relative.parts
        if wanted and path.is_file() and not path.is_symlink():
            if first.lstrip("_") == "shortcodes":
                relative = Path(first, *(part.lower() for part in relative.parts[1:]))
            place = target / relative
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)


def relative_to(root: Path, filename: str) -> str:
    """A file of the overlay as it is called from the site's root."""
    try:
        return PurePosixPath(Path(filename).relative_to(root)).as_posix()
    except ValueError:
        return filename


def pages_by_source(site: Site) -> Mapping[str, Page]:
    """Pages by their file, from the site's root."""
    return {str(page.source): page for page in site.pages if page.source is not None}
