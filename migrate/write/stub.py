"""A page that only leads on, for hosts that know no redirects."""

from __future__ import annotations

import html
import json

_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Moved</title>
<link rel="canonical" href="{canonical}">
<script>location.replace({script} + location.search + location.hash)</script>
<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>
<p>This page has moved <a href="{to}">here</a>.</p>
</html>
"""


def page(to: str, canonical: str = "") -> str:
    """The page; `to` is a relative URL, `canonical` the whole one, where it is known.

    Without scripts the `#fragment` is lost; with them the refresh must not run, as it would
    overtake the script and lose it too.
    """
    script = json.dumps(to).replace("<", "\\u003c")
    return _PAGE.format(to=html.escape(to), canonical=html.escape(canonical or to), script=script)
