"""Sanitise: only harmless elements of a page reach the report.

What is shown runs in a sandboxed frame under a policy that forbids scripts; this is the fence
before that fence. It keeps an allow-list of elements and attributes. Links lead nowhere (their
destination is told in `title`), players are named and not loaded, pictures come from the report's
own folder or are described.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Picture = Callable[[str], str]
"""The address in the report of a picture with this `src`; empty where there is none."""

_KEPT = frozenset(
    "a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary "
    "sup table tbody td tfoot th thead tr u ul var wbr".split()
)
_BLOCKS = frozenset(
    "address article aside body center dir dialog fieldset footer form header hgroup html legend "
    "main menu nav optgroup option picture section select".split()
)
"""Shown as `div`; any other element as `span`."""
_GONE = frozenset(
    "applet base canvas datalist frame frameset head link meta noembed noframes noscript param "
    "script source style svg template textarea title track xmp plaintext".split()
)
"""Dropped with all inside."""
_PLAYERS = frozenset("audio embed iframe object video".split())
_ATTRIBUTES = frozenset("alt colspan dir lang open rowspan start".split())
_CLASSES = frozenset(
    "admonition admonition-title card embed footnote footnotes math mermaid picture tab "
    "stub tab-title failed kind-note kind-tip kind-warning kind-danger".split()
)
"""Classes that the frames' style knows, all made by us."""
_ALERT = re.compile(
    r"(?:^|[\s-])(?:alert|admonition|callout|notice|hint)(?:-[\w-]{1,60}+)?(?:\s|$)"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What the tree can't hold."""
_LONGEST = 300
"""Characters of an address that are shown."""


def clean(html: str, picture: Picture) -> HtmlElement:
    """The harmless part of `html`, in a `div`."""
    from lxml import html as parser

    text = f"<div>{_CONTROL.sub('', html)}</div>".encode("utf-8", "replace")
    root = parser.document_fromstring(text, parser=parser.HTMLParser(encoding="utf-8"))
    for element in list(root.iter()):
        if element is root:
            continue
        # Character references bring them back.
        if element.tail and _CONTROL.search(element.tail):
            element.tail = _CONTROL.sub("", element.tail)
        if not isinstance(element.tag, str) or element.tag in _GONE:
            _drop(element)
        else:
            _clean(element, picture)
    root.tag = "div"
    root.attrib.clear()
    return root


def _drop(element: HtmlElement) -> None:
    """Take the element out, but not the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)


def _clean(element: HtmlElement, picture: Picture) -> None:
    """Leave of an element what is harmless."""
    tag = element.tag
    had = {name: _CONTROL.sub("", value) for name, value in element.attrib.items()}
    if element.text and _CONTROL.search(element.text):
        element.text = _CONTROL.sub("", element.text)
    element.attrib.clear()
    for name, value in had.items():
        if name in _ATTRIBUTES:
            element.set(name, value)
    made = _harmless(element, tag, had, picture)
    if name := had.get("data-hugo2myst-stub"):
        element.set("data-label", f"{{{{< {name[:_LONGEST]} >}}}} has no template here")
        made = "stub"
    classes = [made] if made else _classes(tag, had.get("class", ""))
    if classes:
        element.set("class", " ".join(classes))


def _harmless(element: HtmlElement, tag: str, had: dict[str, str], picture: Picture) -> str:
    """Make it an element that neither loads nor does anything; a class that it has from us."""
    if tag == "a":
        if had.get("href"):
            element.set("title", had["href"][:_LONGEST])
    elif tag == "img":
        return _show(element, had, picture)
    elif tag in _PLAYERS:
        _name(element, "embed", had.get("src") or had.get("data") or tag)
        return "embed"
    elif tag == "input":
        element.tag = "span"
        if had.get("type", "").lower() == "checkbox":
            _name(element, "", "☑" if "checked" in had else "☐")
    elif tag == "math":
        _formula(element)
        return "math"
    elif tag not in _KEPT:
        element.tag = "div" if tag in _BLOCKS else "span"
    return ""


def _classes(tag: str, named: str) -> list[str]:
    ours = [name for name in named.split() if name in _CLASSES]
    alert = tag in ("div", "aside", "blockquote") and _ALERT.search(named)
    return ours or (["admonition"] if alert else [])


def _show(element: HtmlElement, had: dict[str, str], picture: Picture) -> str:
    src = had.get("src", "")
    if found := picture(src):
        element.set("src", found)
        element.set("loading", "lazy")
        element.set("alt", had.get("alt", ""))
        element.set("title", src[:_LONGEST])
        return ""
    element.attrib.pop("alt", None)
    _name(element, "", f"{had.get('alt', '')} {src[:_LONGEST]}".strip())
    return "picture"


def _name(element: HtmlElement, kind: str, label: str) -> None:
    """Make it an empty `span` that is described by its style, so that no words are added."""
    for child in list(element):
        element.remove(child)
    element.text = None
    element.tag = "span"
    element.set("data-label", f"{kind} {label[:_LONGEST]}".strip())


def _formula(element: HtmlElement) -> None:
    """MathML is shown as the TeX that it carries, else as its text."""
    tex = [e.text or "" for e in element.iter("annotation") if "tex" in e.get("encoding", "")]
    text = tex[0] if tex else "".join(element.itertext())
    for child in list(element):
        element.remove(child)
    element.tag = "code"
    element.text = _CONTROL.sub("", text)
