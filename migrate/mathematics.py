"""Which pages of a site show mathematics between dollars.

Hugo itself knows only passthrough delimiters. On all other sites the theme's script (KaTeX or
MathJax) reads the page's text in the browser, switched on by a parameter of the page or site.
"""

from __future__ import annotations

import re

from migrate.model import Page, Site, Value

_SWITCHES = ("math", "katex", "mathjax", "latex", "usekatex", "usemathjax", "enablemath")
_FORMULA = re.compile(r"\$\$.+?\$\$|\$[^\s$](?:[^$\n]*[^\s$])?\$(?!\d)|\\\\[(\[]|\\[(\[]", re.S)

_ESCAPED = re.compile(r"\\\\\([^\n]{1,500}?\\\\\)|\\\\\[[^\[\]]{1,2000}?\\\\\]")

_BLOCK = re.compile(r"^[ \t>]*\$\$([^$`]{1,4000})\$\$[ \t]*\r?$", re.M)
_TEX = re.compile(r"[\\^_=]")


def by_script(page: Page, site: Site) -> bool:
    """The theme's script reads `$…$` on this page, and there is something to read."""
    if "$" not in page.body and "\\" not in page.body:
        return False
    for scope in (page.front, page.front.get("params"), site.params, site.params.get("features")):
        switch = _switch(scope)
        if switch is not None:
            return switch and _FORMULA.search(page.body) is not None
    return False


def by_text(page: Page) -> bool:
    """The page holds `\\\\(x\\\\)`, `\\\\[x\\\\]` or a block of `$$`, typed for a script to find it."""
    if "\\\\" in page.body and _ESCAPED.search(page.body) is not None:
        return True
    return "$$" in page.body and any(_TEX.search(tex) for tex in _BLOCK.findall(page.body))


def by_passthrough(page: Page, site: Site) -> bool:
    """The page holds math between the delimiters that the site's configuration names."""
    delimiters = (*site.markup.passthrough_block, *site.markup.passthrough_inline)
    return any(opening in page.body and closing in page.body for opening, closing in delimiters)


def _switch(scope: Value) -> bool | None:
    if not hasattr(scope, "get"):
        return None
    for name in _SWITCHES:
        value = scope.get(name)
        if isinstance(value, dict):
            value = value.get("enable", value.get("enabled", True))
        if value is not None:
            return value is True or str(value).lower() in ("true", "yes", "katex", "mathjax")
    return None
