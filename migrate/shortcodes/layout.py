"""Families: tabs, columns, file trees, cards whose parent knows something of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from migrate import myst
from migrate.model import Shortcode, Value
from migrate.shortcodes.call import Call, Place, shown
from migrate.shortcodes.code import block
from migrate.shortcodes.media import find
from migrate.shortcodes.render import encode

_SPLIT = re.compile(r"(?m)^[ \t]*<--->[ \t]*$")
_NAMES = ("name", "title", "header", "label", "tabname")
_INHERITED = ("text", "lang", "highlight", "langEqualsHeader")


def tabs(call: Call) -> str | None:
    """Tabs whose names, or whose language, the parent may give.

    `items="A,B"` (Hextra), `tabName1=` (Lotus Docs), `"A" "B"` (Dapr); `lang=` (Docsy).
    """
    labels = [label.strip() for label in call.get("items").split(",") if label.strip()]
    if not labels:
        labels = [value for key, value in _numbered(call.shortcode.kwargs)]
    if not labels and len(call.args) > 1:
        labels = list(call.args)
    inherited = {key: call.get(key) for key in _INHERITED if call.has(key)}
    place = Place.BLOCK if call.place.is_block else Place.INLINE
    parts: list[str] = []
    for number, child in enumerate(call.shortcode.children):
        kwargs: dict[str, Value] = {**inherited, **child.kwargs}
        if number < len(labels) and not child.args and not any(n in _lower(kwargs) for n in _NAMES):
            kwargs["name"] = labels[number]
        named = replace(child, kwargs=kwargs)
        parts.append(call.nested(named, call.text, call.ctx, place, call.name.lower()))
    if not parts:
        body = call.body()
        return body or None
    if not call.place.is_block:
        return " ".join(parts)
    return myst.directive("tab-set", body="\n".join(part for part in parts if part.strip()))


_TARGETS = ("url", "href", "link", "relref", "ref", "to", "page", "target", "src")
_LABELS = ("text", "label", "title", "name", "content", "caption")
_ADDRESS = re.compile(r"(?:[a-z]+:)?//|mailto:|[/#.]|[\w./-]+/$|[\w-]+\.(?:md|html)$", re.I)


def button(call: Call) -> str | None:
    """A button of a theme that nobody knows: what leads somewhere, and the words for it."""
    args = [arg.strip() for arg in call.args]
    url = next((found for name in _TARGETS if _ADDRESS.match(found := call.get(name).strip())), "")
    url = url or next((arg for arg in args if _ADDRESS.match(arg)), "")
    words = call.literal().strip() if call.shortcode.paired else ""
    words = words or next((arg for arg in args if arg and arg != url), "")
    words = words or next((found for name in _LABELS if (found := call.get(name).strip())), "")
    if not url or not words:
        return None
    return myst.role("button", f"{' '.join(words.split())} <{encode(call.link(url))}>")


def _lower(values: Mapping[str, Value]) -> set[str]:
    return {key.lower() for key in values}


def _numbered(kwargs: Mapping[str, Value]) -> list[tuple[int, str]]:
    found = []
    for key, value in kwargs.items():
        match = re.fullmatch(r"tabname([0-9]{1,9})", key, re.I)
        if match:
            found.append((int(match[1]), shown(value)))
    return sorted(found)


def code_tab(call: Call) -> str | None:
    """A tab that holds code, unless it says `text` or is a `%` call (Docsy); with `codelang` it
    holds code only where that is given (Kubernetes)."""
    label = call.get("header").strip() or call.get("name").strip()
    file = call.get("include").strip()
    language = call.get("lang") or call.get("codelang")
    if not language and call.is_true("langEqualsHeader"):
        language = label.lower()
    by_language = "codelang" in call.rule.params
    is_text = call.is_true("text") or (
        not language if by_language else call.shortcode.markup == "%"
    )
    if file and not call.shortcode.paired:
        if not call.is_file(file):
            return None
        options = {"lang": language or None}
        body = myst.directive("literalinclude", call.path(file), options, fence="`")
    elif is_text:
        html = call.shortcode.markup == "<" and call.inner().lstrip().startswith("<")
        body = replace(call, rule=replace(call.rule, inner="html" if html else "markdown")).body()
    else:
        code = call.literal().strip("\n")
        body = block(language, code) if call.place.is_block else f"`{' '.join(code.split())}`"
    title = call.markdown(label) if label else "Tab"
    if not call.place.is_block:
        return f"**{title}** {body}"
    return myst.directive("tab-item", myst.bare(title), body=body)


def docsy_card(call: Call) -> str | None:
    """A card whose body is code with `code=true`."""
    header, footer = call.markdown(call.get("header")), call.markdown(call.get("footer"))
    title = " ".join(filter(None, (call.markdown(call.get(n)) for n in ("title", "subtitle"))))
    body = call.body()
    if call.is_true("code"):
        body = block(call.get("lang"), call.literal().strip("\n"))
    if not call.place.is_block:
        return " ".join(filter(None, (f"**{title}**" if title else "", body)))
    return myst.directive("card", title, {"header": header or None, "footer": footer or None},
                          body or "%")  # fmt: skip


def docsy_feature(call: Call) -> str | None:
    """A card with a link below its words; one without words for it leads there as a whole, where
    the theme's own, `Read more`, would be in another language."""
    title, url = call.markdown(call.get("title")), call.get("url").strip()
    words = call.markdown(call.get("url_text"))
    if not words and call.ctx.page.language in ("", "en"):
        words = "Read more"
    target = encode(call.link(url)) if url else ""
    link = f"[{words} …]({target})" if words and target else ""
    if not call.place.is_block:
        shown_title = f"[{title}]({target})" if target and not link else f"**{title}**"
        return " ".join(filter(None, (shown_title, call.body(), link)))
    body = "\n\n".join(filter(None, (call.body(), link)))
    whole = target if target and not link else None
    return myst.directive("card", title, {"link": whole}, body or "%")


def picture_card(call: Call) -> str | None:
    """A card with a picture: above its words, of a feature below them."""
    title = call.markdown(call.get("title"))
    link = call.get("link").strip() or call.get("href").strip()
    words = call.markdown(call.get("subtitle"))
    inner = call.body() if call.shortcode.paired else ""
    tag = call.markdown(call.get("tag"))
    picture = call.get("image").strip() or call.get("thumbnail").strip()
    alt = call.escape(call.get("alt") or call.get("title"))
    image = f"![{alt}]({encode(find(call, picture))})" if picture else ""
    target = call.link(link) if link else ""
    if not call.place.is_block:
        shown_title = f"[{title or target}]({encode(target)})" if target else f"**{title}**"
        return " ".join(filter(None, (shown_title, words, inner)))
    parts = (words, inner, image) if "feature" in call.name.lower() else (image, words, inner)
    body = "\n\n".join(filter(None, parts))
    return myst.directive("card", title, {"link": target or None, "footer": tag or None},
                          body or "%")  # fmt: skip


def badge(call: Call) -> str | None:
    """Words set apart, and a link where the call has one."""
    words = call.markdown(call.get("content")) or call.markdown(call.inner())
    link = call.get("link").strip()
    if not words:
        return ""
    if link:
        return f"[{words}]({encode(call.link(link))})"
    return words if call.shortcode.paired else myst.role("span", words)


def columns(call: Call) -> str | None:
    """Parts divided by a line `<--->`, or children, each a column."""
    if call.shortcode.children and all(_is_column(one) for one in call.shortcode.children):
        parts = call.children()
    else:
        inner = call.inner()
        parts = [
            call.ctx.markdown(part.strip("\n"), call.shortcode.inner_start).strip("\n")
            for part in _SPLIT.split(inner)
            if part.strip()
        ]
        if len(parts) == 1:
            return parts[0]
        if call.place.is_block:
            parts = [myst.directive("grid-item", body=part) for part in parts]
    if not parts:
        return ""
    if not call.place.is_block:
        return " ".join(" ".join(part.split()) for part in parts)
    count = min(len(parts), 4)
    return myst.directive("grid", f"1 1 {min(2, count)} {count}", body="\n".join(parts))


def _is_column(call: Shortcode) -> bool:
    return "column" in call.name.lower() or call.name.lower() in ("col", "grid-item")


def file_tree(call: Call) -> str | None:
    """A tree of files as a nested list."""
    lines = list(_tree(call.shortcode.children, 0))
    return "\n".join(lines) if lines else None


def _tree(calls: tuple[Shortcode, ...], depth: int) -> list[str]:
    lines: list[str] = []
    for call in calls:
        name = shown(call.kwargs.get("name") or (call.args[0] if call.args else ""))
        lines.append(f"{'  ' * depth}- `{name or call.name}`")
        lines += _tree(call.children, depth + 1)
    return lines


def front_matter_grid(call: Call) -> str | None:
    """Cards from a list in the page's front matter."""
    key = (call.get("items") or "grid").lower()
    front = call.ctx.page.front
    params = front.get("params")
    entries = front.get(key) or (params.get(key) if isinstance(params, Mapping) else None)
    if not isinstance(entries, list):
        return None
    cards = []
    for entry in entries:
        if not isinstance(entry, Mapping):
            return None
        link = shown(entry.get("link"))
        options = {"link": call.link(link) if link else None}
        body = call.markdown(shown(entry.get("description")))
        cards.append(myst.directive("card", call.markdown(shown(entry.get("title"))), options,
                                    body or "%"))  # fmt: skip
    return myst.directive("grid", "1 1 2 3", body="\n".join(cards))
