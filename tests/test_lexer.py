"""Our lexer against real Hugo's: what is a call, its parameters, its inner text, its errors.

Hugo prints every call through a stub template as JSON, on pages of HTML so that no Markdown is
in the way. `e` has no inner text, `w` and `v` have.
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.model import Shortcode
from migrate.read.lexer import closers, lex, walk

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAIRED = frozenset({"w", "v"})
CALL = (
    '{{- $parts := dict "name" .Name "params" .Params -}}⟦{{ $parts | jsonify | base64Encode }}|%s⟧'
)
CONFIG = {
    "baseURL": "https://example.org/",
    "disableKinds": ["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"],
    "security": {"allowContent": [".*"]},
}


def cases(name: str) -> list[str]:
    """One case a line; `⏎` is a line break."""
    text = (FIXTURES / name).read_text(encoding="utf-8")
    return [line.replace("⏎", "\n") for line in text.rstrip("\n").split("\n")]


TAKEN = cases("lexer-taken.txt")
REFUSED = cases("lexer-refused.txt")


def make_site(folder: Path, pages: list[str]) -> None:
    """A site with stub templates and one HTML page for each text."""
    stubs = folder / "layouts" / "_shortcodes"
    (stubs / "d").mkdir(parents=True)
    for name in ("e", "d/n", "d-n", "d_n"):
        (stubs / f"{name}.html").write_text(CALL % "", encoding="utf-8")
    for name in PAIRED:
        (stubs / f"{name}.html").write_text(CALL % "{{ .Inner }}", encoding="utf-8")
    (folder / "layouts" / "all.html").write_text("{{ .RawContent | len }};{{ .Content }}")
    (folder / "hugo.json").write_text(json.dumps(CONFIG))
    (folder / "content").mkdir()
    for number, text in enumerate(pages):
        page = folder / "content" / f"p{number}.html"
        page.write_text(f"---\ntitle: x\n---\n{text}", encoding="utf-8")


def run_hugo(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["hugo", "--logLevel", "error"], cwd=folder, capture_output=True, text=True, timeout=60
    )


_PART = re.compile(r"⟦([A-Za-z0-9+/=]+)\||⟧")


def read_stubs(text: str) -> list[Any]:
    """What the stubs printed: text, and [name, parameters, inner text likewise] for each call."""
    stack: list[list[Any]] = [[]]
    at = 0
    depth = 0
    for mark in _PART.finditer(text):
        if mark[1] is None and not depth:
            continue
        add_text(stack[-1], text[at : mark.start()])
        if mark[1]:
            parts = json.loads(base64.b64decode(mark[1]))
            inner: list[Any] = []
            stack[-1].append([parts["name"], parts["params"] or [], inner])
            stack.append(inner)
            depth += 1
        else:
            stack.pop()
            depth -= 1
        at = mark.end()
    add_text(stack[-1], text[at:])
    return stack[0]


def add_text(parts: list[Any], text: str) -> None:
    if not text:
        return
    if parts and isinstance(parts[-1], str):
        parts[-1] += text
    else:
        parts.append(text)


def read_ours(text: str) -> list[Any]:
    """The same structure by our lexer."""
    lexed = lex(text, PAIRED)
    assert not lexed.errors
    return structure(text, 0, len(text), lexed.calls, list(lexed.escapes))


def structure(
    text: str,
    start: int,
    end: int,
    calls: tuple[Shortcode, ...],
    escapes: list[tuple[int, int, str]],
) -> list[Any]:
    parts: list[Any] = []
    inside = [(call.start, call.end, call) for call in calls]
    inside += [  # type: ignore[misc]
        one
        for one in escapes
        if start <= one[0] < end and not any(c.start <= one[0] < c.end for c in calls)
    ]
    at = start
    for first, last, found in sorted(inside, key=lambda one: one[0]):
        add_text(parts, text[at:first])
        if isinstance(found, str):
            add_text(parts, found)
        else:
            inner = structure(text, found.inner_start, found.inner_end, found.children, escapes)
            params: Any = dict(found.kwargs) or list(found.args)
            parts.append([found.name, params, inner])
        at = last
    add_text(parts, text[at:end])
    return parts


@pytest.fixture(scope="module")
def by_hugo(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The content of each page of TAKEN, in one build."""
    folder = tmp_path_factory.mktemp("hugo")
    make_site(folder, TAKEN)
    run = run_hugo(folder)
    assert run.returncode == 0, run.stdout + run.stderr
    pages = []
    for number in range(len(TAKEN)):
        page = folder / "public" / f"p{number}" / "index.html"
        pages.append(page.read_text(encoding="utf-8").partition(";")[2])
    return pages


@pytest.mark.parametrize("number", range(len(TAKEN)), ids=[ascii(text) for text in TAKEN])
def test_reads_what_hugo_reads(number: int, by_hugo: list[str]) -> None:
    assert read_ours(TAKEN[number]) == read_stubs(by_hugo[number])


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What Hugo says of each text of REFUSED, in a build of its own."""
    folder = tmp_path_factory.mktemp("refused")

    def refusal(number: int) -> str:
        site = folder / str(number)
        make_site(site, [REFUSED[number]])
        run = run_hugo(site)
        assert run.returncode != 0, REFUSED[number]
        return run.stdout + run.stderr

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(refusal, range(len(REFUSED))))


@pytest.mark.parametrize("number", range(len(REFUSED)), ids=[ascii(text) for text in REFUSED])
def test_refuses_what_hugo_refuses_in_its_words(number: int, refusals: list[str]) -> None:
    text = REFUSED[number]
    if 'template for shortcode "' in refusals[number]:
        name = lex(text).calls[0].name
        assert f'template for shortcode "{name}" not found' in refusals[number]
        return
    errors = lex(text, PAIRED).errors
    assert errors, refusals[number]
    assert any(message in refusals[number] for _, message in errors), (errors, refusals[number])


def test_there_are_enough_cases() -> None:
    assert len(TAKEN) + len(REFUSED) >= 150


def test_goes_on_after_a_broken_call() -> None:
    text = '{{< e a:b >}} then {{< e "fine" >}} and {{< w >}}open'
    lexed = lex(text, PAIRED)
    assert [call.args for call in lexed.calls] == [("fine",), ()]
    assert [offset for offset, _ in lexed.errors] == [0, text.index("{{< w")]


def test_an_unclosed_call_leaves_its_children_where_they_are() -> None:
    text = "{{< w >}}{{< v >}}{{< e >}}{{< /w >}}"
    lexed = lex(text, PAIRED)
    (outer,) = lexed.calls
    assert outer.paired
    assert [(child.name, child.paired) for child in outer.children] == [("v", False), ("e", False)]
    assert lexed.errors == ((9, 'shortcode "v" must be closed or self-closed'),)


def test_closers_are_the_names_that_a_text_closes() -> None:
    text = "{{< Tab >}}x{{< /Tab >}} {{% b/c %}}{{%/ b/c %}} {{< alone />}} {{</* /no */>}}"
    assert closers(text) == {"tab", "b/c"}


def test_inline_shortcodes_hold_a_template() -> None:
    text = "{{< x.inline >}}{{ .Page.Title }}{{< /x.inline >}} {{< x.inline />}}"
    lexed = lex(text)
    assert [(call.name, call.inline, call.paired) for call in lexed.calls] == [
        ("x.inline", True, True),
        ("x.inline", True, False),
    ]


def test_spans_tile_the_input() -> None:
    text = "a {{< w x=1 >}} b {{< e >}} c {{< /w >}} d"
    (call,) = lex(text, PAIRED).calls
    assert text[call.start : call.end] == "{{< w x=1 >}} b {{< e >}} c {{< /w >}}"
    assert text[call.inner_start : call.inner_end] == " b {{< e >}} c "


PIECES = ["{{<", "{{%", ">}}", "%}}", "/", "w", "e", " ", "\n", '"', "`", "=", "\\", "/*", "*/",
          "x.inline ", "²", "{{< w >}}", "{{< /w >}}", "{{< e >}}"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_input_raises_and_spans_never_overlap(text: str) -> None:
    lexed = lex(text, PAIRED)
    at = 0
    for call in lexed.calls:
        assert at <= call.start < call.end <= len(text)
        at = call.end
    for call in walk(lexed.calls):
        assert call.start <= call.inner_start <= call.inner_end <= call.end or not call.paired


@pytest.mark.parametrize("piece", ["{{</*", "{{<a=", '{{< a "', "{{< w>}}", "{{< /w >}}", "{{<"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    import time

    start = time.perf_counter()
    lex(piece * 40_000, PAIRED)
    assert time.perf_counter() - start < 5
