"""Redirects from the old URLs, in the form that each host reads.

A redirect is permanent (301). Servers never see the `#fragment`: browsers carry it over a 301 by
themselves, and the HTML stubs hand on what follows the path by script. The path of `baseURL` is
part of the rules of servers; stubs lead by relative paths and work below any path.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from migrate.diagnostics import diagnostic
from migrate.model import Diagnostic
from migrate.places import collision_key, exact_path
from migrate.write import stub
from migrate.write.ledger import Entry

FOLDER = "redirects"
"""Folder of the project that holds them."""

LIMITS = {"cloudflare": 2000, "gitlab": 1000, "vercel": 2048}
"""Rules for single URLs that a host takes (their documentation, 2026)."""

_MOST_SPLATS = 100
"""Rules with a splat that Cloudflare takes."""
_PATTERN = re.compile(r"\*|(?<=/):")
"""What makes a pattern of a path in `_redirects`."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_NAME = 240
"""Bytes of one part of a path that file systems take, with room for an ending."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is to be redirected."""

    pairs: tuple[tuple[str, str], ...]
    """(old, new): paths from the site's root, with the path of `baseURL`."""
    served: frozenset[str]
    """What is served: paths that no splat may hide."""
    base: str = ""
    """Path of `baseURL` without the final slash."""
    root: str = ""
    """Path below which the project is served: that of `baseURL`, or a language's below it."""
    site: str = ""
    """`baseURL` without its path, or empty: for canonical links."""
    own: str = ""
    """The rules of the site's own `_redirects`."""


Made = tuple[dict[str, str], list[str]]
"""Files below `redirects/`, and which of them mystmd copies to the root of the site."""


def files(
    entries: Iterable[Entry],
    kinds: Iterable[str],
    *,
    base_url: str = "",
    base: str = "",
    folder: str = "",
    own: str = "",
) -> tuple[dict[PurePosixPath, bytes], list[str], list[Diagnostic]]:
    """Files of the project, entries for `project.static_files`, and warnings about host limits.

    `base` is the path of `base_url`, and the project is served below `folder` of it; `own` is
    the text of the site's own `_redirects`.
    """
    entries = tuple(entries)
    rules = Rules(
        tuple(
            (base + e.url, e.to if "://" in e.to else base + e.to)
            for e in entries
            if e.fate == "redirected"
        ),
        frozenset(base + e.url for e in entries if e.fate == "same"),
        base,
        base + folder,
        base_url.rstrip("/").removesuffix(base) if "://" in base_url else "",
        own,
    )
    made: dict[PurePosixPath, bytes] = {}
    static: list[str] = []
    said: list[Diagnostic] = []
    for kind in dict.fromkeys(kinds):
        if not rules.pairs:
            break
        new, listed = _KINDS[kind](rules)
        made |= {PurePosixPath(FOLDER, path): text.encode() for path, text in new.items()}
        static += [f"{FOLDER}/{path}" for path in listed]
        if kind == "html" and (alike := _alike(rules)):
            said.append(diagnostic("HM712", FOLDER, count=len(alike), old=alike[0]))
        limit, file = LIMITS.get(kind), next(iter(new), "")
        count = new[file].count("permanent" if kind == "vercel" else " 301\n") if limit else 0
        if limit and count > limit + (_MOST_SPLATS if kind == "cloudflare" else 0):
            said.append(
                diagnostic("HM710", f"{FOLDER}/{file}", count=count, limit=limit, host=kind)
            )
    return made, sorted(set(static)), said


def _netlify(rules: Rules) -> Made:
    return _listed(list(rules.pairs), [], rules)


def _gitlab(rules: Rules) -> Made:
    return _listed(*_folded(rules, LIMITS["gitlab"]), rules)


def _cloudflare(rules: Rules) -> Made:
    """Cloudflare compares the final slash too: both forms, as far as its limit allows."""
    limit = LIMITS["cloudflare"]
    pairs, splats = _folded(rules, limit)
    without = [(old.rstrip("/"), new) for old, new in pairs if old.endswith("/")]
    known = {old for old, _ in pairs} | rules.served
    without = [pair for pair in without if pair[0] not in known]
    return _listed([*pairs, *without[: max(0, limit - len(pairs))]], splats, rules)


def _listed(pairs: list[tuple[str, str]], splats: list[tuple[str, str]], rules: Rules) -> Made:
    """The first rule that matches counts: ours for single URLs come before the site's own.

    In a URL of the site `*` and `/:name` are no patterns, whatever its author meant by them.
    """
    lines = [f"{_PATTERN.sub(_percent, _encoded(old))} {_literal(new)} 301" for old, new in pairs]
    lines += [f"{_encoded(old)} {_literal(new)} 301" for old, new in splats]
    own = f"{rules.own.strip()}\n" if rules.own.strip() else ""
    return {"_redirects": "\n".join(lines) + "\n" + own}, ["_redirects"]


def _nginx(rules: Rules) -> Made:
    """nginx compares plain strings of a map without regard to case, and `$uri` decoded."""
    spellings = Counter(_spelling(path) for path in {*rules.served, *dict(rules.pairs)})
    lines = []
    for old, new in rules.pairs:
        path = unquote(old)
        if spellings[_spelling(old)] > 1:
            slash = "/?" if path.endswith("/") else ""
            pattern = f"~^{_escaped(path.rstrip('/'))}{slash}$"
            lines.append(f'    "{pattern}" "{_literal(new)}";')
        else:
            keys = dict.fromkeys((path, path.rstrip("/") or path))
            lines += [f'    "{_quoted(key)}" "{_literal(new)}";' for key in keys]
    text = (
        "# In the http block:    include this file;\n"
        "# In the server block:  if ($moved) { return 301 $moved$is_args$args; }\n"
        "map_hash_max_size 65536;\n"
        "map_hash_bucket_size 512;\n"
        "map $uri $moved {\n" + "\n".join(lines) + "\n}\n"
    )
    return {"nginx.map": text}, []


def _spelling(url: str) -> str:
    return unquote(url).rstrip("/").lower()


def _apache(rules: Rules) -> Made:
    """Apache compares the decoded path; `&` in what it writes is its own."""
    lines = []
    for old, new in rules.pairs:
        path = unquote(old)
        pattern = _escaped(path.rstrip("/")) + ("/?" if path.endswith("/") else "")
        to = _literal(new).replace("&", r"\&")
        lines.append(f'RedirectMatch 301 "^{pattern}$" "{to}"')
    return {".htaccess": "\n".join(lines) + "\n"}, [".htaccess"]


def _escaped(path: str) -> str:
    """A path as a regular expression between quotes of a configuration file."""
    text = re.sub(r"[\\.^$*+?{}\[\]|()]", r"\\\g<0>", path)
    return _CONTROL.sub("", text.replace('"', r"\x22").replace(" ", r"\x20"))


def _vercel(rules: Rules) -> Made:
    """Vercel compares the final slash too, and reads `:name`, `(…)` and `*` as patterns."""
    table: dict[str, str] = {}
    for old, new in rules.pairs:
        for source in dict.fromkeys((old, old.rstrip("/") or old)):
            if source not in rules.served:
                table.setdefault(re.sub(r"[:(){}*+?\\]", r"\\\g<0>", _encoded(source)), new)
    redirects = [
        {"source": source, "destination": _literal(new), "permanent": True}
        for source, new in table.items()
    ]
    return {"vercel.json": json.dumps({"redirects": redirects}, indent=2) + "\n"}, []


def _html(rules: Rules) -> Made:
    """A page at each old address; works on every host, GitHub Pages too."""
    made: dict[str, str] = {}
    folders: list[set[str]] = []
    for old, new in rules.pairs:
        path = exact_path(old.removeprefix(rules.root))
        if path is None or any(len(part.encode()) > _LONGEST_NAME for part in path.parts):
            continue
        if path.suffix.lower() not in (".html", ".htm"):
            path /= "index.html"
        number = _free(path, folders)
        folder = f"html-{number}" if number > 1 else "html"
        whole = new if "://" in new else rules.site and rules.site + _encoded(new)
        made[f"{folder}/{path}"] = stub.page(_relative(new, rules.root, path), whole)
    return made, sorted({"/".join(path.split("/")[:2]) for path in made})


def _free(path: PurePosixPath, folders: list[set[str]]) -> int:
    """The number of the folder that takes the file; `folders` holds the keys of what is in each.

    Addresses that differ in case or normal form only can't lie in one folder on every file system.
    mystmd copies listed folders into one, so that a second folder serves the second spelling.
    """
    key = collision_key(path)
    for number, taken in enumerate(folders, 1):
        if key not in taken:
            taken.add(key)
            return number
    folders.append({key})
    return len(folders)


def _alike(rules: Rules) -> list[str]:
    """Old addresses that a disk without a difference of case takes for those of pages."""
    served = {_spelling(url) for url in rules.served}
    return [old for old, _ in rules.pairs if _spelling(old) in served]


def _relative(to: str, root: str, path: PurePosixPath) -> str:
    """The URL that leads from the file at `path`, served below `root`, to `to`."""
    if "://" in to:
        return to
    to, mark, further = _parted(to)
    leads = posixpath.relpath(to, posixpath.dirname(f"{root}/{path}"))
    slash = "/" if to.endswith("/") and leads != "." else ""
    return quote(leads) + slash + mark + _encoded(further)


def _parted(url: str) -> tuple[str, str, str]:
    """The path of a URL, the `?` or `#` that ends it, and the rest."""
    found = re.search("[?#]", url)
    return (url, "", "") if found is None else (url[: found.start()], found[0], url[found.end() :])


_KINDS: Mapping[str, Callable[[Rules], Made]] = {
    "netlify": _netlify,
    "cloudflare": _cloudflare,
    "gitlab": _gitlab,
    "nginx": _nginx,
    "apache": _apache,
    "vercel": _vercel,
    "html": _html,
}
KINDS = tuple(_KINDS)


def _folded(rules: Rules, limit: int) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Rules and splats: above the limit runs below one folder that lead to one page become one.

    The longest runs first, and only so many as it takes. Rules for single URLs come first: hosts
    take the first that matches. A folder in which something is served has no splat.
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for old, new in rules.pairs:
        groups.setdefault((posixpath.dirname(old.rstrip("/")), new), []).append(old)
    runs = sorted(groups, key=lambda key: -len(groups[key]))
    count = len(rules.pairs)
    folded: set[str] = set()
    splats: dict[str, str] = {}
    for folder, new in runs:
        olds = groups[folder, new]
        if count <= limit or len(olds) < 2 or len(splats) == _MOST_SPLATS:
            break
        if folder in ("", "/", rules.base) or f"{folder}/*" in splats or _hides(folder, rules):
            continue
        splats[f"{folder}/*"] = new
        folded.update(olds)
        count -= len(olds)
    plain = [(old, new) for old, new in rules.pairs if old not in folded]
    return plain, list(splats.items())


def _hides(folder: str, rules: Rules) -> bool:
    return any(url.startswith(f"{folder}/") for url in rules.served)


def _encoded(url: str) -> str:
    return quote(url, safe="/:~@!$&'()*+,;=%#?")


def _literal(url: str) -> str:
    """A URL in which no host reads a variable, a group or a name of a pattern."""
    scheme, mark, rest = url.rpartition("://")
    return scheme + mark + re.sub(r"[$()*+]|(?<=/):", _percent, _encoded(rest))


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def _quoted(url: str) -> str:
    return re.sub(r'["\\]', r"\\\g<0>", _CONTROL.sub("", url))
