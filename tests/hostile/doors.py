"""Every door through which a string of the site reaches the project, and strings that would be
more than text behind it: a directive, a role, raw HTML, a key, a line of a file."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any

TOKEN = "SMUG"
"""In every string: where it is found tells what has become of it."""
LINES = (
    ":::{include} SMUG.md", "{include}`SMUG.md`", "{eval}`SMUG`", "<script>SMUG</script>", "$\\def\\SMUG{x}$ $SMUG$",
    "@SMUG2020", "[@SMUG2020]", "(SMUG)=", "% SMUG", '+++ {"SMUG": 1}', "```{code-cell} SMUG", "a]({SMUG}) {eval}`SMUG` [b",
    '" onload="SMUG" x="', "' {raw:html}`SMUG` '", "` {eval}`SMUG` `", "`` {include}`SMUG` ``", "--> {eval}`SMUG` <!--",
    "| {eval}`SMUG` |", "[[SMUG]]", "{{ SMUG }}", "](SMUG.md){download}`SMUG`", "**{eval}`SMUG`**", "\\{eval}`SMUG`", "{eval}\\`SMUG`",
    "~~{eval}`SMUG`~~", "[^SMUG] {sub}`SMUG`", "^^^ SMUG", "{#SMUG .SMUG}", "![SMUG](SMUG.md)", "<iframe src=SMUG></iframe>",
    "{cite}`SMUG`", "{embed}`SMUG`", "!SMUG", "[](#SMUG)", "[](doi:10.1/SMUG)", "<wiki:SMUG>", "\\begin{align}SMUG\\end{align}",
)  # fmt: skip
BLOCKS = (
    "x\n:::{include} SMUG.md\n:::\n", "x\n```{code-cell}\nSMUG\n```\n",
    "x\n---\nbibliography: SMUG\nSMUG: SMUG\n---\n:::{raw} html\n<script>SMUG</script>\n:::",
    "x\n\n{include}`SMUG`\n\n(SMUG)=\n", "x\n:label: SMUG\n:::\n:::{include} SMUG\n", "x\n```\n````\n:::::::::\n{eval}`SMUG`",
    "x\n\n\n{eval}`SMUG`", "x\r\n\r\n:::{include} SMUG\r\n:::", "x\u2028:::{include} SMUG", "x\x85:::{include} SMUG", "x\f\n:::{raw} html\nSMUG",
    "x\n+++ {\"SMUG\": 1}\n", "x\n% SMUG\n@SMUG2020", "x:\n  SMUG: &a [*a]\n", "x\n...\nSMUG: y\n", "x #SMUG: y", "- SMUG\n- {eval}`SMUG`",
)  # fmt: skip


def _front(value: str) -> Iterator[dict[str, Any]]:
    """Front matter with the text in every key that we read or write, in three pages."""
    keys = """title description subtitle abstract lastmod author license copyright image banner doi github venue
        kernelspec label thumbnail""".split()
    yield {**dict.fromkeys(keys, value), "cover": {"image": value, "alt": value, "caption": value}}
    keys = "tags categories series keywords authors aliases images topics".split()
    yield {
        "title": "t", "linkTitle": value, "summary": value, "slug": value, "type": value, "layout": value,
        "date": value, **{key: [value] for key in keys},
    }  # fmt: skip
    person = {"name": value, "email": value, "url": value, "orcid": value, "affiliation": value}
    yield {
        "title": "t", "authors": [person], "contributors": [person], value: value, "params": {value: value},
        "menu": {"main": {"name": value, "url": value, "identifier": value}},
        "resources": [{"src": "*", "name": value, "title": value}],
    }  # fmt: skip


def _inline(text: str) -> Iterator[tuple[str, str]]:
    """(door, Markdown) in which one line of text stands."""
    safe = text.replace('"', "'")
    yield "alt", f"![{text}](/p.png)"
    yield "link title", f'[x](https://a.org/ "{safe}")'
    yield "image title", f'![x](/p.png "{safe}")'
    yield "definition", f'[r]\n\n[r]: https://a.org/ "{safe}"'
    yield "destination", f"[x](<https://a.org/{text.replace('<', '').replace('>', '')}>)"
    yield "heading id", f"## H {{#{text}}}"
    yield "code", f"``` {text} ```" if "```" not in text else f"````` {text} `````"
    yield "fence", f"~~~~\n{text}\n~~~~"
    yield "info", f"~~~~{text}\nx\n~~~~"
    yield "comment", f"<!-- {text} -->"
    yield "footnote name", f"a[^{text}]\n\n[^{text}]: b"
    attribute = html.escape(text)
    for door, form in HTML_FORMS.items():
        yield door, form.replace("@", attribute)
    quoted = text.replace("`", "'") if '"' in text else f'"{text}"'
    quoted = quoted if quoted[0] == '"' else f"`{quoted}`"
    for door, form in SHORTCODES.items():
        yield door, form.replace("@", quoted)


HTML_FORMS: Mapping[str, str] = {
    "html alt": '<p>a <img src="/p.png" alt="@" title="@"></p>',
    "html figure": '<figure><img src="/p.png" alt="@"><figcaption>@</figcaption></figure>',
    "html link": '<p><a href="https://a.org/@" title="@">@</a></p>',
    "html relative": '<p><a href="@">x</a></p>',
    "html abbr": '<p><abbr title="@">@</abbr> <kbd>@</kbd> <q>@</q> <sub>@</sub> <del>@</del> <cite>@</cite></p>',
    "html id": '<h2 id="@" class="@">x @</h2>\n<p id="@"><span id="@" class="@">y</span></p>',
    "html code": '<pre><code class="language-@" data-lang="@">@</code></pre><p><code>@</code></p>',
    "html iframe": '<iframe src="https://a.org/@" title="@" width="@" height="@"></iframe>',
    "html video": '<video src="/v.mp4?@" title="@" poster="@" width="@"></video>',
    "html details": "<details><summary>@</summary>@</details>",
    "html table": "<table><caption>@</caption><tr><th>@</th></tr><tr><td>@</td></tr></table>",
    "html alert": '<div class="alert alert-@ alert-info"><p class="title">@</p><p>@</p></div>',
    "html math": '<script type="math/tex">@</script><span class="math inline">\\(@\\)</span>',
    "html list": '<ul><li>@</li></ul><ol start="@"><li>@</li></ol><dl><dt>@</dt><dd>@</dd></dl>',
    "html quote": "<blockquote><p>@</p><cite>@</cite></blockquote><address>@</address><button>@</button>",
    "html odd": '<svg><title>@</title></svg><object data="@">@</object><@>x</@><template>@</template>',
    "html card": '<div class="card"><img src="/p.png" alt="@"><h5 class="card-title">@</h5><p>@</p><a class="btn" href="/x/@">@</a></div>',
    "html tabs": '<div class="tabs"><div class="tab" data-title="@" title="@">@</div></div>',
}  # fmt: skip
"""`@` is the text, as an attribute or as content."""
SHORTCODES: Mapping[str, str] = {
    "figure": "{{< figure src=\"/p.png\" alt=@ caption=@ title=@ attr=@ attrlink=@ link=@ class=@ width=@ >}}",
    "figure source": "{{< figure src=@ >}}",
    "youtube": "{{< youtube @ >}}", "vimeo": "{{< vimeo @ >}}", "gist": "{{< gist @ @ >}}", "tweet": "{{< tweet user=@ id=@ >}}",
    "instagram": "{{< instagram @ >}}", "ref": "[x]({{< ref @ >}})", "param": "{{< param @ >}}", "qr": "{{< qr text=@ />}}",
    "highlight": "{{< highlight @ @ >}}\nx\n{{< /highlight >}}", "details": "{{< details summary=@ >}}x{{< /details >}}",
    "unknown": "{{< unheard @ >}}", "unknown pair": "{{< unheard a=@ >}}x{{< /unheard >}}", "alert": "{{< alert title=@ color=@ >}}x{{< /alert >}}",
    "callout": "{{< callout type=@ title=@ >}}x{{< /callout >}}", "tabs": "{{< tabs items=@ >}}{{< tab name=@ >}}x{{< /tab >}}{{< /tabs >}}",
    "card": "{{< cards >}}{{< card link=@ title=@ subtitle=@ image=@ >}}{{< /cards >}}", "button": "{{< button href=@ text=@ >}}x{{< /button >}}",
    "include": "{{< include @ >}}", "readfile": "{{< readfile file=@ code=\"true\" lang=@ >}}", "mermaid": "{{< mermaid >}}\nx\n{{< /mermaid >}}",
    "icon": "{{< icon @ >}}", "cite": "{{< cite page=@ view=@ >}}", "video": "{{< video src=@ title=@ >}}", "iframe": "{{< iframe src=@ title=@ >}}",
}  # fmt: skip
"""`@` is the text as a quoted parameter."""
ODD_NAMES = (
    "{eval}`SMUG`", ":::{include} SMUG", "$SMUG$", "@SMUG", "% SMUG", "x\n:::{include} SMUG\n", "(SMUG)=", "[[SMUG]]",
    "<script>SMUG<", "a](SMUG)", "`SMUG`", "'SMUG\"", "#SMUG: y", "&SMUG", "*SMUG", "!SMUG", "- SMUG", "SMUG: x",
)  # fmt: skip


def files() -> dict[str, str]:
    """The site: a page for each door, or for each string where a door takes one only."""
    made: dict[str, str] = {}
    doors: dict[str, list[str]] = {}
    for text in LINES:
        for door, markdown in _inline(text):
            doors.setdefault(door, []).append(markdown)
    for text in BLOCKS:
        attribute = html.escape(text)
        for door, form in HTML_FORMS.items():
            doors.setdefault(f"{door} of lines", []).append(form.replace("@", attribute))
        for door, form in SHORTCODES.items():
            quoted = f"`{text}`" if "`" not in text else json.dumps(text).replace("\\`", "`")
            doors.setdefault(f"{door} of lines", []).append(form.replace("@", quoted))
    for number, (door, pieces) in enumerate(doors.items()):
        body = "\n\n".join(pieces)
        made[f"content/doors/d{number}.md"] = f"---\ntitle: {json.dumps(door)}\n---\n\n{body}\n"
    for number, text in enumerate((*LINES[:12], *BLOCKS)):
        for page, front in enumerate(_front(text)):
            name = f"content/front/f{number}-{page}.md"
            made[name] = json.dumps(front, ensure_ascii=False) + "\n\nText.\n"
    for number, name in enumerate(ODD_NAMES):
        made[f"content/names/{name}/_index.md"] = f"---\nweight: {number}\n---\n"
        made[f"content/names/{name}/{name}.md"] = "Text.\n"
        made[f"static/files/{name}.png"] = "x"
        made[f"content/doors/use{number}.md"] = (
            f"![](</files/{name}.png>) [{number}](</files/{name}.png>)\n"
        )
    whole = BLOCKS[2]
    made["hugo.json"] = json.dumps({
        "baseURL": "https://example.org/", "title": whole, "copyright": whole, "languageCode": whole,
        "params": {"description": whole, "author": {"name": whole, "email": whole}, "github": whole, "logo": whole,
                   "social": {"twitter": whole, whole: whole}, whole: whole, "footer": whole, "SMUG": whole},
        "menus": {"main": [{"name": text, "url": text, "title": text} for text in (*LINES[:4], *BLOCKS)],
                  "footer": [{"name": text, "url": "/x/"} for text in BLOCKS]},
        "taxonomies": {"tag": "tags", "topic": "topics", whole: whole},
        "markup": {"goldmark": {"renderer": {"unsafe": True}, "parser": {"attribute": {"block": True}}}},
    })  # fmt: skip
    return made


def count() -> int:
    """How many strings stand behind how many doors."""
    lines = sum(len(list(_inline(text))) for text in LINES)
    blocks = len(BLOCKS) * (len(HTML_FORMS) + len(SHORTCODES))
    front = (len(LINES[:12]) + len(BLOCKS)) * sum(len(one) for one in _front("x"))
    return lines + blocks + front + 3 * len(ODD_NAMES) + len(list(_items()))


def _items() -> Iterator[str]:
    """Items of a feed, with each string in each element."""
    for number, text in enumerate((*LINES, *BLOCKS)):
        coded = html.escape("".join(c for c in text if c.isprintable() or c in "\n\t"))
        names = "title description author category comments dc:creator itunes:summary".split()
        inside = "".join(f"<{name}>{coded}</{name}>" for name in names)
        body = html.escape(
            f"<p>{coded}</p><h2 id='{coded}'>{coded}</h2><img src='x.png' alt='{coded}'>"
        )
        yield (
            f"<item><link>https://a.org/p{number}/{coded}</link><guid>{coded}</guid>{inside}"
            f"<content:encoded>{body}</content:encoded>"
            f'<enclosure url="https://a.org/{coded}" type="{coded}" length="1"/></item>'
        )


def feed() -> str:
    """The same strings in a feed."""
    spaces = "content=http://purl.org/rss/1.0/modules/content/ dc=http://purl.org/dc/elements/1.1/"
    spaces += " itunes=http://www.itunes.com/dtds/podcast-1.0.dtd"
    named = "".join(
        f' xmlns:{name}="{url}"' for name, _, url in (one.partition("=") for one in spaces.split())
    )
    whole = html.escape(BLOCKS[2])
    return (
        f'<?xml version="1.0"?><rss version="2.0"{named}><channel><title>{whole}</title>'
        f"<link>https://a.org/</link><description>{whole}</description><copyright>{whole}</copyright>"
        f"{''.join(_items())}</channel></rss>"
    )
