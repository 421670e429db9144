"""HTML that Hugo's reader of Org makes otherwise than that of Markdown."""

from __future__ import annotations

from bs4 import Tag

from migrate.convert.soup import classes


def show_tasks(soup: Tag) -> None:
    """Give the tasks of Org, which have a class alone, the boxes that those of Markdown have."""
    for item in soup.find_all("li", class_=["checked", "unchecked"]):
        box = Tag(name="input", attrs={"type": "checkbox"})
        if "checked" in classes(item):
            box["checked"] = ""
        item.insert(0, " ")
        item.insert(0, box)
