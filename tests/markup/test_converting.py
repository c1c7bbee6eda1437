from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import feedpub
from feedpub.markup import ALLOWED, BodyFormat, convert

BASE = "https://news.example.org/politics/talks"


def html(text: str, *, body_format: BodyFormat = "html", base: str = BASE) -> str:
    return convert(text, body_format=body_format, base=base)


def test_importing_the_package_loads_no_parser() -> None:
    code = (
        "import sys, feedpub.markup as m; m.nests_too_deep('Words.', body_format='markdown');"
        "print([n for n in ('comrak', 'nh3', 'lxml', 'html', 'urllib.parse', 'idna') if n in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": _source()}
    )
    assert run.stdout.strip() == "[]"


def _source() -> str:
    return str(Path(feedpub.__file__).parents[1])


@pytest.mark.parametrize("body_format", ["html", "markdown", "text"])
@pytest.mark.parametrize("empty", ["", "\n \n", "\t"])
def test_nothing_becomes_nothing(body_format: BodyFormat, empty: str) -> None:
    assert html(empty, body_format=body_format).strip() == ""


def test_plain_text_becomes_paragraphs_and_lines() -> None:
    written = 'One & <two>\r\nthree\n \n\n  four "five"\n'
    assert html(written, body_format="text") == '<p>One &amp; &lt;two&gt;<br>\nthree</p>\n<p>four "five"</p>'


@pytest.mark.parametrize(
    "text", ["line\u2028separator", "\U0001f600 astral \U00020000", "עברית \u200f \u2067x\u2069", "e\u0301", "a\u200db"]
)
@pytest.mark.parametrize("body_format", ["html", "markdown", "text"])
def test_characters_of_every_script_pass_unchanged(text: str, body_format: BodyFormat) -> None:
    assert text in html(text, body_format=body_format)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a&#8;b", "a\ufffdb"),
        ("a\x08b\x7fc\x85d\ufffee", "a\ufffdb\ufffdc\ufffdd\ufffde"),
        ("a&#x7F;b&#xFFFF;c&#xFDD0;d", "a\ufffdb\ufffdc\ufffdd"),
        ("a\U0001fffeb", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\rb\r\nc&#13;d", "a\nb\nc\nd"),
    ],
)
def test_characters_that_xml_cannot_carry_are_replaced_and_never_deleted(written: str, expected: str) -> None:
    assert html(written) == expected


@pytest.mark.parametrize(
    "written", ["", " \n", "<!-- a -->", " <!-- a --> \n<script>b</script>\n\n", "<template>a</template> "]
)
def test_a_body_of_which_nothing_stays_is_empty(written: str) -> None:
    assert html(written) == ""


def test_a_control_character_that_hides_a_scheme_is_replaced_after_cleaning() -> None:
    assert html("<a href='java&#8;script:alert(1)'>x</a>") == (
        '<a href="https://news.example.org/politics/java%EF%BF%BDscript:alert(1)">x</a>'
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "<p><iframe src='//v.example/e?a=1&b=2' title='A  film'><b>no</b></iframe></p>",
            '<p><a href="https://v.example/e?a=1&amp;b=2">A film</a></p>',
        ),
        (
            "a<iframe src='https://v.example/'></iframe>b",
            'a<p><a href="https://v.example/">https://v.example/</a></p>b',
        ),
        (
            "<iframe data-src=x></iframe>",
            '<p><a href="https://news.example.org/politics/x">https://news.example.org/politics/x</a></p>',
        ),
        ("<iframe src='about:blank'>no</iframe>", ""),
        ("<embed src=https://v.example/f.swf>", '<p><a href="https://v.example/f.swf">https://v.example/f.swf</a></p>'),
        (
            "<object data=f.pdf title=Report><p>Words</p></object>",
            '<p><a href="https://news.example.org/politics/f.pdf">Report</a></p><p>Words</p>',
        ),
        (
            "<object data=m.swf title=M><embed src=m.swf></object>",
            '<p><a href="https://news.example.org/politics/m.swf">M</a></p>',
        ),
        (
            "<object><embed src=https://v.example/m></object>",
            '<p><a href="https://v.example/m">https://v.example/m</a></p>',
        ),
        ("<h2><embed src=https://v.example/m title=T></h2>", '<h2><a href="https://v.example/m">T</a></h2>'),
        ("<a href=/l><embed src=https://v.example/m title=T></a>", '<a href="https://news.example.org/l">T</a>'),
    ],
)
def test_what_is_embedded_becomes_a_link_to_it(written: str, expected: str) -> None:
    assert html(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<img src=a.png alt=A>", '<img alt="A" src="https://news.example.org/politics/a.png">'),
        ("<img src='data:image/gif;base64,R0' data-src=b.png>", '<img src="https://news.example.org/politics/b.png">'),
        (
            "<img data-src=b.png><noscript><img src=b.png alt=B></noscript>",
            '<img src="https://news.example.org/politics/b.png">',
        ),
        ("<noscript><img src=b.png></noscript>", '<img src="https://news.example.org/politics/b.png">'),
        ("<img src='data:x' alt='A &lt;b&gt;'>", "A &lt;b&gt;"),
        ("<img alt=''>", ""),
        ("<img src='' alt=none>", "none"),
        ("<img srcset='https://a.example/1 2x'>", '<img srcset="https://a.example/1 2x" src="https://a.example/1">'),
        (
            "<img srcset='https://a.example/X, https://a.example/2 2x'>",
            '<img srcset="https://a.example/X, https://a.example/2 2x" src="https://a.example/X">',
        ),
        (
            "<img data-srcset='https://a.example/1 2x'>",
            '<img srcset="https://a.example/1 2x" src="https://a.example/1">',
        ),
        ("<image src=a.png>", '<img src="https://news.example.org/politics/a.png">'),
        ("<img src=mailto:a@b.example alt=x>", "x"),
        (
            "<picture><source srcset='data:x'><source srcset='https://a.example/1'><img src=https://a.example/2></picture>",
            '<picture><source srcset="https://a.example/1"><img src="https://a.example/2"></picture>',
        ),
    ],
)
def test_a_picture_is_shown_or_told_in_words(written: str, expected: str) -> None:
    assert html(written) == expected


def test_video_and_audio_have_controls_and_do_not_start_by_themselves() -> None:
    assert html("<video src=/v poster=/p autoplay></video><audio src=/a></audio>") == (
        '<video controls="" src="https://news.example.org/v" poster="https://news.example.org/p"></video>'
        '<audio controls="" src="https://news.example.org/a"></audio>'
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<x-y>a</x-y><font color=red>b</font>", "ab"),
        ("<center>a</center><center>b</center>", "<div>a</div><div>b</div>"),
        ("<svg><title>t</title><text>Chart</text><path/></svg>", "Chart"),
        ("<math><mi>x</mi><mo>=</mo><mn>1</mn><annotation>TeX</annotation></math>", "x=1"),
        ("<select><option>a<option>b</select>", "a b"),
        ("<textarea><b>a</b> &amp;</textarea>", "&lt;b&gt;a&lt;/b&gt; &amp;"),
        ("<plaintext><b>a", "&lt;b&gt;a"),
        ("<listing>a</listing>", "<pre>a</pre>"),
        ("<p>a<!-- b -->c<!-- d", "<p>ac</p>"),
        ("a<script>b</script>c<style>d</style>e<template>f</template>g", "aceg"),
        ("<annotation>a", "a"),
        ("<input type=checkbox checked> a <input type=checkbox> b <input value=c>", "☑  a ☐  b"),
        ("a < b, b <3", "a &lt; b, b &lt;3"),
    ],
)
def test_what_a_reader_sees_stays(written: str, expected: str) -> None:
    assert html(written) == expected


def test_markup_written_in_an_attribute_stays_text() -> None:
    assert html("<p title='<svg><iframe>'>a</p>") == '<p title="&lt;svg&gt;&lt;iframe&gt;">a</p>'


@pytest.mark.parametrize("name", sorted(set(ALLOWED) - {"*"}))
def test_every_allowed_element_passes(name: str) -> None:
    within = {
        "col": "table",
        "colgroup": "table",
        "caption": "table",
        "tbody": "table",
        "tfoot": "table",
        "thead": "table",
        "tr": "table",
        "td": "table",
        "th": "table",
    }
    attributes = ' id="i" src="/s"' if name in ("img", "source") else ' id="i"'
    outer = within.get(name, "div")
    assert f"<{name} " in html(f"<{outer}><{name}{attributes}></{name}></{outer}>")


def test_tables_keep_their_spans() -> None:
    assert '<td colspan="2" rowspan="3">' in html("<table><tr><td colspan=2 rowspan=3 bgcolor=red>x</table>")


def test_the_same_body_gives_the_same_html() -> None:
    written = "<a title=t href=x lang=en id=i dir=ltr>x</a>" * 3
    assert html(written) == html(written)
    assert html(written).startswith('<a title="t" lang="en" id="i" dir="ltr" href=')


@pytest.mark.parametrize("name", ["script", "style", "title", "template", "metadata", "textarea", "iframe"])
@pytest.mark.parametrize("tag", ["<svg><{}/></svg>", "<svg><{} a='b'/></svg>", "<math><{} a = b /></math>"])
def test_what_a_slash_ends_in_a_picture_or_formula_hides_nothing(name: str, tag: str) -> None:
    assert html(f"<p>a {tag.format(name)} b</p><p>c</p>").split() == ["<p>a", "b</p><p>c</p>"]


@pytest.mark.parametrize(
    "written",
    [
        "<script/>b",
        "<svg></svg><script/>b",
        "<svg/><script/>b",
        "<svg><foreignObject><script/>b",
        "<svg><script a=b/>b",
        "<svg><script a= b/>b",
        "<svg><p></svg></math><script/>b",
    ],
)
def test_a_slash_ends_nothing_elsewhere(written: str) -> None:
    assert "b" not in html(f"a{written}</script>")


def test_a_template_in_a_picture_hides_nothing() -> None:
    assert html("<svg><template>a</template>b</svg>c<template>x</template>") == "abc"


@pytest.mark.parametrize("name", ["script", "style", "title", "iframe"])
def test_what_nobody_ends_in_a_picture_hides_its_own_text_only(name: str) -> None:
    written = f"<svg><{name}>x<g><{name}>y<p>b</p></svg><p>c</p><{name}>z<p>d</p>"
    assert html(written) == "<p>b</p><p>c</p>"


@pytest.mark.parametrize("around", ["svg", "math", "svg><desc><svg", "svg></math><g"])
def test_the_text_of_a_cdata_section_stays_in_a_picture_or_formula(around: str) -> None:
    assert html(f"<{around}><![CDATA[1 < 2 &amp; <b onclick=x>]]></svg>3") == "1 &lt; 2 &amp;amp; &lt;b onclick=x&gt;3"


def test_a_cdata_section_that_nobody_ends_goes_on_to_the_end() -> None:
    assert html("<svg><![CDATA[1 > 2</svg>") == "1 &gt; 2&lt;/svg&gt;"


def test_a_cdata_section_ends_at_its_first_end() -> None:
    assert html("<svg><![CDATA[1]]></svg><b>2</b><svg><![CDATA[3]]></svg>]]>") == "1<b>2</b>3]]&gt;"


def test_elsewhere_a_cdata_section_is_a_comment_up_to_its_first_bracket() -> None:
    assert html("<![CDATA[1 > 2]]>") == "2]]&gt;"
    assert html("<svg><foreignObject><![CDATA[1 > 2]]></svg>") == "2]]&gt;"


def test_of_the_classes_of_code_its_language_stays() -> None:
    assert html("<code class='big language-python x'>a</code>") == '<code class="language-python">a</code>'
    assert html("<code class=big>a</code>") == "<code>a</code>"


@pytest.mark.parametrize(
    "hidden",
    [
        "<template><style></template></style></template>",
        "<template><template>x</template>y</template>",
        "<template><svg></template>",
        "<template></template></template>",
    ],
)
def test_a_template_goes_whole(hidden: str) -> None:
    assert html(f"a{hidden}<b>b</b>") == "a<b>b</b>"
