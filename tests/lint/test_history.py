"""What is told of entries that differ from the last publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint.publications import article, check, publish, write

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_is_told_of_what_stayed_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, article(updated="2026-02-02T09:00:00Z"))
    publish(tmp_path)
    assert check(tmp_path) == ""


def test_an_edit_that_leaves_updated_is_told_at_the_entry(tmp_path: Path) -> None:
    write(tmp_path, article(), article(id="b", url="b", title="B"))
    publish(tmp_path)
    write(tmp_path, article(), article(id="b", url="b", title="Bee", body="More."))
    assert check(tmp_path) == (
        'articles.yaml:10:5: warning[changed-without-update]: article "b": title, content, summary changed since the '
        "last publication, and updated did not\n"
        "  10 |   - id: b\n"
        "     |     ^^\n"
        "help: readers show it again if updated is the time of the change\n"
    )


def test_an_edit_that_leaves_updated_is_told_at_updated_where_it_is_given(tmp_path: Path) -> None:
    write(tmp_path, article(updated="2026-02-02T09:00:00Z"))
    publish(tmp_path)
    write(tmp_path, article(updated="2026-02-02T09:00:00Z", summary="New."))
    assert check(tmp_path).startswith(
        'articles.yaml:10:14: warning[changed-without-update]: article "a": summary changed since the last '
        "publication, and updated did not\n  10 |     updated: 2026-02-02T09:00:00Z\n"
    )


def test_updated_that_moves_alone_is_told(tmp_path: Path) -> None:
    write(tmp_path, article())
    publish(tmp_path)
    write(tmp_path, article(updated="2026-02-02T09:00:00Z"))
    assert check(tmp_path) == (
        'articles.yaml:10:14: warning[updated-without-change]: article "a": updated moved since the last publication, '
        "and nothing else changed\n"
        "  10 |     updated: 2026-02-02T09:00:00Z\n"
        "     |              ^^^^^^^^^^^^^^^^^^^^\n"
        "help: leave updated as it was: some readers show the entry as new\n"
    )


def test_an_edit_with_its_time_is_no_trouble(tmp_path: Path) -> None:
    write(tmp_path, article())
    publish(tmp_path)
    write(tmp_path, article(updated="2026-02-02T09:00:00Z", body="More."))
    assert check(tmp_path) == ""
