"""Code blocks in a form that both engines share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

KNOWN_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|highlight)-([\w+#.-]+)")
NO_LANGUAGE = frozenset(("fallback", "text", "txt", "plaintext", "plain", "none", "nohighlight"))
UNKNOWN = "?"
"""The language of a code block whose HTML doesn't tell it."""
LINE_NUMBER = re.compile(r"user-select:\s*none")


def language(name: str) -> str:
    """A code block's language in a form that both engines share."""
    name = name.strip().lower()
    return "" if name in NO_LANGUAGE else name


def code_text(text: str, name: str = "") -> str:
    """Code without differences that nobody sees: final blanks of lines, outer empty lines.

    Of a diagram nobody sees the source: themes indent it as their templates are.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").expandtabs(4).split("\n")]
    if name == "mermaid":
        lines = [line.strip() for line in lines]
    return "\n".join(lines).strip("\n")


def pre_text(element: HtmlElement) -> str:
    """The text of a `pre` without line numbers."""
    parts: list[str] = []

    def gather(node: HtmlElement) -> None:
        parts.append(node.text or "")
        for child in node:
            if isinstance(child.tag, str) and child.tag not in ("button", "style", "script"):
                classes = (child.get("class") or "").split()
                if child.tag == "br" and not child.text:
                    parts.append("\n")
                elif not (
                    {"ln", "lnt"} & set(classes) or LINE_NUMBER.search(child.get("style") or "")
                ):
                    gather(child)
            parts.append(child.tail or "")

    gather(element)
    return "".join(parts)
