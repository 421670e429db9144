"""Phrasing content: emphasis, code, links, roles, line breaks.

Functions of the shape that markdownify calls: the converter, the element, its converted text and
the elements around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bs4 import Tag
from bs4.element import NavigableString

from migrate import myst
from migrate.convert.icons import words_of_icon
from migrate.convert.soup import attribute, classes, content, first, words

if TYPE_CHECKING:
    from migrate.convert.elements import Converter, Tags

BREAK = "\v"
_PARAGRAPHS = re.compile(r"((?:(?<! ) +)?\v[ \v]*\v *)")
_TICKS = re.compile(r"`+")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_UNSAFE = re.compile(r"^[\s\x00-\x20]*(?:javascript|vbscript|data|file):", re.IGNORECASE)
_PLAIN_URL = re.compile(r"(?:https?|mailto|ftp):[^\s<>\\]+$")
_BUTTON = frozenset(["btn", "button", "usa-button", "hextra-button", "sd-btn", "cta-button"])
_NOT_BUTTONS = frozenset(["btn-link"])
_MARKS = "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~"
_APART = "<!-- -->"
"""An empty comment: punctuation to CommonMark, nothing to a reader."""
_EMPHASIS = ("em", "strong", "b", "i")
_MARKUP = ("code", "a", "img", "sup", "sub", "kbd")


def edges(text: str) -> tuple[str, str, str]:
    """The spaces and breaks before the text, the text, those after it."""
    start = len(text) - len(text.lstrip(" \v"))
    end = len(text.rstrip(" \v"))
    return (text[:start], text[start:end], text[end:]) if end > start else (text, "", "")


def each_paragraph(text: str, wrap: Callable[[str], str]) -> str:
    """Wrap the text, or each paragraph of it where two breaks part it."""
    before, inner, after = edges(text)
    if not inner:
        return text
    if BREAK in inner:
        pieces = [piece for piece in _PARAGRAPHS.split(inner) if piece]
        inner = "".join(wrap(piece) if piece.strip(" \v") else piece for piece in pieces)
    else:
        inner = wrap(inner)
    return before + inner + after


def _emphasis(mark: str, names: frozenset[str]) -> Callable[..., str]:
    def convert(self: Converter, el: Tag, text: str, around: Tags) -> str:
        if text[:1] == "\n" or around & names or not text.strip(" \v\xa0"):
            return text
        return each_paragraph(text, lambda inner: _delimit(inner, mark, el))

    return convert


def _delimit(text: str, mark: str, el: Tag) -> str:
    """Put marks around the text so that CommonMark takes them as such.

    A mark between punctuation inside and a letter outside is none: `**a:**b`. The punctuation
    goes out of the marks; where it is markup itself, an empty comment keeps the letter away.
    """
    before, after = _neighbour(el, -1), _neighbour(el, 1)
    head = tail = ""
    if _is_letter(after):
        while len(text) > 1 and text[-1] in ".,:;!?" and text[-2] != "\\":
            tail, text = text[-1] + tail, text[:-1]
        if not tail and not _is_letter(text[-1]):
            tail = _APART
    if (_is_letter(before) and not _is_letter(text[0])) or before == "*":
        head = _APART
    return f"{head}{mark}{text.rstrip(' ')}{mark}{tail}"


def _is_letter(char: str) -> bool:
    """Neither space nor punctuation, as CommonMark sees it; no character is none."""
    return (
        bool(char)
        and not char.isspace()
        and char not in _MARKS
        and (char.isalnum() or ord(char) > 0x2E7F)
    )


def _neighbour(el: Tag, step: int) -> str:
    """The character beside the element, `*` for emphasis, "" where a line begins or ends."""
    node: Any = el.next_sibling if step > 0 else el.previous_sibling
    if node is None or (isinstance(node, NavigableString) and type(node) is not NavigableString):
        return ""
    if isinstance(node, NavigableString):
        text = str(node)
        return text[0] if step > 0 else text[-1]
    if node.name in _EMPHASIS:
        return "*"
    if node.name in _MARKUP:
        return "`"
    text = node.get_text() if node.name == "span" else ""
    return (text[0] if step > 0 else text[-1]) if text else ""


def code_span(text: str) -> str:
    """A code span that shows the text."""
    text = _SPACES.sub(" ", text)
    if not text.strip(" "):
        return text
    longest = max(map(len, _TICKS.findall(text)), default=0) if "`" in text else 0
    ticks = "`" * (longest + 1)
    if text[0] == "`" or text[-1] == "`":
        text = f" {text} "
    elif text[0] == " " or text[-1] == " ":
        text = text.strip(" ")
    return f"{ticks}{text}{ticks}"


def code(el: Tag, to: Converter, around: Tags) -> str | None:
    """Code; links in it stay links around code."""
    inside = el.contents
    if len(inside) == 1 and type(inside[0]) is NavigableString:
        return code_span(inside[0])
    if first(el, ("a",)) is None:
        for line_break in el.find_all("br"):
            line_break.replace_with(" ")
        return code_span(el.get_text())
    parts = []
    for node in list(el.children):
        if isinstance(node, Tag) and node.name == "a" and "href" in node.attrs:
            parts.append(write_link(node, code_span(node.get_text()), to, around))
        elif isinstance(node, Tag) and node.find("a", href=True):
            parts.append(code(node, to, around) or "")
        elif node.get_text().strip():
            before, inner, after = edges(_SPACES.sub(" ", node.get_text()))
            parts.append(before + code_span(inner) + after)
        elif node.get_text():
            parts.append(" ")
    return "".join(parts)


def convert_a(self: Converter, el: Tag, text: str, around: Tags) -> str:
    """A link, a button, or the bare text of an anchor."""
    if "href" not in el.attrs or text[:1] == "\n":
        return text
    return write_link(el, text, self, around)


def write_link(el: Tag, text: str, to: Converter, around: Tags) -> str:
    """The element's link around text that is MyST."""
    before, text, after = edges(text)
    text = text.rstrip("\xa0 ") if _ends_in_icon(el) else text  # the blank before an icon
    text = text or words_of_icon(str(el))
    if not text or "a" in around:
        return before + text + after
    href = attribute(el, "href")
    if not href or is_unsafe(href):
        if href:
            to.report("HM508", href, what=href[:60])
        return before + text + after
    text = text.replace(BREAK, " ")
    destination = to.link(href)
    plain = " ".join(el.get_text().split())
    if is_button(el) and plain and first(el, ("img",)) is None:
        return before + button(plain, destination) + after
    if plain == destination and _PLAIN_URL.match(plain) and len(el.contents) == 1:
        return f"{before}<{plain}>{after}"
    title = " ".join(attribute(el, "title").split())
    return f"{before}[{text}]({spell(destination, '' if title in (plain, text) else title)}){after}"


def _ends_in_icon(el: Tag) -> bool:
    """Whether the last thing in the element shows no words: the sign of a link elsewhere."""
    last = content(el)[-1:]
    return bool(last) and isinstance(last[0], Tag) and not words(last[0])


def is_button(el: Tag) -> bool:
    """Whether the link is drawn as a button."""
    if attribute(el, "role") == "button":
        return True
    around = el.parent
    if around is not None and around.name == "button" and words(around) == words(el):
        return True
    return names_a_button(classes(el))


def names_a_button(names: list[str]) -> bool:
    """Whether one of these classes draws a link as a button."""
    return bool(_BUTTON.intersection(names)) and not _NOT_BUTTONS.intersection(names)


def button(text: str, destination: str) -> str:
    """A link that looks like a button; the role takes its text as it stands."""
    text = text.replace("<", "‹").replace(">", "›")
    return myst.role("button", f"{text} <{destination}>")


def is_unsafe(destination: str) -> bool:
    """A URL that runs something, or that mystmd refuses."""
    return _UNSAFE.match(destination) is not None


def spell(destination: str, title: str = "") -> str:
    """What stands between the parentheses of a link."""
    destination = "".join(destination.splitlines()).replace("\t", "")
    if "<" in destination or ">" in destination:
        destination = destination.replace("<", "%3C").replace(">", "%3E")
    if " " in destination or destination.count("(") != destination.count(")"):
        destination = f"<{destination}>"
    if not title:
        return destination
    escaped = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'{destination} "{escaped}"'


def _role(name: str) -> Callable[..., str]:
    def convert(self: Converter, el: Tag, text: str, around: Tags) -> str:
        if text[:1] == "\n" or not text.strip(" \v\xa0") or el.name in around:
            return text
        return each_paragraph(text, lambda inner: myst.role(name, inner.replace(BREAK, " ")))

    return convert


def _literal_role(name: str) -> Callable[..., str]:
    """A role whose text mystmd takes as it stands, without Markdown."""

    def convert(self: Converter, el: Tag, text: str, around: Tags) -> str:
        if text[:1] == "\n" or not text.strip(" \v\xa0"):
            return text
        title = " ".join(attribute(el, "title").split())
        if name == "abbr" and (not title or el.find(True) is not None):
            return text
        before, _, after = edges(text)
        plain = " ".join(el.get_text().split())
        return before + myst.role(name, f"{plain} ({title})" if name == "abbr" else plain) + after

    return convert


def convert_q(self: Converter, el: Tag, text: str, around: Tags) -> str:
    """A quotation in a sentence, with the quotation marks that a browser draws."""
    before, inner, after = edges(text)
    return f"{before}“{inner}”{after}" if inner and inner[:1] != "\n" else text


def convert_br(self: Converter, el: Tag, text: str, around: Tags) -> str:
    """A hard break; what the parser put into the element follows it."""
    return BREAK + text if text[:1] != "\n" else text


def convert_rt(self: Converter, el: Tag, text: str, around: Tags) -> str:
    """The reading beside a character, in parentheses unless the page has them."""
    inner = text.strip()
    has_own = el.parent is not None and el.parent.find("rp") is not None
    return text if has_own or not inner else f"({inner})"


_EM = frozenset(["em", "i"])
_STRONG = frozenset(["strong", "b"])

FUNCTIONS: dict[str, Callable[..., str]] = {
    **dict.fromkeys(["em", "i", "cite", "dfn", "var"], _emphasis("*", _EM)),
    **dict.fromkeys(["strong", "b"], _emphasis("**", _STRONG)),
    **dict.fromkeys(["del", "s", "strike"], _role("del")),
    **dict.fromkeys(["u", "ins"], _role("u")),
    **dict.fromkeys(["abbr", "acronym"], _literal_role("abbr")),
    "a": convert_a,
    "br": convert_br,
    "kbd": _literal_role("kbd"),
    "mark": _role("span .mark"),
    "q": convert_q,
    "rt": convert_rt,
    "small": _role("span .small"),
    "sub": _role("sub"),
    "sup": _role("sup"),
}
"""What plain inline elements become once their content is converted."""
