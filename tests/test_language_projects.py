"""One project for each language: its own pages, menus and URLs, and links to the other projects."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import odd_site
import pytest
import yaml
from click.testing import CliRunner
from corpus import CORPUS
from corpus_site import served_by, unkept
from hugo_urls import plain, published
from small_site import PNG

from migrate import pipeline
from migrate.checking import check
from migrate.cli.commands import cli
from migrate.diagnostics import MigrateError
from migrate.engines import mystmd
from migrate.languages import Part
from migrate.options import Options
from migrate.pipeline import convert
from migrate.verification import verify
from migrate.write.policy import Policy

OPTIONS = Options(hugo=False)
CODES = ("en", "fr", "de")


def _page(title: str, more: str = "", body: str = "Text.") -> str:
    return f"---\ntitle: {title}\n{more}---\n\n{body}\n"


CONFIG = """\
baseURL: https://site.org/sub/
title: Site
copyright: © One of us
defaultContentLanguage: en
params: {motto: A motto}
languages:
  en: {languageName: English, weight: 1, menus: {main: [{name: Docs, pageRef: /docs}]}}
  fr:
    languageName: Français
    weight: 2
    title: Le site
    copyright: © L'un de nous
    params: {description: Ce que c'est., motto: Une devise}
    menus:
      main:
        - {name: Documents, pageRef: /docs, weight: 1}
        - {name: Anglais, url: /docs/b/, weight: 2}
        - {name: Fichier, url: /fr/docs/a/data.csv, weight: 3}
        - {name: Accueil, pageRef: /, weight: 4}
  de: {weight: 3, title: Der Ort}
"""
FRENCH = """\
[here]({{< ref "other" >}}) [there](/docs/b/) [place](/docs/b/#second) ![shared](/img/shared.png)
![own](own.png) [data](data.csv) [far](/docs/deep/down/c/) {{< param motto >}}
[feed](/fr/index.xml) [typed](https://site.org/sub/docs/b/)
"""
FILES: dict[str, str | bytes] = {
    "hugo.yaml": CONFIG,
    "content/_index.md": _page("Home"),
    "content/_index.fr.md": _page("Accueil"),
    "content/_index.de.md": _page("Start"),
    "content/docs/a/index.md": _page(
        "A", "date: 2024-01-02\ntags: [x]\n", "![e](/img/english.png)"
    ),
    "content/docs/a/index.fr.md": _page("A fr", "date: 2024-01-02\ntags: [x]\n", FRENCH),
    "content/docs/a/index.de.md": _page("A de", "aliases: [/altes/]\n"),
    "content/docs/a/own.png": PNG,
    "content/docs/a/data.csv": "a,b\n",
    "content/docs/b.md": _page("B", "", "## First\n\n## Second\n\n[f](/fr/docs/other/#le-nom)"),
    "content/docs/other.fr.md": _page("Autre", "aliases: [/ancien/, vieux]\n", "## Le nom\n\nT."),
    "content/docs/deep/down/c.md": _page("C"),
    "content/seul.fr.md": _page("Seul", "url: /tout-seul/\n"),
    "static/img/shared.png": PNG + b"1",
    "static/img/english.png": PNG + b"2",
    "static/img/nobody.png": PNG + b"3",
    "static/CNAME": "site.org\n",
}


def write(files: Mapping[str, str | bytes], source: Path) -> Path:
    for name, data in files.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return source


def ledger_of(project: Path) -> dict[str, dict[str, str]]:
    entries = json.loads((project / ".hugo2myst/ledger.json").read_text("utf-8"))
    return {plain(entry["url"]): entry for entry in entries}


def projects(files: Mapping[str, str | bytes], folder: Path, *codes: str) -> Path:
    """The site in `folder`: all languages in `all`, and each of `codes` in a project of its own."""
    source = write(files, folder / "site")
    for code in ("", *codes):
        convert(source, folder / (code or "all"), replace(OPTIONS, language=code))
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return projects(FILES, tmp_path_factory.mktemp("projects"), *CODES)


def project(folder: Path) -> Any:
    return yaml.safe_load((folder / "myst.yml").read_text("utf-8"))


def body(file: Path) -> str:
    return file.read_text("utf-8").split("\n---\n", 1)[1].strip()


def test_links_lead_to_the_other_projects(made: Path) -> None:
    assert body(made / "fr/docs/a/index.md").splitlines() == [
        "[here](../other.md) [there](https://site.org/sub/docs/b/) "
        "[place](https://site.org/sub/docs/b/#second) ![shared](/img/shared.png)",
        "![own](own.png) [data](data.csv) [far](https://site.org/sub/docs/deep/down/c/) Une devise",
        "[feed](/sub/fr/index.xml) [typed](https://site.org/sub/docs/b/)",
        "",
        ":::{div .translations}",
        "[English](https://site.org/sub/docs/a/) · [Der Ort](https://site.org/sub/de/docs/a/)",
        ":::",
    ]
    assert "[f](https://site.org/sub/fr/docs/other/#le-nom)" in body(made / "en/docs/b.md")
    assert "(le-nom)=\n## Le nom" in body(made / "fr/docs/other.md")
    assert "(second)=\n## Second" in body(made / "en/docs/b.md")


def test_only_files_of_the_language_are_there(made: Path) -> None:
    files = {
        code: {
            path.relative_to(made / code).as_posix()
            for path in (made / code).rglob("*")
            if path.is_file() and ".hugo2myst" not in path.parts and "redirects" not in path.parts
        }
        for code in CODES
    }
    assert {name for name in files["fr"] if not name.startswith(("tags", "cat", "feed"))} == {
        "myst.yml", "footer.md", "index.md", "docs/index.md", "docs/a/index.md", "docs/other.md",
        "tout-seul.md", "img/shared.png", "docs/a/own.png", "docs/a/data.csv",
    }  # fmt: skip
    # The root's project keeps at its address what the French page shows.
    assert {"img/english.png", "img/shared.png", "CNAME"} <= files["en"]
    assert not files["de"] & {"img/english.png", "img/shared.png", "CNAME"}


def test_menus_and_titles_are_those_of_the_language(made: Path) -> None:
    french, english, german = (project(made / code) for code in ("fr", "en", "de"))
    assert french["project"]["title"] == french["site"]["title"] == "Le site"
    assert french["project"]["description"] == "Ce que c'est."
    assert french["project"]["copyright"] == "© L'un de nous"
    assert french["site"]["nav"] == [
        {"title": "Documents", "url": "/docs"},
        {"title": "Anglais", "url": "https://site.org/sub/docs/b"},
        {"title": "Fichier", "url": "/docs/a/data.csv"},
        {"title": "Accueil", "url": "https://site.org/sub/fr"},
        {
            "title": "Français",
            "children": [
                {"title": "English", "url": "https://site.org/sub/"},
                {"title": "Der Ort", "url": "https://site.org/sub/de/"},
            ],
        },
    ]
    assert french["project"]["toc"][0] == {"file": "index.md"}
    assert english["project"]["title"] == "Site" and german["project"]["title"] == "Der Ort"
    assert english["site"]["nav"][0] == {"title": "Docs", "url": "/docs"}
    ids = {one["project"]["id"] for one in (french, english, german)}
    assert len(ids) == 3


def test_each_has_its_own_feed_and_redirects(made: Path) -> None:
    feed = (made / "fr/feed/index.xml").read_text("utf-8")
    assert "<title>Le site</title>" in feed and "<link>https://site.org/sub/fr/</link>" in feed
    assert "<guid>https://site.org/sub/fr/docs/a/</guid>" in feed
    assert "A fr" in feed and "A de" not in feed
    stubs = {
        code: {
            path.parent.relative_to(made / code / "redirects/html").as_posix()
            for path in (made / code / "redirects/html").rglob("index.html")
        }
        for code in CODES
    }
    # Aliases are in the folder of their language, a `url` is not.
    assert {"docs/vieux", "ancien"} <= stubs["fr"] and "altes" in stubs["de"]
    assert not {"docs/vieux", "ancien", "altes"} & stubs["en"] and "tout-seul" in stubs["en"]
    stub = (made / "en/redirects/html/tout-seul/index.html").read_text("utf-8")
    assert 'content="0; url=../fr/tout-seul/"' in stub
    stub = (made / "fr/redirects/html/docs/vieux/index.html").read_text("utf-8")
    assert 'content="0; url=../other/"' in stub
    assert 'href="https://site.org/sub/fr/docs/other/"' in stub


def _union(made: Path, codes: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """The ledgers of all languages; no URL is in two of them."""
    every = [ledger_of(made / code) for code in codes]
    union = {url: entry for ledger in every for url, entry in ledger.items()}
    assert len(union) == sum(map(len, every))
    return union


@pytest.mark.parametrize("files", [FILES, odd_site.FILES], ids=["plain", "odd"])
def test_the_ledgers_together_are_that_of_one_project(
    files: dict[str, str | bytes], tmp_path: Path
) -> None:
    codes = CODES if files is FILES else ("en", "fr")
    made = projects(files, tmp_path, *codes)
    one, union = ledger_of(made / "all"), _union(made, codes)
    assert published(pipeline.load(made / "site", OPTIONS).site) <= set(union)
    assert set(one) == set(union)
    differ = {url for url, entry in one.items() if entry["fate"] != union[url]["fate"]}
    # Each project has its site map; a French page at the root moves to its language's project.
    assert differ == {f"/{code}/sitemap.xml" for code in codes[1:]} | (
        {"/tout-seul/"} if files is FILES else set()
    )


def test_mystmd_serves_what_the_ledgers_say(made: Path) -> None:
    served: set[str] = set()
    for code in ("en", "fr"):
        built = mystmd.build(made / code)
        assert [str(one) for one in built.messages] == []
        folder = "" if code == "en" else "/fr"
        served |= {folder + url for url in served_by(made / code, built)} | {folder or "/"}
    ledgers = {**ledger_of(made / "en"), **ledger_of(made / "fr")}
    assert ledgers["/tout-seul/"]["to"] == "/fr/tout-seul/"
    assert unkept(ledgers, frozenset(served)) == []


def test_verify_compares_the_pages_of_the_language(made: Path) -> None:
    options = replace(OPTIONS, language="fr")
    found = verify(pipeline.load(made / "site", options), made / "fr")
    pages = [page.source for page in found.pages if page.source.startswith("content/")]
    assert sorted(pages) == sorted(name for name in FILES if name.endswith(".fr.md"))
    assert len(found.pages) == len(pages) + 4  # the section's, two taxonomies' and a term's
    assert [(one.source, one.comparison.differences) for one in found.unproved] == []


def test_reruns_follow_changes_in_any_language(tmp_path: Path) -> None:
    source, dest = write(FILES, tmp_path / "site"), tmp_path / "fr"
    french = replace(OPTIONS, language="FR")
    convert(source, dest, french)
    said: list[object] = []
    assert pipeline.look(source, dest, french, each=lambda *one: said.append(one)).exit_code == 0
    write({"content/docs/b.fr.md": _page("B fr"), "content/docs/other.de.md": _page("O")}, source)
    convert(source, dest, french)
    convert(source, tmp_path / "fresh", french)
    for path in (tmp_path / "fresh").rglob("*.md"):
        assert path.read_bytes() == (dest / path.relative_to(tmp_path / "fresh")).read_bytes()
    assert "[there](../b.md)" in body(dest / "docs/a/index.md")
    assert "[Der Ort](https://site.org/sub/de/docs/other/)" in body(dest / "docs/other.md")


def test_the_roots_project_keeps_what_others_come_to_show(tmp_path: Path) -> None:
    source, english = write(FILES, tmp_path / "site"), replace(OPTIONS, language="en")
    convert(source, tmp_path / "en", english)
    assert not (tmp_path / "en/img/nobody.png").exists()
    write({"content/seul.fr.md": _page("Seul", "", "![n](/img/nobody.png)")}, source)
    convert(source, tmp_path / "en", english)
    assert ledger_of(tmp_path / "en")["/img/nobody.png"]["fate"] == "same"
    assert (tmp_path / "en/img/nobody.png").exists()


def test_a_project_of_another_language_is_refused(tmp_path: Path) -> None:
    source, dest = write(FILES, tmp_path / "site"), tmp_path / "dest"
    convert(source, dest, replace(OPTIONS, language="fr"))
    for language in ("", "en", "de"):
        with pytest.raises(MigrateError, match="holds the language `fr`: say `--language fr`"):
            convert(source, dest, replace(OPTIONS, language=language))
    assert (dest / "docs/other.md").exists()


def test_a_whole_project_becomes_that_of_the_default_language(tmp_path: Path) -> None:
    source, dest = write(FILES, tmp_path / "site"), tmp_path / "dest"
    convert(source, dest, OPTIONS)
    english = replace(OPTIONS, language="en")
    result = convert(source, dest, english)
    orphans = {said.code for said in result.diagnostics}
    assert "HM708" in orphans and (dest / "fr/index.md").exists()
    convert(source, dest, english, Policy(prune=True))
    assert not (dest / "fr").exists()
    assert [entry.get("title") for entry in project(dest)["project"]["toc"]] == [None] * 4


def test_a_language_that_is_none_is_named_with_those_that_are(tmp_path: Path) -> None:
    source = str(write(FILES, tmp_path / "site"))
    found = CliRunner().invoke(cli, ["convert", source, str(tmp_path / "x"), "--language", "es"])
    assert isinstance(found.exception, MigrateError)
    assert "es`: the site has no such language, but: en, fr, de" in str(found.exception)
    assert not (tmp_path / "x").exists()


def test_without_a_host_links_are_paths_of_files(tmp_path: Path) -> None:
    config = CONFIG.replace("https://site.org/sub/", "/")
    source = write({**FILES, "hugo.yaml": config}, tmp_path / "site")
    result = convert(source, tmp_path / "fr", replace(OPTIONS, language="fr"))
    assert {"HM713", "HM714"} <= {said.code for said in result.diagnostics}
    assert "HM810" not in {said.code for said in result.diagnostics}
    text = body(tmp_path / "fr/docs/a/index.md")
    assert not [one for one in check(tmp_path / "fr", build=False) if one.code == "HM810"]
    assert "[there](/docs/b/index.html)" in text and "[English](/docs/a/index.html)" in text
    assert [one["title"] for one in project(tmp_path / "fr")["site"]["nav"]] == [
        "Documents", "Fichier",
    ]  # fmt: skip


HOSTS = """\
title: Site
baseURL: https://en.org/
languages:
  en: {baseURL: "https://en.org/", weight: 1}
  fr: {baseURL: "https://fr.org/", weight: 2, title: Le site}
"""


def test_languages_on_hosts_of_their_own(tmp_path: Path) -> None:
    links = "[a](/docs/b/) [e](https://en.org/docs/b/) [f](https://fr.org/docs/b/)"
    files = {
        "hugo.yaml": HOSTS,
        "content/_index.md": _page("Home", "", links),
        "content/_index.fr.md": _page("Accueil", "", links),
        "content/docs/b.md": _page("B"),
        "content/docs/b.fr.md": _page("B fr"),
    }
    made = projects(files, tmp_path, "en", "fr")
    assert body(made / "fr/index.md").startswith(
        "[a](docs/b.md) [e](https://en.org/docs/b/) [f](docs/b.md)\n"
    )
    assert body(made / "en/index.md").startswith(
        "[a](docs/b.md) [e](docs/b.md) [f](https://fr.org/docs/b/)\n"
    )
    assert "(https://en.org/docs/b/)" in body(made / "fr/docs/b.md")
    assert set(ledger_of(made / "fr")) == set(ledger_of(made / "en")) - {"/en/"}
    assert ledger_of(made / "fr")["/docs/b/"]["fate"] == "same"


def test_a_default_language_in_a_folder_is_served_at_the_root(tmp_path: Path) -> None:
    config = CONFIG + "defaultContentLanguageInSubdir: true\n"
    source = write({**FILES, "hugo.yaml": config}, tmp_path / "site")
    for code in ("", "en"):
        dest = tmp_path / (code or "all")
        convert(source, dest, replace(OPTIONS, language=code))
        ledger = ledger_of(dest)
        assert ledger["/"]["fate"] == "same" and ledger["/en/"]["to"] == "/"
        assert ledger["/en/docs/b/"]["fate"] == "same"
        lost = ["/tout-seul/ -> /fr/tout-seul/"] if code else []  # where the French project is
        assert unkept(ledger, served_by(dest, mystmd.build(dest))) == lost


@pytest.mark.parametrize(
    ("part", "url", "owned"),
    [
        (Part("fr", "/fr"), "/fr/", True),
        (Part("fr", "/fr"), "/fr", True),
        (Part("fr", "/fr"), "/france/", False),
        (Part("en", "", ("/fr", "/pt")), "/france/", True),
        (Part("en", "", ("/fr", "/pt")), "/pt/img/a.png", False),
        (Part(), "/fr/", True),
    ],
)
def test_each_url_has_one_project(part: Part, url: str, owned: bool) -> None:
    assert part.owns(url) is owned


_TRANSLATIONS = re.compile(r":::\{div \.translations\}\n(.+)\n:::")
_LINK = re.compile(r"\]\(([^()\s]+)\)")


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["numpy", "congo", "hextra"])
def test_real_sites(name: str, tmp_path: Path) -> None:
    source = CORPUS / name / "site"
    site = pipeline.load(source, OPTIONS).site
    codes = tuple(language.code for language in site.languages)
    for code in ("", *codes):
        convert(source, tmp_path / (code or "all"), replace(OPTIONS, language=code))
    one, union = ledger_of(tmp_path / "all"), _union(tmp_path, codes)
    assert set(one) == set(union)
    differ = {url for url, entry in one.items() if entry["fate"] != union[url]["fate"]}
    assert differ == {f"/{code}/sitemap.xml" for code in codes[1:]}
    served = {url.rstrip("/") for url, entry in union.items() if entry["fate"] == "same"}
    served |= {entry["to"].rstrip("/") for entry in union.values() if "to" in entry}
    links = [
        link.removeprefix(site.base_url.rstrip("/")).removesuffix("index.html").rstrip("/")
        for code in codes
        for file in (tmp_path / code).rglob("*.md")
        for line in _TRANSLATIONS.findall(file.read_text("utf-8"))
        for link in _LINK.findall(line)
    ]
    assert len(links) > 200
    assert set(links) <= served
