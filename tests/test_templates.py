"""Sites with shortcode templates of their own: rendered by real Hugo, written as MyST.

`fixtures/sites/templates-own` has templates of every kind (HTML around the inner text, parameters,
partials, page and site look-ups, data, lists of pages, resources, nested calls, templates that
fail); `templates-theme` one theme that is there and one that isn't; `templates-vendored` a module's
layouts alone, and calls in the blocks of a landing page; `templates-layouts` a theme's layouts
alone, whose calls stand in a list inside a `%` call; `templates-hooks` render hooks for code
fences, links and images that only they understand.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.check.originals import read_originals
from migrate.engines.mystmd import build
from migrate.options import Options
from migrate.pipeline import convert, load
from migrate.result import Result
from migrate.verification import verify

SITES = Path("fixtures/sites")
NAMES = [
    "templates-own",
    "templates-theme",
    "templates-vendored",
    "templates-layouts",
    "templates-hooks",
]


@pytest.fixture(scope="module", params=NAMES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    project = tmp_path_factory.mktemp(request.param)
    result = convert(str(SITES / request.param / "source"), str(project), Options())
    return request.param, project, result


def test_pages_are_what_a_person_would_write(site: tuple[str, Path, Result]) -> None:
    name, project, _ = site
    expected = SITES / name / "expected"
    pages = sorted(expected.rglob("*.md"))
    assert pages
    for page in pages:
        made = (project / page.relative_to(expected)).read_text("utf-8")
        assert made == page.read_text("utf-8"), page


def test_real_mystmd_builds_them_without_a_message(site: tuple[str, Path, Result]) -> None:
    assert not [str(message) for message in build(site[1]).ours]


def test_what_fails_is_said_with_its_error(site: tuple[str, Path, Result]) -> None:
    name, _, result = site
    said = {(d.code, d.line): d.message for d in result.diagnostics if d.code == "HM801"}
    if name != "templates-own":
        assert not said
        return
    reasons = [message.rpartition("`: ")[2] for _, message in sorted(said.items())]
    assert reasons == [
        "can't evaluate field NoSuchMethod in type page.Page",
        'the id "x7" is unknown',
        'error calling partial: partial "gone.html" not found',
        "unexpected EOF",
    ]


def test_lists_that_hugo_renders_grow_with_the_site(tmp_path: Path) -> None:
    source, project = tmp_path / "site", tmp_path / "project"
    for name, text in {
        "hugo.yaml": "title: Walks\nbaseURL: https://walks.example/\n",
        "layouts/shortcodes/newest.html": '{{ partial "rows.html" . }}',
        "layouts/partials/rows.html": "<ul>{{ range site.RegularPages }}"
        '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>',
        "layouts/shortcodes/loud.html": "<b>{{ .Get 0 }}</b>",
        "content/about.md": '---\ntitle: About\n---\n{{< newest >}}\n\n{{< loud "hey" >}}\n',
    }.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")
    said = convert(str(source), str(project), Options()).diagnostics
    assert [(d.code, d.line) for d in said if d.code == "HM307"] == [("HM307", 4)]
    (source / "content/moor.md").write_text("---\ntitle: The moor\n---\nWind.\n", "utf-8")
    convert(str(source), str(project), Options())
    assert "- [The moor](moor.md)" in (project / "about.md").read_text("utf-8")


def test_a_vendored_theme_is_compared_with_its_own_hooks(site: tuple[str, Path, Result]) -> None:
    name, project, _ = site
    plan = load(str(SITES / name / "source"), Options())
    if name == "templates-vendored":
        assert {page.comparison.verdict for page in verify(plan, project).compared} == {"identical"}
    else:
        assert read_originals(plan).pages
