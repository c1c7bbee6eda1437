"""One value, key, comment or line that is very long, or very many that are next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults.floods.making import HEAD, TURN, fill, repeat, shape, write_article, write_one_value

if TYPE_CHECKING:
    from faults.floods.making import Texts


@shape
def a_plain_title(size: int) -> Texts:
    return write_one_value("title", repeat("x", size))


@shape
def a_title_in_double_quotes(size: int) -> Texts:
    return write_one_value("title", repeat("words ", size), before='"', after='"')


@shape
def a_title_of_escapes(size: int) -> Texts:
    return write_one_value("title", repeat("\\u0041", size), before='"', after='"')


@shape
def a_title_in_single_quotes(size: int) -> Texts:
    return write_one_value("title", repeat("it''s ", size), before="'", after="'")


@shape
def a_title_that_is_folded_in_quotes(size: int) -> Texts:
    return write_one_value("title", repeat("x\n    ", size), before='"', after='"')


@shape
def a_plain_title_of_many_lines(size: int) -> Texts:
    return write_one_value("title", repeat("x\n    ", size))


@shape
def a_literal_body(size: int) -> Texts:
    return write_one_value("body", repeat("    text and more of it\n", size), before="|\n")


@shape
def a_literal_body_of_empty_lines(size: int) -> Texts:
    return write_one_value("body", repeat("\n", size), before="|\n    x\n", after="    x")


@shape
def a_folded_body(size: int) -> Texts:
    return write_one_value("body", repeat("    text and more of it\n", size), before=">\n")


@shape
def a_body_on_one_line(size: int) -> Texts:
    return write_one_value("body", repeat("words and ", size), before="|\n    ")


@shape
def a_body_with_one_wide_character(size: int) -> Texts:
    return write_one_value("body", repeat("words and ", size), before="|\n    ", after="\U0001f600")


@shape
def a_body_of_wide_characters(size: int) -> Texts:
    return write_one_value("body", repeat("\U0001f600", size // 4), before="|\n    ")


@shape
def a_body_with_line_separators(size: int) -> Texts:
    return write_one_value("body", repeat("text\u2028", size * 4 // 7), before="|\n    ")


@shape
def a_plain_key(size: int) -> Texts:
    yield HEAD + "articles:\n- "
    yield from repeat("k", size)
    yield ": x\n"


@shape
def an_explicit_key(size: int) -> Texts:
    yield HEAD + "articles:\n- ? "
    yield from repeat("k", size)
    yield "\n  : x\n"


@shape
def a_root_key(size: int) -> Texts:
    yield HEAD + "? "
    yield from repeat("k", size)
    yield "\n: x\n"


@shape
def a_comment(size: int) -> Texts:
    yield HEAD + "articles:\n# "
    yield from repeat("comment ", size)
    yield "\n" + write_article(0)


@shape
def comments(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("# a comment\n", size)
    yield write_article(0)


@shape
def comments_behind_one_value(size: int) -> Texts:
    return write_one_value("title", repeat(" #a", size), before="x")


@shape
def comments_behind_one_quote(size: int) -> Texts:
    return write_one_value("title", repeat(" #a", size), before="'", after="'")


@shape
def what_looks_like_comments_in_a_body(size: int) -> Texts:
    return write_one_value("body", repeat("    a #b\n", size), before="|\n")


@shape
def comments_behind_values(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, title=f"Round #{number}"))


@shape
def an_anchor(size: int) -> Texts:
    return write_one_value("title", repeat("a", size), before="&", after=" x")


@shape
def an_alias(size: int) -> Texts:
    return write_one_value("title", repeat("a", size), before="*")


@shape
def a_tag(size: int) -> Texts:
    return write_one_value("title", repeat("a", size), before="!", after=" x")


@shape
def a_directive(size: int) -> Texts:
    yield "%"
    yield from repeat("a", size)
    yield "\n" + HEAD


@shape
def directives(size: int) -> Texts:
    yield from repeat("%a b\n", size)
    yield "---\n" + HEAD


@shape
def spaces(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat(" ", size)
    yield "\n" + write_article(0)


@shape
def tabs(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("\t", size)
    yield "\n" + write_article(0)


@shape
def tabs_at_the_ends_of_lines(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number).replace("\n", "\t\n"))


@shape
def blank_lines(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("\n", size)
    yield write_article(0)


@shape
def blank_lines_and_mistakes(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("\n", size)
    yield from fill(20_000, lambda number: write_article(number, title="[x"))


@shape
def blank_lines_of_crlf(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("\r\n", size)
    yield write_article(0)


@shape
def blank_lines_of_cr(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("\r", size)
    yield write_article(0)


@shape
def nothing_but_blank_lines(size: int) -> Texts:
    return repeat("\n", size)


@shape
def nothing_but_spaces(size: int) -> Texts:
    return repeat(" ", size)


@shape
def nothing_but_words(size: int) -> Texts:
    return repeat("word ", size)


@shape
def entries_of_crlf(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number).replace("\n", "\r\n"))


@shape
def entries_of_cr(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number).replace("\n", "\r"))


@shape
def entries_behind_a_byte_order_mark(size: int) -> Texts:
    yield "\ufeff" + HEAD + "articles:\n"
    yield from fill(size, write_article)


@shape
def byte_order_marks(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("\ufeff", size // 3)


@shape
def byte_order_marks_in_titles(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, title=f"\ufeffTitle {number}"))


@shape
def nuls(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("\0", size)


@shape
def nuls_on_lines_of_their_own(size: int) -> Texts:
    return write_one_value("body", repeat("    x\0\n", size), before="|\n")


@shape
def controls_beside_letters(size: int) -> Texts:
    return write_one_value("title", repeat("x\1", size))


@shape
def noncharacters(size: int) -> Texts:
    return write_one_value("title", repeat("x\ufffe", size // 2))


@shape
def no_utf_8_at_the_end(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, write_article)
    yield b"- title: \xff\n"


@shape
def latin_1(size: int) -> Texts:
    yield HEAD + "articles:\n"
    for text in fill(size, lambda number: write_article(number, title="Caf\xe9")):
        yield text.encode("latin-1")


@shape
def bytes_that_are_no_text(size: int) -> Texts:
    yield HEAD + "articles:\n"
    for _ in range(size // TURN):
        yield bytes(range(128, 256)) * (TURN // 128)


@shape
def utf_16_with_a_mark(size: int) -> Texts:
    for text in fill(size // 2, lambda number: HEAD if number == 0 else write_article(number)):
        yield (text if text is not HEAD else f"\ufeff{text}").encode("utf-16-le")


@shape
def utf_16_behind_a_head(size: int) -> Texts:
    yield HEAD + "articles:\n"
    for text in fill(size // 2, write_article):
        yield text.encode("utf-16-le")


@shape
def half_pairs_as_escapes(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, title='"\\ud83d"'))


@shape
def nuls_as_escapes(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, title='"\\0"'))


@shape
def a_nul_as_escape_behind_many_lines(size: int) -> Texts:
    return write_one_value("body", repeat("    x\n", size), before='"\n', after='    \\0"')


@shape
def every_escape_behind_many_lines(size: int) -> Texts:
    every = "".join(f"\\x{code:02x}" for code in range(1, 32)) + "".join(f"\\ufd{code:02x}" for code in range(208, 240))
    return write_one_value("body", repeat("    x\n", size), before='"\n', after=f'    {every}"')


@shape
def line_separators(size: int) -> Texts:
    return write_one_value("body", repeat("\u2028", size // 3), before="|\n    ")


@shape
def bidirectional_controls(size: int) -> Texts:
    return write_one_value("title", repeat("\u202e", size // 3))


@shape
def bidirectional_controls_that_are_closed(size: int) -> Texts:
    return write_one_value("title", repeat("\u202ex\u202c", size // 7))
