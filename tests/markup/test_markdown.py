from __future__ import annotations

import pytest

from feedpub.markup import convert

BASE = "https://news.example.org/politics/talks"

EXAMPLES = [
    ("# One\n\nTwo\n===", "<h1>One</h1>\n<h1>Two</h1>"),
    ("*a* **b** ***c***", "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em></p>"),
    ("snake_case_name", "<p>snake_case_name</p>"),
    ("a\\*b\\*", "<p>a*b*</p>"),
    ("a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>"),
    ("> a\nb", "<blockquote>\n<p>a\nb</p>\n</blockquote>"),
    ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ("7. a\n8. b", '<ol start="7">\n<li>a</li>\n<li>b</li>\n</ol>'),
    ("- a\n\n  b", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>"),
    ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
    ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
    ("    <b>&amp;", "<pre><code>&lt;b&gt;&amp;amp;\n</code></pre>"),
    ("```rust x\n<a>\n```", '<pre><code class="language-rust">&lt;a&gt;\n</code></pre>'),
    ('[a](/x?b=1&c=2 "T")', '<p><a title="T" href="https://news.example.org/x?b=1&amp;c=2">a</a></p>'),
    ("[a][r]\n\n[r]: <b c>", '<p><a href="https://news.example.org/politics/b%20c">a</a></p>'),
    (
        "<https://e.example/?a=1&b=2>",
        '<p><a href="https://e.example/?a=1&amp;b=2">https://e.example/?a=1&amp;b=2</a></p>',
    ),
    ("<a@e.example>", '<p><a href="mailto:a@e.example">a@e.example</a></p>'),
    ("https://e.example/。次", "<p>https://e.example/。次</p>"),
    ("![A *b*](i.png)", '<p><img alt="A b" src="https://news.example.org/politics/i.png"></p>'),
    ("[a](javascript:alert(1))", "<p><a>a</a></p>"),
    ("AT&T &copy; &nbsp;&lt;", "<p>AT&amp;T © &nbsp;&lt;</p>"),
    ("a <b>c</b> <x>d</x>", "<p>a <b>c</b> d</p>"),
    ("<div>\n\n*a*\n\n</div>", "<div>\n<p><em>a</em></p>\n</div>"),
    ("~~a~~", "<p><del>a</del></p>"),
    ("- [x] a", "<ul>\n<li>[x] a</li>\n</ul>"),
    ("a[^1]", "<p>a[^1]</p>"),
    ("**日本語。**次", "<p><strong>日本語。</strong>次</p>"),
    ("这是**“重点”**文字", "<p>这是<strong>“重点”</strong>文字</p>"),
    ("한국어**(강조)**는", "<p>한국어<strong>(강조)</strong>는</p>"),
    ('"a" -- b...', '<p>"a" -- b...</p>'),
]


@pytest.mark.parametrize(("written", "expected"), EXAMPLES)
def test_markdown_means_what_commonmark_and_gfm_say(written: str, expected: str) -> None:
    assert convert(written, body_format="markdown", base=BASE) == expected


def test_tables_keep_their_alignment() -> None:
    html = convert("|a|b|\n|-|-:|\n|1|`x`|", body_format="markdown", base=BASE)
    assert '<th align="right">b</th>' in html
    assert '<td align="right"><code>x</code></td>' in html


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(end: str) -> None:
    html = convert(f"# a{end}{end}b{end}c", body_format="markdown", base=BASE)
    assert html == "<h1>a</h1>\n<p>b\nc</p>"
