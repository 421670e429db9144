"""What becomes of each front matter key, as data.

`CONSUMED` keys have done their work elsewhere (places, order, redirects, menus, the plan's
mathematics). `PRESENTATION` keys only steer the theme. Every other key is kept under `options`.
"""

from __future__ import annotations

import re


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONSUMED = _names(
    """
    title linktitle menutitle slug url aliases alias type layout outputs draft weight menu menus
    identifier parent date publishdate pubdate published expirydate unpublishdate modified
    headless build _build cascade params markup iscjklanguage translationkey sitemap
    math mathjax katex usemath enablemath usekatex usemathjax hasmath latex
    description summary excerpt lead deck subtitle keywords
    sections bookcollapsesection bookhidden bookflatsection booktoc geekdochidden
    """
)

PROFILE = _names(
    """
    role position headline job_title bio organizations organization affiliations affiliation
    social links socials profiles contacts interests education email avatar superuser first_name
    last_name name status display_name highlight_name postnominals pronouns is_owner user_groups
    """
)
"""Keys of an author page, which become its body and the person's entry in myst.yml."""

PRESENTATION = _names(
    """
    _comment _merge advanced ads allow_html always_allow_html alwaysopen ankertitle anchor animate
    autocollapsetoc autonumbering back_to_top backgroundcolor bg_color blog_post
    bootstrap breadcrumb breadcrumbs cardview chapter classes cms_date cms_exclude
    code-fold code-summary code_fold codefold codefolding collapsesection collapsible color
    colour comment comments commentable commenting contentclass contentcopyright css cssclass
    css_class csspath customcss custom_css customjs dark darkmode demo design design_spacing
    disqus duration_display editable editor editor_options editpage editpost execute featured
    feature_image_position feed_exclude focal_point font footer format fullwidth gallery_style
    giscus header_style headercolor headerstyle heading_style headless_cms hero_style
    hidemeta highlight home home_title icon icon_pack id_prefix inline_css invertimage
    invertpagination jupyter
    katex_options kernel knit layoutbackgroundblur lightgallery like likes linkcolor
    lightbox linenumbers listing livereload mermaid mermaidjs meta_style nav_children nav_icon
    navbar newsletter next nextpage nocomment nodateline numbersections ordersectionsby output
    overlay page_style pager pagination paginate plotly post_style postcard prev prevpage
    presentation print profile prog_lang_home reading_time readingtime recommended related
    render_style reward rmdhash robotsnoindex rssignore scripts search_exclude searchable share
    sharingicons shortcutdepth sidebar sidebar_always_open sidebarlogo sidebarmenus simple_list
    singlecolumn slider_style smartypants social_share socialshare spelling sticky style
    stylesheets submenu tabs theme theme_version themecolor toc toc_depth toc_float toc_hide
    toc_root tocopen toclevels toctitle tocbot urlcolor usecomments view viewer widget width
    wide xml zoom
    """
)

RESERVED = _names(
    """
    abbreviations ack acknowledgement acknowledgements acknowledgment acknowledgments affiliation
    affiliations arxiv article articles author authors availability banner banneroptimized
    bibliography binder contributor contributors copyright data-availability data_availability
    dataavailability date dedication description doi download downloads edit_url editor editors
    epigraph export exports first_page format funding github id identifier identifiers image issue
    jupyter key-points key_points keypoints keywords last_page lay-summary lay_summary license math
    name numbering open_access options output oxa part parts plain-language-summary
    plain_language_summary plainlanguagesummary pmcid pmid quote references renderer requirements
    resources reviewer reviewers settings short_title social socials source source_url
    static_files sub_article sub_articles subject subtitle summary tags template thebe thumbnail
    thumbnailoptimized title toc top_level venue volume zenodo zip
    """
)
"""Keys that mystmd refuses under `options`, because they mean something elsewhere; there they are
written with `hugo_` before them."""

SWITCH = re.compile(
    r"(?:show|hide|enable|disable|display|exclude|include|use|no|with|allow|is|has)[-_]?[a-z_-]+"
)
"""Keys that switch a part of the theme on or off, where their value is true or false."""

SERIES = ("tags", "tag", "categories", "category", "series", "topics", "topic")
"""Taxonomies that become tags, whether the site configures them or not."""

NOT_TAGS = _names("authors author contributors publication_types publication_type editors people")
"""Taxonomies that say something else than what a page is about."""

IMAGE_KEYS = (
    "thumbnail", "thumb", "featured_image", "featuredimage", "featureimage", "feature_image",
    "feature", "image", "images", "img", "primary_image", "cover", "coverimage", "cover_image",
    "banner", "header", "headerimage", "header_image", "hero", "heroimage", "hero_image",
    "teaser", "preview", "og_image", "ogimage", "socialimage", "background_image", "photo",
    "avatar", "profilepic", "picture", "logo", "poster",
)  # fmt: skip
"""Keys that name the page's picture, the stronger first."""

BANNER_KEYS = _names(
    "cover coverimage cover_image banner header headerimage header_image hero heroimage hero_image"
)
"""Those of them that themes show across the top of the page."""

IMAGE_FIELDS = (
    "filename",
    "src",
    "image",
    "url",
    "path",
    "file",
    "source",
    "relative_path",
    "feature",
)
"""Where a picture's file stands in a mapping."""

FEATURED = re.compile(
    r"(?:featured?|cover|thumb(?:nail)?|teaser)[^/]*\.(?:png|jpe?g|webp|gif|svg|avif)$", re.I
)
"""Bundle files that Hugo Blox, Congo, Blowfish and Docsy take as the page's picture."""

HIDE = {
    "hide_outline": (
        ("toc", "showtoc", "tableofcontents", "showtableofcontents", "show_toc"),
        ("notoc", "disabletoc", "disable_toc", "hidetoc", "hide_toc"),
    ),
    "hide_toc": (("sidebar", "showsidebar"), ("hidesidebar", "hide_sidebar", "nosidebar")),
    "hide_title_block": (("showtitle", "show_title"), ("hidetitle", "hide_title", "notitle")),
    "hide_authors": (
        ("showauthor", "show_author", "showauthors"),
        ("hideauthor", "hide_author", "hide_authors"),
    ),
}
"""Option of `site` in MyST -> (keys that hide when false, keys that hide when true)."""

DOWNLOADS = {
    "url_pdf": "PDF", "url_preprint": "Preprint", "url_code": "Code", "url_dataset": "Dataset",
    "url_poster": "Poster", "url_project": "Project", "url_slides": "Slides",
    "url_source": "Source document", "url_video": "Video", "pdf_url": "PDF", "pdf": "PDF",
}  # fmt: skip
"""Keys of publications and talks that link to a file or place -> what the link says."""

RENDERS_TITLES = re.compile(
    r"hugo-?blox|wowchemy|academic|hugo-theme-learn|relearn|minimal-mistakes|doks|scientific-python",
    re.I,
)
"""Themes that show a page's title as Markdown."""

SHOWS_EMOJIS = re.compile(r"hugo-?blox|wowchemy|academic|congo|blowfish|ananke|lotusdocs", re.I)
"""Themes that turn `:name:` into emoji in titles and descriptions."""
