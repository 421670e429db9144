"""Calls that are a value: parameters of page and site, links to pages, icons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrate import myst
from migrate.model import Target, Value
from migrate.shortcodes.call import Call, Place, shown

_EMOJI = {
    "star": "⭐", "heart": "❤️", "check": "✅", "xmark": "❌", "times": "❌", "rocket": "🚀",
    "lightbulb": "💡", "fire": "🔥", "bug": "🐛", "book": "📖", "envelope": "✉️", "email": "✉️",
    "mail": "✉️", "phone": "📞", "link": "🔗", "globe": "🌐", "calendar": "📅", "clock": "🕒",
    "download": "⬇️", "upload": "⬆️", "arrow-right": "→", "arrow-left": "←", "search": "🔍",
    "warning": "⚠️", "triangle-exclamation": "⚠️", "circle-info": "ℹ️", "info": "ℹ️",
    "sparkles": "✨", "tag": "🏷️", "user": "👤", "users": "👥", "home": "🏠", "pencil": "✏️",
    "edit": "✏️", "lock": "🔒", "key": "🔑", "gear": "⚙️", "cog": "⚙️", "code": "💻",
    "terminal": "💻", "graduation-cap": "🎓", "trophy": "🏆", "thumbs-up": "👍", "music": "🎵",
    "image": "🖼️", "camera": "📷", "video": "🎬", "map": "🗺️", "moon": "🌙", "sun": "☀️",
}  # fmt: skip


def param(call: Call) -> str | None:
    """A parameter of the page, else of the site; dots go down."""
    name = call.args[0] if call.args else call.get("name")
    plan = call.ctx.plan
    codes = {language.code: language.params for language in plan.whole.languages}
    site = codes.get(call.ctx.page.language) or plan.site.params
    page = call.ctx.page.front
    own = page.get("params")
    sources = (own if isinstance(own, Mapping) else {}, page, site)
    value = next((found for one in sources if (found := _dig(one, name)) is not None), None)
    return None if value is None else say(call, value)


def site_param(call: Call) -> str | None:
    """A parameter of the site."""
    name = call.args[0] if call.args else call.get("name")
    value = _dig(call.ctx.plan.site.params, name)
    return None if value is None else say(call, value)


def named_param(call: Call) -> str | None:
    """A shortcode that prints the site's parameter or datum of its own name (`latest-version`)."""
    site = call.ctx.plan.site
    joined = call.name.replace("-", "_")
    dotted = call.name.replace("/", ".")
    spellings = (joined, joined.replace("_", "-"), joined.replace("_", ""))
    for name in (call.name, *spellings, dotted, dotted.removeprefix("params.")):
        for values in (site.params, site.data):
            value = _dig(values, name)
            if value is not None and not isinstance(value, (Mapping, list)):
                return say(call, value)
    return None


def page_url(call: Call) -> str | None:
    """The URL of the page itself, which blogdown writes before the names of its files."""
    return call.ctx.page.url if call.place.is_plain else None


def term(call: Call) -> str | None:
    """A word of the site's glossary, which `data/<language>/termbase` explains (hextra)."""
    entry = call.get("entry").strip()
    site = call.ctx.plan.site
    language = call.ctx.page.language or site.languages[0].code
    for one in terms(site.data, language):
        if entry.lower() in (str(one.get("abbr")).lower(), str(one.get("term")).lower()):
            definition = " ".join(str(one.get("definition", "")).split())
            return myst.role("abbr", f"{entry} ({definition})") if definition else None
    return call.escape(entry)


def terms(data: Mapping[str, Value], language: str) -> Iterator[Mapping[str, Value]]:
    """The words of a site's glossary in one language, then those of all."""
    for found in (_dig(data, f"{language}.termbase"), _dig(data, "termbase")):
        for one in found if isinstance(found, list) else ():
            if isinstance(one, Mapping):
                yield one


def _dig(values: Mapping[str, Value], name: str) -> Value:
    value: Value = values
    for key in name.lower().split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value


def say(call: Call, value: Value) -> str:
    """A value in the form of the place: Hugo prints it as HTML."""
    text = shown(value)
    if call.place.is_plain:
        return text
    if "<" in text and ">" in text:
        return call.ctx.html(text, call.shortcode.start, inline=True).strip()
    return call.markdown(text) if call.shortcode.markup == "%" else call.escape(text)


def ref(call: Call) -> str | None:
    """`ref` and `relref`: a destination, or a link where it stands in running text.

    In an attribute and in code it is the page's URL in Hugo.
    """
    path = (call.get("path") or " ".join(call.args)).strip()
    if not path:
        return None
    language = call.get("lang")
    if call.place is Place.DESTINATION:
        return call.ctx.ref(path, call.shortcode.start, language)
    target = call.ctx.plan.links.ref(path, call.ctx.page, language)
    if not call.place.is_plain:
        link = call.ctx.ref(path, call.shortcode.start, language)
        return f"[{_foreign(call, target)}]({link})"
    fragment = f"#{target.fragment}" if target.fragment else ""
    if target.page is not None:
        return (target.page.url if target.page is not call.ctx.page else "") + fragment or path
    if target.kind == "missing":
        call.ctx.report("HM601", call.shortcode.start, destination=path)
    return target.url or path


def _foreign(call: Call, target: Target) -> str:
    """The title of a page in another project, which mystmd can't find out; else empty."""
    page = target.page
    return call.escape(page.title) if page and page.identity not in call.ctx.plan.places else ""


def icon(call: Call) -> str | None:
    """An icon: its emoji where the person wants that, else nothing; MyST 1.11 has no icons."""
    names = [word for value in (*call.args, call.get("name"), call.get("icon")) for word in
             value.replace("/", " ").split()]  # fmt: skip
    names = [name.removeprefix("fa-").lower() for name in names]
    if call.ctx.plan.options.icons == "emoji":
        for name in names:
            if name in _EMOJI:
                return _EMOJI[name]
    if call.place is not Place.CODE and names:
        call.ctx.report("HM304", call.shortcode.start, name=names[-1])
    return ""
