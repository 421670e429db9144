"""Options: what a person decides, from `hugo2myst.yml` and the command line."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from migrate.diagnostics import MigrateError
from migrate.model import Value

FILE = "hugo2myst.yml"
"""The file's name, in the site's root or in the project."""

REDIRECTS = ("html", "netlify", "cloudflare", "gitlab", "nginx", "apache", "vercel")
"""Forms of redirects: a page for each old URL, or the file that a host or server reads."""


@dataclass(frozen=True, slots=True)
class Options:
    """Everything that changes what a conversion writes. The defaults are Hugo's."""

    drafts: bool = False
    """Convert pages with `draft: true` too."""
    future: bool = False
    """Convert pages whose publication date is still to come."""
    expired: bool = False
    """Convert pages whose expiry date is past."""
    now: datetime | None = None
    """The moment that decides what is in the future or expired; None: the clock."""
    environment: str = "production"
    """Hugo's environment: which folder below `config/` is read after `_default`."""
    config: tuple[str, ...] = ()
    """Configuration files to read instead of those that Hugo would find."""
    site_urls: tuple[str, ...] = ()
    """Further URLs or hosts that are this site: previews, the old domain. The first one is
    written for links to pages that a feed doesn't hold."""
    icons: Literal["emoji", "drop"] = "drop"
    """What an icon in text becomes where a character for it exists."""
    mapping: Mapping[str, Value] = field(default_factory=dict)
    """`shortcodes`, `html` and `frontmatter` of hugo2myst.yml, in a theme file's form."""
    mapping_file: str = ""
    """The file that `mapping` was read from: errors name it, its Python files lie beside it."""
    all_assets: bool = False
    """Copy every static file, also those that no page uses."""
    language: str = ""
    """The code of the only language that is written, as a project of its own beside those of the
    other languages; empty: one project holds them all."""
    redirects: tuple[str, ...] = ("html",)
    """Forms in which redirects from old URLs are written."""
    fetch_assets: bool = False
    """Fetch the files that a feed's pages show, from the site's own hosts."""
    typed_source: str = ""
    """The source as the person typed it; its host may be on a private network."""
    hugo: bool = True
    """Render with real Hugo the shortcodes that nothing else knows."""

    def __post_init__(self) -> None:
        """Raise MigrateError for forms of redirects that exclude each other."""
        shared = [kind for kind in dict.fromkeys(self.redirects) if kind in SHARED]
        if len(shared) > 1:
            raise MigrateError(
                f"`redirects`: {' and '.join(shared)} read the same file, `_redirects`, "
                "by different rules; choose one"
            )


SHARED = ("netlify", "cloudflare", "gitlab")
"""Forms that are one file, `_redirects`, with other rules in each."""
_MAPPING_KEYS = ("shortcodes", "html", "frontmatter")
_NOT_IN_FILE = ("mapping", "mapping_file", "now", "typed_source")


def keys() -> tuple[str, ...]:
    """The options that a file may set; `shortcodes`, `html` and `frontmatter` come on top."""
    return tuple(field.name for field in fields(Options) if field.name not in _NOT_IN_FILE)


def load(path: Path, options: Options | None = None) -> Options:
    """`options` with what the file `path` says over them.

    Unknown keys and wrong types are errors that name the file, the line and the key.
    """
    import yaml

    options = options or Options()
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        raise MigrateError(
            f"is no YAML: {getattr(error, 'problem', error)}", str(path), line
        ) from None
    except OSError as error:
        raise MigrateError(f"can't be read: {error.strerror}", str(path)) from None
    if values is None:
        return options
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        raise MigrateError("must hold keys and values, such as `drafts: true`", str(path), 1)
    lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
    known = keys()
    changes: dict[str, Any] = {}
    mapping: dict[str, Value] = dict(options.mapping)
    for key, value in values.items():
        line = lines.get(str(key), 0)
        if key in _MAPPING_KEYS:
            mapping[key] = value
            changes["mapping_file"] = str(path)
        elif key not in known:
            near = difflib.get_close_matches(str(key), [*known, *_MAPPING_KEYS], 1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            raise MigrateError(f"no key `{key}` is known{hint}", str(path), line)
        else:
            changes[key] = _checked(key, value, getattr(Options(), key), str(path), line)
    return replace(options, mapping=mapping, **changes)


def _checked(key: str, value: Value, default: Value, path: str, line: int) -> Value:
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise MigrateError(f"`{key}` must be true or false, not `{value}`", path, line)
        return value
    if isinstance(default, tuple):
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) for item in values):
            raise MigrateError(f"`{key}` must be a list of texts", path, line)
        if key == "redirects" and (strange := [item for item in values if item not in REDIRECTS]):
            known = ", ".join(REDIRECTS)
            raise MigrateError(f"`redirects` knows {known}, not `{strange[0]}`", path, line)
        return tuple(values)
    if key == "icons" and value not in ("emoji", "drop"):
        raise MigrateError(f"`icons` must be `emoji` or `drop`, not `{value}`", path, line)
    if not isinstance(value, str):
        raise MigrateError(f"`{key}` must be a text, not `{value}`", path, line)
    return value
