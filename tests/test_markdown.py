"""Markdown to MyST: one construct a snippet, look-alikes that must not change among them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from migrate.model import Markup
from tests.engine_pages import build_pages
from tests.markdown_site import OPEN, convert_all

FOLDER = Path("fixtures/snippets")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c63f8cf90ce70060000ffff03000686018056e935df0000000049454e44ae426082"
)
ASSETS = ("img/a.png", "img/a b.png", "f.pdf", "s.mp3")
OTHER = "## X\n\nText.\n"
PASSTHROUGH = {
    "passthrough_block": (("\\[", "\\]"), ("$$", "$$")),
    "passthrough_inline": (("\\(", "\\)"),),
}
_SETTINGS = re.compile(r"\{([^}]*)\}$")
_SNIPPET = re.compile(r"^(.+)\n\.\n((?:.*\n)*?)\.\n((?:.*\n)*?)\.\n", re.MULTILINE)


def settings_of(title: str) -> tuple[Markup, bool | None, bool]:
    """The site's markup, whether its dollar math is on, whether a script reads formulas."""
    found = _SETTINGS.search(title)
    names = found[1].split() if found else []
    changes: dict[str, Any] = {}
    for name in names:
        if name == "passthrough":
            changes |= PASSTHROUGH
        elif name.startswith("captions="):
            changes["image_captions"] = name.partition("=")[2]
        elif name not in ("math", "script"):
            changes[name.lstrip("!")] = not name.startswith("!")
    math = True if {"math", "script"} & set(names) else None
    return replace(OPEN, **changes), math, "script" in names


def converted(title: str, source: str) -> str:
    """The snippet as the body of a page that has another beside it."""
    markup, math, script = settings_of(title)
    done = convert_all(
        {"page": source, "other": OTHER},
        markup,
        assets=ASSETS,
        math=math,
        by_script=["page"] if script else (),
    )["page"]
    assert "HM401" not in done.codes
    return done.text


def snippets() -> list[tuple[str, str, str]]:
    """(title, source, expected) of each snippet."""
    found = []
    for path in sorted(FOLDER.glob("markdown-*.md")):
        with path.open(encoding="utf-8", newline="") as file:
            for title, source, expected in _SNIPPET.findall(file.read()):
                found.append((f"{path.stem}: {title}", source, expected))
    return found


SNIPPETS = snippets()


@pytest.mark.parametrize(("title", "source", "expected"), SNIPPETS, ids=[s[0] for s in SNIPPETS])
def test_snippet(title: str, source: str, expected: str) -> None:
    assert converted(title, source) == expected


def test_what_is_the_same_stays_byte_for_byte() -> None:
    same = [snippet for snippet in SNIPPETS if snippet[0].startswith("markdown-same")]
    assert same
    for title, source, expected in same:
        assert source == expected, title


@pytest.mark.parametrize("dollarmath", [True, False])
def test_real_mystmd_takes_every_snippet_without_a_message(dollarmath: bool) -> None:
    texts = {
        f"s{number}": f"---\ntitle: S\n---\n\n{expected}"
        for number, (title, _, expected) in enumerate(SNIPPETS)
        if ("$" in expected and bool(settings_of(title)[1] or "passthrough" in title)) is dollarmath
    }
    files = {"other.md": f"---\ntitle: other\n---\n\n(x)=\n{OTHER}", "img/a.png": PNG,
             "img/a-b.png": PNG, "f.pdf": "%PDF", "s.mp3": ""}  # fmt: skip
    built = build_pages(texts, files, dollarmath=dollarmath)
    told = {
        SNIPPETS[int(name[1:])][0]: [str(message) for message in messages]
        for name, messages in built.messages.items()
        if messages
    }
    assert not told


def test_a_converted_page_changes_no_more() -> None:
    """MyST of ours, converted again, says the same: no escape is doubled."""
    for title, _, expected in SNIPPETS:
        if any(sign in expected for sign in ("{", ")=\n", "$", "<", "> [!", "](#")):
            continue  # Roles, directives, targets and math are words for Hugo.
        assert converted(title, expected) == expected, title


def test_a_url_of_the_site_as_the_text_of_a_link_in_html() -> None:
    source = 'See <a href="https://site.example/b/">https://site.example/b/</a> now.\n'
    done = convert_all({"a": source, "b": "B\n"}, hosts=("site.example",))
    assert done["a"].text == "See [https://site.example/b/](b.md) now.\n"
