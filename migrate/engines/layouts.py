"""The layouts of a site and its themes: their hash, and which calls look at other pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from migrate.engines.overlay import CALL, PARTIAL, layout_roots
from migrate.model import Site

_AROUND = re.compile(
    r"\b[sS]ite\.(?:(?:All|Regular)?Pages|Sections|Taxonomies|GetPage|Home|MainSections|LastChange"
    r"|Lastmod)\b|\.(?:(?:Regular)?Pages(?:Recursive)?|GetPage|Sections|Related|Next|Prev"
    r"|NextInSection|PrevInSection|Parent|CurrentSection|Ancestors|(?:All)?Translations)\b"
    r"|\b(?:rel)?ref\b"
)
"""What templates say to reach other pages than the one that is rendered."""
_FOLDERS = ("shortcodes", "partials")


class Layouts:
    """Every file in the `layouts` folders of a site and its themes, read once."""

    def __init__(self, site: Site) -> None:
        digest = hashlib.blake2b(digest_size=16)
        self._texts: dict[tuple[str, str], str] = {}
        for root in layout_roots(site):
            for file in sorted((root / "layouts").rglob("*")):
                if file.is_file() and not file.is_symlink():
                    content = file.read_bytes()
                    digest.update(str(file.relative_to(root)).encode() + content)
                    parts = file.relative_to(root / "layouts").parts
                    kind = "hooks" if "_markup" in parts else parts[0].lstrip("_")
                    if kind in (*_FOLDERS, "hooks"):
                        name = "/".join(parts[1:]).partition(".")[0].lower()
                        self._texts[kind, name] = content.decode("utf-8", "replace")
        self.hash = digest.hexdigest()
        self._hooks_look = any(
            self._looks(text) for (kind, _), text in self._texts.items() if kind == "hooks"
        )

    def looks_around(self, asked: str) -> bool:
        """Whether what Hugo renders of `asked` may change with other pages of the site.

        `asked` are shortcode calls, or Markdown that a render hook shows.
        """
        names = CALL.findall(asked)
        if not names:
            return self._hooks_look
        return any(self._looks(self._texts.get(("shortcodes", n.lower()), "")) for _, n in names)

    def _looks(self, template: str) -> bool:
        return any(_AROUND.search(text) for text in self._with_partials(template))

    def _with_partials(self, template: str) -> Iterator[str]:
        """A template, and the partials that it calls, however deep."""
        waiting, seen = [template], set[str]()
        while waiting:
            text = waiting.pop()
            yield text
            for name in PARTIAL.findall(text):
                if name not in seen:
                    seen.add(name)
                    key = name.partition(".")[0].lower()
                    waiting.append(self._texts.get(("partials", key), ""))
