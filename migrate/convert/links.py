"""Links, images and reference definitions: their destinations, in place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from migrate import myst
from migrate.convert import hooked
from migrate.convert.calls import Place
from migrate.convert.captions import captioned
from migrate.convert.icons import is_wordless, words_of_icon
from migrate.convert.standing import text_of
from migrate.convert.walk import Walk
from migrate.hosts import encyclopedic
from migrate.model import Edit, natural
from migrate.read.attributes import Attributes
from migrate.read.markdown import Definition, Event

_UNSAFE = re.compile(r"\s*(?:javascript|vbscript|file|data):", re.IGNORECASE)
_AUDIO = re.compile(r"\.(?:mp3|ogg|oga|wav|flac|m4a|aac|opus)$", re.IGNORECASE)
_FOOTNOTE = re.compile(r"#fn:(.+)$")
_DEFINITION = re.compile(r"\[(?:[^\]\\]|\\.)*\]:[ \t]*(?:\r?\n[ \t>]*)?")
_SIMPLE = re.compile(r"[^\s()\\]*")
_BLANKS = re.compile(r"\s*")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\(<?([^\s<>]*)>?(?:[ \t]+[\"'](.*)[\"'])?\)")
_SHORTENED = re.compile(
    r"https?://(?:github\.com/[^/\s]+/[^/\s]+/(?:(?:issues|pull)/\d|blob/[^/\s]+/.)"
    r"|(?:[a-z]+\.)?wikipedia\.org/wiki/.)"
)
_LOOKUPS = ("ref", "relref")


def link(_event: Event, walk: Walk) -> Iterator[Edit]:
    """`[text](destination)`: the page's file for its URL; links that lead nowhere by intent go."""
    opener = walk.opener
    if opener is None:
        return
    kind = opener.value["link_type"]
    if kind in ("Autolink", "Email"):
        yield from _autolink(opener, kind, walk)
        return
    if kind != "Inline":
        walk.links.add(_label(opener.value["id"]))
        return
    close = _close_bracket(opener, walk)
    span = destination_span(walk.masked, close + 2)
    old = _destination(span, opener.value["dest_url"], walk)
    footnote = _FOOTNOTE.match(old)
    if footnote is not None and _is_footnote(footnote[1], walk):
        yield from _unlinked(opener, close, walk, f"[^{footnote[1]}]")
        return
    if old in ("", "#") or _UNSAFE.match(old):
        yield from _unlinked(opener, close, walk)
        return
    shown = walk.text[opener.start + 1 : close]
    if "localhost:1313" in shown:
        return  # the reader's own preview is meant, and no page of the site
    new = _written(span, _led(old, opener, walk), walk)
    if "<" in shown and is_wordless(shown) and (name := words_of_icon(shown)):
        walk.take(opener.start + 1, close)
        yield Edit(opener.start + 1, close, name)
    if new == walk.text[opener.start + 1 : close]:
        new = kept_url(new)
    if close == opener.start + 1 and (host := _host(new)):
        yield Edit(close, close, myst.escape(host.removeprefix("www.")).replace(".", "\\."))
    if new != old or walk.atoms_in(*span):
        yield _replaced(new, span, walk.text)


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:  # `http://[x`
        return ""


def image(_event: Event, walk: Walk) -> Iterator[Edit]:
    """`![alt](path)`: the file's place in the project, without a query."""
    opener = walk.opener
    if opener is None:
        return
    if opener.value["link_type"] != "Inline":
        walk.images.add(_label(opener.value["id"]))
        yield from _captioned_reference(opener, walk)
        return
    close = _close_bracket(opener, walk)
    span = destination_span(walk.masked, close + 2)
    old = _destination(span, opener.value["dest_url"], walk)
    if not old:
        return
    new = _written_image(_led(old, opener, walk), span[0], walk)
    if figure := captioned(opener, close, new, walk):
        yield figure
        return
    if _AUDIO.search(new):
        yield Edit(opener.start, opener.start + 1, "")
    elif " " in new and (alone := _alone(opener, walk)):
        alt = walk.text[opener.start + 2 : close]
        yield Edit(alone.start, opener.end, myst.directive("image", new, {"alt": alt or None}))
        return
    if new != old or walk.atoms_in(*span):
        yield _replaced(new, span, walk.text)


def _captioned_reference(opener: Event, walk: Walk) -> Iterator[Edit]:
    """The caption of an image whose address is a definition's."""
    if not walk.ctx.plan.captions or not opener.value["dest_url"]:
        return
    found = walk.masked.find("]", _close_bracket(opener, walk), opener.end)
    close = found if found >= 0 else opener.end - 1
    path = _written_image(opener.value["dest_url"], opener.start, walk)
    if figure := captioned(opener, close, path, walk):
        yield figure


def _led(destination: str, opener: Event, walk: Walk) -> str:
    """The destination that a render hook of the site's own makes of one that leads nowhere."""
    markup = walk.ctx.plan.site.markup
    own = markup.own_image_hook if opener.kind == "Image" else markup.own_link_hook
    if not own:
        return destination
    return hooked.destination(walk.text[opener.start : opener.end], destination, walk.ctx)


def image_line(walk: Walk, start: int, end: int, attributes: Attributes) -> str | None:
    """An image alone in its paragraph, with attributes, as a directive; None for anything else."""
    width, height = attributes.values.get("width", ""), attributes.values.get("height", "")
    if not walk.text.startswith("![", start) or not (width or height or attributes.classes):
        return None
    found = _IMAGE.fullmatch(walk.take(start, end))
    if found is None:
        return None
    options = {
        "alt": found[1] or None,
        "title": found[3],
        "width": _length(width),
        "height": _length(height),
        "class": " ".join(attributes.classes) or None,
    }
    return myst.directive("image", found[2], options)


def _length(value: str) -> str | None:
    return f"{value}px" if natural(value) is not None else value or None


def definitions(walk: Walk) -> Iterator[Edit]:
    """The destinations of reference definitions."""
    for found in walk.parsed.definitions:
        start = _DEFINITION.match(walk.masked, found.start)
        if start is None:
            continue
        span = destination_span(walk.masked, start.end())
        old = _destination(span, found.destination, walk)
        if not old or old == "#" or _UNSAFE.match(old):
            continue  # `[//]: # (a comment)`
        new = _definition_target(found, old, span, walk)
        if new != old or walk.atoms_in(*span):
            yield _replaced(new, span, walk.text)


def destination_span(text: str, at: int) -> tuple[int, int]:
    """The span of a link's destination that begins at or after `at`, without angle brackets."""
    blank = _BLANKS.match(text, at)
    at = blank.end() if blank else at
    if text.startswith("<", at):
        end = at + 1
        while end < len(text) and text[end] not in ">\n":
            end += 2 if text[end] == "\\" else 1
        return at + 1, min(end, len(text))
    simple = _SIMPLE.match(text, at)
    end = simple.end() if simple else at
    if text[end : end + 1] not in ("(", "\\"):
        return at, end
    depth = 0
    while end < len(text) and not text[end].isspace():
        char = text[end]
        if char == "\\" and end + 1 < len(text) and not text[end + 1].isspace():
            end += 1
        elif char == "(":
            depth += 1
        elif char == ")":
            if not depth:
                break
            depth -= 1
        end += 1
    return at, end


def kept_url(url: str) -> str:
    """A URL that mystmd leaves to be read as typed.

    Where a link's text is its URL, mystmd shows `org/repo#1` for an issue on GitHub, the path of a
    file there, the title of a page of Wikipedia. An empty fragment or query prevents it.
    """
    if _SHORTENED.match(url) is None:
        return url
    before, sign, fragment = url.partition("#")
    return (
        f"{before}{'' if '?' in before else '?'}#{fragment}" if sign and fragment else before + "#"
    )


def bare_target(url: str, at: int, walk: Walk) -> str:
    """Where a URL that is its own text leads."""
    if "%" in url or any(host in url for host in walk.ctx.plan.site.hosts):
        return walk.ctx.link(url, at)
    return kept_url(url)


def spelled_destination(destination: str) -> str:
    """A destination as it is typed between the brackets of a link."""
    if not re.search(r"[\s()<>]", destination):
        return destination
    balanced = not re.search(r"[\s<>]", destination) and _balanced(destination)
    return destination if balanced else "<" + re.sub(r"([<>])", r"\\\1", destination) + ">"


def spelled_image(alt: str, path: str, title: str = "") -> str:
    """An image; `alt` is Markdown already."""
    tail = ' "' + title.replace('"', '\\"') + '"' if title else ""
    return f"![{alt}]({spelled_destination(path)}{tail})"


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0


def _replaced(new: str, span: tuple[int, int], text: str) -> Edit:
    """The destination in its span, with angle brackets only where it needs them."""
    start, end = span
    spelled = spelled_destination(new)
    if start and text[start - 1] == "<":
        start, end = start - 1, end + 1
    return Edit(start, end, spelled)


def _close_bracket(opener: Event, walk: Walk) -> int:
    """Offset of the `]` that closes the text of a link or image."""
    last = walk.previous()
    start = opener.start + (2 if opener.kind == "Image" else 1)
    if last is not None and last is not opener and last.end > start:
        start = last.end
    found = walk.masked.find("](", start, opener.end)
    return found if found >= 0 else start


def _destination(span: tuple[int, int], parsed: str, walk: Walk) -> str:
    """What Hugo sees as the destination: calls replaced, escapes and entities gone."""
    atoms = walk.atoms_in(*span)
    if not atoms:
        return parsed
    parts: list[str] = []
    at = span[0]
    for atom in atoms:
        parts += walk.text[at : atom.start], text_of(atom, walk, Place.DESTINATION)
        at = atom.end
    rest = walk.text[at : span[1]]
    call = atoms[0].call
    if rest.startswith("#") and call is not None and _is_lookup(span, walk):
        path = str(call.args[0] if call.args else call.kwargs.get("path", ""))
        if "#" not in path:
            return walk.ctx.ref(path + rest, span[0], str(call.kwargs.get("lang", "")))
    parts.append(rest)
    return _ESCAPE.sub(r"\1", "".join(parts))


def _is_lookup(span: tuple[int, int], walk: Walk) -> bool:
    """The destination is a `ref` or `relref`: it is written in MyST already."""
    atoms = walk.atoms_in(*span)
    call = atoms[0].call if atoms else None
    return call is not None and call.name.lower() in _LOOKUPS and atoms[0].start == span[0]


def _written(span: tuple[int, int], old: str, walk: Walk) -> str:
    if _is_lookup(span, walk):
        return old
    new = encyclopedic(walk.ctx.link(old, span[0]))
    return old if new != old and _same_file(old, new, walk) else new


def _same_file(old: str, new: str, walk: Walk) -> bool:
    """mystmd finds the same file by the path as typed: from the page (`./a.png`), or the root."""
    if old.removeprefix("./") == new:
        return True
    if not old.startswith("/") or "//" in new or new.startswith(("/", "#")):
        return False
    place = walk.ctx.plan.places.get(walk.ctx.page.identity)
    if place is None:
        return False
    return posixpath.normpath(posixpath.join("/", str(place.parent), new)) == old


def _written_image(old: str, at: int, walk: Walk) -> str:
    if old.startswith("//"):
        old = "https:" + old
    new = walk.ctx.image(old, at)
    if "?" in new and "://" not in new and not new.startswith("data:"):
        new = new.partition("?")[0]
    return old if new != old and _same_file(old, new, walk) else new


def _definition_target(found: Definition, old: str, span: tuple[int, int], walk: Walk) -> str:
    label = _label(found.label)
    if label in walk.images and label not in walk.links:
        return _written_image(old, span[0], walk)
    return _written(span, old, walk)


def _autolink(opener: Event, kind: str, walk: Walk) -> Iterator[Edit]:
    url = opener.value["dest_url"]
    if kind == "Autolink":
        new = bare_target(url, opener.start, walk)
        if new != url:
            shown = walk.text[opener.start + 1 : opener.end - 1]
            yield Edit(opener.start, opener.end, f"[{shown}]({spelled_destination(new)})")


def _unlinked(opener: Event, close: int, walk: Walk, after: str = "") -> Iterator[Edit]:
    """The link's text alone."""
    inner = walk.take(opener.start + 1, close)
    yield Edit(opener.start, opener.end, inner + after)


def _is_footnote(label: str, walk: Walk) -> bool:
    return f"[^{label}]:" in walk.ctx.page.body


def _alone(opener: Event, walk: Walk) -> Event | None:
    """The paragraph that holds nothing but this image."""
    holder = walk.stack[-1] if walk.stack else None
    if holder is None or holder.kind != "Paragraph":
        return None
    inside = walk.text[holder.start : holder.end].strip()
    return holder if inside == walk.text[opener.start : opener.end] else None


def _label(label: str) -> str:
    return " ".join(label.split()).casefold()
