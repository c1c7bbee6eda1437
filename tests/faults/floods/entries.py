"""Very many entries: sound, with something to be remarked, or wrong in each of many ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults.floods.making import HEAD, fill, shape, write_article, write_entries

if TYPE_CHECKING:
    from faults.floods.making import Texts

TEXT = "|\n    Text with *marks* and a [link](x).\n\n    More of it."

MISTAKES: tuple[dict[str, str], ...] = (
    {"title": ""},
    {"title": "''"},
    {"title": "[x]"},
    {"title": "x" * 501},
    {"url": "ftp://e.org/"},
    {"url": "'a b'"},
    {"url": "http:///x"},
    {"published": "yesterday"},
    {"published": "2026-05-01T09:00:00"},
    {"published": "9999-05-01T09:00:00Z"},
    {"updated": "1999-05-01T09:00:00Z"},
    {"sections": "a"},
    {"sections": "[]"},
    {"sections": "[b]"},
    {"sections": "[a, a]"},
    {"tags": "x"},
    {"authors": "[{nmae: x}]"},
    {"language": "english"},
    {"image": "{url: x, width: 10px}"},
    {"enclosures": "[{url: x}]"},
    {"draft": "'yes'"},
    {"conten": "full"},
    {"content": "ful"},
    {"summry": "x"},
    {"body_file": "nowhere.md"},
)


@shape
def sound_entries(size: int) -> Texts:
    return write_entries(size)


@shape
def sound_entries_with_bodies(size: int) -> Texts:
    return write_entries(size, body=TEXT, summary="What it is about.")


@shape
def sound_entries_with_everything(size: int) -> Texts:
    return write_entries(
        size,
        body=TEXT,
        summary='"Folded\n    in quotes \\u00e9."',
        updated="2026-05-30T09:00:00Z",
        authors="[{name: Gwen, email: gwen@e.org}, Hal]",
        tags="[x, y, z]",
        image="{url: a.png, alt: A, width: 10, height: 20}",
        enclosures="[{url: a.mp3, length: 12, type: audio/mpeg}]",
        language="de",
        rights="ours",
    )


@shape
def sound_entries_that_the_parser_must_read(size: int) -> Texts:
    return write_entries(size, title="!!str x", tags="[ x,y ]")


@shape
def sound_entries_before_the_head(size: int) -> Texts:
    yield "articles:\n"
    yield from fill(size, write_article)
    yield HEAD


@shape
def sound_entries_with_flow_and_comments(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: "# a comment\n\n" + write_article(number, title="? x"))


@shape
def drafts(size: int) -> Texts:
    return write_entries(size, draft="true")


@shape
def entries_of_the_future(size: int) -> Texts:
    return write_entries(size, published="2030-05-01T09:00:00Z")


@shape
def entries_that_have_expired(size: int) -> Texts:
    return write_entries(size, expires="2026-05-31T09:00:00Z")


@shape
def teasers(size: int) -> Texts:
    yield HEAD + "teasers:\n"
    yield from fill(size, lambda number: write_article(number, summary="x", body=""))


@shape
def retractions(size: int) -> Texts:
    yield HEAD + "retracted:\n"
    yield from fill(size, lambda number: f"- {{id: e{number}, at: 2026-05-01T09:00:00Z}}\n")


@shape
def retractions_of_entries(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size // 2, write_article)
    yield "retracted:\n"
    yield from fill(size // 2, lambda number: f"- {{id: e{number}, at: 2026-05-01T09:00:00Z}}\n")


@shape
def one_entry_again_and_again(size: int) -> Texts:
    return write_entries(size, id="same", url="same")


@shape
def one_id_again_and_again(size: int) -> Texts:
    return write_entries(size, id="same")


@shape
def one_url_again_and_again(size: int) -> Texts:
    return write_entries(size, url="same")


@shape
def every_id_twice(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number // 2, url=f"u{number}"))


@shape
def one_title_again_and_again(size: int) -> Texts:
    return write_entries(size, title="The same title of all of them")


@shape
def one_instant_again_and_again(size: int) -> Texts:
    return write_entries(size, published="2026-05-01T09:00:00Z")


@shape
def entries_without_a_title(size: int) -> Texts:
    return write_entries(size, title="")


@shape
def entries_without_a_title_by_the_parser(size: int) -> Texts:
    return write_entries(size, title="", summary='"\\x41"')


@shape
def every_mistake_in_turn(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, **MISTAKES[number % len(MISTAKES)]))


@shape
def every_mistake_at_once(size: int) -> Texts:
    every = {name: value for one in MISTAKES for name, value in one.items() if value}
    return write_entries(size, **every)


@shape
def a_mistake_in_the_last_entry(size: int) -> Texts:
    yield from write_entries(size, body=TEXT)
    yield write_article(-1, title="")


@shape
def unknown_fields_that_differ(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, **{f"publishd{number}": "x"}))


@shape
def long_unknown_fields_that_differ(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, **{f"{number:07}-" * 8: "x"}))


@shape
def unknown_sections_that_differ(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, sections=f"[sport{number}]"))


@shape
def unknown_sections_among_many(size: int) -> Texts:
    keys = ", ".join(f"sport-and-games-{number}: {{title: Sport and games {number}}}" for number in range(5_000))
    yield HEAD.replace("{a: {title: A}}", f"{{a: {{title: A}}, {keys}}}") + "articles:\n"
    yield from fill(size, lambda number: write_article(number, sections=f"[sport-adn-games-{number}]"))


@shape
def choices_that_differ(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, body_format=f"markdown{number}"))


@shape
def hosts_beyond_ascii(size: int) -> Texts:
    return write_entries(size, url=f"https://{'é' * 900}.org/")


@shape
def ids_that_are_none(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, id=f"Überschrift {number} " * 6))


@shape
def large_numbers(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, image=f"{{url: x, alt: y, width: {'9' * 4_000}}}"))


@shape
def times_out_of_range(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, published=f"{9_999 + number}-05-01T09:00:00Z"))


@shape
def times_without_an_offset(size: int) -> Texts:
    return write_entries(size, published="2026-05-01")


@shape
def times_of_a_zone(size: int) -> Texts:
    yield HEAD.replace('2026"}', '2026", timezone: Europe/London}') + "articles:\n"
    yield from fill(size, lambda number: write_article(number, published=f"2026-03-29 01:{number % 60:02}"))


@shape
def body_files_that_are_not_there(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, body_file=f"bodies/{number}.md"))


@shape
def a_lint_warning_each(size: int) -> Texts:
    return write_entries(size, title="A <b>title</b> with tags")


@shape
def four_lint_warnings_each(size: int) -> Texts:
    return write_entries(
        size,
        title="A **title** with Markdown &amp; more",
        summary="A **title** with Markdown &amp; more",
        body='|\n    <script>x</script> <img src="http://e.org/a.png"> <a href="javascript:x">x</a>',
    )


@shape
def long_titles(size: int) -> Texts:
    return write_entries(size, title="x" * 500)


@shape
def bodies_of_512_kib(size: int) -> Texts:
    text = "    " + "words and more words, " * 40 + "\n\n"
    return write_entries(size, body="|\n" + text * ((512 << 10) // (len(text) - 4)) + "    x")


@shape
def bodies_that_are_all_shown(size: int) -> Texts:
    yield HEAD.replace('2026"}', '2026", limit: 1000}') + "articles:\n"
    text = "    " + "words and more words, " * 40 + "\n\n"
    body = "|\n" + text * ((512 << 10) // (len(text) - 4)) + "    x"
    yield from fill(size, lambda number: write_article(number, body=body))


@shape
def bodies_of_more_than_512_kib(size: int) -> Texts:
    text = "    " + "words and more words, " * 40 + "\n\n"
    return write_entries(size, body="|\n" + text * ((513 << 10) // (len(text) - 4)) + "    x")


@shape
def entries_of_a_mib(size: int) -> Texts:
    text = "    " + "words and more words, " * 40 + "\n"
    half = "|\n" + text * ((500 << 10) // (len(text) - 4)) + "    x"
    return write_entries(size, body=half, summary=half)


@shape
def tags_by_the_thousand(size: int) -> Texts:
    return write_entries(size, tags=f"[{', '.join(f'tag {number}' for number in range(5_000))}]")


@shape
def tags_that_differ(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, tags=f"[t{number}, u{number}, v{number}]"))


@shape
def sections_by_the_hundred_of_each_entry(size: int) -> Texts:
    keys = [f"s{number}" for number in range(100)]
    some = "".join(f"  {key}: {{title: S}}\n" for key in keys)
    yield HEAD.replace("{a: {title: A}}", f"\n{some}") + "articles:\n"
    yield from fill(size, lambda number: write_article(number, sections=f"[{', '.join(keys)}]"))


@shape
def values_that_look_like_pairs(size: int) -> Texts:
    return write_entries(size, title="a:b:c:d:e:f:" * 40 + "g")


@shape
def values_full_of_hashes(size: int) -> Texts:
    return write_entries(size, title="a#b#c#d#e" * 50)


@shape
def quotes_full_of_escapes(size: int) -> Texts:
    return write_entries(size, title='"' + "\\u00e9\\n" * 60 + '"')


@shape
def lists_that_are_nearly_plain(size: int) -> Texts:
    return write_entries(size, tags="[" + "a, " * 400 + "b: c: d]")


@shape
def mappings_that_are_nearly_plain(size: int) -> Texts:
    return write_entries(size, authors="\n" + "  - name: x\n" * 200 + "  - name: y\n    email: 'x")


@shape
def bodies_that_are_nearly_plain(size: int) -> Texts:
    return write_entries(size, body="|\n" + "    text\n" * 2_000 + "   less")


@shape
def permalinks(size: int) -> Texts:
    yield HEAD.replace('2026"}', '2026", permalink: "{year}/{id}/"}') + "articles:\n"
    yield from fill(size, lambda number: write_article(number, url=""))
