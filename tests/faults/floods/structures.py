"""Collections that are large, deep or repeat each other, and YAML that is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults.floods.making import HEAD, fill, repeat, shape, write_article, write_one_value

if TYPE_CHECKING:
    from faults.floods.making import Texts


@shape
def items_in_one_line(size: int) -> Texts:
    yield HEAD + "articles: ["
    yield from repeat("a, ", size)
    yield "]\n"


@shape
def empty_items_in_one_line(size: int) -> Texts:
    yield HEAD + "articles: ["
    yield from repeat("[],", size)
    yield "]\n"


@shape
def entries_in_one_line(size: int) -> Texts:
    yield HEAD + "articles: ["
    yield from fill(
        size,
        lambda number: f"{{id: e{number}, title: T, url: e{number}, published: 2026-05-01T09:00:00Z, sections: [a]}}, ",
    )
    yield "]\n"


@shape
def a_catalogue_in_one_line(size: int) -> Texts:
    yield "{site: {title: T, url: 'https://e.org/', tag_authority: 'e.org,2026'}, "
    yield "sections: {a: {title: A}}, articles: ["
    yield from fill(
        size,
        lambda number: f"{{id: e{number}, title: T, url: e{number}, published: 2026-05-01T09:00:00Z, sections: [a]}}, ",
    )
    yield "]}\n"


@shape
def entries_without_a_title_in_one_line(size: int) -> Texts:
    yield HEAD + "articles: ["
    yield from fill(
        size, lambda number: f"{{id: e{number}, url: e{number}, published: 2026-05-01T09:00:00Z, sections: [a]}}, "
    )
    yield "]\n"


@shape
def items_with_nothing(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("-\n", size)


@shape
def items_of_a_letter(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("- a\n", size)


@shape
def items_of_empty_mappings(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("- {}\n", size)


@shape
def items_of_one_field(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("- id: a\n", size)


@shape
def empty_lists_as_a_field(size: int) -> Texts:
    return write_one_value("tags", repeat("[],", size), before="[", after="]")


@shape
def a_large_tree_to_be_passed_over(size: int) -> Texts:
    yield HEAD + "x-tree: ["
    yield from repeat("{a: [b, c]}, ", size)
    yield "]\n"


@shape
def a_large_tree_with_an_anchor(size: int) -> Texts:
    yield HEAD + "x-tree: &tree ["
    yield from repeat("{a: [b, c]}, ", size)
    yield "]\n"


@shape
def a_large_tree_below_nested_anchors(size: int) -> Texts:
    yield HEAD + "x-tree: " + "".join(f"&a{level} [" for level in range(30))
    yield from repeat("a, ", size)
    yield "]" * 30 + "\n"


@shape
def a_large_tree_below_an_unknown_key(size: int) -> Texts:
    yield HEAD + "tree: ["
    yield from repeat("{a: [b, c]}, ", size)
    yield "]\n"


@shape
def a_large_tree_below_site(size: int) -> Texts:
    yield "site:\n  tree: ["
    yield from repeat("{a: [b, c]}, ", size)
    yield "]\n"


@shape
def a_large_tree_below_a_key_that_is_a_list(size: int) -> Texts:
    yield HEAD + "? ["
    yield from repeat("a, ", size)
    yield "]\n: x\n"


@shape
def root_keys_to_be_passed_over(size: int) -> Texts:
    yield HEAD
    yield from fill(size, lambda number: f"x-{number}:\n")


@shape
def root_keys_with_anchors(size: int) -> Texts:
    yield HEAD
    yield from fill(size, lambda number: f"x-{number}: &a{number} b\n")


@shape
def root_keys_that_nobody_knows(size: int) -> Texts:
    yield HEAD
    yield from fill(size, lambda number: f"artikel{number}: b\n")


@shape
def one_root_key_again_and_again(size: int) -> Texts:
    yield HEAD
    yield from repeat("articles:\n", size)


@shape
def fields_among_the_root_keys(size: int) -> Texts:
    yield HEAD + "articles:\n" + write_article(0)
    yield from repeat("title: x\n", size)


@shape
def one_key_again_and_again(size: int) -> Texts:
    return write_one_value("title", repeat("  title: x\n", size), before="x\n")


@shape
def two_keys_again_and_again(size: int) -> Texts:
    yield HEAD + "articles:\n- id: a\n  title: b\n"
    yield from repeat("  id: a\n  title: b\n", size)


@shape
def unknown_fields_of_one_entry(size: int) -> Texts:
    return write_one_value("title", fill(size, lambda number: f"  field{number}: x\n"), before="x\n")


@shape
def unknown_fields_of_an_image(size: int) -> Texts:
    return write_one_value("image", fill(size, lambda number: f"widht{number}: x, "), before="{", after="}")


@shape
def tags_of_one_entry(size: int) -> Texts:
    return write_one_value("tags", fill(size, lambda number: f"tag{number}, "), before="[", after="]")


@shape
def empty_tags_of_one_entry(size: int) -> Texts:
    return write_one_value("tags", repeat("'',", size), before="[", after="]")


@shape
def authors_of_one_entry(size: int) -> Texts:
    return write_one_value("authors", fill(size, lambda number: f"{{name: A {number}}}, "), before="[", after="]")


@shape
def authors_without_a_name(size: int) -> Texts:
    return write_one_value("authors", repeat("{nmae: A}, ", size), before="[", after="]")


@shape
def unknown_sections_of_one_entry(size: int) -> Texts:
    return write_one_value("sections", fill(size, lambda number: f"s{number}, "), before="[", after="]")


@shape
def enclosures_of_one_entry(size: int) -> Texts:
    return write_one_value(
        "enclosures",
        fill(size, lambda number: f"{{url: a{number}.mp3, length: 1, type: audio/mpeg}}, "),
        before="[",
        after="]",
    )


@shape
def sections_with_titles(size: int) -> Texts:
    yield HEAD.replace("{a: {title: A}}", "\n  a: {title: A}")
    yield from fill(size, lambda number: f"  s{number}: {{title: S}}\n")
    yield "articles:\n" + write_article(0)


@shape
def sections_without_titles(size: int) -> Texts:
    yield HEAD.replace("{a: {title: A}}", "\n  a: {title: A}")
    yield from fill(size, lambda number: f"  s{number}: {{}}\n")


@shape
def former_keys(size: int) -> Texts:
    yield HEAD.replace("{a: {title: A}}", "{a: {title: A, formerly: [")
    yield from fill(size, lambda number: f"f{number}, ")
    yield "]}}\n"


@shape
def retired_topics(size: int) -> Texts:
    yield HEAD + "retired:\n"
    yield from fill(
        size, lambda number: f"  r{number}: {{title: R, at: 2026-05-01T09:00:00Z, notice: Gone, to: nowhere}}\n"
    )


@shape
def brackets(size: int) -> Texts:
    yield HEAD + "articles: "
    yield from repeat("[", size)


@shape
def brackets_that_are_closed(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("- title: " + "[" * 40 + "]" * 40 + "\n", size)


@shape
def braces(size: int) -> Texts:
    yield HEAD + "articles: "
    yield from repeat("{a: ", size)


@shape
def closing_brackets(size: int) -> Texts:
    yield HEAD + "articles: [a"
    yield from repeat("]", size)


@shape
def dashes(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("- ", size)


@shape
def question_marks(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("? ", size)


@shape
def colons(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("a: ", size)


@shape
def keys_further_and_further_in(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: " " * number + "a:\n")


@shape
def items_as_deep_as_may_be(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from repeat("- title: " + "[" * 28 + "]" * 28 + "\n", size)


@shape
def anchors(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, title=f"&a{number} Title"))


@shape
def anchors_in_one_line(size: int) -> Texts:
    yield HEAD + "x-all: ["
    yield from fill(size, lambda number: f"&a{number} b, ")
    yield "]\n"


@shape
def one_anchor_again_and_again(size: int) -> Texts:
    yield HEAD + "x-all: ["
    yield from repeat("&a b, ", size)
    yield "]\n"


@shape
def anchors_and_unknown_aliases(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, title=f"&a{number} Title", url=f"*b{number}"))


@shape
def aliases_of_one_author(size: int) -> Texts:
    yield HEAD + "x-desk: &desk {name: Desk}\narticles:\n"
    yield from fill(size, lambda number: write_article(number, authors="[*desk]"))


@shape
def aliases_of_a_mistake(size: int) -> Texts:
    yield HEAD + "x-desk: &desk {nmae: Desk}\narticles:\n"
    yield from fill(size, lambda number: write_article(number, authors="[*desk]"))


@shape
def aliases_in_one_line(size: int) -> Texts:
    yield HEAD + "x-a: &a b\nx-all: ["
    yield from repeat("*a, ", size)
    yield "]\n"


@shape
def merges(size: int) -> Texts:
    yield HEAD + "x-base: &base {sections: [a], language: en}\narticles:\n"
    yield from fill(size, lambda number: write_article(number, sections="").replace("- ", "- <<: *base\n  ", 1))


@shape
def merges_of_a_large_mapping(size: int) -> Texts:
    yield HEAD + "x-base: &base {"
    yield from fill(min(size // 8, 1 << 20), lambda number: f"k{number}: v, ")
    yield "}\narticles:\n"
    yield from repeat("- <<: *base\n", size * 7 // 8)


@shape
def merges_of_many_sources(size: int) -> Texts:
    yield HEAD + "x-base: &base {k: v}\narticles:\n- <<: ["
    yield from repeat("*base, ", size)
    yield "]\n"


@shape
def merges_of_sources_that_differ(size: int) -> Texts:
    yield HEAD + "articles:\n- <<: ["
    yield from fill(size, lambda number: f"{{k{number}: v}}, ")
    yield "]\n"


@shape
def tags_of_yaml(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, title=f"!t{number} x"))


@shape
def tags_of_yaml_in_one_line(size: int) -> Texts:
    yield HEAD + "articles: ["
    yield from repeat("!a b, ", size)
    yield "]\n"


@shape
def documents(size: int) -> Texts:
    yield HEAD
    yield from repeat("---\n", size)


@shape
def ends_of_documents(size: int) -> Texts:
    yield HEAD
    yield from repeat("...\n", size)


@shape
def keys_that_are_lists(size: int) -> Texts:
    yield HEAD + "articles:\n- id: a\n"
    yield from repeat("  ? [a]\n  : b\n", size)


@shape
def root_keys_that_are_lists(size: int) -> Texts:
    yield HEAD
    yield from repeat("? [a]\n: b\n", size)


@shape
def a_list_at_the_root(size: int) -> Texts:
    return repeat("- a\n", size)


@shape
def marks_of_a_merge_conflict(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(
        size,
        lambda number: f"<<<<<<< ours\n{write_article(number)}=======\n{write_article(number)}>>>>>>> theirs\n",
    )


@shape
def quotes_that_are_never_closed(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, title=f'"Title {number}'))


@shape
def a_quote_that_is_never_closed(size: int) -> Texts:
    yield HEAD + "articles:\n" + write_article(0, title='"Title')
    yield from fill(size, write_article)


@shape
def brackets_that_are_never_closed(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, title=f"[Title {number}"))


@shape
def text_behind_quotes(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, title=f'"Title" {number}'))


@shape
def mistakes_far_from_each_other(size: int) -> Texts:
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, title='"T" x' if number % 5_000 == 4_999 else "T"))


@shape
def mistakes_in_one_long_line(size: int) -> Texts:
    yield HEAD + "articles:\n- title: ["
    yield from repeat("a: b: c, ", size)
    yield "]\n"


@shape
def a_mistake_in_a_long_value(size: int) -> Texts:
    return write_one_value("title", repeat("word ", size), before="a: ", after="b: c")


@shape
def a_mistake_behind_a_long_value(size: int) -> Texts:
    return write_one_value("body", repeat("      long: text\n", size), before="|\n", after="   x: y\n  z")


@shape
def a_plain_value_of_many_lines_with_a_colon(size: int) -> Texts:
    return write_one_value("title", repeat("    a:b\n", size), before="x\n", after="    c: d")
