"""A Hugo site's folder to a Site: the parts, in the order in which they need each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from migrate.diagnostics import MigrateError, diagnostic
from migrate.memory import Memory
from migrate.model import Diagnostic, Page, Site, Value
from migrate.options import Options
from migrate.read import (
    assets,
    config,
    generated,
    homedata,
    macros,
    markup,
    menus,
    mounts,
    settings,
    tree,
    widgets,
)
from migrate.read.document import Document
from migrate.read.mounts import File
from migrate.read.pages import Draft, Language
from migrate.read.settings import Settings, base_path, mapping, strings, text

_FAR = float("inf")


def read(folder: Path, options: Options, memory: Memory) -> Site:
    """Read the site whose root is `folder`. What can't be read is told in the diagnostics."""
    root = folder.resolve()
    if not options.config:
        _check(root)
    loaded = config.load(root, options)
    languages, off = settings.languages(loaded.values)
    found = mounts.find(root, loaded, languages)
    codes = [setting.language.code for setting in languages]
    ignored, refused = tree.ignore_patterns(strings(loaded.values.get("ignorefiles")))
    content = tree.grow(found.files("content"), codes, off, ignored)
    readers = _pages(languages, content, options, memory)
    problems = [*loaded.diagnostics]
    base_url = _url(text(loaded.values.get("baseurl")))
    reason = "not a regular expression that can be trusted"
    problems += [
        diagnostic("HM254", "", key=f"ignoreFiles: {pattern}", reason=reason) for pattern in refused
    ]
    drafts = {
        code: sorted(generated.complete(reader, list(reader.pages())), key=_order)
        for code, reader in readers.items()
    }
    dropped = {path for reader in readers.values() for path in reader.dropped}
    resources, loose = assets.attach(content, drafts, dropped)
    layouts = list(found.files("layouts"))
    data_files = list(found.files("data"))
    data = assets.data(data_files, problems, memory)
    static, own = list(found.files("static")), list(found.files("assets"))
    files = [
        *loose,
        *assets.rooted(static, published=True),
        *assets.rooted(own, published=False),
        *assets.rooted(_bibliographies(data_files), published=False),
    ]
    pages = [
        assets.with_resources(draft.page, resources)
        for language in drafts.values()
        for draft in language
    ]
    pages = widgets.attach(pages, content, problems)
    for reader in readers.values():
        problems += reader.problems
    problems += found.problems
    if base_url != text(loaded.values.get("baseurl")):
        problems.append(diagnostic("HM254", "", key="baseURL", reason="it is no URL"))
    problems += [diagnostic("HM107", str(file.source)) for file in content.adapters]
    problems += [
        diagnostic("HM109", str(lost.file.source), other=shown.file.source, url=shown.logical)
        for shown, lost in content.hidden
    ]
    problems += _collisions(pages)
    main = languages[0]
    return Site(
        source=root,
        title=main.language.title,
        base_url=base_url,
        base_path=base_path(loaded.values),
        hosts=_hosts(loaded.values, options),
        description=_description(main),
        languages=tuple(
            replace(setting.language, menus=menus.read(setting, drafts[setting.language.code]))
            for setting in languages
        ),
        config=loaded.values,
        modules=loaded.names,
        markup=markup.read(loaded.values, layouts, multilingual=len(languages) > 1),
        pages=tuple(pages),
        assets=tuple(files),
        templates=markup.templates(layouts),
        data=data,
        taxonomies=main.taxonomies,
        home_data=homedata.read(layouts) if data else (),
        macros=_macros(loaded.values, pages, layouts, [*own, *static]),
        diagnostics=tuple(problems),
        withheld=tuple(item for reader in readers.values() for item in reader.withheld),
        turns=min((turn for reader in readers.values() for turn in reader.turns), default=None),
    )


def _macros(
    values: Mapping[str, Value],
    pages: Sequence[Page],
    layouts: Sequence[File],
    scripts: Sequence[File],
) -> Mapping[str, str]:
    """The site's TeX commands; nothing is read where no page has a backslash."""
    if not any("\\" in page.body for page in pages):
        return {}
    return macros.read(mapping(values.get("params")), layouts, scripts)


def _check(root: Path) -> None:
    """Raise MigrateError for a folder that holds no Hugo site, and name one that lies below."""
    if (root / "content").is_dir() or config.is_configured(root):
        return
    below = sorted(
        path.parent.relative_to(root).as_posix()
        for pattern in ("*/content", "*/*/content")
        for path in root.glob(pattern)
        if path.is_dir() and config.is_configured(path.parent)
    )
    message = "this is no Hugo site: it has neither a configuration nor a folder `content`"
    raise MigrateError(message + (f"; there is one in `{below[0]}`" if below else ""), str(root))


def _pages(
    languages: Sequence[Settings], content: tree.Tree, options: Options, memory: Memory
) -> dict[str, Language]:
    now = options.now or datetime.now(UTC)
    now = now if now.tzinfo else now.replace(tzinfo=UTC)
    seen: dict[str, Document] = {}
    readers = {}
    for setting in languages:
        code = setting.language.code
        reader = Language(setting, content.entries[code], options, now, memory)
        reader.read(seen)
        readers[code] = reader
    return readers


def _bibliographies(files: Iterable[mounts.File]) -> Iterable[mounts.File]:
    """BibTeX files of `data/`, which Hugo hands to templates as they are."""
    return (file for file in files if file.relative.lower().endswith(".bib"))


def _order(draft: Draft) -> tuple[float, float, str, str]:
    """Hugo's default order: weight (0 last), newest first, link title, path."""
    date = draft.date.timestamp() if draft.date and draft.date.year > 1 else -_FAR
    return draft.page.weight or _FAR, -date, _collated(draft.link_title), draft.page.logical


def _collated(title: str) -> str:
    """A title without accents in lower case, as a dictionary sorts it."""
    if title.isascii():
        return title.lower()
    decomposed = unicodedata.normalize("NFKD", title)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


def _collisions(pages: Sequence[Page]) -> Iterable[Diagnostic]:
    first: dict[str, Page] = {}
    for page in pages:
        other = first.setdefault(page.url, page)
        if other is not page:
            yield diagnostic("HM109", page.name, 0, other=other.name, url=page.url)


def _url(url: str) -> str:
    """The URL; empty for one that can't be read."""
    try:
        urlsplit(url)
    except ValueError:
        return ""
    return url


def _hosts(values: Mapping[str, Value], options: Options) -> tuple[str, ...]:
    urls = [text(values.get("baseurl")), *options.site_urls]
    urls += [
        text(mapping(language).get("baseurl"))
        for language in mapping(values.get("languages")).values()
    ]
    hosts = []
    for url in urls:
        try:
            host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
        except ValueError:
            continue
        if host and "." in host.strip("."):
            hosts.append(host.lower())
    return tuple(dict.fromkeys(hosts))


def _description(main: Settings) -> str:
    params = main.language.params
    return text(params.get("description")) or text(main.values.get("description"))
