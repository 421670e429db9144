"""`cascade`: front matter that sections and the site's configuration hand down.

A page's own key wins, then what the nearest section hands down, then farther ones, then the site.
`params` are handed down key by key, and a page's own top-level key counts as its param.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from migrate.model import Value
from migrate.read import globs
from migrate.read.settings import mapping, strings, text

_RESERVED = ("target", "_target")


@dataclass(frozen=True, slots=True)
class Cascade:
    """Values for the pages that the target matches."""

    values: Mapping[str, Value]
    target: Mapping[str, Value]

    def hits(self, logical: str, kind: str, language: str, environment: str) -> bool:
        """Whether a page gets the values."""
        facts = {"path": logical, "kind": kind, "lang": language, "environment": environment}
        for key, wanted in self.target.items():
            fact = facts.get(key)
            if wanted and fact is not None:
                patterns = [wanted] if isinstance(wanted, str) else strings(wanted)
                if not any(globs.matches(pattern, fact) for pattern in patterns):
                    return False
        return True


def parse(value: Value) -> list[Cascade]:
    """The value of a `cascade` key: a mapping, or a list of them."""
    found = []
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, dict):
            continue
        target = dict(mapping(item.get("target") or item.get("_target")))
        matrix = mapping(mapping(target.get("sites")).get("matrix"))
        if matrix.get("languages"):
            target["lang"] = strings(matrix["languages"])
        if text(target.get("path")) and not text(target["path"]).startswith(("/", "{", "*")):
            target["path"] = "/" + text(target["path"])
        values = {key: entry for key, entry in item.items() if key not in _RESERVED}
        found.append(Cascade(values, target))
    return found


@dataclass(frozen=True, slots=True)
class Cascades:
    """All that is handed down in one language."""

    site: Sequence[Cascade] = ()
    sections: Mapping[str, Sequence[Cascade]] = field(default_factory=dict)
    """Logical path of the section -> what it hands down."""
    language: str = ""
    environment: str = ""

    def apply(self, front: Mapping[str, Value], logical: str, kind: str) -> Mapping[str, Value]:
        """The front matter of a page with all that reaches it."""
        merged: dict[str, Value] | None = None
        for cascade in self._chain(logical):
            if cascade.hits(logical, kind, self.language, self.environment):
                merged = dict(front) if merged is None else merged
                for key, value in cascade.values.items():
                    if key == "params" and isinstance(value, dict):
                        own = mapping(merged.get(key))
                        new = {name: item for name, item in value.items() if name not in front}
                        merged[key] = {**new, **own}
                    elif key not in merged:
                        merged[key] = value
        return front if merged is None else merged

    def _chain(self, logical: str) -> Iterator[Cascade]:
        if self.sections:
            path = logical
            while path != "/":
                yield from self.sections.get(path, ())
                path = path[: path.rindex("/")] or "/"
            yield from self.sections.get("/", ())
        yield from self.site
