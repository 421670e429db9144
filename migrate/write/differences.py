"""What a run would change, what people changed, and what a change of the source comes to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from migrate.model import Output
from migrate.write.change import Change
from migrate.write.folder import Blocked
from migrate.write.merge import merge_text
from migrate.write.patch import FilePatch
from migrate.write.paths import RECORD
from migrate.write.project import PROJECT, merge_project
from migrate.write.tree import Tree


def patch_of(change: Change, tree: Tree | None) -> FilePatch | None:
    """A change as a patch; None for one that writes nothing, or only in the record's folder."""
    if not change.writes or change.path.parts[0] == RECORD:
        return None
    place = change.moved_from or change.path
    before = tree.folder.read(place) if tree else None
    after = before if change.data is None and change.moved_from else _bytes(change.data)
    return FilePatch(place if before is not None else change.path, change.path, before, after)


def _bytes(data: bytes | Path | None) -> bytes | None:
    return data.read_bytes() if isinstance(data, Path) else data


def edits(tree: Tree, paths: Collection[PurePosixPath] = ()) -> Iterator[FilePatch]:
    """What people changed by hand since the last run: from the text as written to the file.

    Of assets nothing but the present content is kept, so the text before is empty.
    """
    for name, known in sorted(tree.manifest.files.items()):
        path = PurePosixPath(name)
        if not known.hash or not within(path, paths):
            continue
        try:
            digest = tree.record.digest(path)
            if digest != known.hash:
                base = tree.record.base(known.hash)
                now = tree.folder.read(path)
                yield FilePatch(path, path, b"" if base is None else base, now)
        except Blocked:
            continue


def within(path: PurePosixPath, paths: Collection[PurePosixPath]) -> bool:
    """`path` is one of `paths` or in one of them; no paths mean everything."""
    return not paths or any(path == one or one in path.parents for one in paths)


@dataclass(frozen=True, slots=True)
class Ported:
    """A change of the source, as a change of the project."""

    patches: tuple[FilePatch, ...]
    clashes: tuple[PurePosixPath, ...]
    """Files that people edited where the change touches them: their patch is against the text
    as converted, and `git apply --3way` shows both sides."""
    absent: tuple[PurePosixPath, ...]
    """Files that the change touches and that the project doesn't have (any more)."""


def port(base: Iterable[Output], head: Iterable[Output], tree: Tree | None) -> Ported:
    """The patch for the project that does to it what was done to the source.

    `base` and `head` are two conversions; `tree` is the project with people's edits, if it is at
    hand. Both conversions are held in memory.
    """
    old = {output.path: output for output in base if output.path.parts[0] != RECORD}
    new = {output.path: output for output in head if output.path.parts[0] != RECORD}
    moved = _moved(old, new)
    patches: list[FilePatch] = []
    clashes: list[PurePosixPath] = []
    absent: list[PurePosixPath] = []
    for path in sorted({*old, *new} - set(moved.values())):
        place = moved.get(path, path)
        before = _bytes(old[place].data) if place in old else None
        after = _bytes(new[path].data) if path in new else None
        if before == after and place == path:
            continue
        disk = _on_disk(tree, place)
        if before is None or tree is None or disk == before:
            patches.append(FilePatch(place, path, before, after))
        elif disk is None:
            absent.append(place)
        elif (merged := _merged(path, before, disk, after)) is not None:
            patches.append(FilePatch(place, path, disk, merged))
        else:
            clashes.append(place)
            patches.append(FilePatch(place, path, before, after))
    return Ported(tuple(patches), tuple(clashes), tuple(absent))


def _on_disk(tree: Tree | None, path: PurePosixPath) -> bytes | None:
    try:
        return tree.folder.read(path) if tree else None
    except Blocked:
        return None


def _merged(path: PurePosixPath, before: bytes, disk: bytes, after: bytes | None) -> bytes | None:
    """The file on disk with the change; None where both clash, also by deletion."""
    if after is None:
        return None
    if path == PROJECT:
        project = merge_project(disk, before, after)
        if project is not None:
            return project
    merged = merge_text(before, disk, after)
    return merged.text if merged.clean else None


def _moved(
    old: Mapping[PurePosixPath, Output], new: Mapping[PurePosixPath, Output]
) -> dict[PurePosixPath, PurePosixPath]:
    """New path -> old path of what has another place in the two conversions."""
    left = {o.identity: path for path, o in old.items() if path not in new}
    return {
        path: left.pop(output.identity)
        for path, output in new.items()
        if path not in old and output.identity in left
    }
