"""What destinations mean: as browsers read them, as Hugo looks pages up, as authors meant them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from small_site import PNG, convert_site

from migrate.model import Page, Target
from migrate.options import Options
from migrate.pipeline import load
from migrate.plan import Plan


def _page(title: str, more: str = "", body: str = "Text.") -> str:
    return f"---\ntitle: {title}\n{more}---\n\n{body}\n"


CONTENT: dict[str, str | bytes] = {
    "content/_index.md": _page("Home"),
    "content/about.md": _page("About", "aliases: [/who/, /old.html]\n"),
    "content/q.md": _page("Root q"),
    "content/twin.md": _page("Twin at the root"),
    "content/docs/_index.md": _page("Docs"),
    "content/docs/a.md": _page("A"),
    "content/docs/b.md": _page("B", "slug: bee\n"),
    "content/docs/twin.md": _page("Twin in docs"),
    "content/docs/pic.png": PNG,
    "content/posts/_index.md": _page("Posts"),
    "content/posts/bun/index.md": _page("Bundle"),
    "content/posts/bun/own.png": PNG,
    "content/posts/bun/sub/deep.pdf": b"%PDF",
    "content/posts/other/index.md": _page("Other", "slug: renamed\n"),
    "content/posts/unique.md": _page("Unique"),
    "content/far/same.md": _page("Same 1"),
    "content/near/same.md": _page("Same 2"),
    "content/übung.md": _page("Übung"),
    "static/img/logo.png": PNG,
    "static/files/My Talk.pdf": b"%PDF",
    "assets/media/hero.png": PNG,
}
ONE = "baseURL: https://site.org/\ntitle: T\n"


def plan_of(folder: Path, config: str, more: Mapping[str, str | bytes] | None = None) -> Plan:
    """The site on disk, planned."""
    for name, data in {"hugo.yaml": config, **CONTENT, **(more or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return load(folder, Options(hugo=False, site_urls=("preview.example.net",)))


def page_at(plan: Plan, url: str) -> Page:
    """The page that Hugo publishes at `url`."""
    return next(page for page in plan.site.pages if page.url == url)


def told(target: Target) -> str:
    """A target in one line; a `~` before it where it was repaired."""
    where = target.url
    if target.page is not None:
        where = target.page.url
    elif target.asset is not None:
        where = target.asset.url
    mark = "~" if target.repaired else ""
    return f"{mark}{target.kind} {where}" + (f"#{target.fragment}" if target.fragment else "")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return plan_of(tmp_path_factory.mktemp("plain"), ONE)


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    hooks = "{link: {useEmbedded: always}, image: {useEmbedded: always}}"
    config = f"{ONE}markup: {{goldmark: {{renderHooks: {hooks}}}}}\n"
    return plan_of(tmp_path_factory.mktemp("hooked"), config)


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    config = ONE.replace("site.org/", "site.org/sub/")
    return plan_of(tmp_path_factory.mktemp("below"), config)


@pytest.fixture(scope="module")
def tongues(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    config = ONE + "defaultContentLanguage: en\nlanguages: {en: {weight: 1}, fr: {weight: 2}}\n"
    french = {
        "content/_index.fr.md": _page("Accueil"),
        "content/about.fr.md": _page("À propos"),
        "content/docs/_index.fr.md": _page("Docs fr"),
        "content/docs/a.fr.md": _page("A fr"),
        "content/posts/bun/index.fr.md": _page("Bundle fr"),
    }
    return plan_of(tmp_path_factory.mktemp("tongues"), config, french)


@pytest.mark.parametrize(
    ("source", "destination", "meant"),
    [
        # as a browser reads them, against the page's URL
        ("/docs/a/", "../bee/", "page /docs/bee/"),
        ("/docs/a/", "../../about/", "page /about/"),
        ("/docs/a/", "..", "page /docs/"),
        ("/docs/a/", "/about", "page /about/"),
        ("/docs/a/", "/about/index.html", "page /about/"),
        ("/docs/a/", "/About/", "page /about/"),
        ("/posts/bun/", "own.png", "asset /posts/bun/own.png"),
        ("/posts/bun/", "./own.png", "asset /posts/bun/own.png"),
        ("/posts/bun/", "sub/deep.pdf", "asset /posts/bun/sub/deep.pdf"),
        ("/docs/", "pic.png", "asset /docs/pic.png"),
        ("/about/", "/img/logo.png?v=2#x", "asset /img/logo.png#x"),
        ("/about/", "/files/My%20Talk.pdf", "asset /files/My%20Talk.pdf"),
        ("/about/", "/%C3%BCbung/", "page /übung/"),
        ("/about/", "/übung/", "page /übung/"),
        ("/about/", "/", "page /"),
        ("/about/", "../../../..", "page /"),
        # fragments and queries
        ("/about/", "#here", "page /about/#here"),
        ("/about/", "/docs/a/#%C3%BCber", "page /docs/a/#über"),
        ("/about/", "/docs/a/?x=1#y", "page /docs/a/#y"),
        ("/about/", "?x=1", "page /about/"),
        # aliases
        ("/docs/a/", "/who/", "page /about/"),
        ("/docs/a/", "/old.html", "page /about/"),
        # the site's own hosts, previews, the development server
        ("/docs/a/", "https://site.org/about/#x", "page /about/#x"),
        ("/docs/a/", "http://SITE.org", "page /"),
        ("/docs/a/", "//site.org/about/", "page /about/"),
        ("/docs/a/", "https://preview.example.net/docs/bee/", "page /docs/bee/"),
        ("/docs/a/", "http://localhost:1313/about/", "page /about/"),
        ("/docs/a/", "https://site.org/shop/", "external https://site.org/shop/"),
        (
            "/docs/a/",
            "https://site.org.evil.net/about/",
            "external https://site.org.evil.net/about/",
        ),
        # other hosts and schemes
        ("/about/", "https://example.org/about/", "external https://example.org/about/"),
        ("/about/", "mailto:a@site.org", "external mailto:a@site.org"),
        ("/about/", "tel:+123", "external tel:+123"),
        ("/about/", "http://[bad", "external http://[bad"),
        ("/about/", "https://site.org/a/mailto:x@y.org", "~external mailto:x@y.org"),
        ("/about/", "/x/https://example.org/y", "~external https://example.org/y"),
        # what Hugo resolves only with a hook, or not at all
        ("/docs/a/", "b.md", "~page /docs/bee/"),
        ("/docs/a/", "./b.md#x", "~page /docs/bee/#x"),
        ("/docs/a/", "/posts/bun/index.md", "~page /posts/bun/"),
        ("/docs/a/", "../posts/_index.md", "~page /posts/"),
        ("/docs/a/", "/docs/b/", "~page /docs/bee/"),
        ("/docs/a/", "/docs/b.html", "~page /docs/bee/"),
        ("/docs/a/", "pic.png", "~asset /docs/pic.png"),
        ("/docs/a/", "/static/img/logo.png", "~asset /img/logo.png"),
        ("/docs/a/", "img/logo.png", "~asset /img/logo.png"),
        ("/docs/a/", "bee", "~page /docs/bee/"),
        # what Hugo makes
        ("/about/", "/index.xml", "static /index.xml"),
        ("/about/", "/posts/page/2/", "static /posts/page/2/"),
        ("/about/", "/img/logo_hu5599e6_195115_500x0_resize.png", "asset /img/logo.png"),
        ("/posts/bun/", "own_hu_1a2b3c4d5e6f.webp", "asset /posts/bun/own.png"),
        # nothing
        ("/about/", "/nowhere/", "missing /nowhere/"),
        ("/about/", "nowhere.md", "missing nowhere.md"),
        ("/about/", "", "page /about/"),
    ],
)
def test_as_typed(plain: Plan, source: str, destination: str, meant: str) -> None:
    assert told(plain.links.resolve(destination, page_at(plain, source))) == meant


@pytest.mark.parametrize(
    ("source", "destination", "meant"),
    [
        ("/docs/a/", "b.md", "page /docs/bee/"),
        ("/docs/a/", "b", "page /docs/bee/"),
        ("/docs/a/", "../q.md", "page /q/"),
        ("/posts/bun/", "q.md", "page /q/"),
        ("/posts/bun/", "unique", "page /posts/unique/"),
        ("/posts/bun/", "../other", "page /posts/renamed/"),
        ("/docs/a/", "/docs/twin.md", "page /docs/twin/"),
        ("/docs/a/", "twin", "page /docs/twin/"),
        ("/posts/bun/", "own.png", "asset /posts/bun/own.png"),
        ("/docs/a/", "#x", "page /docs/a/#x"),
        ("/docs/a/", "https://site.org/b", "external https://site.org/b"),
        ("/docs/a/", "../bee/", "page /docs/bee/"),
    ],
)
def test_with_a_link_hook(hooked: Plan, source: str, destination: str, meant: str) -> None:
    assert told(hooked.links.resolve(destination, page_at(hooked, source))) == meant


@pytest.mark.parametrize(
    ("source", "path", "meant"),
    [
        ("/docs/a/", "b.md", "page /docs/bee/"),
        ("/docs/a/", "b", "page /docs/bee/"),
        ("/docs/a/", "b.md#frag", "page /docs/bee/#frag"),
        ("/docs/a/", "#frag", "page /docs/a/#frag"),
        ("/docs/a/", "/posts/bun", "page /posts/bun/"),
        ("/docs/a/", "/posts/bun/index.md", "page /posts/bun/"),
        ("/docs/a/", "posts/_index.md", "page /posts/"),
        ("/docs/a/", "unique.md", "page /posts/unique/"),
        ("/docs/a/", "bun", "page /posts/bun/"),
        ("/docs/a/", "/", "page /"),
        ("/posts/bun/", "q.md", "page /q/"),
        ("/docs/a/", "same.md", "missing same.md"),  # two pages have the name
        ("/docs/a/", "/far/same.md", "page /far/same/"),
        ("/docs/a/", "https://example.org/x", "external https://example.org/x"),
        ("/docs/a/", "/docs/bee/", "~page /docs/bee/"),
        ("/docs/a/", "nowhere.md", "missing nowhere.md"),
    ],
)
def test_ref(plain: Plan, source: str, path: str, meant: str) -> None:
    assert told(plain.links.ref(path, page_at(plain, source))) == meant


@pytest.mark.parametrize(
    ("destination", "meant"),
    [
        ("/sub/about/", "page /about/"),
        ("/sub", "page /"),
        ("/sub#x", "page /#x"),
        ("/about/", "page /about/"),
        ("/subway/", "missing /subway/"),
        ("https://site.org/sub/about/", "page /about/"),
        ("https://site.org/about/", "external https://site.org/about/"),
        ("https://preview.example.net/about/", "page /about/"),
        ("/sub/index.xml", "static /sub/index.xml"),
        ("/img/logo.png", "asset /img/logo.png"),
    ],
)
def test_below_a_path(below: Plan, destination: str, meant: str) -> None:
    assert told(below.links.resolve(destination, page_at(below, "/docs/a/"))) == meant


@pytest.mark.parametrize(
    ("source", "destination", "meant"),
    [
        ("/fr/docs/a/", "/about", "page /fr/about/"),
        ("/fr/docs/a/", "/about/", "page /fr/about/"),
        ("/fr/docs/a/", "about.md", "page /fr/about/"),
        ("/fr/docs/a/", "about.en.md", "page /about/"),
        ("/docs/a/", "about.fr.md", "page /fr/about/"),
        ("/fr/docs/a/", "/q.md", "page /q/"),  # not translated
        ("/fr/docs/a/", "/fr/about/", "page /fr/about/"),
        ("/fr/docs/a/", "https://site.org/about/", "page /about/"),
        ("/docs/a/", "/about/", "page /about/"),
        ("/fr/posts/bun/", "own.png", "asset /posts/bun/own.png"),
    ],
)
def test_languages(tongues: Plan, source: str, destination: str, meant: str) -> None:
    assert told(tongues.links.resolve(destination, page_at(tongues, source))) == meant


def test_ref_in_another_language(tongues: Plan) -> None:
    page = page_at(tongues, "/docs/a/")
    assert told(tongues.links.ref("/about.md", page, "fr")) == "page /fr/about/"
    assert told(tongues.links.ref("/q.md", page, "fr")) == "page /q/"


@pytest.mark.parametrize("destination", ["media/hero.png", "/media/hero.png"])
def test_files_of_assets(hooked: Plan, destination: str) -> None:
    target = hooked.links.resolve_file(destination, page_at(hooked, "/docs/a/"))
    assert told(target).endswith("asset /media/hero.png")


def test_capitals_part_pages(tmp_path: Path) -> None:
    config = ONE + "disablePathToLower: true\n"
    more = {"content/Up/P.md": _page("P"), "content/x.md": _page("x", "url: /up/p/\n")}
    plan = plan_of(tmp_path, config, more)
    home = page_at(plan, "/")
    assert told(plan.links.resolve("/Up/P/", home)) == "page /Up/P/"
    assert told(plan.links.resolve("/up/p/", home)) == "page /up/p/"
    assert told(plan.links.resolve("/ABOUT/", home)) == "page /about/"


def test_ugly_urls(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, ONE + "uglyURLs: true\n")
    page = page_at(plan, "/docs/a.html")
    assert told(plan.links.resolve("bee.html", page)) == "page /docs/bee.html"
    assert told(plan.links.resolve("pic.png", page)) == "asset /docs/pic.png"
    assert told(plan.links.resolve("../about.html", page)) == "page /about.html"


BODIES = {
    "content/p/one.md": """\
[h](../two/#heading) [n](../two/#named) [d](../two/#boxed) [t](../two/#top) [x](../two/#none)
[s](#same) [u](/p/two/#%C3%BCber) [c](../two/#Heading)

## Same
""",
    "content/p/two.md": """\
## Heading

<a name="named"></a>Named.

<div id="boxed">Boxed.</div>

## Über

## Same
""",
}


def test_fragments_become_labels(tmp_path: Path) -> None:
    files = {name: _page("T", body=body) for name, body in BODIES.items()}
    config = ONE + "markup: {goldmark: {renderer: {unsafe: true}}}\n"
    site = convert_site(tmp_path, {"hugo.yaml": config, **files})
    one, two = site.body("p/one.md"), site.body("p/two.md")
    assert one.split("\n")[0] == ("[h](#heading) [n](#named) [d](#boxed) [t](two.md) [x](two.md)")
    assert "[s](#one-same) [u](#two-uber) [c](#heading)" in one
    assert "(one-same)=\n## Same" in one
    assert "(heading)=\n## Heading" in two and "(two-uber)=\n## Über" in two
    assert "## Same" in two and "same)=" not in two
    assert [d.code for d in site.diagnostics if d.code == "HM603"] == ["HM603"]


def test_labels_are_no_longer_than_mystmd_takes(tmp_path: Path) -> None:
    words = "-".join(["create", "your", "own", "copy", "of", "the", "repository"] * 4)
    heading = words.replace("-", " ")
    bodies = {
        "content/x/a.md": f"[a](#{words}) [b](../b/#{words}-1)\n\n## {heading}\n",
        "content/x/b.md": f"## {heading}\n\n## {heading}\n",
    }
    pages = {name: _page("T", body=body) for name, body in bodies.items()}
    site = convert_site(tmp_path, {"hugo.yaml": ONE, **pages})
    labels = re.findall(r"^\((.*)\)=$", site.body("x/a.md") + "\n" + site.body("x/b.md"), re.M)
    assert len(set(labels)) == 2 and all(len(label) <= 100 for label in labels)
    assert all(f"(#{label})" in site.body("x/a.md") for label in labels)


def test_links_into_figures_and_captions_of_r_markdown(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    body = """\
<p>See <a href="#fig:map">1</a> and <a href="#tab:map">2</a>.</p>
<div class="figure"><span style="display:block;" id="fig:map"></span>
<img src="/a.png" alt="A map" width="672">
<p class="caption">
Figure 1: A map.
</p>
</div>
<p><span id="tab:map">Table 1: </span>the map</p>
"""
    files: dict[str, str | bytes] = {
        "hugo.toml": 'title = "T"\n',
        "content/p.html": f"---\ntitle: P\n---\n{body}",
        "static/a.png": PNG,
    }
    page = convert_site(tmp_path_factory.mktemp("figures"), files).body("p.md")
    assert "See [1](#p-fig-map) and [2](#p-tab-map)." in page
    assert ":label: p-fig-map\n" in page
    assert "{span #p-tab-map}`Table 1:` the map" in page
