"""A Hugo site of odd URLs: every way in which one comes about, and every way to lose it."""

from __future__ import annotations

from small_site import PNG

CONFIG = """\
baseURL: https://site.org/sub/
title: Odd
enableRobotsTXT: true
defaultContentLanguage: en
pagination: {pagerSize: 2}
languages:
  en: {languageName: English, weight: 1}
  fr: {languageName: Français, weight: 2}
outputs:
  home: [HTML, RSS, JSON]
permalinks:
  news: /:year/:month/:slug/
  term: {tags: "/topic/:slug/"}
"""


def page(title: str, more: str = "", body: str = "Text of it.") -> str:
    """A page's file."""
    return f"---\ntitle: {title}\n{more}---\n\n{body}\n"


LONG = "a-very-long-name-that-goes-on-and-on-until-mystmd-cuts-it-off-somewhere"

FILES: dict[str, str | bytes] = {
    "hugo.yaml": CONFIG,
    "netlify.toml": (
        '[build]\ncommand = "hugo"\n[[redirects]]\nfrom = "/chat"\nto = "https://chat.example.org"\n'
        '[[redirects]]\nfrom = "/gone/*"\nto = "/"\n'
    ),
    "content/_index.md": page("Home"),
    "content/_index.fr.md": page("Accueil"),
    "content/about.md": page("About", "aliases: [/old/about/, who.html, /A Space/]\n"),
    "content/about.fr.md": page("À propos"),
    "content/Über uns.md": page("Über uns", body="![x](/img/a%20b.png) [t](</files/My Talk.pdf>)"),
    "content/日本語.md": page("日本語"),
    "content/R&D.md": page("R and D"),
    "content/it's (1).md": page("It's"),
    f"content/{LONG}.md": page("Long"),
    "content/v1.2.md": page("Version"),
    "content/01-intro.md": page("Intro"),
    "content/intro.md": page("The other intro"),
    "content/snake_case.md": page("Snake"),
    "content/snake-case.md": page("Kebab", "aliases: [/snake_case_2/]\n"),
    "content/footer.md": page("Footer"),
    "content/here.md": page("Here", "url: /Some Where/Else.html\n"),
    "content/c++.md": page("C++", "slug: c++\n"),
    "content/docs/_index.md": page("Docs", "aliases: [/documentation/]\n"),
    "content/docs/a/index.md": page("A", body="![p](p.png) [d](data.csv)"),
    "content/docs/a/p.png": PNG,
    "content/docs/a/data.csv": "a,b\n",
    "content/docs/a/unused.ipynb": "{}",
    "content/docs/a/unused.png": PNG + b"1",
    "content/docs/deep/er/x.md": page("Deep", "outputs: [HTML, RSS]\n"),
    **{
        f"content/news/n{n}.md": page(
            f"News {n}", f"date: 2024-0{n}-0{n}T10:00:00Z\ntags: [Go Lang, C++]\n"
        )
        for n in range(1, 6)
    },
    "content/tags/go-lang/_index.md": page("Go!"),
    "content/tags/go-lang/gopher.png": PNG + b"2",
    "static/img/a b.png": PNG,
    "static/img/unused.png": PNG + b"3",
    "static/css/theme.css": "a{background:url(../img/bg.png)}",
    "static/files/My Talk.pdf": b"%PDF",
    "static/files/paper.pdf": b"%PDF",
    "static/slides/talk/index.html": "<p>Slides</p><img src='../../img/bg.png'>",
    "static/slides/talk/reveal.js": "1",
    "static/img/bg.png": PNG + b"4",
    "static/CNAME": "site.org\n",
    "static/_headers": "/*\n  X-Frame-Options: DENY\n",
    "static/_redirects": "/short /about/ 301\n/lang/* /:splat 200\n",
    "static/.well-known/security.txt": "Contact: mailto:a@site.org\n",
    "static/snake-case-3/x.txt": "x",
}  # fmt: skip

UGLY: dict[str, str | bytes] = {
    "hugo.toml": (
        'baseURL = "https://site.org/"\ntitle = "Ugly"\nuglyURLs = true\n'
        "disablePathToLower = true\n[pagination]\npagerSize = 2\n"
    ),
    "content/Posts/_index.md": page("Posts"),
    **{f"content/Posts/Post{n}.md": page(f"Post {n}", "tags: [Big]\n") for n in range(1, 4)},
    "content/Posts/b/index.md": page("Bundle", "aliases: [/Old, /older/x.html]\n"),
    "content/Posts/b/i.png": PNG,
}
