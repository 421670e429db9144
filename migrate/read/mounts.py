"""Where the site's parts are on disk: its folders, its themes' folders, module mounts."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from migrate.diagnostics import diagnostic
from migrate.model import Diagnostic, Value
from migrate.read import globs, modules
from migrate.read.config import Config
from migrate.read.disk import Found, Walk
from migrate.read.settings import Settings, mapping, strings, text, truth

COMPONENTS = ("content", "static", "assets", "data", "layouts")
_FOLDER_KEYS = {
    "static": "staticdir", "assets": "assetdir", "data": "datadir", "layouts": "layoutdir",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """A file of a component, at the place where its mount puts it."""

    relative: str
    """Below the component: `posts/a.md`."""
    path: Path
    source: PurePosixPath
    """From the site's root."""
    language: str = ""
    """The language that its mount is for."""


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder, or one file, that stands at a place of a component."""

    path: Path
    target: str
    """Below the component: `""` is the component itself."""
    languages: tuple[str, ...] = ()
    """For these languages only; empty: for all."""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(slots=True)
class Mounts:
    """The mounts of each component, the site's own before its themes'."""

    root: Path
    boundary: Path
    """Nothing outside of this folder is read."""
    by_component: dict[str, list[Mount]] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def files(self, component: str) -> Iterator[File]:
        """All files of a component; what an earlier mount has hides what a later one has."""
        seen: set[tuple[str, str]] = set()
        for mount in self.by_component.get(component, ()):
            for found in self._found(mount, component):
                if _left_out(mount, found.relative):
                    continue
                relative = f"{mount.target}/{found.relative}".strip("/")
                source = PurePosixPath(self._name(found.path))
                for language in mount.languages or ("",):
                    if (relative, language) not in seen:
                        seen.add((relative, language))
                        yield File(relative, Path(found.path), source, language)

    def _found(self, mount: Mount, component: str) -> Iterator[Found]:
        if mount.path.is_file():
            yield Found(str(mount.path), "")
            return
        skipped: list[tuple[str, str]] = []
        walk = Walk(self.boundary, hidden=component == "static")
        yield from walk.files(mount.path, skipped)
        for path, reason in skipped:
            self.problems.append(diagnostic("HM105", self._name(path), reason=reason))

    def _name(self, path: str) -> str:
        """A path on disk from the site's root, as people know it."""
        root = str(self.root) + os.sep
        below = path[len(root) :] if path.startswith(root) else os.path.relpath(path, self.root)
        return below.replace(os.sep, "/")


def find(root: Path, config: Config, settings: Sequence[Settings]) -> Mounts:
    """The mounts of the site and of the themes that are here."""
    empty: dict[str, list[Mount]] = {component: [] for component in COMPONENTS}
    mounts = Mounts(root, modules.boundary(root), empty)
    _add_module(mounts, root, config.values, settings)
    for theme in config.themes:
        _add_module(mounts, theme.folder, theme.config, settings[:1])
    return mounts


def _add_module(
    mounts: Mounts, folder: Path, config: Mapping[str, Value], settings: Sequence[Settings]
) -> None:
    configured: set[str] = set()
    entries = mapping(config.get("module")).get("mounts")
    for entry in entries if isinstance(entries, list) else [entries]:
        entry = mapping(entry)
        target = text(entry.get("target")).replace("\\", "/").strip("/")
        component, _, below = target.partition("/")
        if component in COMPONENTS and not truth(entry.get("disable")):
            configured.add(component)
            _add(mounts, folder, component, below, entry)
    own = folder == mounts.root
    for component in COMPONENTS:
        if component in configured:
            continue
        if component == "content" and own:
            _add_content(mounts, config, settings)
            continue
        key = _FOLDER_KEYS.get(component)
        names = strings(config.get(key)) if key else []
        if component == "static" and own:
            names = _static_names(config)
        for name in names or [component]:
            if (folder / name).is_dir():
                _add(mounts, folder, component, "", {"source": name})


def _static_names(config: Mapping[str, Value]) -> list[str]:
    """`staticDir`, `staticDir0` … `staticDir10`, and those of the languages."""
    names: list[str] = []
    for section in (config, *mapping(config.get("languages")).values()):
        for key in ("staticdir", *(f"staticdir{number}" for number in range(11))):
            names.extend(name for name in strings(mapping(section).get(key)) if name not in names)
    if not strings(config.get("staticdir")) and "static" not in names:
        names.insert(0, "static")
    return names


def _add_content(mounts: Mounts, config: Mapping[str, Value], settings: Sequence[Settings]) -> None:
    """A folder that is the site's own serves all languages, a language's folder that one."""
    shared = text(config.get("contentdir")) or "content"
    folders: dict[str, list[str]] = {}
    for setting in settings:
        folders.setdefault(setting.content_dir, []).append(setting.language.code)
    for name, codes in folders.items():
        if name == "content" and not (mounts.root / name).is_dir():
            continue  # Hugo's default, which nobody named
        languages = () if name == shared else tuple(codes)
        _add(mounts, mounts.root, "content", "", {"source": name}, languages)


def _add(
    mounts: Mounts, folder: Path, component: str, below: str, entry: Mapping[str, Value],
    languages: tuple[str, ...] = (),
) -> None:  # fmt: skip
    source = text(entry.get("source")).replace("\\", "/").replace("\0", "")
    path = Path(os.path.realpath(folder / source))
    name = source if folder == mounts.root else f"{folder.name}/{source}"
    if not path.is_relative_to(mounts.boundary):
        reason = "it lies outside of the site's folder"
        mounts.problems.append(diagnostic("HM105", name, reason=reason))
        return
    if not path.exists() or (path.is_dir() and not any(path.iterdir())):
        if component == "content":
            mounts.problems.append(diagnostic("HM108", name, path=name))
        return
    files = strings(entry.get("files"))
    negated = [pattern[1:].strip() for pattern in files if pattern[0] == "!"]
    matrix = mapping(mapping(entry.get("sites")).get("matrix"))
    languages = languages or tuple(
        code.lower() for code in strings(entry.get("lang")) + strings(matrix.get("languages"))
    )
    mounts.by_component[component].append(
        Mount(
            path,
            below,
            languages,
            tuple(strings(entry.get("includefiles")) + [f for f in files if f[0] != "!"]),
            tuple(strings(entry.get("excludefiles")) + negated),
        )
    )


def _left_out(mount: Mount, relative: str) -> bool:
    path = "/" + relative
    forms = (path, relative)
    if mount.include and not any(globs.matches(g, form) for g in mount.include for form in forms):
        return True
    return any(globs.matches(g, form) for g in mount.exclude for form in forms)
