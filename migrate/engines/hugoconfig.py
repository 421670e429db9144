"""The configuration with which Hugo renders a site for us.

Of the site's own only what changes content or URLs is kept; what fetches, runs or publishes is
left out or forbidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from migrate.model import Site, Value

KEPT = frozenset(
    "assetdir author baseurl builddrafts buildexpired buildfuture capitalizelisttitles cascade "
    "contentdir copyright datadir defaultcontentlanguage defaultcontentlanguageinsubdir "
    "disablekinds disablelanguages disablepathtolower enableemoji frontmatter "
    "hascjklanguage i18ndir ignorefiles languagecode languages locale markup menu menus params "
    "permalinks pluralizelisttitles privacy removepathaccents sectionpagesmenu services social "
    "summarylength taxonomies timezone title titlecasestyle uglyurls".split()
)
LANGUAGE_DROPPED = frozenset(("outputs", "outputformats", "theme", "staticdir"))
FOLDERS = frozenset(("assetdir", "contentdir", "datadir", "i18ndir"))
"""Settings that name a folder, which must lie in the site: Hugo takes any of the disk."""
NO_KINDS = ("rss", "sitemap", "robotsTXT", "404")


def config_for(site: Site, themes: list[str]) -> dict[str, Any]:
    """The configuration of an overlay of `site` whose themes lie in these folders."""
    config = _inside({key: value for key, value in site.config.items() if key in KEPT})
    config.setdefault("baseurl", "/")  # Hugo would take a host that isn't the site's
    config["markup"] = _markup(config.get("markup"))
    config["languages"] = _languages(config.get("languages"))
    if not config["languages"]:
        del config["languages"]
    kinds = config.get("disablekinds")
    config["disablekinds"] = [*(kinds if isinstance(kinds, list) else ()), *NO_KINDS]
    config["cascade"] = [{"build": {"publishResources": False}}, *_cascade(config.get("cascade"))]
    mounts = _mounts(site.config)
    if mounts:
        config["module"] = {"mounts": mounts}
    if themes:
        config["theme"] = themes
    return config | {
        "refLinksErrorLevel": "WARNING",
        "disableAliases": True,
        "staticDir": "hugo2myst-no-static",
        "publishDir": "hugo2myst-public",
        "timeout": "120s",
        "security": {
            "enableInlineShortcodes": site.runs_inline_shortcodes,
            "allowContent": [".*"],
            "exec": {"allow": ["^$"], "osEnv": ["^$"]},
            "funcs": {"getenv": ["^HUGO_"]},  # none is set, see `hugo._run`
            "http": {"methods": ["^$"], "urls": ["^$"]},
        },
    }


def _get(config: Mapping[str, Value], *keys: str) -> Value:
    value: Value = config
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _markup(markup: Value) -> Value:
    """Markup settings; keys that newer Hugos refuse under their new names."""
    if not isinstance(markup, Mapping):
        return {}
    markup = {key: value for key, value in markup.items() if key not in ("defaultmarkdownhandler",)}
    hooks = _get(markup, "goldmark", "renderhooks")
    if isinstance(hooks, Mapping):
        mended = {}
        for name, hook in hooks.items():
            if isinstance(hook, Mapping) and "enabledefault" in hook:
                embedded = "fallback" if hook["enabledefault"] else "never"
                hook = {key: value for key, value in hook.items() if key != "enabledefault"}
                hook["useEmbedded"] = embedded
            mended[name] = hook
        markup["goldmark"] = {**markup["goldmark"], "renderhooks": mended}
    return markup


def _languages(languages: Value) -> Value:
    if not isinstance(languages, Mapping):
        return {}
    return {
        code: _inside({k: value for k, value in language.items() if k not in LANGUAGE_DROPPED})
        for code, language in languages.items()
        if isinstance(language, Mapping)
    }


def _cascade(cascade: Value) -> list[Value]:
    if isinstance(cascade, Mapping):
        return [cascade]
    return list(cascade) if isinstance(cascade, list) else []


def _mounts(config: Mapping[str, Value]) -> list[Value]:
    """The site's own mounts of folders that lie in it."""
    mounts = _get(config, "module", "mounts")
    if not isinstance(mounts, list):
        return []
    return [
        {key: value for key, value in mount.items() if key in ("source", "target", "lang")}
        for mount in mounts
        if isinstance(mount, Mapping)
        and not str(mount.get("target", "")).startswith(("layouts", "static"))
        and _is_inside(mount.get("source", ""))
    ]


def _inside(config: Mapping[str, Value]) -> dict[str, Value]:
    """The settings without folders that lead out of the site."""
    return {key: value for key, value in config.items() if key not in FOLDERS or _is_inside(value)}


def _is_inside(folder: Value) -> bool:
    path = str(folder).replace("\\", "/")
    absolute = PurePosixPath(path).is_absolute() or PureWindowsPath(path).drive
    return not absolute and ".." not in path.split("/")
