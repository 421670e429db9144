"""One Hugo site with everything that the project file, lists and landing pages are made of."""

from __future__ import annotations

from small_site import PNG

CONFIG = """\
baseURL: https://site.org/
title: A Site
copyright: "© {year} The *Site*"
defaultContentLanguage: en
theme: []
taxonomies: {tag: tags, author: authors}
services: {googleAnalytics: {ID: G-ABCDEF1234}}
languages:
  en: {languageName: English, weight: 1}
  fr: {languageName: Français, weight: 2, title: Un site}
menus:
  main:
    - {name: Home, url: /, weight: 1}
    - {name: Docs, pageRef: /docs, weight: 2}
    - {name: More, identifier: more, weight: 3}
    - {name: Away <b>now</b>, url: "https://example.org/x", weight: 4}
    - {name: Deep, url: /docs/#deep, parent: more, weight: 1}
    - {name: Blog, pageRef: /blog, parent: more, weight: 2}
  main_right:
    - {name: Join, url: /docs/a/, weight: 1}
  footer:
    - {name: Imprint, url: /imprint/, weight: 1}
params:
  description: What it is *about*.
  github_repo: https://github.com/org/repo
  license: CC-BY-4.0
  logo: img/logo.png
  social:
    - {name: GitHub, url: "https://github.com/org"}
"""

LANDING = """\
---
title: ""
type: landing
sections:
  - block: hero
    content:
      title: Open *things*
      text: We do [docs](/docs/) and `code`.
      image: {filename: hero.png, alt: A hero}
      cta: {label: Start, url: /docs/}
      cta_alt: {label: Away, url: "https://example.org/"}
      announcement: {text: New, link: {text: here, url: /blog/}}
  - block: features
    id: features
    content:
      title: Why
      subtitle: Because
      items:
        - {name: Fast, icon: fast, icon_pack: custom, description: It is *fast*.}
        - {name: Small, description: ""}
  - block: stats
    content:
      items: [{statistic: 1M+, description: users}]
  - block: collection
    content:
      title: News
      count: 2
      filters: {folders: [blog]}
      archive: {enable: true, text: All posts, link: /blog/}
  - block: faq
    content:
      title: Questions
      items: [{question: "Is it $5?", answer: "No, @all."}]
  - block: testimonials
    content:
      items: [{text: Good., name: Ann, role: Boss}]
  - block: cta-card
    content: {title: Go, text: Now, button: {text: Press, url: "#features"}}
  - block: people
    content: {title: Team, user_groups: [Core]}
  - block: contact
    content:
      title: Contact
      email: a@site.org
      phone: +1 234
      address: {street: 1 Road, city: Town}
      contact_links: [{name: Chat, link: "https://chat.example.org"}]
      form: {provider: netlify}
  - block: slider
    content:
      slides:
        - {title: One, content: First., background: {image: {filename: hero.png}}}
  - block: logos
    content: {items: [{name: Org, image: hero.png, url: "https://org.example.org"}]}
  - block: resume-experience
    content: {username: jane}
  - block: resume-skills
    content: {title: Skills, username: jane}
  - block: markdown
    content:
      title: Text
      text: |
        #### Deep

        Words{{< br >}} and ~~gone~~.
  - block: marvel
    content:
      title: Unknown
      claim: A claim of *many* words.
      things: [{name: Thing, text: With words}]
---
"""

JANE = """\
name: Jane Doe
email: jane@site.org
role: Lead
affiliations: [{name: The Org, url: "https://org.example.org"}]
links:
  - {icon: brands/github, url: "https://github.com/jane"}
  - {icon: academicons/orcid, url: "https://orcid.org/0000-0002-1825-0097"}
user_groups: [Core]
skills: [{name: Tools, items: [{label: Python, level: 4}]}]
experience:
  - {role: Lead, org: The Org, start: 2020-01-01, summary: Leads.}
education:
  - {degree: PhD, institution: A School, start: 2010-01-01, end: 2014-06-01}
"""


def _post(number: int) -> str:
    return (
        f"---\ntitle: Post {number}\ndate: 2024-01-{number:02}\nauthors: [jane]\n"
        f"tags: [News]\n---\n\nThe words of post number {number} are here.\n"
    )


FILES: dict[str, str | bytes] = {
    "hugo.yaml": CONFIG,
    "assets/media/hero.png": PNG,
    "assets/media/icons/fast.svg": "<svg/>",
    "static/img/logo.png": PNG,
    "static/favicon.ico": PNG,
    "data/authors/jane.yaml": JANE,
    "content/_index.md": LANDING,
    "content/_index.fr.md": "---\ntitle: Accueil\n---\n\nBonjour.\n",
    "content/imprint.md": "---\ntitle: Imprint\nbuild: {list: never}\n---\n\nUs.\n",
    "content/docs/_index.md": "---\ntitle: Docs\nweight: 1\n---\n\n## Deep\n\nIntro.\n",
    "content/docs/_index.fr.md": "---\ntitle: Docs fr\nweight: 1\n---\n\nTexte.\n",
    "content/docs/b.md": "---\ntitle: Second [b]\nweight: 20\ndescription: About *b*.\n---\n\nB.\n",
    "content/docs/a.md": "---\ntitle: First\nlinkTitle: 1st\nweight: 10\n---\n\nA.\n",
    "content/docs/sub/_index.md": "---\ntitle: Sub\nweight: 5\n---\n",
    "content/docs/sub/c.md": "---\ntitle: C\n---\n\nC.\n",
    "content/blog/_index.md": "---\ntitle: Blog\n---\n\nWhat we write.\n",
    "content/authors/jane/_index.md": (
        "---\ntitle: Jane\ninterests: [Maps, Trees]\n---\n\nShe is.\n"
    ),
    "content/authors/jane/avatar.png": PNG,
    **{f"content/blog/p{n}/index.md": _post(n) for n in range(1, 16)},
    "content/blog/p15/featured.png": PNG,
}
