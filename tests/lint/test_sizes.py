"""What is told of feeds and entries that are too large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint.publications import HEAD, article, check, write

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPHS = "|\n" + "      A paragraph of a body that goes on and on.\n\n" * 300


def test_a_feed_of_more_than_512_kb_is_told_at_its_section(tmp_path: Path) -> None:
    write(tmp_path, *(article(id=f"e{one}", url=f"e{one}", title=f"E{one}", body=PARAGRAPHS) for one in range(40)))
    told = check(tmp_path)
    assert told.splitlines()[0].startswith('articles.yaml:2:1: warning[large-feed]: topic "all": all.atom has 7'), told
    assert told.splitlines()[5].startswith('articles.yaml:2:12: warning[large-feed]: topic "tech": tech.atom has 7')
    assert "help: set limit below 40, or content: summary" in told


def test_a_feed_that_shows_summaries_is_small(tmp_path: Path) -> None:
    head = HEAD.replace("title: Example News", "title: Example News, content: summary")
    articles = (article(id=f"e{one}", url=f"e{one}", title=f"E{one}", body=PARAGRAPHS) for one in range(40))
    write(tmp_path, *articles, head=head)
    assert check(tmp_path) == ""


def test_an_entry_of_more_than_a_megabyte_is_told_at_its_body(tmp_path: Path) -> None:
    write(tmp_path, article(body=f"|\n      {'& ' * 250_000}\n"))
    rules = [line.partition("[")[2].partition("]")[0] for line in check(tmp_path).splitlines() if "warning[" in line]
    assert rules == ["large-feed", "large-feed", "large-entry"]
