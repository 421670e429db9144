"""Front matter: Hugo's keys in any theme's habits to those of MyST."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from small_site import PNG, Converted, convert_site

from migrate.convert.licences import spdx
from migrate.convert.plaintext import plain
from migrate.convert.yamltext import dump

FOLDER = Path(__file__).parent.parent / "fixtures" / "snippets"
_CODE = re.compile(r"HM\d{3}")


def snippets() -> list[tuple[str, str, str]]:
    """(title, front matter in Hugo, front matter in MyST), in markdown-it's form."""
    found = []
    for file in sorted(FOLDER.glob("frontmatter-*.md")):
        for title, source, expected in re.findall(
            r"(?ms)^([^\n.][^\n]*)\n\.\n(.*?)\n\.\n(.*?)\n?^\.$", file.read_text("utf-8")
        ):
            found.append((f"{file.stem}: {title}", source, expected))
    return found


SNIPPETS = snippets()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Converted:
    """Every snippet as a page bundle of one site."""
    files: dict[str, str | bytes] = {
        "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "T"\n',
        "data/authors/jane.yaml": "name: Jane Doe\nemail: jane@example.org\n",
        "static/img/far.png": PNG,
    }
    for number, (title, source, _) in enumerate(SNIPPETS):
        files[f"content/a/b/s{number}/index.md"] = f"{source}\n\nText.\n"
        if title.startswith("frontmatter-pictures"):
            for name in ("featured.png", "other.png"):
                files[f"content/a/b/s{number}/{name}"] = PNG
    return convert_site(tmp_path_factory.mktemp("front"), files)


def _place(number: int, source: str) -> str:
    slug = re.search(r'slug = "(\w+)"', source)
    return f"a/b/{slug[1] if slug else f's{number}'}/index.md"


@pytest.mark.parametrize("number", range(len(SNIPPETS)), ids=[s[0] for s in SNIPPETS])
def test_snippet(number: int, site: Converted) -> None:
    title, source, expected = SNIPPETS[number]
    text = site.text(_place(number, source))
    assert text == f"---\n{expected}\n---\n\nText.\n"
    said = {d.code for d in site.diagnostics if f"/s{number}/" in d.source}
    assert said == set(_CODE.findall(title))


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("MIT", "MIT"),
        ("cc-by-4.0", "CC-BY-4.0"),
        ("CC BY-SA", "CC-BY-SA-4.0"),
        ("Creative Commons Attribution 4.0 International", "CC-BY-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        (
            {"enable": True, "allow_derivatives": False, "allow_commercial": False},
            "CC-BY-NC-ND-4.0",
        ),
        ({"enable": True, "share_alike": True}, "CC-BY-SA-4.0"),
        ("my own words", ""),
        ("cc", ""),
        (True, ""),
        (None, ""),
    ],
)
def test_licences(licence: object, expected: str) -> None:
    assert spdx(licence) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("plain words", "plain words"),
        ("a_b_c 2 * 3", "a_b_c 2 * 3"),
        ("*a* **b** `c` [d](e) ![f](g)", "a b c d f"),
        ("one\n\n- two\n- three", "one two three"),
        ("<p>one</p>\n<p>two</p>", "one two"),
        ("{{< x >}} y", "y"),
        ("a &mdash; b", "a — b"),
    ],
)
def test_plain(markdown: str, expected: str) -> None:
    assert plain(markdown) == expected


@given(st.text())
def test_plain_takes_everything(text: str) -> None:
    assert "\n" not in plain(text)


VALUES = st.recursive(
    st.text(st.characters(blacklist_categories=["Cs", "Cc"])) | st.integers() | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abc-", min_size=1), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abcdef_", min_size=1), VALUES, max_size=6))
def test_dump_is_read_back(mapping: dict[str, object]) -> None:
    assert (yaml.safe_load(dump(mapping)) or {}) == mapping


def test_dump_is_as_a_person_writes() -> None:
    mapping = {
        "title": "It's: here",
        "date": date(2024, 1, 2),
        "tags": ["a b", "c"],
        "long": ["x" * 30, "y" * 30, "z" * 30],
        "text": "two\nlines\n",
        "octal": "0o17",
        "emoji": "🎉",
        "nothing": [],
    }
    assert dump(mapping) == (
        'title: "It\'s: here"\n'
        "date: 2024-01-02\n"
        "tags: [a b, c]\n"
        f"long:\n  - {'x' * 30}\n  - {'y' * 30}\n  - {'z' * 30}\n"
        "text: |\n  two\n  lines\n"
        "octal: '0o17'\n"
        "emoji: 🎉\n"
        "nothing: []\n"
    )
