"""Pieces of hostile texts, put together anew, are as harmless when published as the texts themselves."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

from faults.chromium import find_in_trees, find_in_use, open_trial, start_chromium
from faults.harmless import find_by_parsers, is_closed
from faults.hostile_corpus import read_payloads
from feedpub import markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from faults.conftest import Scale

BASE = "https://news.example.org/politics/talks"
PIECE = re.compile(r"<[^<>]*>?|[^<>]+|>")
MOST = 14
"""How many pieces are put together."""
SEED = 1_969


def shuffle(count: int) -> Iterator[str]:
    """Yield so many texts of the corpus's pieces, in any order; the same ones whenever it is asked."""
    pieces = [piece for payload in read_payloads("html") for piece in PIECE.findall(payload.text)]
    chance = random.Random(SEED)  # noqa: S311 - nothing is to be kept secret
    for _ in range(count):
        yield "".join(chance.choices(pieces, k=chance.randint(2, MOST)))


def test_pieces_of_hostile_texts_are_harmless_together(scale: Scale, tell: Callable[[str, str], None]) -> None:
    count = scale(short=250, long=2_500)
    texts = [text for text in shuffle(count) if not markup.nests_too_deep(text, body_format="html")]
    bodies = sorted({markup.convert(text, body_format="html", base=BASE) for text in texts})
    assert find_by_parsers(bodies) == []
    assert [body for body in bodies if not is_closed(markup.summarise(body) or "")] == []
    with start_chromium() as browser, open_trial(browser) as trial:
        assert find_in_trees(trial, bodies, rounds=2) == []
        assert find_in_use(trial, bodies, together=25) == []
    tell("hostile pieces", f"{count:,} texts of up to {MOST} pieces each, {len(bodies):,} distinct bodies: none active")


def test_converting_again_what_was_converted_changes_no_word() -> None:
    for text in shuffle(250):
        once = markup.convert(text, body_format="html", base=BASE)
        again = markup.convert(once, body_format="html", base=BASE)
        assert markup.plain_text(again).split() == markup.plain_text(once).split(), text
