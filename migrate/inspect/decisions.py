"""What a person should decide before the first conversion, with the lines for hugo2myst.yml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from migrate.inspect.amounts import many, size
from migrate.inspect.findings import Decision, Files, ShortcodeFound
from migrate.model import Site
from migrate.plan import Plan
from migrate.shortcodes.survey import Use, stanza

_HOSTED = (
    ("netlify", ("netlify.toml", "static/_redirects", "static/_headers")),
    ("vercel", ("vercel.json",)),
    ("cloudflare", ("wrangler.toml", "wrangler.jsonc", "wrangler.json")),
    ("gitlab", (".gitlab-ci.yml",)),
    ("nginx", ("nginx.conf", "default.conf")),
    ("apache", ("static/.htaccess", ".htaccess")),
)
"""Form of redirects -> files that show where a site is served."""
_PREVIEWS = (".netlify.app", ".vercel.app", ".pages.dev", ".github.io", ".gitlab.io")
_NAMED = 4
"""Shortcodes that a question names."""
_WITHHELD = {"draft": "drafts", "future": "future", "expired": "expired"}
_SAID = {
    "draft": "are drafts, which Hugo doesn't publish",
    "future": "are dated in the future",
    "expired": "are past their expiry date",
}


def decisions(
    plan: Plan,
    uses: Mapping[str, Use],
    rows: Iterable[ShortcodeFound],
    withheld: Mapping[str, int],
    files: Files,
    codes: Mapping[str, int],
    outside: Mapping[str, int],
) -> tuple[Decision, ...]:
    """Everything to decide, what matters most first.

    `codes` are counts of diagnostics, `outside` those of links by the host that they lead to.
    """
    more = "shortcodes" in plan.options.mapping
    found = list(_shortcodes(uses, rows, more=more))
    for reason, key in _WITHHELD.items():
        if count := withheld.get(reason):
            question = f"Convert pages that {_SAID[reason]}?"
            found.append(Decision(question, many(count, "page"), f"{key}: true\n"))
    if plan.site.source is not None:
        found += _languages(plan)
        found += _served(plan.site.source)
        hidden = files.count - files.used
        if hidden and not plan.options.all_assets:
            weight = size(files.size - files.used_size)
            why = f"{many(hidden, 'file')}, {weight}; a link from elsewhere may lead to one"
            found.append(Decision("Copy files that no page uses?", why, "all_assets: true\n"))
    elif not plan.options.fetch_assets:
        why = "a feed holds no pictures: its pages show those of the old site"
        found.append(Decision("Fetch the pictures?", why, "fetch_assets: true\n", True))
    if hosts := _our_hosts(plan.site, outside):
        why = f"{many(sum(outside[host] for host in hosts), 'link')} to them"
        lines = "site_urls: [" + ", ".join(hosts) + "]\n"
        question = f"Are these hosts this site, too: {', '.join(hosts)}?"
        found.append(Decision(question, why, lines, True))
    if count := codes.get("HM304"):
        why = f"{many(count, 'icon')} left out"
        found.append(Decision("Write icons as emoji where there are some?", why, "icons: emoji\n"))
    return tuple(found)


def _shortcodes(
    uses: Mapping[str, Use], rows: Iterable[ShortcodeFound], *, more: bool
) -> Iterator[Decision]:
    """The stanzas of unknown shortcodes; `more`: the file has `shortcodes` already."""
    unknown = [row for row in rows if row.kept]
    if not unknown:
        return
    names = [row.name for row in unknown]
    listed = ", ".join(f"`{name}`" for name in names[:_NAMED])
    rest = f" and {many(len(names) - _NAMED, 'other')}" if len(names) > _NAMED else ""
    places = sum(row.kept for row in unknown)
    yield Decision(
        f"What {'does' if len(names) == 1 else 'do'} {listed}{rest} become?",
        f"nothing tells it; {many(places, 'place')} kept as typed; with their templates in "
        "layouts/shortcodes, or the theme beside the site, real Hugo renders them"
        + ("; add them below your `shortcodes:`" if more else ""),
        stanza(uses[name] for name in names),
    )


def _languages(plan: Plan) -> Iterator[Decision]:
    """One project for all languages is the default."""
    site = plan.site
    counts = Counter(page.language for page in site.pages if page.source is not None)
    used = [language.code for language in site.languages if counts[language.code]]
    if len(used) > 1:
        listed = ", ".join(f"{code} {counts[code]}" for code in used)
        why = f"pages: {listed}; `--language {used[1]}` makes the next one, with links between them"
        yield Decision("A project for each language?", why, f"language: {used[0]}\n")


def _served(root: Path) -> Iterator[Decision]:
    """Hosts that redirect by a file of their own, better than a page does."""
    for form, names in _HOSTED:
        file = next((name for name in names if (root / name).is_file()), "")
        if file:
            why = f"`{file}` is here; old URLs then answer with 301"
            yield Decision(f"Redirect the way of {form}?", why, f"redirects: [{form}]\n", True)
            return


def _our_hosts(site: Site, outside: Mapping[str, int]) -> list[str]:
    """Hosts that are linked to and look like another name of the site: with `www.`, previews."""
    own = (urlsplit(site.base_url).hostname or "").removeprefix("www.")
    name = own.partition(".")[0]
    found = []
    for host in outside:
        bare = host.removeprefix("www.")
        preview = len(name) > 2 and name in bare.replace("-", ".").split(".")
        if (
            host not in site.hosts
            and own
            and (bare == own or (bare.endswith(_PREVIEWS) and preview))
        ):
            found.append(host)
    return sorted(found)
