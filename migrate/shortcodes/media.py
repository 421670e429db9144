"""Figures, images, videos, posts of other sites, buttons."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlencode

from migrate import myst
from migrate.model import Asset
from migrate.shortcodes import resources
from migrate.shortcodes.call import Call, pixels
from migrate.shortcodes.render import encode

_LENGTH = re.compile(r"\d+(?:\.\d+)?(?:px|%|em|rem|vw|vh|pt|cm|mm|in)?")
_BREAK = re.compile(r"(?:(?<!\s)\s+)?<br\s*/?>\s*", re.I)
_ALIGNED = re.compile(
    r"(?:^|[\s-])(left|right|center|centre)\b|\b(?:m|mx)-auto\b|\bal(left|right)\b", re.I
)
_MEDIA_FOLDERS = ("/media/", "/images/", "/img/")


def figure(call: Call) -> str | None:
    """A figure; without a caption an image.

    MyST's figure holds no linked image, so the link goes to the caption, or the image is a plain
    linked one. Classes are the theme's and go; what they say of the alignment stays.
    """
    src = call.get("src").strip()
    if not src:
        return None
    src = resources.named(call, src) or src
    path = find(call, src)
    if not PurePosixPath(src).suffix and "://" not in src and not call.is_file(path):
        return None  # an id that only the template can look up
    alt = " ".join(call.get("alt").split())
    caption = _caption(call)
    link = call.get("link").strip()
    if link.lower() in ("true", "false", "_blank", "_self", "#"):
        link = ""
    if link == src:
        link = ""  # it shows the same image by itself
    link = call.link(link) if link else ""
    if not call.place.is_block:
        image = f"![{call.escape(alt)}]({encode(path)})"
        shown = f"[{image}]({encode(link)})" if link else image
        return f"{shown} {caption}".rstrip()
    options: dict[str, str | int | bool | None] = {
        "alt": alt or None,
        "width": _length(call.get("width")),
        "height": _length(call.get("height")),
        "align": _align(call),
        "label": call.get("id").strip() or None,
    }
    if caption:
        if link:
            caption = _linked(call, caption, link)
        return myst.directive("figure", path, options, caption)
    bare = {key: value for key, value in options.items() if value and key != "alt"}
    if link or not bare:
        if "://" not in path and any(char in path for char in " ?#") and not link:
            return myst.directive("image", path, options)
        image = f"![{call.escape(alt)}]({encode(path)})"
        return f"[{image}]({encode(link)})" if link else image
    return myst.directive("figure" if options["label"] else "image", path, options)


def resource_figure(call: Call) -> str | None:
    """A picture of the page's bundle under the caption that its front matter gives it."""
    return figure(replace(call, data=resources.captioned(call)))


_MUSIC = {
    "netease": "https://music.163.com/#/{kind}?id={id}",
    "tencent": "https://y.qq.com/n/ryqq/{kind}Detail/{id}",
    "spotify": "https://open.spotify.com/{kind}/{id}",
}


def music(call: Call) -> str | None:
    """A player as a link: to a file of the site, or to the page of a song or playlist."""
    auto, url = call.get("auto").strip(), call.get("url").strip()
    words = " – ".join(filter(None, (call.get("name").strip(), call.get("artist").strip())))
    if url:
        target = call.path(url)
    elif auto:
        target = auto
    else:
        form = _MUSIC.get(call.get("server").lower(), "")
        if not form or not call.get("id"):
            return None
        target = form.format(kind=call.get("type", "song"), id=call.get("id"))
    return f"[{call.escape(words or 'Music')}]({encode(target)})"


def find(call: Call, src: str) -> str:
    """The path to write for a file; themes look in folders of `assets/` too."""
    if "://" in src or src.startswith("//"):
        return call.path(src)
    for name in (resources.named(call, src), src):
        if name and call.is_file(name):
            return call.path(name)
    for folder in _MEDIA_FOLDERS:
        name = folder + src.lstrip("/")
        if call.is_file(name):
            return call.path(name)
    return call.path(src)


def _caption(call: Call) -> str:
    """Title in bold, caption, attribution; a legend is the second paragraph."""
    title, text = call.get("title").strip(), call.get("caption").strip()
    if not text and call.shortcode.paired:
        text = call.inner().strip()
    parts = []
    if title and title != text:
        shown = call.markdown(title)
        parts.append(f"**{shown}**" if text else shown)
    if text:
        parts.append(call.markdown(text))
    attr, source = call.get("attr").strip(), call.get("attrlink").strip()
    if attr and source and _fits_link(attr):
        parts.append(call.markdown(f"[{attr}]({encode(source)})"))
    elif attr or source:
        words = call.markdown(attr or source)
        parts.append(
            f"{words} ([source]({encode(call.link(source))}))" if attr and source else words
        )
    caption = " ".join(parts)
    legend = call.get("legend").strip()
    if not call.place.is_block:
        return caption
    paragraphs = [caption, call.markdown(legend)] if legend else [caption]
    breaks = (_BREAK.sub("\n\n", paragraph) for paragraph in paragraphs)
    return "\n\n".join(paragraph for paragraph in breaks if paragraph)


def _fits_link(text: str) -> bool:
    """Markdown that can be the text of a link: no link in it, no bracket left open."""
    return "](" not in text and "://" not in text and text.count("[") == text.count("]")


def _linked(call: Call, caption: str, link: str) -> str:
    """A caption that leads where the figure led; `link` is written for MyST already."""
    first, blank, rest = caption.partition("\n\n")
    if _fits_link(first) and "www." not in first:
        return f"[{first}]({encode(link)}){blank}{rest}"
    return f"{first} ([{call.escape(link)}]({encode(link)})){blank}{rest}"


def _length(value: str) -> str | None:
    value = value.strip()
    return pixels(value) if _LENGTH.fullmatch(value) and value not in ("0", "100%") else None


def _align(call: Call) -> str | None:
    found = _ALIGNED.search(call.get("align") or call.get("class"))
    if not found:
        return None
    word = (found[1] or found[2] or "center").lower()
    return "center" if word == "centre" else word


def data_image(call: Call) -> str | None:
    """An image named by its id in `data/images.*`."""
    uid = call.get("src").strip()
    images = call.ctx.plan.site.data.get("images")
    entry = images.get(uid) if isinstance(images, dict) else None
    if not isinstance(entry, dict):
        return None
    values = {key.lower(): value for key, value in entry.items()}
    suffix = values.get("format") or "png"
    data = {
        "src": values.get("src") or values.get("url") or f"{uid}.{suffix}",
        "alt": values.get("alt", ""),
        "caption": values.get("caption", ""),
        "attr": values.get("credit", ""),
    }
    return figure(replace(call, data={key: value for key, value in data.items() if value}))


def gallery(call: Call) -> str | None:
    """All images of a folder of the page's bundle, in a grid."""
    wanted = call.get("images") or call.get("match") or call.get("album") or call.get("pos")
    found = [
        asset
        for asset in call.ctx.page.resources
        if resources.is_picture(asset) and _in(asset, wanted)
    ]
    if not found:
        return None
    images = [f"![]({encode(call.path(resources.relative(asset, call)))})" for asset in found]
    if not call.place.is_block:
        return " ".join(images)
    return myst.directive("grid", "1 2 3 3", body="\n\n".join(images))


def _in(asset: Asset, wanted: str) -> bool:
    """The asset is of the folder, glob or `{a,b}` list that a gallery names."""
    path = PurePosixPath(asset.url)
    names = [name.strip() for name in wanted.strip("{}").split(",") if name.strip()]
    for name in names:
        if path.match(name) or name.strip("/") in path.parts or path.name == name:
            return True
    return not names


def video(call: Call) -> str | None:
    """A video file: MyST plays it as an image."""
    src = call.get("src").strip()
    if not src:
        return None
    path = find(call, src)
    if not call.place.is_block:
        return f"![]({encode(path)})"
    caption = _caption(call)
    options: dict[str, str | int | bool | None] = {
        "alt": " ".join(call.get("alt").split()) or None,
        "width": _length(call.get("width")),
    }
    if caption:
        return myst.directive("figure", path, options, caption)
    if not any(options.values()) and " " not in path:
        return f"![]({encode(path)})"
    return myst.directive("image", path, options)


def youtube(call: Call) -> str | None:
    """A YouTube video in a frame, with its start and end."""
    video_id = call.get("id").strip() or (call.args[0].strip() if call.args else "")
    if not video_id:
        return None
    found = re.search(r"(?:youtu\.be/|v=|embed/)([\w-]{6,})", video_id)
    video_id = found[1] if found else video_id
    query = {
        key: call.get(key)
        for key in ("start", "end")
        if call.get(key).strip() not in ("", "0", "false")
    }
    query |= {key: "1" for key in ("autoplay", "mute", "loop") if call.is_true(key)}
    privacy = call.ctx.plan.site.config.get("privacy")
    youtube = privacy.get("youtube") if isinstance(privacy, dict) else None
    private = isinstance(youtube, dict) and youtube.get("privacyenhanced")
    host = "www.youtube-nocookie.com" if private else "www.youtube.com"
    url = f"https://{host}/embed/{encode(video_id)}" + ("?" + urlencode(query) if query else "")
    return frame(call, url, call.get("title").strip() or "YouTube video")


def frame(call: Call, url: str, title: str) -> str:
    """Another site's page in a frame; a link where no block may stand."""
    if not call.place.is_block:
        return f"[{call.escape(title)}]({url})"
    return myst.directive("iframe", url, {"title": title, "width": "100%"})


def audio(call: Call) -> str | None:
    """A recording as a link: a file of the page, else of the site's `media`."""
    src = call.get("src").strip()
    if not src:
        return None
    return f"[Audio: {call.escape(PurePosixPath(src).name)}]({encode(find(call, src))})"


def chart(call: Call) -> str | None:
    """A chart that a script draws from a file of the page: a link to the file."""
    name = call.get("data").strip()
    return f"[Chart data]({encode(call.link(f'{name}.json'))})" if name else None


def asciinema(call: Call) -> str | None:
    """A recorded terminal, as a link: the file itself, else one of the site's `casts`."""
    file = call.get("file").strip()
    if not file:
        return None
    if not file.startswith(("/", "http://", "https://")):
        file = f"/casts/{file}"
    return f"[Terminal recording]({encode(call.link(file))})"


def tweet(call: Call) -> str | None:
    """A post on X; the old form has no user."""
    user = call.get("user").strip()
    post = call.get("id").strip() or (call.args[0].strip() if call.args else "")
    if not post:
        return None
    words = f"Post by \\@{call.escape(user)}" if user else "Post on X"
    return f"[{words}](https://x.com/{encode(user or 'i')}/status/{encode(post)})"


def cta(call: Call) -> str | None:
    """A call to action: a button, and a second link."""
    words, link = call.get("cta_text").strip(), call.get("cta_link").strip()
    if not (words and link):
        return None
    shown = myst.role("button", f"{' '.join(words.split())} <{encode(call.link(link))}>")
    other, target = call.get("cta_alt_text").strip(), call.get("cta_alt_link").strip()
    if not (other and target):
        return shown
    return f"{shown} [{call.markdown(other)}]({encode(call.link(target))})"


_PLATFORMS = {
    "github": "https://github.com/",
    "huggingface": "https://huggingface.co/",
    "gitlab": "https://gitlab.com/",
}


def embed(call: Call) -> str | None:
    """A card for a repository, a model or any address."""
    url, resource = call.get("url").strip(), call.get("resource").strip()
    if not url and resource:
        base = _PLATFORMS.get(call.get("platform").lower(), "")
        if not base:
            return None
        kind = call.get("type").lower()
        if kind in ("dataset", "space") and "huggingface" in base:
            base += kind + "s/"
        url = base + resource
    if not url:
        return None
    title = call.markdown(call.get("title") or resource or url)
    words = call.markdown(call.get("description"))
    if not call.place.is_block:
        return f"[{title}]({encode(url)}) {words}".rstrip()
    return myst.directive("card", title, {"link": url}, words or "%")
