"""The keys of front matter, and what became of each on the pages that have it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from migrate.convert import keys
from migrate.inspect.findings import KeyFound
from migrate.model import Page, Value
from migrate.plan import Plan
from migrate.read.blocks import data_lists, data_parts
from migrate.read.people import AUTHOR_KEYS, is_profile

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARK = "---\n"
_THEME = "dropped: steers the theme"


def _spread(table: Mapping[str, str]) -> dict[str, str]:
    return {name: said for names, said in table.items() for name in names.split()}


BECOMES = _spread(
    {
        "linktitle menutitle": "`short_title`",
        "description summary excerpt lead deck seo": "`description`",
        "date publishdate pubdate published": "`date`",
        "modified lastmod": "dropped: MyST has no date of change",
        "slug url type permalink": "the page's place and URL",
        "aliases alias": "redirects from old URLs",
        "weight": "its place in the table of contents",
        "menu menus identifier parent": "the site's navigation",
        "draft expirydate unpublishdate headless build _build": "whether it is converted",
        "cascade": "the keys of the pages below",
        "params": "as if it stood at the top",
        "layout outputs markup sitemap iscjklanguage": "dropped: only Hugo's templates read it",
        "translationkey": "links to other languages",
        "math mathjax katex usemath enablemath usekatex usemathjax hasmath latex":
            "whether dollars are math",
        "keywords": "`keywords`",
        "editor editors": "`editors`",
        "doi hugoblox": "`doi`",
        "arxiv": "`arxiv`",
        "license licence": "`license`",
        "publication": "`venue`",
        "editurl": "`edit_url`",
        "sections": "blocks of the page, as directives",
        "resources": "captions and names of its files",
        "bookcollapsesection bookhidden bookflatsection booktoc geekdochidden":
            "its place in the table of contents",
    }
)  # fmt: skip
BECOMES |= dict.fromkeys(AUTHOR_KEYS, "`authors`")
BECOMES |= dict.fromkeys(keys.SERIES, "`tags`")
BECOMES |= dict.fromkeys(keys.DOWNLOADS, "`downloads`")
BECOMES |= {
    key: f"`site.{option}`" for option, pair in keys.HIDE.items() for names in pair for key in names
}
BECOMES |= dict.fromkeys(keys.IMAGE_KEYS, "`thumbnail` or `banner`")


class Keys:
    """Counts, page by page."""

    def __init__(self, plan: Plan) -> None:
        self._taxonomies = frozenset(plan.site.taxonomies)
        self._renamed = {
            key: name for theme in reversed(plan.themes) for key, name in theme.frontmatter.items()
        }
        self._rows: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, page: Page, converted: str) -> None:
        """Count a page's keys, looked up in the file that it became."""
        if not page.front:
            return
        made = _front(converted)
        for key, value in _flat(page.front):
            self._rows[key][self._fate(key, value, page, made)] += 1

    def merge(self, other: Keys) -> None:
        """Count those of other pages too."""
        for key, fates in other._rows.items():
            self._rows[key] += fates

    def found(self) -> tuple[KeyFound, ...]:
        """The rows, the most frequent key first."""
        rows = [
            KeyFound(key, fates.total(), dict(fates.most_common()))
            for key, fates in self._rows.items()
        ]
        return tuple(sorted(rows, key=lambda row: (-row.pages, row.name)))

    def _fate(self, key: str, value: Value, page: Page, made: Mapping[str, Any]) -> str:
        if value in (None, "", [], {}):
            return "dropped: empty"
        if key in self._renamed:
            name = self._renamed[key]
            return f"`{name}`, by a mapping" if name else "dropped, by a mapping"
        options = made.get("options")
        if isinstance(options, Mapping):
            for name in (key, f"hugo_{key}"):
                if name in options:
                    return f"kept: `options.{name}`"
        if key in made and key != "site":
            return f"`{key}`"
        if key in data_lists(page):
            return "cards in the page's text"
        if key in data_parts(page):
            return "a part of the page's text"
        if is_profile(page) and key in keys.PROFILE:
            return "the author's page and entry in myst.yml"
        return self._by_table(key, value)

    def _by_table(self, key: str, value: Value) -> str:
        if key in self._taxonomies and key not in keys.NOT_TAGS:
            return "`tags`"
        if key in keys.PRESENTATION and key not in BECOMES:
            return _THEME
        if isinstance(value, bool) and (key in keys.RESERVED or keys.SWITCH.fullmatch(key)):
            return BECOMES.get(key, _THEME)
        return BECOMES.get(key, "read for the page's text")


def _flat(front: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    params = front.get("params")
    for key, value in front.items():
        if key != "params":
            yield str(key), value
    if isinstance(params, Mapping):
        for key, value in params.items():
            if key not in front:
                yield str(key), value


def _front(text: str) -> Mapping[str, Any]:
    """The front matter of a converted page, which begins with it."""
    text = text.replace("\r\n", "\n")
    end = text.find("\n" + _MARK, len(_MARK) - 1)
    found = yaml.load(text[len(_MARK) : end + 1], Loader=_Loader) if end > 0 else None
    return found if isinstance(found, Mapping) else {}
