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
<script>location.replace({script} + {search} + {fragment})</script>
<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>
<p>This page has moved <a href="{to}">here</a>.</p>
</html>
"""


def page(to: str, canonical: str = "") -> str:
    """The page; `to` is a relative URL, `canonical` the whole one, where it is known.

    Without scripts the `#fragment` is lost; with them the refresh must not run, as it would
    overtake the script and lose it too. A fragment of the request is stronger than one of `to`.
    """
    place, _, name = to.partition("#")
    return _PAGE.format(
        to=html.escape(to),
        canonical=html.escape(canonical or to),
        script=_quoted(place),
        search="location.search" + ('.replace("?", "&")' if "?" in place else ""),
        fragment=f"(location.hash || {_quoted('#' + name)})" if name else "location.hash",
    )


def _quoted(text: str) -> str:
    """The text in a script inside of HTML."""
    return json.dumps(text).replace("<", "\\u003c")
