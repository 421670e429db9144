"""The files around the pages: project, redirects, feed, URL map, ledger, report; and page notes."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from migrate import __version__
from migrate.dependencies import Keys, answers
from migrate.diagnostics import diagnostic, from_row, to_row
from migrate.memory import digest
from migrate.model import Asset, Converted, Diagnostic, Output, Page
from migrate.options import SHARED
from migrate.places import exact_path, inside
from migrate.plan import Plan
from migrate.trust import trust
from migrate.write import feed, hosting, keeping, ledger, redirects
from migrate.write.jsontext import dump
from migrate.write.ledger import Entry
from migrate.write.manifest import FileRecord, content_hash
from migrate.write.paths import RECORD
from migrate.write.site import branding_assets, project


@dataclass(frozen=True, slots=True)
class Around:
    """What a project has beside its pages."""

    outputs: tuple[Output, ...]
    assets: tuple[Asset, ...]
    """Further files that the project needs: logo, favicon, downloads that others link to."""
    ledger: tuple[Entry, ...]
    diagnostics: tuple[Diagnostic, ...]


def around(
    plan: Plan, used: Mapping[str, Asset], beside: Mapping[str, Asset], former: Mapping[str, str]
) -> Around:
    """Everything beside the pages.

    `used` are the assets that pages need, by URL, `beside` those that pages of other projects
    need; `former` are URLs that pages had in earlier runs, with the page's identity.
    """
    site, options = plan.site, plan.options
    kept = _kept(plan, used, beside)
    own = hosting.own_rules(plan)
    if own.text and set(options.redirects) & set(SHARED):
        kept.pop(own.url, None)  # its rules are part of ours
    outputs: list[Output] = []
    owned = [asset for asset in kept.values() if asset.published and plan.part.owns(asset.url)]
    static = {plan.asset_places[asset.url].parts[0] for asset in owned}
    feeds = dict(feed.feeds(plan))
    for url, data in feeds.items():
        _add(PurePosixPath("feed", _inside(url, plan)), data, outputs, static)
    for path, asset in sorted(_misplaced(owned, plan)):
        _add(PurePosixPath(redirects.FOLDER, "files", path), asset.file, outputs, static)
    entries = ledger.ledger(plan, kept, feeds, former, own.rules)
    stubs, listed, said = redirects.files(
        entries,
        options.redirects,
        base_url=site.base_url,
        base=site.base_path,
        folder=plan.part.folder,
        own=own.text if plan.part.owns(own.url) else "",
    )
    outputs += [_output(path, data) for path, data in stubs.items()]
    cited = _bibliographies(plan, used)
    if plan.bibliography.made:
        outputs.append(_output(cited[-1], "\n".join(plan.bibliography.made.values()).encode()))
    outputs += project(plan, sorted({*static, *listed}), [str(path) for path in cited])
    outputs.append(record_file("urls.json", _urls(plan)))
    outputs.append(record_file("ledger.json", ledger.as_json(entries)))
    further = tuple(asset for url, asset in kept.items() if url not in used)
    return Around(tuple(outputs), further, entries, (*said, *hosting.notes(plan), *_served(plan)))


def _kept(plan: Plan, used: Mapping[str, Asset], beside: Mapping[str, Asset]) -> dict[str, Asset]:
    """The files that the project has: what its own pages need, and what stays at an address that
    it answers for."""
    site = plan.whole
    kept = {**used, **{asset.url: asset for asset in branding_assets(plan)}}
    every = (*site.assets, *(asset for page in site.pages for asset in page.resources))
    stay = {**beside, **{asset.url: asset for asset in keeping.outside(every)}}
    if not plan.part.language:
        kept |= stay
        return kept | {asset.url: asset for asset in keeping.needed(kept.values(), plan.links)}
    named = {asset.url: asset for asset in keeping.needed({**kept, **stay}.values(), plan.links)}
    stay = {url: asset for url, asset in {**stay, **named}.items() if plan.part.owns(url)}
    kept |= stay
    return kept | {asset.url: asset for asset in keeping.needed(kept.values(), plan.links)}


def _served(plan: Plan) -> Iterator[Diagnostic]:
    """How a project of one language is to be built."""
    part, site = plan.part, plan.site
    if part.folder:
        path = site.base_path + part.folder
        yield diagnostic("HM713", "", language=part.language, path=path)
    if part.links and not site.base_url.startswith(("http://", "https://")):
        yield diagnostic("HM714", "", language=part.language)


def _inside(url: str, plan: Plan) -> str:
    return inside(url, plan.part.folder).lstrip("/")


def _bibliographies(plan: Plan, used: Container[str]) -> list[PurePosixPath]:
    """The BibTeX files that pages cite from, last the one that is made of CSL JSON."""
    held = {asset.url for asset in plan.bibliography.files.values()}
    found = sorted(plan.asset_places[url] for url in held if url in used)
    if plan.bibliography.made:
        taken = {str(place).lower() for place in plan.asset_places.values()}
        name = "references.bib" if "references.bib" not in taken else "references-csl.bib"
        found.append(PurePosixPath(name))
    return found


def _misplaced(kept: Iterable[Asset], plan: Plan) -> Iterator[tuple[PurePosixPath, Asset]]:
    """Files whose old path mystmd can't show an image under: a copy is served there."""
    for asset in kept:
        exact = exact_path(_inside(asset.url, plan))
        if exact is not None and plan.asset_places[asset.url] != exact:
            yield exact, asset


def _add(path: PurePosixPath, data: bytes | Path, outputs: list[Output], static: set[str]) -> None:
    """A file that mystmd copies to the path below its first two folders."""
    outputs.append(_output(path, data))
    first = 2 if path.parts[0] == "feed" else 3
    static.add("/".join(path.parts[:first]))


def _output(path: PurePosixPath, data: bytes | Path) -> Output:
    return Output(path, data, f"made:{path}")


def record_file(name: str, value: Any) -> Output:
    """A JSON file of ours in the record's folder."""
    return _output(PurePosixPath(RECORD, name), dump(value))


def _urls(plan: Plan) -> dict[str, str]:
    """`{"/old/url/": "new/file.md"}` for every page and alias."""
    urls: dict[str, str] = {}
    for page in plan.site.pages:
        for url in (page.url, *page.aliases):
            urls.setdefault(url, str(plan.places[page.identity]))
    return dict(sorted(urls.items()))


def summary(
    title: str,
    pages: int,
    diagnostics: Iterable[Diagnostic],
    calls: Mapping[tuple[str, str], int],
    links: int,
    urls: Mapping[str, int],
) -> dict[str, Any]:
    """What a conversion did, as a JSON object; `diagnostics` is an iterator."""
    told = sorted(diagnostics, key=lambda d: (d.source, d.line, d.code, d.message))
    outcomes: dict[str, dict[str, int]] = {}
    for (name, outcome), count in sorted(calls.items()):
        outcomes.setdefault(name, {})[outcome] = count
    return {
        "version": __version__,
        "source": title,
        "pages": pages,
        "urls": dict(urls),
        "links": links,
        "shortcodes": outcomes,
        "diagnostics": map(_told, told),
    }


def _told(d: Diagnostic) -> dict[str, Any]:
    return {
        "code": d.code,
        "severity": str(d.severity),
        "trust": trust(d, None),
        "source": d.source,
        "line": d.line,
        "message": d.message,
        "hint": d.hint,
    }


def report(*parts: Any) -> Output:
    """`.hugo2myst/report.json`."""
    return record_file("report.json", summary(*parts))


def to_note(converted: Converted, others: str) -> str:
    """What the next run needs to know of a page that it doesn't convert again, as JSON: all
    pages' notes are held until the end of a run, and values would take ten times as much."""
    data = converted.output.data
    note = {
        "hash": content_hash(data) if isinstance(data, bytes) else "",
        "others": others,
        "wide": converted.wide,
        "links": converted.links,
        "asked": [question[:3] for question in converted.asked],
        "answers": digest(*(answer for *_, answer in converted.asked)),
        "assets": [asset.url for asset in converted.assets],
        "calls": [list(call) for call in converted.calls],
        "diagnostics": [to_row(d) for d in converted.diagnostics],
    }
    return json.dumps(note)


def from_note(
    text: object, page: Page, plan: Plan, keys: Keys, held: FileRecord | None, *, linked: bool
) -> Converted | None:
    """The page as it was converted, without its text, if it would come out the same; None where
    it would not, an asset is gone, or the note can't be read.

    `held` is what the record knows of the page's file: after `undo`, or in another commit, that
    is not what the note tells of. With `linked` all links are known to lead where they led.
    """
    if not isinstance(text, str) or held is None:
        return None
    try:
        note = json.loads(text)
        if note["hash"] not in (held.hash, held.conflict):
            return None
        if note["others"] != keys.others(note["wide"]):
            return None
        if not linked and note["answers"] != digest(*answers(note["asked"], page, plan)):
            return None
        return _converted(note, page, plan)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _converted(note: Mapping[str, Any], page: Page, plan: Plan) -> Converted | None:
    assets = [plan.links.by_url(url) for url in note["assets"]]
    if None in assets:
        return None
    return Converted(
        Output(plan.places[page.identity], b"", page.identity),
        tuple(asset for asset in assets if asset is not None),
        tuple(from_row(row) for row in note["diagnostics"]),
        tuple((name, outcome) for name, outcome in note["calls"]),
        note["links"],
        wide=note["wide"],
    )
