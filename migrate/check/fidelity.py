"""Fidelity: does a page say in MyST what it said in Hugo?

Compares what two engines made of one page: the HTML of Hugo with the syntax tree of mystmd.
Not compared, for neither side has it in a form of its own: style (widths, colours, alignment),
icons, scripts, what a theme puts around the content, and a list that a `{toc}` makes anew, unless
Hugo's page has it too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html import unescape
from typing import TypeVar
from urllib.parse import urlsplit

from migrate.check.code import UNKNOWN
from migrate.check.facts import COMPARED_APART, Facts, Item, plain, tokens
from migrate.check.listing import may_be_listed
from migrate.check.outline import told_headings, without_titles
from migrate.check.rendered import facts_of_html
from migrate.check.standins import stood_in
from migrate.check.targets import Places, file_name, same_fragment
from migrate.check.typeset import has_dollar_math
from migrate.check.understood import facts_of_tree, makes_lists
from migrate.engines.mystmd import Built
from migrate.trust import Verdict

T = TypeVar("T", bound=Hashable)

KINDS = (
    "words", "title", "heading", "link", "image", "caption", "code", "inline code", "table", "list",
    "definition", "quote", "footnote", "admonition", "math", "embed", "tab",
    "strong", "emphasis",
)  # fmt: skip
"""What is compared, in the order in which it is reported."""
EXCERPT = 120
"""Characters of an excerpt."""
LIMIT = 30_000_000
"""Above this product of lengths frequent words don't count in aligning: time is finite."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same on both sides."""

    kind: str
    """One of `KINDS`."""
    hugo: str
    """Excerpt of Hugo's side; empty where the thing is only in MyST."""
    myst: str
    """Excerpt of MyST's side; empty where the thing is lost."""
    line: int = 0
    """Line of the MyST file near it, 0 where mystmd doesn't say."""
    context: str = ""
    """Words before it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on one page."""

    url: str
    """Hugo's URL of the page."""
    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    same_words: bool = False
    """The visible text is the same, whatever else differs."""
    stubs: tuple[str, ...] = ()
    """Shortcodes on the page that Hugo has no template for."""


def compare_page(
    html: str,
    page: Built | None,
    url: str,
    places: Places,
    title: str = "",
    *,
    listing: frozenset[str] | None = None,
    stubs: tuple[str, ...] = (),
    stand_ins: tuple[str, ...] = (),
) -> Comparison:
    """Compare Hugo's HTML of the page at `url` (from the site's root) with mystmd's page.

    `title` is Hugo's title of the page. A page that lists others (home, section, term, one
    made of blocks) shows more than its content, by templates that the HTML is without: what only
    MyST has is no difference there if all its words are in `listing`, see `check.listing`.
    Without a page the verdict is `missing`; with `stubs`, shortcodes whose templates Hugo lacks,
    `not comparable`: the differences are then those of what it does show. So it is if anything
    differs on a page with `stand_ins`, which Hugo shows by other templates than the site's.
    """
    if page is None:
        return Comparison(url, "missing")
    own_title = str(page.front.get("title") or "")
    title = unescape(title)
    dollars = places.has_dollars(url) and has_dollar_math(page.tree)
    hugo = facts_of_html(html, url, places, title=title or own_title, dollars=dollars)
    own, numbers = title or own_title, "ref{" not in html
    ways = (False, True) if makes_lists(page.tree) else (False,)
    read = [
        stood_in(hugo, facts_of_tree(page, title=own, numbers=numbers, lists=way)) for way in ways
    ]
    myst, found = min(
        ((facts, list(compare(hugo, facts, places))) for facts in read), key=lambda one: len(one[1])
    )
    if listing is None and title and tokens(plain(title)) != tokens(plain(own_title)):
        found.append(Difference("title", title, own_title))
    changes = list(_word_changes(hugo, myst))
    if listing is not None:
        found = [difference for difference in found if difference.hugo]
        right, right_at = myst.words
        foreign = [
            (c, d) for a, b, c, d in changes if a == b and not may_be_listed(right[c:d], listing)
        ]
        found += [
            Difference("words", "", _joined(right[c:d]), myst.line(right_at[c])) for c, d in foreign
        ]
        changes = [change for change in changes if change[0] < change[1] or change[2:] in foreign]
    found.sort(key=lambda difference: KINDS.index(difference.kind))
    if found:
        stubs += stand_ins
    verdict: Verdict = "not comparable" if stubs else "differs" if found else "identical"
    return Comparison(url, verdict, tuple(found), not changes, stubs)


def compare(hugo: Facts, myst: Facts, places: Places) -> Iterator[Difference]:
    """All differences of two sides, of MyST's without what `stood_in`."""
    yield from _words(hugo, myst)
    for kind in KINDS[2:]:
        left, right = hugo.of(kind), myst.of(kind)
        if kind == "link":
            left, right = _told_links(left, right, places)
        if kind == "heading":
            left = told_headings(left, right)
        elif kind == "strong":
            left = without_titles(left, myst.of("box title"))
        if kind == "code" and not any(item.value[0] == "goat" for item in left):
            # Hugo draws it; here it stays the picture of characters that was typed.
            right = tuple(item for item in right if item.value[0] != "goat")
        found = _items(kind, left, right, myst, places)
        # Themes mark alerts by classes of any kind: one that we don't know is no difference.
        yield from (told for told in found if told.hugo or kind != "admonition")


def _words(hugo: Facts, myst: Facts) -> Iterator[Difference]:
    (left, left_at), (right, right_at) = hugo.words, myst.words
    for a, b, c, d in _word_changes(hugo, myst):
        here = {hugo.place(at) for at in left_at[a:b]} | {myst.place(at) for at in right_at[c:d]}
        if here <= COMPARED_APART and _told_by_items(hugo, myst, here):
            continue
        at = right_at[c] if c < len(right_at) else len(myst.text)
        yield Difference(
            "words", _joined(left[a:b]), _joined(right[c:d]), myst.line(at),
            _joined(left[max(0, a - 6) : a]),
        )  # fmt: skip


def _word_changes(hugo: Facts, myst: Facts) -> Iterator[tuple[int, int, int, int]]:
    """Changes of words, but for those that MyST's theme shows by itself."""
    left = hugo.words[0]
    for a, b, c, d in _changes(left, myst.words[0]):
        for at, shown in myst.added:
            if abs(at - c) <= len(shown):
                a += _shows(left[a:b], shown)
        if c < d or (a < b and not _shown_nearby(left, a, b, c, myst)):
            yield a, b, c, d


def _shown_nearby(left: Sequence[str], a: int, b: int, c: int, myst: Facts) -> bool:
    """Whether the words `left[a:b]`, found to be missing, are all words that MyST's theme shows,
    where the same words before or behind made it hard to tell which of them are missing."""
    for step in (-1, 1):
        for by in range(0, step * (b - a), step):
            first, last = (a + by, b + by) if by < 0 else (a + by - 1, b + by - 1)
            if by and not (first >= 0 and last < len(left) and left[first] == left[last]):
                break
            for at, shown in myst.added:
                if at == c + by and _shows(left[a + by : b + by], shown) == b - a:
                    return True
    return False


def _shows(words: Sequence[str], shown: Sequence[str]) -> int:
    """How many of the first words are what is shown, whatever the case: `Seealso`, `See Also`."""
    wanted = "".join(shown).lower()
    for count in range(1, min(len(words), len(shown) + 2) + 1):
        if "".join(words[:count]).lower() == wanted:
            return count
    return 0


def _told_by_items(hugo: Facts, myst: Facts, kinds: set[str]) -> bool:
    """Whether the same difference is found among the items of these kinds."""
    return any(
        [item.value for item in hugo.of(kind)] != [item.value for item in myst.of(kind)]
        for kind in kinds
    )


def _joined(words: Sequence[str]) -> str:
    text = " ".join(words[:40])
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"


def _told_links(
    left: tuple[Item, ...], right: tuple[Item, ...], places: Places
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Links as they are compared.

    One that leads nowhere in Hugo leads, if it was repaired, where the link with its words does.
    Those that only one engine makes of a host name in running text are left out.
    A file on the site's own host is the file, whether its name or its URL leads to it.
    """
    asked = {item.value[0] for item in left}
    right = tuple(_own_file(item, places) for item in right)
    kept = tuple(
        item
        for item in right
        if item.value[0] in asked
        or item.value[0] not in ("http://" + item.value[2].replace(" ", ""),)
    )
    free = Counter((item.value[2], item.value[0]) for item in kept)
    free.subtract((item.value[2], item.value[0]) for item in left)
    targets: dict[str, list[str]] = {}
    for (words, target), count in free.items():
        targets.setdefault(words, []).extend([target] * count)
    return tuple(_repaired(item, targets) if _excused(item) else item for item in left), kept


def _repaired(item: Item, targets: dict[str, list[str]]) -> Item:
    """The link as repaired, if one of `targets`, by words, is left for it."""
    found = targets.get(item.value[2])
    return replace(item, value=(found.pop(0), "", item.value[2])) if found else item


def _own_file(item: Item, places: Places) -> Item:
    parts = urlsplit(item.value[0])
    if parts.netloc not in places.hosts or "." not in parts.path.rpartition("/")[2]:
        return item
    return replace(item, value=("file:" + file_name(parts.path), *item.value[1:]))


def _items(
    kind: str, left: tuple[Item, ...], right: tuple[Item, ...], myst: Facts, places: Places
) -> Iterator[Difference]:
    keys = [_key(item) for item in left], [_key(item) for item in right]
    matched: list[tuple[Item, Item]] = []
    end_left = end_right = 0
    changes = list(_changes(*keys))
    for a, b, c, d in [*changes, (len(left), len(left), len(right), len(right))]:
        matched += zip(left[end_left:a], right[end_right:c], strict=True)
        end_left, end_right = b, d
        pairs = list(zip(left[a:b], right[c:d], strict=False))
        matched += [pair for pair in pairs if _excused(pair[0])]
        for one, other in pairs:
            if not _excused(one):
                yield _difference(kind, one, other, myst)
        for one in left[a + len(pairs) : b]:
            yield _difference(kind, one, None, myst)
        for other in right[c + len(pairs) : d]:
            yield _difference(kind, None, other, myst)
    for one, other in matched:
        if kind == "link" and not _same_link(one, other, places):
            yield _difference(kind, one, other, myst)
        if kind == "admonition" and not _same_kind(one.value[0], other.value[0]):
            yield _difference(kind, one, other, myst)
        if kind == "image" and not _same_alt(one, other):
            yield _difference(kind, one, other, myst)
        if kind == "code" and not _same_language(one.value[0], other.value[0], places):
            yield _difference(kind, one, other, myst)


def _key(item: Item) -> tuple[str, ...]:
    """What items are matched by: of links and images where they lead; of code and admonitions
    their text, whatever language or kind."""
    if item.kind in ("code", "admonition"):
        return item.value[1:]
    return item.value[:1] if item.kind in ("link", "image") else item.value


def _same_kind(hugo: str, myst: str) -> bool:
    """Kinds of admonitions agree, as far as both are told."""
    return not hugo or not myst or hugo == myst


def _excused(one: Item) -> bool:
    """A link that leads nowhere in Hugo may lead anywhere in MyST: it was repaired."""
    return one.kind == "link" and one.value[0].startswith("?")


def _same_language(hugo: str, myst: str, places: Places) -> bool:
    """A language that nobody wrote is no loss: Hugo guesses it, from the code, where it may."""
    return hugo in (UNKNOWN, myst) or (places.guesses and not myst)


def _same_link(one: Item, other: Item, places: Places) -> bool:
    target, fragment, text = one.value
    if target.startswith("page:") and not same_fragment(fragment, other.value[1], target, places):
        return False
    other_text = other.value[2]
    return text == other_text or text in other_text or other_text in text


def _same_alt(one: Item, other: Item) -> bool:
    """Alternative texts agree, or the one that is there only repeats the caption."""
    return one.value[1] == other.value[1] or not one.value[1] or _shortened(one, other)


def _shortened(one: Item, other: Item) -> bool:
    letters = ["".join(c for c in item.value[1] if c.isalnum()) for item in (one, other)]
    return letters[0] == letters[1]


def _difference(kind: str, one: Item | None, other: Item | None, myst: Facts) -> Difference:
    shown_one, shown_other = _excerpts(one.shown if one else "", other.shown if other else "")
    line = myst.line(other.at) if other else 0
    return Difference(kind, shown_one, shown_other, line)


def _excerpts(one: str, other: str) -> tuple[str, str]:
    """Both texts, cut to where they begin to differ."""
    start = 0
    if one and other:
        while start < min(len(one), len(other)) and one[start] == other[start]:
            start += 1
        start = max(0, start - EXCERPT // 3)
    head = "…" if start else ""
    cut = [
        head + text[start : start + EXCERPT] + ("…" if len(text) > start + EXCERPT else "")
        for text in (one, other)
    ]
    return (cut[0] if one else "", cut[1] if other else "")


def _changes(left: Sequence[T], right: Sequence[T]) -> Iterator[tuple[int, int, int, int]]:
    """Spans (a, b, c, d): `left[a:b]` stands where `right[c:d]` stands."""
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    a, b, c, d = start, len(left) - end, start, len(right) - end
    if a == b and c == d:
        return
    hasty = (b - a) * (d - c) > LIMIT
    matcher = SequenceMatcher(None, left[a:b], right[c:d], autojunk=hasty)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            yield a + i, a + j, c + k, c + m
