"""Which requests get the document, "not modified" or "precondition failed" (RFC 9110, section 13)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.serving.conditional import Conditions, EntityTag, judge_conditions, read_tags

MODIFIED = 784111777
BEFORE, AT, AFTER = (f"Sun, 06 Nov 1994 08:49:{second} GMT" for second in (36, 37, 38))
OPAQUE = st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF).filter(lambda one: one not in '"\x7f'))
TAGS = st.builds(EntityTag, OPAQUE, st.booleans())
GAPS = st.text(" \t,", max_size=4)


def judge(asked: dict[str, str], *, weak: bool = False) -> int:
    tag = EntityTag("moon", is_weak=weak)
    return judge_conditions(Conditions()._replace(**asked), tag=tag, modified=MODIFIED, now=MODIFIED)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ('"moon"', 304),
        ('W/"moon"', 304),  # weak comparison
        ("*", 304),
        (" * ", 304),
        ('"sun", "moon"', 304),
        ('"sun","moon"', 304),
        ('"sun" , W/"moon"', 304),
        (',, "moon" ,', 304),  # empty elements (section 5.6.1.2)
        ('"a,b", "moon"', 304),  # a comma in a tag
        ('sun, "moon"', 304),  # what is no tag is passed over
        ('"sun" x, "moon"', 304),
        ('"sun"', 200),
        ('"Moon"', 200),
        ('"moon', 200),
        ("moon", 200),
        ('w/"moon"', 200),  # case-sensitive (section 8.8.3)
        ('W/ "moon"', 200),
        ('"moon" "sun"', 200),
        ('"moon-gzip"', 200),
        ('sun, "moon", "star", sea, "moons"', 304),  # only what is no tag is passed over
        ("\xa0*", 200),  # white space is that of section 5.6.3
        ("X*X", 200),
        ('*, "sun"', 200),
        ("", 200),
    ],
)
def test_if_none_match_compares_weakly(value: str, status: int) -> None:
    assert judge({"if_none_match": value}) == status


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ('"moon"', 200),
        ('"sun", "moon"', 200),
        ("*", 200),
        ('W/"moon"', 412),  # strong comparison
        ('"sun"', 412),
        ("", 412),
        ("moon", 412),
    ],
)
def test_if_match_compares_strongly(value: str, status: int) -> None:
    assert judge({"if_match": value}) == status


def test_a_year_of_two_digits_is_that_of_now_s_century() -> None:
    one = "Sunday, 06-Nov-94 08:49:36 GMT"
    assert judge({"if_modified_since": one}) == 200
    assert judge({"if_unmodified_since": one}) == 412
    assert judge({"if_modified_since": one.replace("36 GMT", "37 GMT")}) == 304
    more_than_fifty_years_ahead = one.replace("-94", "-45")
    assert judge({"if_modified_since": more_than_fifty_years_ahead}) == 200
    assert judge({"if_unmodified_since": more_than_fifty_years_ahead}) == 412


def test_a_weak_tag_of_ours_would_match_no_if_match() -> None:
    assert judge({"if_match": 'W/"moon"'}, weak=True) == 412
    assert judge({"if_none_match": '"moon"'}, weak=True) == 304


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (BEFORE, 200),
        (AT, 304),
        (AFTER, 304),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 304),
        ("Sun Nov  6 08:49:37 1994", 304),
        ("yesterday", 200),
        ("", 200),
        (f"{AFTER}, {AFTER}", 200),  # more than one member (section 13.1.3)
    ],
)
def test_if_modified_since_counts_dates_alone(value: str, status: int) -> None:
    assert judge({"if_modified_since": value}) == status


@pytest.mark.parametrize(
    ("value", "status"), [(BEFORE, 412), (AT, 200), (AFTER, 200), ("yesterday", 200), (f"{BEFORE}, {BEFORE}", 200)]
)
def test_if_unmodified_since_refuses_what_is_newer(value: str, status: int) -> None:
    assert judge({"if_unmodified_since": value}) == status


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"if_none_match": '"sun"', "if_modified_since": AFTER}, 200),  # the tag decides, the date is not looked at
        ({"if_none_match": '"moon"', "if_modified_since": BEFORE}, 304),
        ({"if_none_match": "no tag", "if_modified_since": AFTER}, 200),
        ({"if_match": '"moon"', "if_unmodified_since": BEFORE}, 200),
        ({"if_match": '"sun"', "if_none_match": '"moon"'}, 412),
        ({"if_match": '"moon"', "if_none_match": '"moon"'}, 304),
        ({"if_unmodified_since": AT, "if_none_match": '"moon"'}, 304),
        ({"if_unmodified_since": BEFORE, "if_none_match": '"moon"'}, 412),
        ({"if_unmodified_since": AT, "if_modified_since": AT}, 304),
        ({}, 200),
    ],
)
def test_conditions_are_judged_in_the_order_of_section_13_2_2(asked: dict[str, str], status: int) -> None:
    assert judge(asked) == status


@given(st.text(st.characters(max_codepoint=0xFF)), st.sampled_from(Conditions._fields))
def test_no_value_is_too_much(value: str, field: str) -> None:
    assert judge({field: value}) in (200, 304, 412)


@given(st.lists(st.tuples(TAGS, GAPS, GAPS)), GAPS)
def test_tags_are_read_as_they_were_written(parts: list[tuple[EntityTag, str, str]], start: str) -> None:
    value = start + ",".join(f"{before}{tag}{after.replace(',', ' ')}" for tag, before, after in parts)
    assert read_tags(value) == [tag for tag, _, _ in parts]


@given(TAGS, TAGS)
def test_weak_comparison_is_wider_than_strong(one: EntityTag, other: EntityTag) -> None:
    assert one.matches_weakly(other) == (one.opaque == other.opaque)
    assert one.matches_strongly(other) == (one == other and not one.is_weak)


@pytest.mark.parametrize("part", ['"', '",', 'W/"', '"a"x', '"a" ', ",", " ", '"a', "W/", 'x"x",'])
def test_a_value_of_a_megabyte_is_read_in_time(part: str) -> None:
    assert judge({"if_none_match": part * (1_000_000 // len(part))}) == 200
