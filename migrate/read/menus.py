"""Menus: of the configuration, of front matter, of `sectionPagesMenu`, nested and in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from migrate.model import MenuEntry, Value
from migrate.read.pages import Draft
from migrate.read.settings import Settings, mapping, number, strings, text
from migrate.read.tree import logical

_MAX_DEPTH = 10


@dataclass(frozen=True, slots=True)
class _Flat:
    entry: MenuEntry
    parent: str


def read(settings: Settings, drafts: Sequence[Draft]) -> dict[str, tuple[MenuEntry, ...]]:
    """The menus of one language, by name."""
    pages = {draft.page.logical: draft for draft in drafts}
    # By key: of two entries with one key the later one of the configuration counts, and that
    # of the configuration before that of a page.
    menus: dict[str, dict[str, _Flat]] = {}
    for name, entries in mapping(settings.values.get("menus")).items():
        if isinstance(entries, dict):
            entries = [entry for entry in entries.values() if isinstance(entry, dict)]
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict):
                flat = _configured(entry, pages)
                menus.setdefault(name, {})[_key(flat.entry)] = flat
    for draft in drafts:
        for name, entry in _in_front(draft.page.front):
            flat = _of_page(entry, draft)
            menus.setdefault(name, {}).setdefault(_key(flat.entry), flat)
    _add_sections(menus, text(settings.values.get("sectionpagesmenu")).lower(), drafts)
    return {name: _nested(list(found.values())) for name, found in menus.items()}


def _in_front(front: Mapping[str, Value]) -> list[tuple[str, Mapping[str, Value]]]:
    value = front.get("menus", front.get("menu"))
    if isinstance(value, dict):
        return [(name, mapping(entry)) for name, entry in value.items()]
    return [(name.lower(), {}) for name in strings(value)]


def _configured(entry: Mapping[str, Value], pages: Mapping[str, Draft]) -> _Flat:
    reference = text(entry.get("pageref"))
    draft = pages.get(logical(reference)) if reference else None
    url = text(entry.get("url")) or (draft.page.url if draft else reference)
    name = text(entry.get("name")) or (draft.link_title if draft else "")
    weight = number(entry.get("weight")) or (draft.page.weight if draft else 0)
    return _flat(entry, name or text(entry.get("identifier")), url, weight)


def _of_page(entry: Mapping[str, Value], draft: Draft) -> _Flat:
    name = text(entry.get("name")) or draft.link_title
    weight = number(entry.get("weight")) or draft.page.weight
    return _flat(entry, name, draft.page.url, weight)


def _flat(entry: Mapping[str, Value], name: str, url: str, weight: int) -> _Flat:
    params = dict(mapping(entry.get("params")))
    for key in ("pre", "post", "title"):
        if text(entry.get(key)):
            params.setdefault(key, text(entry[key]))
    identifier = text(entry.get("identifier"))
    menu_entry = MenuEntry(name, url, identifier, weight, (), params)
    return _Flat(menu_entry, text(entry.get("parent")))


def _add_sections(menus: dict[str, dict[str, _Flat]], name: str, drafts: Sequence[Draft]) -> None:
    if not name:
        return
    for draft in drafts:
        page = draft.page
        if page.kind == "section" and page.logical.count("/") == 1:
            identifier = page.section or page.logical[1:]
            entry = MenuEntry(draft.link_title, page.url, identifier, page.weight)
            menus.setdefault(name, {}).setdefault(identifier, _Flat(entry, ""))


def _key(entry: MenuEntry) -> str:
    """What `parent` of another entry names it by."""
    return entry.identifier or entry.name


def _nested(found: Sequence[_Flat]) -> tuple[MenuEntry, ...]:
    keys = {_key(flat.entry) for flat in found} - {""}
    children: dict[str, list[MenuEntry]] = {}
    for flat in found:
        # An entry whose parent isn't there stays in sight.
        children.setdefault(flat.parent if flat.parent in keys else "", []).append(flat.entry)

    def below(parent: str, depth: int) -> tuple[MenuEntry, ...]:
        entries = children.get(parent, []) if depth < _MAX_DEPTH else []
        ordered = sorted(
            entries, key=lambda entry: (entry.weight == 0, entry.weight, entry.name.lower())
        )
        return tuple(
            MenuEntry(
                entry.name,
                entry.url,
                entry.identifier,
                entry.weight,
                below(_key(entry), depth + 1) if _key(entry) else (),
                entry.params,
            )
            for entry in ordered
        )

    return below("", 0)
