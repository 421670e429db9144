"""A site's configuration: found, read and merged as Hugo does.

One root file (`hugo.*` before `config.*`), then `config/_default/`, then `config/<environment>/`,
the later over the earlier (as are files that the person names, `hugo --config a,b`); below all
of them what themes and modules that are here say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from migrate.diagnostics import diagnostic
from migrate.model import Diagnostic, Value
from migrate.options import Options
from migrate.read import formats, modules
from migrate.read.disk import Unreadable, read_text
from migrate.read.yaml12 import FormatError

ROOT_FILES = tuple(
    f"{stem}.{extension}"
    for stem in ("hugo", "config")
    for extension in ("toml", "yaml", "yml", "json")
)
_SCRIPTED = re.compile(r"(?:hugo|config)\.(toml|ya?ml|json)\.(?:in|tmpl|template|tpl|j2|dist)\Z")
_LIFTED = {"menu": "menus"}
"""Old names of root keys."""
_MERGED_BELOW = {"params": "deep", "menus": "shallow", "permalinks": "none"}
"""How a theme's keys come below the site's, where the site doesn't say (`_merge`)."""
_MAX_THEMES = 50

Tree = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme or module that is here: a whole site below the site's own."""

    name: str
    folder: Path
    config: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Config:
    """The merged configuration and where it comes from."""

    values: Tree
    """Keys in lower case deeply; `menu` is `menus`."""
    themes: tuple[Theme, ...] = ()
    """Those that are here, the nearest to the site first."""
    names: tuple[str, ...] = ()
    """All themes and modules that are named."""
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class _Reader:
    root: Path
    problems: list[Diagnostic] = field(default_factory=list)
    themes: list[Theme] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def file(self, path: Path, format: str) -> Tree:
        """One configuration file; empty where it can't be read."""
        name = self._name(path)
        try:
            text = read_text(path).text
            parsed = formats.parse(text, format)
        except Unreadable as error:
            self.problems.append(diagnostic("HM252", name, reason=str(error)))
            return {}
        except FormatError as error:
            mended = _without_tabs(text, format)
            code = "HM252" if mended is None else "HM255"
            self.problems.append(diagnostic(code, name, error.line, reason=error.reason))
            return mended or {}
        for key, line in parsed.duplicates:
            self.problems.append(diagnostic("HM102", name, line, key=key))
        return parsed.value if isinstance(parsed.value, dict) else {}

    def _name(self, path: Path) -> str:
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else path.name

    def root_file(self, root: Path) -> Tree | None:
        """The root file of a site, theme or module; None where there is none."""
        found = next((root / name for name in ROOT_FILES if (root / name).is_file()), None)
        return _lift(self.file(found, formats.EXTENSIONS[found.suffix[1:]])) if found else None

    def folder(self, root: Path, environment: str) -> Tree | None:
        """What the config folder says; None where it says nothing."""
        values: Tree | None = None
        for name in ("_default", environment):
            folder = root / "config" / name
            for path in _files(folder):
                values = {} if values is None else values
                merge(values, self._split_file(path, folder))
        return values

    def _split_file(self, path: Path, folder: Path) -> Tree:
        """A file of a config folder: its name says which key it holds."""
        content = self.file(path, formats.EXTENSIONS[path.suffix[1:].lower()])
        stem, _, language = path.stem.partition(".")
        parts = [*(part.lower() for part in path.relative_to(folder).parent.parts), stem.lower()]
        if parts[-1] in ("hugo", "config"):
            parts.pop()
        parts = [_LIFTED.get(part, part) for part in parts]
        if language and parts == ["languages"]:
            return {"languages": {language.lower(): _lift(content)}}
        for part in reversed(parts):
            # Both `[[main]]` and `[[menus.main]]` are written in menus.toml.
            inner = _lift(content).get(part)
            if len(content) == 1 and isinstance(inner, dict):
                content = inner
            content = {part: content}
        content = _lift(content)
        return {"languages": {language.lower(): content}} if language else content

    def add_themes(self, config: Mapping[str, Value], owner: Path, environment: str) -> None:
        """Find the themes and modules that `config` names, and those that they name."""
        for name in modules.named(config):
            if name in self.names or len(self.names) >= _MAX_THEMES:
                continue
            self.names.append(name)
            folder = modules.folder(name, config, owner, self.root)
            if folder is None:
                self.problems.append(diagnostic("HM253", "", name=name))
                continue
            values = self.root_file(folder) or {}
            merge(values, self.folder(folder, environment) or {})
            self.themes.append(Theme(name, folder, values))
            self.add_themes(values, folder, environment)


def load(root: Path, options: Options) -> Config:
    """The configuration of the site at `root` (an absolute path without symbolic links)."""
    reader = _Reader(root)
    folder = reader.folder(root, options.environment)
    if options.config:
        values: Tree = {}
        for name in options.config:
            merge(values, _named_file(reader, name))
    else:
        root_file = reader.root_file(root)
        values = root_file or {}
        if root_file is None and folder is None:
            values = _without_config(reader)
    merge(values, folder or {})
    reader.add_themes(values, root, options.environment)
    for theme in reader.themes:
        _merge_below(values, theme.config)
    return Config(values, tuple(reader.themes), tuple(reader.names), tuple(reader.problems))


def is_configured(root: Path) -> bool:
    """Whether the folder holds a configuration of Hugo's, or what a script makes one from."""
    if any((root / name).is_file() for name in ROOT_FILES) or (root / "config/_default").is_dir():
        return True
    return any(_SCRIPTED.match(path.name) for path in root.iterdir())


def merge(values: Tree, over: Mapping[str, Value]) -> None:
    """Lay `over` on `values`: mappings merge deeply, all else is replaced."""
    for key, value in over.items():
        mine = values.get(key)
        if isinstance(mine, dict) and isinstance(value, dict):
            mine = dict(mine)  # YAML aliases share mappings
            merge(mine, value)
            values[key] = mine
        else:
            values[key] = value


def below(values: Mapping[str, Value], under: Mapping[str, Value]) -> Tree:
    """`under` with `values` laid over it."""
    merged = dict(under)
    merge(merged, values)
    return merged


def _merge_below(values: Tree, theme: Mapping[str, Value]) -> None:
    strategy = str(values.get("_merge") or "")
    for key, value in theme.items():
        mine = values.get(key)
        how = _MERGED_BELOW.get(key, "none")
        if isinstance(mine, dict) and isinstance(mine.get("_merge"), str):
            how = mine["_merge"]
        elif strategy:
            how = strategy
        if how == "none" or not isinstance(value, dict) or not isinstance(mine, dict | None):
            continue
        values[key] = below(mine or {}, value) if how == "deep" else {**value, **(mine or {})}


def _lift(content: Tree) -> Tree:
    for old, new in _LIFTED.items():
        if old in content:
            content = dict(content)
            old_value = content.pop(old)
            if isinstance(old_value, dict) and isinstance(content.get(new, {}), dict):
                content[new] = below(content.get(new, {}), old_value)
    languages = content.get("languages")
    if isinstance(languages, dict):
        content = dict(content)
        content["languages"] = {
            code: _lift(language) if isinstance(language, dict) else language
            for code, language in languages.items()
        }
    return content


def _files(folder: Path) -> Iterable[Path]:
    """Configuration files below a folder: root keys first, then the others by name."""
    found = [
        path
        for pattern in ("*", "*/*")
        for path in folder.glob(pattern)
        if path.suffix[1:].lower() in ("toml", "yaml", "yml", "json") and path.is_file()
    ]
    return sorted(found, key=lambda path: (path.stem.lower() not in ("hugo", "config"), str(path)))


def _named_file(reader: _Reader, name: str) -> Tree:
    """A file that the person names, from the site's root or the current folder."""
    candidates = (reader.root / name, Path(name))
    path = next((place for place in candidates if place.is_file()), candidates[0])
    format = _format(path.name)
    return _lift(_include(reader, reader.file(path, format or "toml"), path.parent, 0))


def _format(name: str) -> str | None:
    if scripted := _SCRIPTED.match(name):
        return formats.EXTENSIONS[scripted[1]]
    return formats.EXTENSIONS.get(name.rpartition(".")[2].lower())


def _without_config(reader: _Reader) -> Tree:
    """Defaults, or what a template of a configuration says."""
    scripted = sorted(path for path in reader.root.iterdir() if _SCRIPTED.match(path.name))
    for path in scripted:
        values = _named_file(reader, path.name)
        if values:
            reader.problems.append(diagnostic("HM251", path.name))
            return values
    reader.problems.append(diagnostic("HM250", scripted[0].name if scripted else ""))
    return {}


def _include(reader: _Reader, value: Value, folder: Path, depth: int) -> Value:
    """`include-files: [path, …]` (numpy.org's script): the files' keys under that mapping."""
    if not isinstance(value, dict) or depth > 5:
        return value
    included: Tree = {}
    names = value.get("include-files")
    for name in names if isinstance(names, list) else ():
        path = (folder / str(name)).resolve()
        if path.is_relative_to(reader.root) and path.is_file():
            merge(included, reader.file(path, _format(path.name) or "yaml"))
    kept = {
        key: _include(reader, item, folder, depth + 1)
        for key, item in value.items()
        if key != "include-files"
    }
    return below(included, kept)


def _without_tabs(text: str, format: str) -> Tree | None:
    if format != "yaml" or "\t" not in text:
        return None
    try:
        value = formats.parse(text.expandtabs(2), format).value
    except FormatError:
        return None
    return value if isinstance(value, dict) else None
