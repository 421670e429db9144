"""Redirects from the old URLs, in the form that each host reads.

A redirect is permanent (301). Servers never see the `#fragment`: browsers carry it over a 301 by
themselves, and the HTML stubs hand on what follows the path by script.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import quote

from migrate.diagnostics import diagnostic
from migrate.model import Diagnostic
from migrate.write.ledger import Entry

FOLDER = "redirects"
"""Folder of the project that holds them."""

LIMITS = {"cloudflare": 2000, "gitlab": 1000}
"""Static rules that a host takes (their documentation, 2026)."""

_FOLD_FROM = 5
"""So many old URLs below one folder that lead to one page become one rule with a splat."""

_STUB = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Moved</title>
<link rel="canonical" href="{to}">
<meta http-equiv="refresh" content="1; url={to}">
<script>location.replace({script} + location.search + location.hash)</script>
<p>This page has moved <a href="{to}">here</a>.</p>
</html>
"""


def files(
    entries: Iterable[Entry], kinds: Iterable[str]
) -> tuple[dict[PurePosixPath, bytes], list[str], list[Diagnostic]]:
    """Files of the project, entries for `project.static_files`, and warnings about host limits."""
    rules = [(entry.url, entry.to) for entry in entries if entry.fate == "redirected"]
    made: dict[PurePosixPath, bytes] = {}
    static: list[str] = []
    said: list[Diagnostic] = []
    for kind in dict.fromkeys(kinds):
        if not rules:
            break
        new, listed = _KINDS[kind](rules)
        made |= {PurePosixPath(FOLDER, path): text.encode() for path, text in new.items()}
        static += [f"{FOLDER}/{path}" for path in listed]
        limit = LIMITS.get(kind)
        count = sum(1 for _ in _folded(rules)) if kind in ("netlify", *LIMITS) else 0
        if limit and count > limit:
            said.append(diagnostic("HM710", f"{FOLDER}/_redirects", count=count, limit=limit, host=kind))
    return made, sorted(set(static)), said


Rules = list[tuple[str, str]]
Made = tuple[dict[str, str], list[str]]


def _netlify(rules: Rules) -> Made:
    lines = [f"{_encoded(old)} {_encoded(new)} 301" for old, new in _folded(rules)]
    return {"_redirects": "\n".join(lines) + "\n"}, ["_redirects"]


def _nginx(rules: Rules) -> Made:
    lines = [f'    "{_quoted(old)}" "{_quoted(new)}";' for old, new in _both_slashes(rules)]
    text = (
        "# In the http block: include this file. In the server block:\n"
        "#   if ($moved) { return 301 $moved; }\n"
        "map $uri $moved {\n" + "\n".join(lines) + "\n}\n"
    )
    return {"nginx.map": text}, []


def _apache(rules: Rules) -> Made:
    lines = [
        f'RedirectMatch 301 "^{re.escape(old.rstrip("/")).replace(chr(34), "")}/?$" "{_encoded(new)}"'
        for old, new in rules
    ]
    return {".htaccess": "\n".join(lines) + "\n"}, [".htaccess"]


def _vercel(rules: Rules) -> Made:
    table = [{"source": _encoded(o), "destination": _encoded(n), "permanent": True} for o, n in rules]
    return {"vercel.json": json.dumps({"redirects": table}, indent=2) + "\n"}, []


def _html(rules: Rules) -> Made:
    """A page at each old address; works on every host, GitHub Pages too, and in any sub-path."""
    made: dict[str, str] = {}
    spellings: Counter[str] = Counter()
    for old, new in rules:
        path = old.strip("/")
        if not path or ".." in path.split("/"):
            continue
        if not re.search(r"\.html?$", path):
            path += "/index.html"
        to = posixpath.relpath(new, posixpath.dirname("/" + path))
        to = quote(to) + ("/" if new.endswith("/") and to != "." else "")
        # Addresses that differ in case only can't lie in one folder on every file system. mystmd
        # copies listed folders into one, so that a second folder serves the second spelling.
        spellings[path.lower()] += 1
        number = spellings[path.lower()]
        folder = "html" if number == 1 else f"html-{number}"
        made[f"{folder}/{path}"] = _STUB.format(to=html.escape(to), script=json.dumps(to))
    listed = {"/".join(path.split("/")[:2]) for path in made}
    return made, sorted(listed)


_KINDS: Mapping[str, Callable[[Rules], Made]] = {
    "netlify": _netlify,
    "cloudflare": _netlify,
    "gitlab": _netlify,
    "nginx": _nginx,
    "apache": _apache,
    "vercel": _vercel,
    "html": _html,
}
KINDS = tuple(_KINDS)


def _folded(rules: Rules) -> Iterator[tuple[str, str]]:
    """Rules with runs below one folder that lead to one page folded into a splat.

    The exact rules come first: hosts take the first that matches.
    """
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for old, new in rules:
        groups[posixpath.dirname(old.rstrip("/")), new].append(old)
    splats = []
    for (folder, new), olds in groups.items():
        # Only below a folder of its own: a splat must not shadow pages that are served there.
        if len(olds) >= _FOLD_FROM and folder.endswith("/page"):
            splats.append((f"{folder}/*", new))
        else:
            yield from ((old, new) for old in olds)
    yield from splats


def _both_slashes(rules: Rules) -> Iterator[tuple[str, str]]:
    for old, new in rules:
        yield old, new
        if old.endswith("/") and old != "/":
            yield old.rstrip("/"), new


def _encoded(url: str) -> str:
    return quote(url, safe="/:~@!$&'()*+,;=%#?")


def _quoted(url: str) -> str:
    return url.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$").replace("\n", "")
