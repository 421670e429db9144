"""Fill the text of a mapping with a call's values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migrate import myst
from migrate.shortcodes.call import Call, pixels
from migrate.themes.template import Fence, Hole, Line, Part, Role, compile_template

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_INFO = re.compile(r"[^`\r\n{]*")
"""What may stand behind a fence of code where the mapping names no directive."""
_BLANKS = re.compile(r"\n{3,}")
_TAB = "{tab-item} "
_PICTURES = frozenset({"figure", "image"})
_NOTHING_INLINE = frozenset({"toc", "include", "literalinclude", "bibliography"})
_CODE = frozenset({"code-block", "code", "mermaid", "csv-table"})


def fill(text: str, call: Call) -> str:
    """The blocks that a mapping's text gives for `call`."""
    if not call.place.is_block:
        return fill_inline(text, call)
    lines = [line for node in compile_template(text) for line in _node(node, call, text)]
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip("\n")


def fill_inline(text: str, call: Call) -> str:
    """The same as one line of inline MyST."""
    words = [_flat(node, call) for node in compile_template(text)]
    return " ".join(" ".join(word.split()) for word in words if word.strip() not in ("", "%"))


def _node(node: Line | Fence, call: Call, text: str) -> Iterator[str]:
    if isinstance(node, Line):
        line = _line(node, call)
        if line is not None:
            yield line
        return
    opener = myst.one_line(_line(node.opener, call) or "")
    if node.char == "`" and not _names_directive(node):
        opener = (_INFO.match(opener) or [""])[0]
    if opener.startswith(_TAB):
        opener = _TAB + myst.bare(opener[len(_TAB) :])
    options: list[str] = []
    body: list[str] = []
    for inside in node.body:
        if isinstance(inside, Line) and inside.option:
            option = _line(inside, call)
            if option is not None:
                options.append(option)
        else:
            body += _node(inside, call, text)
    content = "\n".join(body).strip("\n")
    content = myst.card_body(content) if opener.startswith("{card}") else content
    marker = node.char * myst.fence_length(content, node.char)
    yield f"{marker}{opener.rstrip()}"
    yield from options
    if content:
        if options or (content.startswith((":", "---")) and not content.startswith(":::")):
            yield ""
        yield _BLANKS.sub("\n\n", content) if node.char == ":" else content
    yield marker


def _names_directive(node: Fence) -> bool:
    first = node.opener.parts[:1]
    return bool(first) and isinstance(first[0], str) and first[0].startswith("{")


def _line(line: Line, call: Call) -> str | None:
    """One line filled in; None where it goes."""
    parts: list[str] = []
    empty = True
    holes = False
    for part in line.parts:
        value = _part(part, call)
        if isinstance(part, Hole):
            holes = True
            if value == "" and part.drops:
                return None
            empty = empty and value == ""
        elif isinstance(part, Role):
            empty = False
        parts.append(value)
    filled = "".join(parts)
    if parts and not parts[0]:  # the words that were to stand before are not given
        filled = filled.lstrip(" ")
    if holes and empty and (line.option or not filled.strip()):
        return None if line.option else ""
    if not line.option:
        return filled
    key, _, value = filled.partition(": ")
    value = " ".join(value.split())
    if holes and value in ("true", "false"):
        return f"{key}:" if value == "true" else None
    return f"{key}: {value}" if value else filled


def _part(part: Part, call: Call) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Role):
        text = "".join(_part(one, call) for one in part.parts).strip()
        if text.endswith("<>"):  # a button that leads nowhere is its words
            return call.escape(text[:-2].strip())
        return myst.role(part.name, text) if text.strip() else ""
    return hole(part, call)


def hole(part: Hole, call: Call) -> str:
    """The first alternative that is set, written as its place asks."""
    for name in part.names:
        value = name[1:-1] if name.startswith('"') else _value(name, part.type, call)
        if value.strip():
            return value
    return ""


def _value(name: str, kind: str, call: Call) -> str:
    if name == "inner":
        return _inner(kind, call)
    if name == "children":
        inside = "\n" if call.place.is_block else " "
        return inside.join(call.children())
    if name == "args":
        return " ".join(call.args)
    raw = call.get(name)
    if not raw.strip():
        return ""
    param = call.rule.params.get(name)
    own = param.type if param and param.type != "file" else ""
    return written(raw, own or kind, kind, call)


def written(raw: str, kind: str, place: str, call: Call) -> str:
    """A value by its type; `place` is the type that its place in the text asks for."""
    if kind in ("markdown", "block"):
        if place in ("plain", "raw"):
            return " ".join(raw.split())
        return call.markdown(raw, block=kind == "block" or place == "block")
    if kind == "text":
        return call.escape(raw)
    if kind == "plain":
        return " ".join(raw.split())
    if kind == "pixels":
        return pixels(raw)
    if kind in ("path", "url", "page", "href"):
        find = {"path": call.path, "page": call.ref}.get(kind, call.link)
        found = find(_CONTROL.sub("", raw).strip())
        if place == "href":
            return found.replace(" ", "%20")
        return found if place == "path" else encode(found)
    if kind in ("address", "part", "base"):
        return encode(raw.strip())
    return raw


def encode(destination: str) -> str:
    """A destination without what would end it: blanks, brackets, control characters."""
    destination = _CONTROL.sub("", destination)
    for char, code in ((" ", "%20"), ("(", "%28"), (")", "%29"), ("<", "%3C"), (">", "%3E")):
        destination = destination.replace(char, code)
    return destination


def _inner(kind: str, call: Call) -> str:
    if kind == "block":
        return call.body()
    if kind == "raw":
        return call.literal()
    if kind == "plain":
        return " ".join(call.literal().split())
    if kind in ("url", "path", "part", "base", "address"):
        return encode(call.literal().strip())
    return call.markdown(call.inner()) if call.rule.inner != "text" else call.body()


@dataclass(frozen=True, slots=True)
class _Flat:
    """The pieces of a directive, to be said in one line."""

    argument: str
    options: dict[str, str]
    body: str


def _flat(node: Line | Fence, call: Call) -> str:
    """A node of the text in one line."""
    if isinstance(node, Line):
        return _line(node, call) or ""
    opener = _line(node.opener, call) or ""
    name, _, argument = opener.partition("}")
    name = name.strip("{ ")
    if node.char == "`" and not opener.startswith("{"):
        name, argument = "code", ""
    if name in _NOTHING_INLINE:
        return ""
    pieces = _Flat(argument.strip(), *_flat_body(node.body, call))
    return _in_line(name, pieces, call)


def _flat_body(nodes: Iterable[Line | Fence], call: Call) -> tuple[dict[str, str], str]:
    options: dict[str, str] = {}
    words: list[str] = []
    for node in nodes:
        if isinstance(node, Line) and node.option:
            key, _, value = (_line(node, call) or "").lstrip(":").partition(":")
            options[key] = value.strip()
        else:
            words.append(_flat(node, call))
    return options, " ".join(word for word in words if word.strip() not in ("", "%"))


def _in_line(name: str, pieces: _Flat, call: Call) -> str:
    argument, options, body = pieces.argument, pieces.options, pieces.body
    if name in _PICTURES:
        return f"![{call.escape(options.get('alt', ''))}]({encode(argument)}) {body}".rstrip()
    if name == "iframe":
        title = options.get("title") or argument
        return f"[{call.escape(title)}]({encode(argument)})"
    if name in _CODE:
        return code_span(body)
    if name == "math":
        return myst.role("math", body)
    link = options.get("link") or options.get("url")
    title = f"[{argument or link}]({encode(link)})" if link else argument
    if title and body:
        return f"{title if link or title.startswith('**') else f'**{title}**'} {body}"
    return title or body


def code_span(text: str) -> str:
    """A code span around `text`."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{ticks}{pad}{' '.join(text.split())}{pad}{ticks}"
