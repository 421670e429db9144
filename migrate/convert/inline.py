"""Running text: what mystmd reads as markup and Goldmark as words, and the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate.convert.links import bare_target, spelled_destination
from migrate.convert.walk import Atom, Walk
from migrate.hosts import bare_hosts, goldmark_links, unknown_emails
from migrate.model import Edit
from migrate.read.markdown import Event

_ENCODED = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")
_URL = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>]+", re.IGNORECASE)
_MENTION = re.compile(r"@(?:[a-zA-Z0-9_]|[|{][a-zA-Z0-9_:.#$%&\-+?~/]*[\w|}])")
_ASCII_WORD = re.compile(r"[a-zA-Z0-9]")
_HOST_PATH = re.compile(r"(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}(?:/|$)")
_LAST_WORD = re.compile(r"\S+\Z")
_CITED = re.compile(r"(?:[^^-]|[^^].+?)?-?@\w")
_DASHES = re.compile(r"-{2,}|\.{3,}|<{2,}|>{2,}")
_EMOJI = re.compile(r":([a-zA-Z0-9_+\-]+):")


def mentions(event: Event, walk: Walk) -> Iterator[Edit]:
    """`@jane` is a citation in mystmd: `\\@jane`; inside brackets `[&#64;jane]`."""
    if walk.inside("Image"):
        return
    text = walk.masked
    link = next((event for event in walk.stack[::-1] if event.kind == "Link"), None)
    for match in _MENTION.finditer(text, event.start, event.end):
        at = match.start()
        bracket = _bracket(walk, at)
        if link is not None and (bracket is None or bracket <= link.start):
            continue
        if bracket is not None:
            if text[at - 1].isalnum():
                if "@" not in text[bracket:at]:
                    yield Edit(bracket, bracket, "\\")
            elif walk.escaped(at):
                yield Edit(at - 1, at + 1, "&#64;")
            else:
                yield Edit(at, at + 1, "&#64;")
        elif not walk.escaped(at) and not _ASCII_WORD.match(text, at - 1):
            word = _LAST_WORD.search(text, max(event.start, at - 200), at)
            if word is None or not _is_address(word[0]):
                yield Edit(at, at, "\\")


def _bracket(walk: Walk, at: int) -> int | None:
    """The `[` of the brackets around `at` that mystmd would take for a citation."""
    text = walk.masked
    holder = walk.holder()
    if holder is None:
        return None
    opening = text.rfind("[", holder.start, at)
    if opening < 0 or "]" in text[opening:at] or walk.escaped(opening):
        return None
    closing = text.find("]", at, holder.end)
    if closing < 0 or walk.escaped(closing) or text[closing + 1 : closing + 2] in ("(", "["):
        return None
    parts = text[opening + 1 : closing].split(";")
    return opening if all(_CITED.match(part) for part in parts) else None


def _is_address(word: str) -> bool:
    """Whether mystmd sees a URL in the word before an `@`."""
    if word.startswith("<") and ">" in word:
        return False
    return "://" in word or word.startswith("www.") or _HOST_PATH.match(word) is not None


def shortcut_mention(event: Event, walk: Walk) -> Iterator[Edit]:
    """`[@jane]` with a definition is a link in Goldmark, a citation in mystmd: `[@jane][]`."""
    opener = walk.opener
    if (
        opener is not None
        and opener.value["link_type"] == "Shortcut"
        and _CITED.match(walk.text, opener.start + 1, event.end)
    ):
        yield Edit(event.end, event.end, "[]")


def dollars(event: Event, walk: Walk) -> Iterator[Edit]:
    """`$5 … $6` is a formula in mystmd: `\\$5 … \\$6`; a lone dollar stays as it is.

    So does the last one of a page whose formulas a script reads: what is left there is none.
    """
    if walk.inside("Image"):
        return
    text = walk.masked
    holder = walk.holder()
    if holder is None:
        return
    among_formulas = walk.ctx.page.identity in walk.ctx.plan.math_pages
    count = text.count("$", holder.start, holder.end)
    if not among_formulas and count - text.count("\\$", holder.start, holder.end) < 2:
        return
    at = text.find("$", event.start, event.end)
    while at >= 0:
        last = among_formulas and walk.text.find("$", at + 1, holder.end) < 0
        if not walk.escaped(at) and not last:
            yield Edit(at, at, "\\")
        at = text.find("$", at + 1, event.end)


def hosts(event: Event, walk: Walk) -> Iterator[Edit]:
    """mystmd makes `asp.net` a link, Goldmark doesn't: `asp\\.net`."""
    if not walk.inside("Link", "Image"):
        for dot in bare_hosts(walk.masked, event.start, event.end):
            if not _within(dot, _urls(walk, event)):
                yield Edit(dot, dot, "\\")


def dashes(event: Event, walk: Walk) -> Iterator[Edit]:
    """Goldmark's typographer: `--` is –, `---` is —, `...` is …, `<<` and `>>` are « and »."""
    if walk.inside("Image"):
        return
    text = walk.masked
    for match in _DASHES.finditer(text, event.start, event.end):
        start, end = match.span()
        if _within(start, _urls(walk, event)) or _is_attribution(match, event, walk):
            continue
        start += walk.escaped(start)
        old = text[start:end]
        new = _typeset(old)
        if new != old:
            yield Edit(start, end, new)


def _typeset(run: str) -> str:
    if run[:1] == "-":
        return run.replace("---", "—").replace("--", "–")
    if run[:1] == ".":
        return run.replace("...", "…")
    return run.replace("<<", "«").replace(">>", "»")


def _is_attribution(match: re.Match[str], event: Event, walk: Walk) -> bool:
    """`-- Author` that begins the last paragraph of a quote is an attribution in mystmd."""
    if match.start() != event.start or match[0] not in ("--", "---"):
        return False
    stack = walk.stack
    if len(stack) < 2 or stack[-1].kind != "Paragraph" or stack[-2].kind != "BlockQuote":
        return False
    paragraph, quote = stack[-1], stack[-2]
    if event.start != paragraph.start or not walk.text[quote.start : event.start].strip("> \t\r\n"):
        return False
    return not walk.text[paragraph.end : quote.end].strip("> \t\r\n")


def emoji(event: Event, walk: Walk) -> Iterator[Edit]:
    """`:tada:` with `enableEmoji`: the character."""
    text = walk.masked
    matches = list(_EMOJI.finditer(text, event.start, event.end))
    if matches:
        from migrate.convert.emojis import character

        urls = _urls(walk, event)
        for match in matches:
            shown = character(match[1])
            if shown and not walk.escaped(match.start()) and not _within(match.start(), urls):
                yield Edit(match.start(), match.end(), shown)


def guillemets(masked: str, events: list[Event]) -> list[Atom]:
    """`<<x>>`, which Goldmark's typographer sees before the tag `<x>` in it."""
    found: list[Atom] = []
    for event in events:
        start, end = event.start, event.end
        if event.kind != "InlineHtml" or not start or masked.startswith("<!", start):
            continue
        if masked[start - 1] == "<" and masked[end : end + 1] == ">":
            found.append(Atom(start - 1, start + 1, text="«"))
            found.append(Atom(end - 1, end + 1, text="»"))
    return found


def braces(event: Event, walk: Walk) -> Iterator[Edit]:
    """Braces right before code are a role in mystmd, and the code is lost: `\\{a}`. So are a brace
    in the text and one in the code before a backtick."""
    text = walk.masked
    holder = walk.holder()
    begin = holder.start if holder else 0
    if event.start > 2 and text[event.start - 1] == "}" and not walk.escaped(event.start):
        yield from _opening_braces(event, walk, begin, event.start - 1)
        return
    close = text.find("}", event.start, event.end)
    if close >= 0 and text[close + 1] == "`":
        yield from _opening_braces(event, walk, begin, close)


def _opening_braces(event: Event, walk: Walk, begin: int, close: int) -> Iterator[Edit]:
    """Escape what could open braces that end at `close`, before the code of the event."""
    text = walk.masked
    first = max(text.rfind("}", begin, min(close, event.start)) + 1, begin)
    end = min(close - 1, event.start)
    at = text.find("{", first, end)
    while at >= 0:
        if not walk.escaped(at) and not _in_code(walk, at):
            # Before the closing brace where the opening one went into another edit.
            taken = any(edit.start < at < edit.end for edit in walk.edits[-64:])
            if taken and close > event.start:
                return
            yield Edit(close, close, "\\") if taken else Edit(at, at, "\\")
            if taken:
                return
        at = text.find("{", at + 1, end)


def _in_code(walk: Walk, at: int) -> bool:
    for event in reversed(walk.events[: walk.index]):
        if event.end <= at or event.kind in ("Paragraph", "Heading", "TableCell"):
            return False
        if event.start <= at < event.end and event.kind in ("Code", "InlineHtml"):
            return True
    return False


def hard_wraps(event: Event, walk: Walk) -> Iterator[Edit]:
    """With `hardWraps` on, each line end is a break: a backslash before it."""
    if not walk.inside("Heading", "DefinitionListTitle"):
        yield Edit(event.start, event.start, "\\")


def bare_urls(event: Event, walk: Walk) -> Iterator[Edit]:
    """Bare URLs: one of the site itself leads to the page's file, `www.` means https in Hugo, and
    what Goldmark doesn't link (`http://localhost`) isn't linked.
    """
    if walk.inside("Link", "Image") or _in_anchor(event, walk):
        return
    markup = walk.ctx.plan.site.markup
    found = goldmark_links(walk.masked, event.start, event.end, typographer=markup.typographer)
    for start, end, linked in found:
        if walk.atoms_in(start, end):
            continue
        if not linked or not markup.linkify:
            dot = walk.text.find(":" if "://" in walk.text[start:end] else ".", start, end)
            yield Edit(dot, dot, "\\")
            continue
        url = walk.text[start:end]
        full = url if "://" in url else "https://" + url
        target = bare_target(full, start, walk)
        after = walk.masked[end : min(end + 1, event.end)]
        if target != url:
            shown = walk.take(start, end)
            yield Edit(start, end, f"[{shown}]({spelled_destination(target)})")
        elif _ENCODED.search(url):
            # mystmd shows the letters that `%E4%B8%AD` stands for.
            yield Edit(start, end, f"[{walk.take(start, end)}]({url})")
        elif after == "|" or after > "\x7f":
            # mystmd reads on in letters and signs of other scripts.
            walk.take(start, end)
            yield Edit(start, end, f"<{url}>")


_LONGEST_LINK = 2000
"""Characters of a link in HTML: looking back further would take the square of a paragraph."""


def _in_anchor(event: Event, walk: Walk) -> bool:
    """Whether the text stands in an `<a>` of HTML, which is a link already."""
    holder = walk.holder()
    first = max(holder.start if holder else 0, event.start - _LONGEST_LINK)
    opened = walk.masked.rfind("<a ", first, event.start)
    return opened >= 0 and walk.masked.find("</a>", opened, event.start) < 0


def emails(event: Event, walk: Walk) -> Iterator[Edit]:
    """Goldmark links every mail address, mystmd those in domains that it knows: `<a@b.example>`."""
    if not walk.inside("Link", "Image"):
        urls = _urls(walk, event)
        for start, end in unknown_emails(walk.masked, event.start, event.end):
            if _within(start, urls):
                continue
            walk.take(start, end)
            yield Edit(start, end, f"<{walk.text[start:end]}>")


def _urls(walk: Walk, event: Event) -> list[tuple[int, int]]:
    """The bare URLs in a run of text, where text rules have no business."""
    if walk.urls[0] != event.start:
        own = walk.masked[event.start : event.end]
        spans: list[tuple[int, int]] = []
        if "://" in own or "w." in own or "W." in own:
            spans += [match.span() for match in _URL.finditer(walk.masked, event.start, event.end)]
        walk.urls = (event.start, spans)
    return walk.urls[1]


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)
