"""`myst.yml` after the first run: a person's file, in which we keep up what we manage.

What we manage is what we wrote: a key that has our value still gets our new one, an entry of a
list (the toc, the navigation, authors) that we added or dropped is added or dropped. What a
person changed, added, deleted or moved stays so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, MutableSequence
from pathlib import PurePosixPath
from typing import Any

from migrate.write.compare import Matcher
from migrate.write.merge import merge_text, split_lines

PROJECT = PurePosixPath("myst.yml")

_NAMES = ("file", "pattern", "url", "id", "name", "title", "rule")
"""Keys by which an entry of a list is known, the first that it has."""
_SEQUENCE = re.compile(
    rb"^( *)[\w.-]+:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*( *)- ", re.MULTILINE
)
_DEEPEST = 60


class _Unmergeable(Exception):
    """The file is not what a project file is made of."""


def merge_project(
    edited: bytes,
    base: bytes,
    new: bytes,
    keep: Collection[str] = (),
    moved: Mapping[str, str] | None = None,
) -> bytes | None:
    """The `edited` file with what changed from `base` to `new`, comments and order kept.

    `keep` are files whose toc entries stay although `new` has none. `moved` (new path -> old
    path) are pages with a new place: their entry stays where a person put it. None if one of
    the files is no mapping in YAML.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    yaml = _round_trip(edited)
    safe = YAML(typ="safe")
    try:
        theirs, before, after = yaml.load(edited), safe.load(base), safe.load(new)
        if not all(isinstance(one, dict) for one in (theirs, before, after)):
            return None
        plain = _dump(yaml, theirs)
        for new_path, old_path in (moved or {}).items():
            for tree in (theirs, before):
                _rename(tree, old_path, new_path)
        _merge_mapping(theirs, before, after, _Keep(frozenset(keep)))
        merged = _dump(yaml, theirs)
    except (YAMLError, _Unmergeable, RecursionError, ValueError):
        return None
    return _in_their_form(edited, plain, merged)


def _round_trip(text: bytes) -> Any:
    """ruamel.yaml, set to the indentation that the file has."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1 << 20
    found = _SEQUENCE.search(text)
    offset = max(0, len(found[2]) - len(found[1])) if found else 2
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _dump(yaml: Any, tree: Any) -> bytes:
    out = io.BytesIO()
    yaml.dump(tree, out)
    return out.getvalue()


def _in_their_form(edited: bytes, plain: bytes, merged: bytes) -> bytes:
    """The merged tree in the person's own spelling.

    `plain` is how their tree comes out when nothing is changed: what differs between it and
    `merged` is what we changed, and only that is brought into their text.
    """
    if plain == merged:
        return edited
    result = merge_text(plain, edited, merged)
    text = result.text if result.clean and _same(result.text, merged) else merged
    return _with_comments(edited, text)


def _same(one: bytes, other: bytes) -> bool:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    safe = YAML(typ="safe")
    try:
        return bool(safe.load(one) == safe.load(other))
    except YAMLError:
        return False


def _with_comments(edited: bytes, text: bytes) -> bytes:
    """`text` with the comment lines of `edited` that were dropped along with an entry."""
    old, new = split_lines(edited), split_lines(text)
    lines: list[bytes] = []
    for kind, i1, i2, j1, j2 in Matcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            there = set(new)
            lines += [
                line for line in old[i1:i2] if line.lstrip().startswith(b"#") and line not in there
            ]
        lines += new[j1:j2]
    return b"".join(lines)


class _Keep(frozenset[str]):
    """Files whose entries stay."""


def _name(entry: Any) -> object:
    """What an entry of a list is known by."""
    if isinstance(entry, Mapping):
        for key in _NAMES:
            if isinstance(entry.get(key), str):
                return (key, str(entry[key]))
        return repr(sorted((str(k), str(v)) for k, v in entry.items()))
    return str(entry)


def _children(entry: Any) -> Any:
    return entry.get("children") if isinstance(entry, Mapping) else None


def _walk(entries: Any, depth: int = 0) -> Iterator[tuple[Any, int]]:
    """Every list of entries in a tree of them, with the places in it."""
    if depth > _DEEPEST:
        raise _Unmergeable
    if isinstance(entries, MutableSequence):
        for place, entry in enumerate(entries):
            yield entries, place
            yield from _walk(_children(entry), depth + 1)


def _rename(tree: Any, old: str, new: str) -> None:
    project = tree.get("project")
    for entries, place in _walk(project.get("toc") if isinstance(project, Mapping) else None):
        if _name(entries[place]) == ("file", old):
            entries[place]["file"] = new


def _merge_mapping(
    theirs: MutableMapping[str, Any],
    base: Mapping[str, Any],
    new: Mapping[str, Any],
    keep: _Keep,
    depth: int = 0,
) -> None:
    """Bring into `theirs` what changed from `base` to `new`."""
    if depth > _DEEPEST:
        raise _Unmergeable
    for key in [key for key in base if key not in new and key in theirs]:
        if theirs[key] == base[key]:
            del theirs[key]
    previous = ""
    for key, value in new.items():
        if key not in theirs:
            if key not in base:
                _insert_key(theirs, previous, key, value)
        elif value != base.get(key) or keep:
            _merge_value(theirs, key, base.get(key), value, keep, depth)
        if key in theirs:
            previous = key


def _merge_value(
    theirs: MutableMapping[str, Any], key: str, base: Any, new: Any, keep: _Keep, depth: int
) -> None:
    mine = theirs[key]
    if isinstance(mine, MutableMapping) and isinstance(new, Mapping) and isinstance(base, Mapping):
        _merge_mapping(mine, base, new, keep, depth + 1)
    elif isinstance(mine, MutableSequence) and isinstance(new, list) and isinstance(base, list):
        _merge_entries(mine, base, new, keep)
    elif mine == base:
        theirs[key] = new


def _insert_key(theirs: MutableMapping[str, Any], previous: str, key: str, value: Any) -> None:
    """Add a key after the one that it follows in the new file."""
    keys = list(theirs)
    place = keys.index(previous) + 1 if previous in keys else len(keys)
    if hasattr(theirs, "insert"):
        theirs.insert(place, key, value)
    else:
        theirs[key] = value


def _merge_entries(
    theirs: MutableSequence[Any], base: list[Any], new: list[Any], keep: _Keep
) -> None:
    """Bring into a list, and the lists below it, the entries that came and went."""
    ours = {_name(entries[i]) for entries, i in _walk(new)}
    gone = {_name(entries[i]) for entries, i in _walk(base)} - ours
    _drop(theirs, {name for name in gone if name not in {("file", one) for one in keep}})
    known = {_name(entries[i]) for entries, i in _walk(base)}
    _add({_name(entries[i]): entries[i] for entries, i in _walk(theirs)}, theirs, new, known)
    before = {_name(entries[i]): entries[i] for entries, i in _walk(base)}
    after = {_name(entries[i]): entries[i] for entries, i in _walk(new)}
    for entries, i in _walk(theirs):
        name = _name(entries[i])
        if name in before and name in after and isinstance(entries[i], MutableMapping):
            flat = [_flat(one[name]) for one in (before, after)]
            _merge_mapping(entries[i], flat[0], flat[1], keep)


def _flat(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry without the entries below it, which are merged as part of the whole tree."""
    return {key: value for key, value in entry.items() if key != "children"}


def _drop(entries: Any, gone: set[object], depth: int = 0) -> None:
    """Remove entries; one that still holds something of a person's stays."""
    if depth > _DEEPEST:
        raise _Unmergeable
    for place in range(len(entries) - 1, -1, -1):
        entry = entries[place]
        below = _children(entry)
        if isinstance(below, MutableSequence):
            had = len(below)
            _drop(below, gone, depth + 1)
            if had and not below:
                del entry["children"]
        if _name(entry) in gone and not _children(entry):
            del entries[place]


def _add(present: dict[object, Any], theirs: Any, new: list[Any], known: set[object]) -> None:
    """Insert the entries of `new` that no earlier run had, each after the one it follows.

    `present` are the entries of the whole tree by name.
    """
    names = [_name(entry) for entry in theirs]
    after: object = None
    for number, entry in enumerate(new):
        name = _name(entry)
        if name not in present and name not in known:
            fresh = _unknown_only(entry, {*known, *present})
            place = _place(names, after, (_name(one) for one in new[number + 1 :]))
            theirs.insert(place, fresh)
            names.insert(place, name)
            present.update((_name(entries[i]), entries[i]) for entries, i in _walk([fresh]))
        elif name in present and _children(entry):
            _add_below(present, present[name], entry["children"], known)
        if name in present:
            after = name


def _add_below(present: dict[object, Any], owner: Any, new: list[Any], known: set[object]) -> None:
    if not isinstance(owner, MutableMapping):
        return
    if _children(owner) is None:
        there = {*known, *present}
        fresh = [_unknown_only(one, there) for one in new if _name(one) not in there]
        if fresh:
            owner["children"] = fresh
    else:
        _add(present, owner["children"], new, known)


def _unknown_only(entry: Any, known: set[object]) -> Any:
    """A new entry without those below it that are elsewhere in the tree already."""
    if not _children(entry):
        return entry
    below = [_unknown_only(one, known) for one in entry["children"] if _name(one) not in known]
    return {**_flat(entry), **({"children": below} if below else {})}


def _place(names: list[object], after: object, followers: Iterable[object]) -> int:
    """Where an entry goes in a person's list: after the one before it, else before one that
    follows it, else last."""
    if after in names:
        return names.index(after) + 1
    return next((names.index(name) for name in followers if name in names), len(names))
