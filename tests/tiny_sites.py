"""Tiny sites with every rule of Hugo's content model, for comparison with real Hugo."""

from __future__ import annotations

from collections.abc import Mapping

Files = Mapping[str, str]


def page(front: str = "", fence: str = "---") -> str:
    return f"{fence}\n{front}\n{fence}\ntext\n"


ONE_LANGUAGE: Files = {
    "hugo.yaml": """\
baseURL: https://ex.org/sub/
title: Site
security: {allowContent: [".*"]}
sectionPagesMenu: auto
menus:
  main:
    - {name: Posts, pageRef: /posts}
    - {name: Last, url: https://x.org/z, weight: 2, identifier: last}
    - {name: Child, url: https://x.org/k, parent: last}
    - {name: First, url: https://x.org, weight: 1}
cascade: {params: {c: site, deep: {x: 1, y: 2}}}
""",
    # sections, slugs, url, aliases
    "content/posts/_index.md": page("title: Posts\nslug: pp\nmenu: {main: {weight: 5}}"
                                    "\ncascade: {params: {c: posts, deep: {x: 9}}}"),
    "content/posts/a.md": page('slug: "My  Slug/x "\nmenu: main\ntitle: AA'),
    "content/posts/b.md": page("url: foo/Bar Baz\naliases: [old, /Old Path/, ../up/x.html, ./s]"),
    "content/posts/sub/c.md": page("aliases: /one/"),
    "content/posts/s.png": "x",
    "content/posts/sub/t.png": "x",
    "content/nested/_index.md": page("title: N"),
    "content/nested/deep/_index.md": page("title: D\nweight: 3"),
    "content/nested/deep/more/q.md": page(),
    # bundles and whose the files are
    "content/lb/index.md": page(),
    "content/lb/other.md": page(),
    "content/lb/nested/index.md": page(),
    "content/lb/nested/j.png": "x",
    "content/lb/Pic One.PNG": "x",
    "content/lb2/index.md": page("slug: my-lb"),
    "content/lb2/i.png": "x",
    "content/posts/lb3/index.md": page("url: /abs/page.html"),
    "content/posts/lb3/k.png": "x",
    "content/posts/lb4/index.md": page("url: /abs4/p4/"),
    "content/posts/lb4/k.png": "x",
    "content/noix/u.png": "x",
    "content/noix/deep/v.png": "x",
    "content/noix/deep/p.md": page(),
    "content/root.pdf": "x",
    "content/resonly/a.png": "x",
    "content/dup.md": page("title: dupmd"),
    "content/dup/index.md": page("title: dupindex"),
    "content/both/index.md": page("title: leaf"),
    "content/both/_index.md": page("title: branch"),
    "content/both/x.md": page(),
    "content/html/index.html": page(),
    "content/x.Rmd": "x",
    "content/x.md": page(),
    "content/nb.ipynb": "{}",
    # names
    "content/Two Words/Sub Dir/My File & Co.md": page(),
    "content/Two Words/Sub Dir/My Pic.png": "x",
    "content/README.md": page(),
    "content/it's.md": page(),
    "content/50%.md": page(),
    "content/a.b.c.md": page(),
    "content/c++.md": page(),
    "content/a#b.md": page(),
    "content/a - b.md": page(),
    "content/ünï/ÄÖ Ü.md": page(),
    "content/日本/語.md": page(),
    "content/q/İ.md": page(),
    "content/vis/v1.2.md": page(),
    "content/.hidden.md": page(),
    "content/#hidden.md": page(),
    "content/hidden.md~": page(),
    # url
    "content/url1.md": page("url: /dots.d/x"),
    "content/url2.md": page("url: /posts/n"),
    "content/url3.md": page("url: /r/index.html"),
    "content/url4.md": page('date: 2024-03-04\nurl: "/x/:year/:slug-:filename/"\ntitle: Tit Le'),
    "content/url5.md": page('url: "/C%23/ü/"'),
    # terms
    "content/tags/zz/_index.md": page("slug: zslug"),
    "content/tags/foo.md": page(),
    "content/tags/go-lang/_index.md": page("title: Go!"),
    "content/t1.md": page('tags: [x, "Go Lang", "C++", "C#", "a/b", "A&B", "a.b", go lang]'),
    "content/t2.md": page('categories: "a, b"\nparams: {tags: [x]}'),
    # dates
    "content/p1.md": page("date: 2024-01-02 9:00:00 -0500"),
    "content/p2.md": page("date: 2024-01-02T03:04:05.123+01:00"),
    "content/p3.md": page("date: 20240102"),
    "content/p4.md": page('date: "Tue, 02 Jan 2024 03:04:05 GMT"'),
    "content/p5.md": page("publishDate: 2023-02-03"),
    "content/p6.md": page("lastmod: 2022-02-03"),
    "content/p7.md": page("date: 2024-01-02T03:04:05"),
    "content/p8.md": page('date: "2006-01-02 15:04:05 -0700 MST"'),
    "content/p9.md": page("date: 2020-01-02 03:04:05 +0100"),
    "content/p10.md": page('date: "Mon Jan 2 15:04:05 2006"'),
    "content/p11.md": page("date: 2024-01-02 03:04:05Z"),
    "content/p12.md": page('date: "02 Jan 06 15:04 MST"'),
    # what is published
    "content/future.md": page("date: 2030-01-01"),
    "content/expired.md": page("expiryDate: 2020-01-01"),
    "content/later.md": page("date: 2020-01-01\npublishDate: 2031-01-01"),
    "content/nested/bld/_index.md": page("build: {render: never}"),
    "content/nested/bld/x.md": page(),
    "content/bl3/index.md": page("build: {render: link}"),
    "content/bl3/q.png": "x",
    "content/drafty/_index.md": page("draft: true"),
    "content/drafty/x.md": page(),
    "content/drafty/y.png": "x",
    "content/cd/_index.md": page("cascade: {draft: true}"),
    "content/cd/x.md": page(),
    "content/headless/index.md": page("headless: true"),
    "content/headless/k.png": "x",
    "content/dl/index.md": page("draft: true"),
    "content/dl/k.png": "x",
    # front matter
    "content/x/bare.md": page('title: 2024\nweight: "5"\ndraft: "false"'),
    "content/toml.md": page('title = "toml"\ndate = 2024-05-06\n[params]\na=1', fence="+++"),
    "content/json.md": '{"title":"js","date":"2024-05-06"}\nbody',
    "content/none.md": "hello",
    "content/bom.md": "\ufeff" + page("title: bom"),
    "content/crlf.md": page("title: crlf").replace("\n", "\r\n"),
    "content/org.org": "#+TITLE: Orgy\n#+DATE: 2024-01-02\n#+TAGS[]: a b\n* Head\n",
    # order
    "content/o1.md": page("title: zzz\nlinkTitle: aaa\ndate: 2020-01-01"),
    "content/o2.md": page("title: bbb\ndate: 2020-01-01"),
    "content/o3.md": page("title: Éclair\ndate: 2020-01-01"),
    "content/o4.md": page("title: foo\ndate: 2020-01-01"),
    # static files
    "static/a b.png": "x",
    "static/.nojekyll": "x",
    "static/Sub/ü.png": "x",
    "assets/z.png": "x",
}  # fmt: skip

LANGUAGES: Files = {
    "hugo.toml": """\
baseURL = "https://ex.org/"
title = "T"
defaultContentLanguage = "en"
[languages.en]
weight = 1
[[languages.en.menus.main]]
name = "e"
url = "https://x.org/e"
[languages.fr]
weight = 3
contentDir = "contenu"
title = "FR"
[languages.zh-Hans]
weight = 2
[languages.de]
disabled = true
""",
    "content/_index.md": page("title: Home"),
    "content/_index.zh-Hans.md": page("title: ZHome"),
    "content/blog/_index.md": page(),
    "content/blog/a.md": page("title: A a\ntags: [x]"),
    "content/blog/a.zh-Hans.md": page("title: 中 文\ntags: [y]"),
    "content/blog/a.de.md": page("title: de"),
    "content/blog/c.it.md": page(),
    "content/blog/bun/index.md": page(),
    "content/blog/bun/index.zh-Hans.md": page(),
    "content/blog/bun/i.png": "x",
    "content/blog/bun/j.png": "x",
    "content/blog/bun/index.fr.md": page(),
    "content/blog/bun/j.fr.png": "x",
    "content/blog/only.zh-Hans/index.md": page(),
    "content/blog/u.zh-Hans.md": page("url: /zz/\naliases: [/old, rel]"),
    "content/lb/index.md": page("url: /x/y"),
    "content/lb/index.zh-Hans.md": page(),
    "content/lb/k.png": "x",
    "content/zonly/p.zh-Hans.md": page(),
    "content/blog/s.png": "x",
    "content/n.en.md": page("title: nen"),
    "content/n.md": page("title: n"),
    "contenu/_index.md": page(),
    "contenu/blog/a.md": page("title: Fr"),
    "contenu/lb/index.md": page(),
    "contenu/lb/fr.png": "x",
    "contenu/blog/v.md": page("url: zz/f/\naliases: [/fr/q, rel, /q2]\ntags: [x]"),
    "contenu/blog/w.zh-Hans.md": page(),
}

PERMALINKS: Files = {
    "config/_default/config.yaml": """\
baseURL: https://ex.org
title: T
disablePathToLower: true
removePathAccents: true
pluralizeListTitles: false
capitalizeListTitles: false
taxonomies: {author: authors, series: series}
frontmatter: {date: [":filename", ":default"]}
""",
    "config/_default/permalinks.toml": """\
posts = "/:year/:month/:day/:slug/"
pages = "/:sections/x/:filename"
root2 = "/:title"
cb = "/:section/:monthname/:weekdayname/:yearday/:contentbasename/:slugorcontentbasename"
lay = "/:2006-01/:slugorfilename"
html = "/:slug.html"
slice = "/:sections[1:]/:filename"
slast = "/:sections[last]/z/:filename"
ss = "/:sectionslugs/q/:slug"
"/" = "/:slugorfilename/"
authors = "/who/:slug/"
[section]
sec = "/s/:slug"
[taxonomy]
series = "/reihe/"
""",
    "config/production/params.yaml": "a: 1",
    "content/Posts2/Ü.md": page(),
    "content/posts/2024-05-06-my-name.md": page("title: My Title"),
    "content/posts/a.md": page('title: "It\'s C++ & C#: 100%"\ndate: 2023-01-02'),
    "content/posts/b.md": page('title: "a/b + c"'),
    "content/posts/2024-05-07-bun/index.md": page("title: X"),
    "content/posts/2024-05-07-bun/i.png": "x",
    "content/posts/C.md": page('title: "C#"\ndate: 2020-02-02T23:00:00-05:00'),
    "content/posts/long title/index.md": page('slug: "Ünï cödé"\ndate: 2019-09-09'),
    "content/pages/Sub/deep/P Q.md": page(),
    "content/pages/Sub/_index.md": page(),
    "content/pages/bun/index.md": page(),
    "content/pages/bun/k.png": "x",
    "content/root2/a.md": page("title: Hällo Wörld!  x"),
    "content/cb/Foo.md": page("date: 2024-03-05"),
    "content/lay/x.md": page("date: 2024-03-05"),
    "content/html/h.md": page("title: hh"),
    "content/slice/one/two/_index.md": page(),
    "content/slice/one/_index.md": page(),
    "content/slice/one/two/p.md": page(),
    "content/slice/q.md": page(),
    "content/slast/one/_index.md": page(),
    "content/slast/one/p.md": page(),
    "content/ss/_index.md": page("slug: s-s"),
    "content/ss/in/_index.md": page("slug: inn"),
    "content/ss/in/p.md": page("title: P p"),
    "content/about.md": page("title: About us"),
    "content/lbx/index.md": page("title: Lbx t"),
    "content/lbx/k.png": "x",
    "content/sec/_index.md": page("title: Sec T"),
    "content/sec/a.md": page(),
    "content/authors/jane-doe/_index.md": page("title: Jáne Doe"),
    "content/w.md": page('authors: [Jane Doe, "Max M"]\nseries: [S One]'),
}

UGLY: Files = {
    "config.json": '{"baseURL":"https://ex.org/","uglyURLs":true,"permalinks":{"p":"/x/:slug/"}}',
    "content/posts/a.md": page("aliases: [b, /c.html, /d/]"),
    "content/lf/index.md": page(),
    "content/lf/k.png": "x",
    "content/posts/bun/index.md": page("tags: [q]"),
    "content/posts/bun/i.png": "x",
    "content/p/a.md": page("title: T t"),
    "content/u.md": page("url: /u/v/"),
    "content/u2.md": page("url: /u/w"),
}

THEMES: Files = {
    "config.toml": """\
baseURL = "https://ex.org/"
title = "T"
theme = ["one", "two"]
ignoreFiles = ['\\.skip$', "foo.*bar"]
disableKinds = ["taxonomy", "RSS"]
[params]
a = 1
[params.deep]
x = 1
[[module.mounts]]
source = "content"
target = "content"
[[module.mounts]]
source = "docs"
target = "content/guide"
[[module.mounts]]
source = "one/file.md"
target = "content/single/named.md"
[[module.mounts]]
source = "pics"
target = "static/images"
""",
    "content/a.md": page(),
    "content/both.md": page("title: site"),
    "content/x.skip": "x",
    "content/foo-bar.md": page(),
    "content/tags/_index.md": page("title: Tgs"),
    "content/t.md": page("tags: [q]"),
    "docs/_index.md": page("title: Guide"),
    "docs/x.md": page(),
    "docs/y/z.md": page(),
    "docs/pic.png": "x",
    "one/file.md": page("title: file"),
    "one/other.md": page(),
    "pics/p.png": "x",
    "static/hidden.png": "x",
    "themes/one/content/th.md": page("title: th"),
    "themes/one/content/both.md": page("title: theme"),
    "themes/one/static/th.png": "x",
    "themes/one/config.toml": "title = 'theme'\n[params]\nb = 2\na = 9\n[params.deep]\ny = 2\n",
    "themes/two/static/two.png": "x",
    "themes/two/static/th.png": "yy",
}

CASCADE: Files = {
    "hugo.yaml": """\
baseURL: https://ex.org/
title: T
cascade:
- target: {kind: term}
  params: {k: term}
- target: {path: '{/a/**}'}
  params: {k: a}
- target: {path: '/c/*'}
  url: /cc/:slug/
""",
    "content/_index.md": page("title: Hm\ncascade: {params: {fromhome: 1, k: home}}"),
    "content/a/_index.md": page(
        "cascade: [{target: {path: /a/x}, params: {n: 1}}, {params: {n: 2, k: near}}]"
    ),
    "content/a/x.md": page(),
    "content/a/y.md": page("n: own\nparams: {k: ownk}"),
    "content/a/s/_index.md": page("cascade: {params: {k: deeper, m: {q: 1}}}"),
    "content/a/s/z.md": page("params: {m: {r: 2}}"),
    "content/b/q.md": page("tags: [Foo Bar, foo bar, FOO]\ncategories: [A]"),
    "content/b/r/z.md": page("tags: foo"),
    "content/c/d.md": page("title: C d"),
    "content/tags/foo/_index.md": page("title: The Foo\nslug: foos"),
    "content/tags/unused/_index.md": page(),
    "content/m1.md": page(
        "title: m1\nweight: 4\nmenus: {main: {name: M One, weight: 10, identifier: m1}}"
    ),
    "content/m2.md": page("title: m2\nmenu: [main, foot]"),
    "content/m3.md": page("title: m3\nweight: 2\nlinkTitle: l3\nmenu: {main: {parent: m1}}"),
}

IN_SUBFOLDER: Files = {
    "hugo.toml": """\
title = "t"
baseURL = "https://ex.org/s/"
defaultContentLanguageInSubdir = true
defaultContentLanguage = "fr"
languages.en.weight = 1
languages.fr.weight = 2
""",
    "content/a.md": page("aliases: [/x, y]"),
    "content/a.en.md": page("aliases: [/x, y]"),
    "content/p/b.en.md": page("url: q/r"),
    "content/p/b.md": page("url: /q/r"),
}

ONE_IN_SUBFOLDER: Files = {
    "hugo.toml": "defaultContentLanguageInSubdir = true",
    "content/a.md": page("aliases: [/x]"),
}

DISABLED: Files = {
    "hugo.toml": "disableKinds = ['taxonomy', 'term', 'section']",
    "content/tags/_index.md": page("title: T"),
    "content/tags/a/_index.md": page("title: T"),
    "content/p/_index.md": page(),
    "content/p/a.md": page("tags: [q]"),
    "content/s/a.md": page(),
}

FOLDERS: Files = {
    "hugo.toml": "contentDir = 'src/pages'\nstaticDir = ['static', 'more']",
    "src/pages/a.md": page(),
    "content/b.md": page(),
    "static/a.txt": "1",
    "more/a.txt": "2",
    "more/b.txt": "x",
}

CONFLICTS: Files = {
    "hugo.yaml": "security: {allowContent: ['.*']}",
    "content/posts.md": page("title: P"),
    "content/posts/a.md": page(),
    "content/q.md": page("title: Q"),
    "content/q/_index.md": page("title: QI"),
    "content/q/a.md": page(),
    "content/w.html": page("title: html"),
    "content/w.md": page("title: md"),
}

KINDS: Files = {
    "hugo.toml": """\
[permalinks]
tags = "/t/:slug/"
posts = "/:year/:slug"
[permalinks.section]
posts = "/p/:sections"
[permalinks.page]
x = "/:section/:title/"
[permalinks.taxonomy]
tags = "/alltags/"
""",
    "content/posts/_index.md": page("title: P"),
    "content/posts/n/_index.md": page("title: NN"),
    "content/posts/n/a.md": page('title: aa\ntags: [a/b, "C++", Go Lang]'),
    "content/x/a.md": page('title: "A: b"'),
    "content/x/b/c.md": page("title: c"),
}

LANGUAGE_MOUNTS: Files = {
    "hugo.yaml": """\
languages: {en: {weight: 1}, fr: {weight: 2}}
module:
  mounts:
    - {source: content/en, target: content, sites: {matrix: {languages: [en]}}}
    - {source: content/fr, target: content, sites: {matrix: {languages: [fr]}}}
""",
    "content/en/a.md": page(),
    "content/fr/a.md": page(),
    "content/fr/b/i.png": "x",
    "content/fr/b/index.md": page(),
}

FILE_DATES: Files = {
    "hugo.toml": """\
timeZone = "America/New_York"
[frontmatter]
date = [":filename", ":default"]
[permalinks]
p = "/:year-:month-:day/:filename"
""",
    "content/p/2024-05-06-x.md": page(),
    "content/p/2024-05-07_y/index.md": page(),
    "content/p/2024-05-08.md": page(),
    "content/p/z.md": page("date: 2024-01-01T02:00:00Z"),
    "content/o/2024-05-06-x y.md": page(),
    "content/p/none.md": page(),
}

FRONT_LEAF: Files = {
    "hugo.yaml": "baseURL: https://ex.org/\ntitle: T\n",
    "content/index.md": page("title: Front\ntags: [x]"),
    "content/_index.md": page("title: Hidden"),
    "content/a.md": page("title: A"),
    "content/p.png": "x",
    "content/sub/_index.md": page(),
    "content/sub/b.md": page(),
    "content/sub/q.txt": "x",
}

SITES = {
    "a front page that owns all": FRONT_LEAF,
    "one language": ONE_LANGUAGE,
    "languages": LANGUAGES,
    "permalinks": PERMALINKS,
    "ugly URLs": UGLY,
    "themes": THEMES,
    "cascade": CASCADE,
    "languages in folders": IN_SUBFOLDER,
    "one language in a folder": ONE_IN_SUBFOLDER,
    "disabled kinds": DISABLED,
    "other folders": FOLDERS,
    "two files for one path": CONFLICTS,
    "permalinks by kind": KINDS,
    "mounts of languages": LANGUAGE_MOUNTS,
    "dates of file names": FILE_DATES,
}
