from __future__ import annotations

import pytest

from feedpub.markup import plain_text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p><p>b</p>", "a b"),
        ("<p>a <b>b</b><i>c</i>,</p>\n<ul><li>d</li><li>e</li></ul>", "a bc, d e"),
        ("a<br>b<hr>c", "a b c"),
        ("AT&amp;T &lt;3 &quot;x&quot; &copy; &#x1F600;", 'AT&T <3 "x" © \U0001f600'),
        ("&amp;lt;", "&lt;"),
        ("a\n\t b\u2028c", "a b c"),
        ("10&nbsp;km", "10\xa0km"),
        ('<a href="https://e.example/?a>b" title="c">d</a>', "d"),
        ('a<img src="https://e.example/" alt="b">c', "ac"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "漢(かん)"),
        ("wo<wbr>rd", "word"),
        ("", ""),
    ],
)
def test_the_words_come_without_markup(html: str, expected: str) -> None:
    assert plain_text(html) == expected
