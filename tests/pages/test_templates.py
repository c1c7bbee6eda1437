"""A catalogue's own templates: they win by name, see what feedpub's see, and every mistake has its place."""

from __future__ import annotations

import os
from contextlib import chdir
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import TemplateNotFound

import feedpub
from diagnostics.pinned import tell
from feedpub.diagnostics.reports import format_text
from feedpub.formats import DocumentError
from feedpub.pages import TOPIC, show_topic
from feedpub.pages.templating import fill_template
from pages.rendering import make_pages
from written import NOW, SITE, catalogue, load, select, teaser, topic, write_catalogue

if TYPE_CHECKING:
    from pathlib import Path

VALUE = catalogue(teaser("x"), site=SITE | {"templates": "own"})
CATALOGUE = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026", templates: own}
sections: {a: {title: A}}
teasers:
  - {id: x, title: X, url: x, published: 2026-01-01T00:00:00Z, sections: [a], summary: S}
"""
HEAD = '<!doctype html><title>T</title><link rel="canonical" href="{{ address }}">'
LINKS = "{% for feed in topic.feeds %}<a href='{{ feed.path }}'>f</a>{% endfor %}"


def own(folder: Path, **templates: str) -> None:
    (folder / "own").mkdir(exist_ok=True)
    for name, text in templates.items():
        (folder / "own" / name.replace("_", ".")).write_text(text, encoding="utf-8")


def make(folder: Path, **templates: str) -> dict[str, str]:
    own(folder, **templates)
    return make_pages(folder, VALUE)


def test_a_template_wins_over_that_of_the_same_name(tmp_path: Path) -> None:
    body = "{% for entry in topic.entries %}<a href='{{ entry.url }}'>{{ entry.title }}</a>{% endfor %}"
    pages = make(tmp_path, topic_html=f"{HEAD}<body>Mine {LINKS}{body}</html>")
    assert "<body>Mine <a href='a.rss'>f</a>" in pages["a.html"]
    assert "Mine" not in pages["index.html"]


def test_words_that_are_not_given_are_feedpubs(tmp_path: Path) -> None:
    german = '{% set language = "de" %}{% set subscribe = "Abonnieren" %}'
    page = make(tmp_path, words_html=f"{german}{{% macro day(moment) %}}{{{{ moment.day }}}}.{{% endmacro %}}")[
        "a.html"
    ]
    assert '<html lang="de"' in page
    assert "Abonnieren</h2>" in page
    assert "newest 1 February 2026" in page  # feedpub's word, which uses its own `day`
    assert "Skip to the entries" in page


def test_a_style_is_taken_as_it_is_and_stays_in_its_element(tmp_path: Path) -> None:
    page = make(tmp_path, style_css="a{#b}{{c}} {% d %} </style><script>alert(1)</script>")["a.html"]
    assert "<style>\na{#b}{{c}} {% d %} <\\/style><script>alert(1)<\\/script>\n</style>" in page


def test_a_template_may_go_on_from_feedpubs_own(tmp_path: Path) -> None:
    text = '{% extends "feedpub/topic.html" %}{% block footer %}<p>{{ topic.title|upper }} & more</p>{% endblock %}'
    assert "<p>A & more</p>" in make(tmp_path, topic_html=text)["a.html"]


def test_what_is_filled_in_is_always_escaped(tmp_path: Path) -> None:
    own(tmp_path, topic_html='{% extends "feedpub/topic.html" %}{% block footer %}{{ topic.title }}{% endblock %}')
    pages = make_pages(tmp_path, VALUE | {"sections": {"a": {"title": "<script>"}}})
    assert "&lt;script&gt;" in pages["a.html"].partition("<footer>")[2]


def test_files_with_other_endings_and_folders_are_not_read(tmp_path: Path) -> None:
    own(tmp_path, README_md="{% if %}", logo_svg="{{")
    (tmp_path / "own" / "more.d").mkdir()
    (tmp_path / "own" / ".hidden.html").write_text("{{")
    (tmp_path / "own" / os.fsdecode(b"\xff.html")).write_text("{{")
    assert make_pages(tmp_path, VALUE)


MISTAKES = {
    "an unknown filter": ("topic.html", "<p>\n  {{ topic.title|shout }}\n", "2:3", "no filter named 'shout'"),
    "a name that there is not": ("topic.html", "<p>\n\n{{ topic.titel }}\n", "3:1", "there is no titel here"),
    "a template that there is not": (
        "index.html",
        '{% extends "frame.html" %}\n',
        "1:1",
        "there is no template frame.html",
    ),
    "a way out of the sandbox": (
        "index.html",
        "{{ topics.__class__.__mro__ }}",
        "1:1",
        "access to attribute '__class__' of 'tuple' object is unsafe",
    ),
    "a loop without end": ("index.html", "{% include 'index.html' %}", "1:1", "maximum recursion depth exceeded"),
    "a division by nothing, in the words": ("words.html", "\n{% set what = 1 / 0 %}\n", "2:1", "division by zero"),
    "blocks too deep": ("topic.html", "{% if 1 %}" * 200 + "{% endif %}" * 200, "1:1", "too many"),
    "a page without its address": (
        "topic.html",
        "<!doctype html><title>T</title></html>\n",
        "1:1",
        'the page has no <link rel="canonical" href="https://e.org/feeds/a.html">',
    ),
    "a page without its entries": (
        "topic.html",
        f"{HEAD}{LINKS}</html>",
        "1:1",
        "the page has no link to https://e.org/x",
    ),
    "a page of nothing": ("base.html", "<!-- nothing --></html>", "1:1", "not a page: it holds no element"),
    "half a character": (
        "topic.html",
        '{% extends "feedpub/topic.html" %}\n{% block footer %}{{ "\\ud83d" }}{% endblock %}',
        "1:1",
        r"the page holds \ud83d, which is no character",
    ),
    "a page that is cut short": ("base.html", "<p>", "1:1", "not a whole page: it does not end with </html>"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_at_its_place_and_nothing_is_published(name: str, tmp_path: Path) -> None:
    file, text, place, message = MISTAKES[name]
    found = tell(tmp_path, CATALOGUE, files={f"own/{file}": text})
    assert f"own/{file}:{place}: error[template]: template {file}: {message}" in found
    assert found.count("error[") == found.count("\nhelp: mend the template, or remove it to have feedpub's own\n") >= 1
    with chdir(tmp_path):
        with pytest.raises(feedpub.CatalogueError) as error:
            feedpub.render("catalogue.yaml", now=NOW)
        assert format_text(error.value.diagnostics).replace("feeds/", "") == found.replace("feeds/", "")
        assert not (tmp_path / "feeds").exists()


def test_mistakes_of_several_templates_are_told_in_one_run(tmp_path: Path) -> None:
    files = {"own/topic.html": "{% if %}", "own/index.html": "{{ }}", "own/words.html": "{% set %}"}
    assert tell(tmp_path, CATALOGUE, files=files).count("error[template]") == 3


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff", 'holds "own/topic.html", which is not UTF-8'),
        (b"x" * 300_000, 'holds "own/topic.html", which has more than 262,144 bytes'),
    ],
)
def test_a_file_that_is_no_template_is_told_at_the_folders_name(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "topic.html").write_bytes(data)
    assert f"catalogue.yaml:1:81: error[template]: site: templates {says}\n" in tell(tmp_path, CATALOGUE)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "own").mkdir(parents=True)
    (tmp_path / "secret.html").write_text("secret")
    (home / "own" / "topic.html").symlink_to(tmp_path / "secret.html")
    assert 'templates holds "own/topic.html", outside the catalogue\'s folder' in tell(home, CATALOGUE)


def test_a_link_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own").symlink_to("own")
    assert "catalogue.yaml:1:81: error[template]: site: templates " in tell(tmp_path, CATALOGUE)


def test_nothing_that_a_template_can_ask_for_is_random(tmp_path: Path) -> None:
    for text in ("{{ [1, 2]|random }}", "{{ lipsum() }}"):
        assert "error[template]" in tell(tmp_path, CATALOGUE, files={"own/topic.html": text})


def publish(folder: Path, value: dict[str, Any], hours: int = 0) -> feedpub.Publication:
    return feedpub.render(write_catalogue(folder, value), output=folder / "feeds", now=NOW + timedelta(hours=hours))


def test_another_template_is_another_catalogue_and_changes_pages_alone(tmp_path: Path) -> None:
    own(tmp_path, words_html="{% set subscribe = 'One' %}")
    publish(tmp_path, VALUE)
    assert publish(tmp_path, VALUE, hours=1).written == ()
    own(tmp_path, words_html="{% set subscribe = 'Another' %}")
    found = publish(tmp_path, VALUE)
    assert found.status == "stale"
    assert sorted(found.written) == ["a.html", "all.html", "b.html"]


def test_where_templates_stand_changes_nothing(tmp_path: Path) -> None:
    own(tmp_path, words_html="{% set subscribe = 'One' %}")
    publish(tmp_path, VALUE)
    (tmp_path / "own").rename(tmp_path / "other")
    assert publish(tmp_path, VALUE | {"site": SITE | {"templates": "other"}}).status == "current"


def test_the_way_of_an_empty_folder_is_that_of_none(tmp_path: Path) -> None:
    publish(tmp_path, catalogue(teaser("x")))
    (tmp_path / "own").mkdir()
    assert publish(tmp_path, VALUE).status == "current"


def test_a_template_that_is_no_file_is_told_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "own" / "topic.html").mkdir(parents=True)
    assert 'templates holds "own/topic.html", which cannot be read: not a regular file\n' in tell(tmp_path, CATALOGUE)


def test_a_folder_of_more_files_than_pages_need_is_refused(tmp_path: Path) -> None:
    files = {f"own/{number}.html": "" for number in range(101)}
    told = tell(tmp_path, CATALOGUE, files=files)
    assert 'error[template]: site: templates is "own", with more than 100 files\n' in told
    (tmp_path / "own" / "0.html").unlink()
    assert tell(tmp_path, CATALOGUE) == ""


def test_a_mistake_in_a_template_of_our_own_is_no_mistake_of_the_catalogue() -> None:
    with pytest.raises(TemplateNotFound, match=r"nonesuch\.html"):
        fill_template("nonesuch.html", ())


def test_a_page_that_holds_half_a_character_is_refused(tmp_path: Path) -> None:
    shown = select(tmp_path, catalogue(teaser("x")))
    loaded = load(tmp_path, catalogue(teaser("x")))
    loaded.index.close()
    assert loaded.site is not None
    page = show_topic(topic(shown, "a"), site=loaded.site, templates=())
    (one,) = page.topics
    broken = replace(page, topics=(replace(one, full_title="half a \ud83d moon"),))
    with pytest.raises(DocumentError, match=r"a page cannot be written: .*surrogates not allowed"):
        TOPIC.write(broken, address="https://e.org/a.html")
