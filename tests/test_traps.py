"""Every measured difference between Goldmark and mystmd: converted, built, compared as trees."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from migrate.model import Markup
from tests.engine_pages import Snippets, build_pages
from tests.markdown_site import convert_all

TRAPS = yaml.safe_load(Path("fixtures/markdown/traps.yaml").read_text("utf-8"))
EXTRAS = dict(
    unsafe=True, emoji=True, insert=True, mark=True, subscript=True, superscript=True,
    block_attributes=True, alert_hook=True,
)  # fmt: skip
MARKUPS = {
    "full": Markup(
        **EXTRAS,
        passthrough_block=(("\\[", "\\]"), ("$$", "$$")),
        passthrough_inline=(("\\(", "\\)"),),
    ),
    "plain": Markup(**EXTRAS),
    "script": Markup(**EXTRAS),
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c63f8cf90ce70060000ffff03000686018056e935df0000000049454e44ae426082"
)
OTHERS = {
    "other": "## Some Section\n\nText.\n\n(my-label)=\n## Labelled\n\nText.\n",
    "sub/deep": "## Inner\n\nText.\n",
}
FILES = {
    "img/a.png": PNG, "img/a b.png": PNG, "v.mp4": b"\0", "s.mp3": b"\0",
    "f.pdf": b"%PDF-1.4", "f.zip": b"PK", "code.py": b"a = 1\nb = 2\n",
}  # fmt: skip
HASH = re.compile(r"-[0-9a-f]{32}")
NAMES = frozenset(
    """type children position key identifier html_id implicit processed enumerated enumerator
    urlSource html data visibility dataUrl tight id spread label title_ template""".split()
)
"""Attributes that say how a page is made, not what it shows."""


def shape(node: Mapping[str, Any]) -> str:
    """A tree on one line: type, what it shows, children."""
    if node.get("type") == "text":
        return json.dumps(" ".join(node["value"].split()), ensure_ascii=False)
    if node.get("type") in ("comment", "mystTarget"):
        return ""
    shown = {k: v for k, v in node.items() if k not in NAMES and v not in (None, "", [], {})}
    if isinstance(shown.get("url"), str):
        shown["url"] = HASH.sub("", shown["url"])
    if str(shown.get("url", "")).startswith(("/", "#")) and node.get("type") != "image":
        shown.pop("url")
    inner = ",".join(f"{k}={json.dumps(v, ensure_ascii=False)}" for k, v in sorted(shown.items()))
    children = " ".join(filter(None, (shape(child) for child in node.get("children") or [])))
    if node.get("type") in ("root", "block") and not inner:
        return children
    return f"{node['type']}({inner})[{children}]"


def converted(kind: str) -> dict[str, str]:
    chosen = {t["id"]: t["hugo"] for t in TRAPS if t.get("site", "full") == kind}
    done = convert_all(
        {**OTHERS, **chosen},
        MARKUPS[kind],
        assets=FILES,
        math=True,
        by_script=chosen if kind == "script" else (),
    )
    for name in chosen:
        assert "HM401" not in done[name].codes, name
    return {name: done[name].text for name in chosen}


@pytest.fixture(scope="module")
def ours() -> tuple[dict[str, str], Snippets]:
    texts: dict[str, str] = {}
    for kind in MARKUPS:
        texts |= converted(kind)
    files = {**FILES, "img/a-b.png": PNG}
    return texts, build_pages({**OTHERS, **texts}, files, dollarmath=True)


@pytest.fixture(scope="module")
def wanted() -> Snippets:
    texts = {trap["id"]: trap.get("myst", trap["hugo"]) for trap in TRAPS}
    return build_pages({**OTHERS, **texts}, FILES, dollarmath=True)


@pytest.mark.parametrize("trap", TRAPS, ids=[trap["id"] for trap in TRAPS])
def test_trap(
    trap: dict[str, Any], ours: tuple[dict[str, str], Snippets], wanted: Snippets
) -> None:
    texts, built = ours
    name = trap["id"]
    told = built.messages[name] and not wanted.messages[name]
    assert not told or "differs" in trap, texts[name]
    same = shape(built.pages[name].tree) == shape(wanted.pages[name].tree)
    if "differs" in trap:
        assert not same, f"{name} is right now: take away `differs`"
        return
    assert same, (
        f"\n{texts[name]}\n--- ours\n{shape(built.pages[name].tree)}\n--- wanted\n"
        f"{shape(wanted.pages[name].tree)}"
    )


@pytest.mark.parametrize("trap", TRAPS, ids=[trap["id"] for trap in TRAPS])
def test_same_stays_same(trap: dict[str, Any], ours: tuple[dict[str, str], Snippets]) -> None:
    """A source that means the same in both is not touched."""
    if "myst" not in trap and not trap.get("edited"):
        assert ours[0][trap["id"]] == trap["hugo"]
