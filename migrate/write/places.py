"""Files that change places: which old file a new path is, and whether the new place is free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from migrate.write.folder import Blocked
from migrate.write.record import Record


class Moves:
    """The moves among the outputs that have no file at their place yet."""

    def __init__(
        self,
        record: Record,
        waiting: Iterable[tuple[PurePosixPath, str]],
        seen: Mapping[str, str],
        paths_of: Mapping[str, Sequence[str]],
        spelled: Mapping[str, str],
    ) -> None:
        """`waiting` are (path, identity) of outputs, `seen` all paths of outputs and whose they
        are, `paths_of` the recorded paths of each identity, `spelled` the recorded path that is
        the same file as a new one in another spelling ("" where there is none)."""
        self._record = record
        self.source: dict[str, str] = {}
        """New path -> recorded path where the file is now."""
        news: dict[str, list[str]] = defaultdict(list)
        paths = [str(path) for path, _ in waiting]
        for path, identity in waiting:
            news[identity].append(str(path))
        for identity, places in news.items():
            left = [old for old in paths_of.get(identity, ()) if seen.get(old) != identity]
            self.source.update(_pairs(places, left))
        for new, other in spelled.items():
            if other and other not in seen and other not in self.source.values():
                self.source[new] = other
        self.stuck: dict[str, str] = {}
        """New path -> why nothing can be put there."""
        while True:
            leaving = {old for new, old in self.source.items() if new not in self.stuck}
            found = {
                path: reason
                for path in paths
                if path not in self.stuck and (reason := self._occupied(path, leaving))
            }
            if not found:
                break
            self.stuck.update(found)

    def _occupied(self, path: str, leaving: set[str]) -> str:
        """What stands at a new place and doesn't go away: words for a sentence, "" if nothing."""
        place = PurePosixPath(path)
        try:
            found = self._record.folder.stat(place)
            if found is None or path in leaving:
                return ""
            source = self.source.get(path)
            if source is not None and self._record.folder.is_same(PurePosixPath(source), place):
                return ""  # only the case of letters changes, where case doesn't matter
            known = self._record.manifest.files.get(path)
            if known and self._record.digest(place) == known.hash:
                return ""  # an unedited file of a page that is gone
        except Blocked as blocked:
            return blocked.strerror or str(blocked)
        return "another file is there"


def _pairs(news: list[str], olds: list[str]) -> dict[str, str]:
    """New path -> old path: those with the same name first, then those with the same suffix."""
    pairs: dict[str, str] = {}
    olds = sorted(olds)
    for part in ("name", "suffix"):
        for new in news:
            alike = getattr(PurePosixPath(new), part)
            same = (old for old in olds if getattr(PurePosixPath(old), part) == alike)
            old = next(same, None) if new not in pairs else None
            if old is not None:
                pairs[new] = old
                olds.remove(old)
    return pairs
