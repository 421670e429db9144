"""A file system that ignores case and normal forms, as those of macOS and Windows do, made from
one that doesn't: each name that the writer hands to the system is looked up among those there."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from migrate.places import collision_key


def folding(module: Any) -> SimpleNamespace:
    """`module` (`os`) for `migrate.write.folder`, whose names are those of what is there."""

    def there(name: str, at: int | None) -> str:
        if at is None or name.startswith("/"):
            return name
        key = collision_key(name)
        return next((one for one in module.listdir(at) if collision_key(one) == key), name)

    def single(call: Any) -> Any:
        return lambda name, *rest, dir_fd=None, **more: call(
            there(name, dir_fd), *rest, dir_fd=dir_fd, **more
        )

    def pair(call: Any) -> Any:
        def run(old: str, new: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
            old = there(old, src_dir_fd)
            new_there = there(new, dst_dir_fd)
            call(old, new_there, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

        return run

    changed = {
        name: single(getattr(module, name)) for name in ("open", "stat", "unlink", "rmdir", "mkdir")
    }
    changed |= {name: pair(getattr(module, name)) for name in ("replace", "rename")}
    return SimpleNamespace(**{**vars(module), **changed})
