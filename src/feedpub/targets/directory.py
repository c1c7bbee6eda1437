"""A folder as a target: every file is the old one or the new one, whole, whatever happens meanwhile.

A publication goes through these steps, each on the disk before the next begins:

1. a journal of what is going to be done (`.feedpub-journal`), before anything else is touched;
2. new folders, and every new file beside its final place under a hidden name (`.feedpub-stage-1`);
3. the journal is renamed to be the commit record (`.feedpub-commit`): from here on, it is finished in any case;
4. each file is replaced, what we no longer make is removed, and so are folders that this emptied;
5. the manifest is replaced;
6. the commit record is removed.

Interrupted before step 3, the next run clears the journal's files away; after it, it goes on. A commit record that
cannot be completed any more (somebody removed the staged files) is undone as far as it can: what it added goes again,
the old manifest stays, and the next publication writes what else differs from it.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from feedpub.errors import PublishError
from feedpub.publish import MANIFEST_PATH, RESERVED, Change, Obstacle
from feedpub.publish.paths import list_folders
from feedpub.targets.files import Files
from feedpub.targets.journal import Journal, Step, open_journal, read_journal, write_journal
from feedpub.targets.lock import lock_folder
from feedpub.targets.tree import BlockedError, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from feedpub.publish import Digest

DRAFT = f"{RESERVED}draft"
JOURNAL = f"{RESERVED}journal"
COMMIT = f"{RESERVED}commit"

PATIENCE = 600.0
"""Seconds that a run waits for another one."""


class DirectoryTarget:
    """A folder, which may be missing yet; the name itself may be a symbolic link, nothing below it may."""

    def __init__(self, folder: str, *, files: Files | None = None, patience: float = PATIENCE) -> None:
        """Name the folder as the user did; ``patience`` is how many seconds to wait for another run."""
        self._folder = folder
        self._files = files or Files()
        self._patience = patience
        self._held: Tree | None = None

    def describe(self, path: str) -> str:
        """Return a path as the user would write it, with the folder's in front."""
        return Tree(-1, name=self._folder, files=self._files).describe(path)

    @contextmanager
    def hold(self, *, on_wait: Callable[[str], None]) -> Iterator[None]:
        """Keep every other run out until the context ends (see `Target.hold`).

        A missing folder is made, with its parents, and removed at the end where it is still empty. While it is held,
        everything happens in the folder that was locked, even where its name leads elsewhere by then.
        """
        if self._held:
            raise RuntimeError(f"{self._folder} is held already")
        with lock_folder(self._folder, files=self._files, patience=self._patience, on_wait=on_wait) as root:
            self._held = Tree(root, name=self._folder, files=self._files)
            try:
                yield
            finally:
                self._held = None

    def interrupted(self) -> bool:
        """Return whether a commit record is there: files may be of two publications, the next run finishes it.

        What was only staged does not count: no file was changed yet.
        """
        with self._reading() as tree:
            return tree is not None and tree.exists(COMMIT)

    def look(self, path: str) -> Digest | Obstacle | None:
        """Return what stands at a path (see `Target.look`)."""
        with self._reading() as tree:
            return tree.look(path) if tree else None

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, or None where there is none (see `Target.read`)."""
        with self._reading() as tree:
            return tree.read(path) if tree else None

    def recover(self) -> bool:
        """Finish a publication that has its commit record, else clear away what it staged (see `Target.recover`)."""
        tree = self._tree()
        journal, is_committed = _read_journal(tree, COMMIT), tree.exists(COMMIT)
        if journal and _is_done(tree, journal):
            _finish(tree, journal)
        elif journal and _is_whole(tree, journal):
            _install(tree, journal)
        elif journal:
            _undo(tree, journal)
        else:
            tree.remove(COMMIT)
        if tree.exists(JOURNAL) or tree.exists(DRAFT):
            _clear(tree, _read_journal(tree, JOURNAL))
        return is_committed

    def exchange(self, changes: Sequence[Change], *, contents: Iterable[tuple[str, bytes]]) -> None:
        """Make all of the changes or none, the manifest's last (see `Target.exchange`, and above, how)."""
        tree = self._tree()
        journal = open_journal(changes, folders=_list_missing(tree, changes))
        try:
            _stage(tree, journal, contents)
            _check_unchanged(tree, journal)
            tree.replace(JOURNAL, COMMIT)
        except BaseException:
            with suppress(PublishError):  # what stays because the disk refuses this too, the next run clears away
                _clear(tree, journal)
            raise
        tree.sync_folder("")
        _install(tree, journal)

    @contextmanager
    def _reading(self) -> Iterator[Tree | None]:
        if self._held:
            yield self._held
            return
        try:
            root = self._files.open_target(self._folder)
        except FileNotFoundError:
            yield None
            return
        except OSError as error:
            sentence = f"cannot open {self._folder}: {error.strerror or error}"
            raise PublishError(sentence, path=self._folder) from error
        try:
            yield Tree(root, name=self._folder, files=self._files)
        finally:
            with suppress(OSError):
                self._files.close(root)

    def _tree(self) -> Tree:
        if not self._held:
            raise RuntimeError(f"{self._folder} is not held")
        return self._held


def _read_journal(tree: Tree, name: str) -> Journal | None:
    try:
        data = tree.read(name)
    except BlockedError:
        return None
    return None if data is None else read_journal(data)


def _list_missing(tree: Tree, changes: Sequence[Change]) -> list[str]:
    folders = {folder for change in changes if change.new for folder in list_folders(change.path)}
    return [folder for folder in sorted(folders) if not tree.exists(folder)]


def _stage(tree: Tree, journal: Journal, contents: Iterable[tuple[str, bytes]]) -> None:
    tree.create(DRAFT, write_journal(journal))
    tree.replace(DRAFT, JOURNAL)
    tree.sync_folder("")
    for folder in journal.folders:
        tree.make_folder(folder)
    missing = {step.change.path: step.staged for step in journal.all_steps if step.change.new}
    for path, data in contents:
        tree.create(missing.pop(path), data)
    if missing:
        raise ValueError(f"no contents for {', '.join(missing)}")
    for folder in journal.touched_folders:
        tree.sync_folder(folder)


def _check_unchanged(tree: Tree, journal: Journal) -> None:
    for step in journal.all_steps:
        if tree.look(step.change.path) != step.change.old:
            name = tree.describe(step.change.path)
            raise PublishError(f"{name} was changed by somebody else while it was being published", path=name)


def _clear(tree: Tree, journal: Journal | None) -> None:
    """Remove what a publication that has changed nothing left, its journal last."""
    if journal:
        _remove_staged(tree, journal)
        for folder in journal.touched_folders:  # a power cut may else keep them, and not the journal that names them
            tree.sync_folder(folder)
        for folder in reversed(journal.folders):
            tree.remove_folder(folder)
    for name in (DRAFT, COMMIT, JOURNAL):
        tree.remove(name)
    tree.sync_folder("")


def _is_done(tree: Tree, journal: Journal) -> bool:
    return journal.manifest is not None and tree.look(MANIFEST_PATH) == journal.manifest.change.new


def _is_whole(tree: Tree, journal: Journal) -> bool:
    return all(
        step.change.new in (None, tree.look(step.change.path)) or step.change.new == tree.look(step.staged)
        for step in journal.all_steps
    )


def _install(tree: Tree, journal: Journal) -> None:
    for step in journal.steps:
        _take(tree, step)
    for folder in journal.touched_folders:
        tree.sync_folder(folder)
    if journal.manifest:
        _take(tree, journal.manifest)
        tree.sync_folder("")
    _finish(tree, journal)


def _take(tree: Tree, step: Step) -> None:
    path, old, new = step.change.path, step.change.old, step.change.new
    found = tree.look(path)
    if new is None:
        if found == old:
            tree.remove(path)
        if found in (old, None):
            for folder in reversed(list_folders(path)):
                tree.remove_folder(folder)
    elif isinstance(found, Obstacle) or (old is None and found not in (None, new)):
        name = tree.describe(found.path if isinstance(found, Obstacle) else path)
        raise PublishError(f"{name} came in the way of a publication; move it away and run again", path=name)
    elif found != new:
        tree.replace(step.staged, path)


def _undo(tree: Tree, journal: Journal) -> None:
    """Remove what was added, where the old manifest does not list it; keep what was replaced."""
    for step in journal.steps if journal.manifest else ():
        path, old, new = step.change.path, step.change.old, step.change.new
        if old is None and tree.look(path) == new:
            tree.remove(path)
    _remove_staged(tree, journal)
    for folder in reversed(journal.folders):
        tree.remove_folder(folder)
    _finish(tree, journal)


def _finish(tree: Tree, journal: Journal) -> None:
    _remove_staged(tree, journal)
    for folder in journal.touched_folders:
        tree.sync_folder(folder)
    tree.remove(COMMIT)
    tree.sync_folder("")


def _remove_staged(tree: Tree, journal: Journal) -> None:
    for step in journal.all_steps:
        if step.change.new is not None:
            tree.remove(step.staged)
