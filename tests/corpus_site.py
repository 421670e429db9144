"""One corpus site converted, built by real mystmd and held against what real Hugo made of it.

Three things are counted for each site: the URLs that Hugo publishes, the links that worked there,
and the images that its pages show.
"""

from __future__ import annotations

import json
import posixpath
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from corpus import CORPUS, pages_of, read_truth
from hugo_urls import plain, published
from lxml import html as parser

from migrate import pipeline
from migrate.check.facts import Item
from migrate.check.rendered import facts_of_html
from migrate.check.targets import Places, file_name, of_hugo, places_of, same_fragment, trimmed
from migrate.check.understood import facts_of_tree
from migrate.engines.mystmd import Build, Built, build
from migrate.options import Options
from migrate.plan import Plan

NAMES = sorted(path.name for path in CORPUS.glob("*") if (path / "site").is_dir())
_RESIZED = re.compile(r"_hu_?[0-9a-f]{6,}\w*\.\w+$")
_KEPT = re.compile(r"^[ \t>]*% hugo2myst HM\d+.*?\n\s*(`{3,})(.*?)\1", re.M | re.S)
OWN = {"/sitemap.xml", "/robots.txt"}
"""Files that mystmd writes itself."""
TRUTH_HOSTS = {"example.org", "ex.org"}
"""The truth was rendered with a base URL of its own."""

Ledger = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Whole:
    """A site on both sides."""

    name: str
    folder: Path
    """The MyST project, built."""
    plan: Plan
    built: Build
    hugo: frozenset[str]
    """Every URL that real Hugo publishes."""
    truth: tuple[Mapping[str, Any], ...]
    """What real Hugo made of each page."""

    @cached_property
    def ledger(self) -> Ledger:
        """The project's URL ledger, by URL."""
        entries = json.loads((self.folder / ".hugo2myst/ledger.json").read_text("utf-8"))
        return {plain(entry["url"]): entry for entry in entries}

    @cached_property
    def served(self) -> frozenset[str]:
        """URLs that the built project serves, without final slashes."""
        return served_by(self.folder, self.built)

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        """Hugo's URL of a page, trimmed -> the ids in its content."""
        found: dict[str, set[str]] = defaultdict(set)
        for page in self.truth:
            url = trimmed(page["relpermalink"].removeprefix(self.plan.site.base_path))
            found[url].update(page["ids"] or ())
            if page["content"].strip():
                root = parser.fragment_fromstring(page["content"], create_parent="div")
                found[url].update(root.xpath("//@id"), root.xpath("//a/@name"))
        return dict(found)

    @cached_property
    def homes(self) -> frozenset[str]:
        """The home pages of all languages, as targets."""
        homes = [page for page in self.plan.site.pages if page.kind == "home"]
        return frozenset(f"page:{self.places.urls[trimmed(page.url)]}" for page in homes)

    @cached_property
    def places(self) -> Places:
        """Where the pages are, for comparing links."""
        places = places_of(self.plan.site, self.plan, self.built)
        ids = {
            served: frozenset(self.ids[url])
            for url, served in places.urls.items()
            if url in self.ids
        }
        return replace(places, ids=ids, hosts=places.hosts | TRUTH_HOSTS)

    def explains(self, destination: str, source: str, page: Built | None, there: int) -> str:
        """Why a page may lack it: `made` or `kept` (see `Told`); empty where nothing does.

        `there` is how many such the page has.
        """
        path, _, fragment = unquote(destination).partition("#")
        name = f"#{fragment}" if fragment else path.rstrip("/").rpartition("/")[2]
        before, ending = "", ""
        if not name:
            name, before = path, r"(?<=[(\"'<=])"
        elif not fragment:
            before, ending = r"(?<=[/(\"'<=])", r"(?:/?(?:_?index)?\.\w+|/)?"
        spelled = re.compile(
            before + re.escape(name) + ending + r"""(?=[\s"'`)\]>}?,]|$)""", re.M | re.I
        )
        file = CORPUS / self.name / "site" / source
        written = file.read_text("utf-8", "replace") if file.is_file() else ""
        if len(spelled.findall(unquote(written))) <= there:
            return "made"
        if page is None:
            return ""
        ours = (self.folder / page.file).read_text("utf-8")
        kept = ours.split("\n---\n")[0] + "".join(found[1] for found in _KEPT.findall(ours))
        return "kept" if spelled.search(unquote(kept)) else ""

    def compared(self) -> Iterator[tuple[str, str, str, Built | None]]:
        """(Hugo's URL, its HTML, the source, mystmd's page) of each page with content."""
        pages = pages_of(self.plan.site, self.plan, self.built)
        for page in self.truth:
            url = page["relpermalink"].removeprefix(self.plan.site.base_path)
            if page["content"].strip():
                yield url, page["content"], page["source"], pages.get(trimmed(url))


def whole_site(name: str, folder: Path) -> Whole:
    """Convert the corpus site `name` into `folder` and build it."""
    source = CORPUS / name / "site"
    pipeline.convert(source, folder, Options())
    plan = pipeline.load(source, Options())
    hugo = frozenset(published(plan.site))
    return Whole(name, folder, plan, build(folder), hugo, tuple(read_truth(name)))


def served_by(folder: Path, built: Build) -> frozenset[str]:
    """URLs that the built project serves, without final slashes."""
    public = folder / "_build/site/public"
    files = {
        "/" + path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()
    }
    pages = {page.url for page in built.pages.values()}
    return frozenset(pages | files | {url.removesuffix("/index.html") for url in files} | OWN)


def unkept(ledger: Ledger, served: frozenset[str]) -> list[str]:
    """URLs of which the ledger says more than is true."""
    bad = []
    for url, entry in ledger.items():
        stands = (url.rstrip("/") or "/") in served
        if entry["fate"] == "same" and not stands:
            bad.append(url)
        if entry["fate"] == "redirected":
            to = entry["to"]
            if not stands or ("://" not in to and (to.rstrip("/") or "/") not in served):
                bad.append(f"{url} -> {to}")
        if entry["fate"] == "gone" and not entry["why"]:
            bad.append(url)
    return bad


@dataclass
class Told:
    """What a comparison counted and found missing."""

    count: int = 0
    broken: int = 0
    """Led nowhere on Hugo's side already; of images: the corpus has no such file."""
    made: int = 0
    """By a template of the site, which the corpus is without: nothing in the source spells them."""
    kept: int = 0
    """In a shortcode that stands in a code block with HM301, or in the page's options."""
    lost: list[str] = field(default_factory=list)


def links(site: Whole) -> Told:
    """Links inside the site that worked in Hugo and don't in MyST, page by page.

    An arrow without words that leads to its own page, or where words lead too, is decoration.
    """
    told = Told()
    anchors = {page.url: _anchors(page) for page in site.built.pages.values()}
    for url, html, source, page in site.compared():
        facts = facts_of_html(html, url, site.places, title=_title(page))
        wanted = []
        for item in facts.items:
            if item.kind in ("link", "icon link"):
                state = _in_hugo(*_place(item), site)
                told.count += state != "external"
                told.broken += state == "broken"
                wanted += [item] if state == "works" else []
        given = _links(page, site) if page else []
        shown = {_place(item)[0] for item in given} | {f"page:{page.url}" if page else ""}
        wanted = [one for one in wanted if one.kind == "link" or one.value[0] not in shown]
        pairs = list(_pairs(wanted, given, site))
        there = Counter(_place(item) for item, match in pairs if match)
        for item, match in pairs:
            if match is not None:
                if not _leads(_place(match), anchors, site):
                    told.lost.append(f"{url} {item.shown} -> {_place(match)}")
                continue
            destination = item.shown.rpartition("](")[2].rstrip(")") if item.value[1:] else ""
            why = site.explains(destination, source, page, there[_place(item)])
            told.made += why == "made"
            told.kept += why == "kept"
            if not why:
                told.lost.append(f"{url} {item.shown}")
    return told


def _place(item: Item) -> tuple[str, str]:
    """Target and fragment of a link; an icon's has no fragment."""
    return item.value[0], item.value[1] if len(item.value) > 1 else ""


def _pairs(
    wanted: list[Item], given: list[Item], site: Whole
) -> Iterator[tuple[Item, Item | None]]:
    """Each link with the one that stands for it: with the same words, else with others."""
    found: dict[int, Item] = {}
    for same_words in (True, False):
        for number, item in enumerate(wanted):
            if number in found:
                continue
            for other in given:
                words = not same_words or item.value[2:] == other.value[2:]
                if words and _same(_place(item), _place(other), site):
                    found[number] = other
                    given.remove(other)
                    break
    for number, item in enumerate(wanted):
        yield item, found.get(number)


def _title(page: Built | None) -> str:
    return str(page.front.get("title") or "") if page else ""


def _in_hugo(target: str, fragment: str, site: Whole) -> str:
    """`works`, `broken` or `external`."""
    if target.startswith("page:"):
        ids = site.places.ids.get(target.removeprefix("page:"))
        if fragment in ("", "top") or ids is None:
            return "works"
        return "works" if fragment in ids else "broken"
    if target.startswith("file:"):
        names = {file_name(url) for url in site.hugo}
        return "works" if target.removeprefix("file:") in names else "broken"
    if target.startswith("?"):
        path = target.removeprefix("?").rstrip("/")
        return "works" if {path, path + "/"} & site.hugo else "broken"
    return "external"


def _links(page: Built, site: Whole) -> list[Item]:
    facts = facts_of_tree(page, title=_title(page))
    return [
        replace(item, value=(*_here(item.value[0], item.value[1], page, site), item.value[2]))
        for item in facts.of("link")
    ]


def _here(target: str, fragment: str, page: Built, site: Whole) -> tuple[str, str]:
    """The target of a link that was left as a URL of the site."""
    if target.startswith(("page:", "file:")):
        return target, fragment
    target, found = of_hugo(target.removeprefix("?"), page.url + "/", site.places)
    return target, found or fragment


def _same(hugo: tuple[str, str], myst: tuple[str, str], site: Whole) -> bool:
    if hugo[0] != myst[0]:
        # Home to the reader's own language: Hugo's `relURL` of a shortcode knows none.
        return hugo[0] == "page:/" and myst[0] in site.homes
    return not hugo[0].startswith("page:") or same_fragment(hugo[1], myst[1], hugo[0], site.places)


def _leads(found: tuple[str, str], anchors: Mapping[str, set[str]], site: Whole) -> bool:
    """The built project has what the link leads to."""
    target, fragment = found
    if target.startswith("page:"):
        known = anchors.get(target.removeprefix("page:"))
        return known is not None and (not fragment or fragment.lower() in known)
    if target.startswith("file:"):
        return target.removeprefix("file:") in {file_name(url) for url in site.served}
    return True


def _anchors(page: Built) -> set[str]:
    """Ids that mystmd gives to what is on a page."""
    found = {"top"}
    waiting = [page.tree]
    while waiting:
        node = waiting.pop()
        if node.get("type") not in ("crossReference", "link", "cite"):
            found |= {str(node[key]).lower() for key in ("html_id", "identifier") if node.get(key)}
        waiting.extend(node.get("children") or ())
    return found


def images(site: Whole) -> Told:
    """Images that Hugo's pages show and the project doesn't, or without their alt text.

    A page may show a picture twice, in a frame that scripts enlarge: once is enough. A picture
    for dark mode has a twin for light mode, with the same alt text.
    """
    told = Told()
    sources = {file_name(path.name) for path in _files(CORPUS / site.name / "site")}
    for url, html, source, page in site.compared():
        facts = facts_of_html(html, url, site.places, title=_title(page))
        shown = facts_of_tree(page).of("image") if page else ()
        given: dict[str, set[str]] = defaultdict(set)
        for item in shown:
            given[item.value[0]].add(_letters(item.value[1]))
        for item in {item.value: item for item in facts.of("image")}.values():
            name, alt = item.value[:2]
            if not name.startswith("file:"):
                continue
            told.count += 1
            if name.removeprefix("file:") not in sources:
                told.broken += 1
            elif "dark" in name and any(_letters(alt) in alts for alts in given.values()):
                told.made += 1
            elif name not in given or (alt and _letters(alt) not in given[name]):
                path = item.shown.rpartition("](")[2].rstrip(")")
                why = site.explains(_RESIZED.sub("", path), source, page, 0)
                told.made += why == "made"
                told.kept += why == "kept"
                if not why:
                    told.lost.append(f"{url} {item.shown}")
    for page in site.built.pages.values():
        told.lost += [
            f"{page.file} {path}" for path in _unfound(page, site) if _is_there(path, page, site)
        ]
    return told


def _unfound(page: Built, site: Whole) -> Iterator[str]:
    """Local images of a built page for which there is no file."""
    waiting = [page.tree]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.get("children") or ())
        path = str(node.get("urlSource") or node.get("url") or "")
        if node.get("type") != "image" or "://" in path or path.startswith("data:"):
            continue
        base = "" if path.startswith("/") else posixpath.dirname(page.file)
        if not (site.folder / base / unquote(path.lstrip("/"))).is_file():
            yield path


def _is_there(path: str, page: Built, site: Whole) -> bool:
    """The corpus has the file that a built page asks for."""
    plan = site.plan
    found = next((p for p in plan.site.pages if str(plan.places[p.identity]) == page.file), None)
    return found is not None and plan.links.resolve_file(path, found).kind == "asset"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Print the numbers of the sites that the command line names."""
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory(prefix="hugo2myst-") as folder:
            site = whole_site(name, Path(folder))
            fates = Counter(entry["fate"] for entry in site.ledger.values())
            gone = len(unkept(site.ledger, site.served))
            print(f"{name}: {len(site.hugo)} URLs of Hugo, {dict(fates)}, {gone} not so")
            for what, told in (("links", links(site)), ("images", images(site))):
                print(
                    f"  {told.count} {what}: {told.broken} broken before, {told.made} made by "
                    f"templates, {told.kept} kept as code, {len(told.lost)} lost"
                )
                print(*(f"    {one}" for one in told.lost), sep="\n", end="\n" if told.lost else "")


if __name__ == "__main__":
    main()
