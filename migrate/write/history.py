"""Two commits for one run: first what moved, then what changed; so history follows each file.

git finds a rename by likeness. A commit that only moves files is certain to be seen as such,
however much the next one changes in them.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from migrate.diagnostics import MigrateError
from migrate.write.change import Done
from migrate.write.paths import RECORD


@dataclass(frozen=True, slots=True)
class Committed:
    """The two commits; "" where there was nothing to commit."""

    moves: str = ""
    edits: str = ""


def commit_run(
    destination: Path, changes: Sequence[Done], sources: Mapping[PurePosixPath, Path] | None = None
) -> Committed:
    """Commit what a run changed in `destination`, a folder of a git repository.

    `sources` (new file -> the Hugo source that it was made from) are moved, too: their files
    leave the repository's tree in the first commit, and the working tree if nobody changed them
    since the last commit. Nothing else that is staged or changed is touched. Raises MigrateError
    if the folder is in no repository or git refuses.
    """
    repository = _Repository(destination)
    head, inside = repository.git.head(), repository.inside
    moved = {inside(c.path): inside(c.moved_from) for c in changes if c.moved_from}
    origins = {inside(new): repository.below(old) for new, old in (sources or {}).items()}
    origins = {new: old for new, old in origins.items() if old and new not in moved}
    moves = repository.commit_moves(head, {**origins, **moved}) if head else ""
    if moves:
        for old in origins.values():
            repository.drop_source(old, head)
    touched = [inside(change.path) for change in changes if change.written]
    touched += [*moved.values(), *(origins.values() if moves else ())]
    edits = repository.commit_files([*touched, *repository.record_files()])
    return Committed(moves, edits)


@dataclass(frozen=True, slots=True)
class _Git:
    """git, run in a folder, on a person's index or on one of our own."""

    folder: Path
    index: str = ""

    def __call__(self, *args: str, feed: bytes = b"") -> bytes:
        """What a git command prints. Raises MigrateError with what it says when it fails."""
        environment = {**os.environ, "GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C"}
        if self.index:
            environment["GIT_INDEX_FILE"] = self.index
        try:
            done = subprocess.run(
                ["git", *args],
                cwd=self.folder,
                env=environment,
                input=feed,
                capture_output=True,
                check=False,
            )
        except OSError as error:
            raise MigrateError(f"git can't be run: {error.strerror}", str(self.folder)) from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
            raise MigrateError(f"git {args[0]}: {said or 'refused'}", str(self.folder))
        return done.stdout

    def line(self, *args: str) -> str:
        """The one line that a git command prints."""
        return self(*args).decode("utf-8", "surrogateescape").rstrip("\n")

    def head(self) -> str:
        """The present commit, "" in a repository without any."""
        try:
            return self.line("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        except MigrateError:
            return ""


class _Repository:
    """The repository that a project is in; what a person has staged in it stays as it is."""

    def __init__(self, destination: Path) -> None:
        self._folder = Path(os.path.realpath(destination))
        top = _Git(self._folder).line("rev-parse", "--show-toplevel")
        self.git = _Git(Path(os.path.realpath(top)))

    def inside(self, path: PurePosixPath) -> str:
        """A file of the project, from the repository's root."""
        return (self._folder / path).relative_to(self.git.folder).as_posix()

    def below(self, path: Path) -> str:
        """A file on disk, from the repository's root; "" if it is elsewhere."""
        real, top = Path(os.path.realpath(path)), self.git.folder
        return real.relative_to(top).as_posix() if real.is_relative_to(top) else ""

    def record_files(self) -> list[str]:
        """Files of the record that git doesn't ignore, those that are gone among them."""
        record = self.inside(PurePosixPath(RECORD))
        how = ("--cached", "--others", "--exclude-standard")
        return _split(self.git("ls-files", "-z", *how, "--", record))

    def commit_moves(self, head: str, moved: Mapping[str, str]) -> str:
        """A commit in which files have other places and nothing else is different."""
        tree = {}
        for row in _split(self.git("ls-tree", "-r", "-z", "--full-tree", head)):
            about, name = row.split("\t", 1)
            tree[name] = about.split(" ")
        gone, come = [], []
        for new, old in moved.items():
            if old in tree and (new not in tree or new in moved.values()):
                mode, _, blob = tree[old]
                gone.append(f"0 {'0' * len(blob)}\t{old}")
                come.append(f"{mode} {blob}\t{new}")
        if not come:
            return ""
        with self._own_index() as git:
            git("read-tree", head)
            # Two files may change places: all leave before any comes.
            git("update-index", "-z", "--index-info", feed=_joined([*gone, *come]))
            return self._commit(git, f"Move {len(come)} files to their places in the MyST project")

    def commit_files(self, paths: Iterable[str]) -> str:
        """A commit of these files as they are on disk, and of nothing else."""
        feed = _joined(sorted(set(paths)))
        update = ("update-index", "--add", "--remove", "-z", "--stdin")
        with self._own_index() as git:
            git("read-tree", self.git.head() or "--empty")
            git(*update, feed=feed)
            commit = self._commit(git, "Convert with hugo2myst")
        self.git(*update, feed=feed)
        return commit

    def drop_source(self, path: str, head: str) -> None:
        """Delete a source that has moved, unless it differs from what was committed."""
        file = self.git.folder / path
        if file.is_symlink() or not file.is_file():
            return
        if self.git.line("hash-object", "--", path) == self.git.line("rev-parse", f"{head}:{path}"):
            file.unlink()

    def _commit(self, git: _Git, message: str) -> str:
        """Commit an index if it says anything new."""
        head, tree = git.head(), git.line("write-tree")
        if head and git.line("rev-parse", f"{head}^{{tree}}") == tree:
            return ""
        commit = git.line("commit-tree", tree, *(["-p", head] if head else []), "-m", message)
        git("update-ref", "-m", message, "HEAD", commit, head or "0" * len(commit))
        return commit

    @contextlib.contextmanager
    def _own_index(self) -> Iterator[_Git]:
        with tempfile.TemporaryDirectory() as folder:
            yield replace(self.git, index=str(Path(folder, "index")))


def _joined(names: Iterable[str]) -> bytes:
    return "".join(name + "\0" for name in names).encode("utf-8", "surrogateescape")


def _split(listing: bytes) -> list[str]:
    return [name for name in listing.decode("utf-8", "surrogateescape").split("\0") if name]
