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


def _front(value: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(door, front matter) of the keys that we read or write."""
    for key in (
        "title", "linkTitle", "description", "summary", "subtitle", "abstract", "date", "lastmod", "author", "slug",
        "license", "copyright", "image", "banner", "doi", "github", "venue", "type", "layout", "kernelspec", "label",
    ):  # fmt: skip
        yield key, {"title": "t", key: value}
    keys = "tags categories series keywords authors aliases images topics".split()
    yield "lists", {"title": "t", **{key: [value] for key in keys}}
    person = {"name": value, "email": value, "url": value, "orcid": value, "affiliation": value}
    yield "people", {"title": "t", "authors": [person], "contributors": [person]}
    yield "pictures", {"title": "t", "cover": {"image": value, "alt": value, "caption": value},
                       "resources": [{"src": "*", "name": value, "title": value}]}  # fmt: skip
    yield "menus", {"title": "t", "menu": {"main": {"name": value, "url": value, "identifier": value}}}
    yield "keys", {"title": "t", value: value, "params": {value: value, "x": value}}


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
        for door, front in _front(text):
            name = f"content/front/{door}/f{number}.md"
            made[name] = json.dumps(front, ensure_ascii=False) + "\n\nText.\n"
    for number, name in enumerate(ODD_NAMES):
        made[f"content/names/{name}/_index.md"] = f"---\nweight: {number}\n---\n"
        made[f"content/names/{name}/{name}.md"] = "Text.\n"
        made[f"static/files/{name}.png"] = "x"
        made[f"content/doors/use{number}.md"] = f"![](</files/{name}.png>) [{number}](</files/{name}.png>)\n"
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
