"""Words, numbers and names of zones and languages that are none, each told whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import SECTIONS, article, site, teaser, tell

if TYPE_CHECKING:
    from pathlib import Path

CASES = {
    "boolean, another word of YAML": (
        teaser("draft: yes"),
        """\
catalogue.yaml:4:12: error[boolean]: teaser "x": draft is "yes", not true or false
   4 |   - draft: yes
     |            ^^^
help: write true
""",
    ),
    "boolean, in capitals": (
        teaser("draft: False"),
        """\
catalogue.yaml:4:12: error[boolean]: teaser "x": draft is "False", not true or false
   4 |   - draft: False
     |            ^^^^^
help: write false
""",
    ),
    "boolean, a word that means neither": (
        teaser("draft: maybe"),
        """\
catalogue.yaml:4:12: error[boolean]: teaser "x": draft is "maybe", not true or false
   4 |   - draft: maybe
     |            ^^^^^
help: write true or false
""",
    ),
    "choice, a near miss": (
        teaser("content: ful"),
        """\
catalogue.yaml:4:14: error[choice]: teaser "x": content is "ful", not full or summary
   4 |   - content: ful
     |              ^^^
help: did you mean full?
""",
    ),
    "choice, a body in content": (
        article("content: What it says.", without="body"),
        """\
catalogue.yaml:4:5: error[choice]: article "x": content is a text, and should be full or summary
   4 |   - content: What it says.
     |     ^^^^^^^
help: did you mean "body"?
""",
    ),
    "choice, a summary in content": (
        teaser("content: What it says.", without="summary"),
        """\
catalogue.yaml:4:5: error[choice]: teaser "x": content is a text, and should be full or summary
   4 |   - content: What it says.
     |     ^^^^^^^
help: did you mean "summary"? An entry with a text of its own belongs under articles, with a body
""",
    ),
    "choice, like nothing": (
        teaser("content: body"),
        """\
catalogue.yaml:4:14: error[choice]: teaser "x": content is "body", not full or summary
   4 |   - content: body
     |              ^^^^
help: write full or summary
""",
    ),
    "choice, of three": (
        site("formats: [rss, html]"),
        """\
catalogue.yaml:2:18: error[choice]: site: format 2 is "html", not rss, atom or json
   2 |   formats: [rss, html]
     |                  ^^^^
help: write rss, atom or json
""",
    ),
    "email": (
        teaser("authors: [{name: A, email: a at e.org}]"),
        """\
catalogue.yaml:4:32: error[email]: teaser "x": email of author 1 is "a at e.org", no e-mail address
   4 |   - authors: [{name: A, email: a at e.org}]
     |                                ^^^^^^^^^^
help: write one such as desk@example.org
""",
    ),
    "language, with an underscore": (
        teaser("language: en_GB"),
        """\
catalogue.yaml:4:15: error[language]: teaser "x": language is "en_GB", no language tag
   4 |   - language: en_GB
     |               ^^^^^
help: write en-GB
""",
    ),
    "language, a name": (
        teaser("language: ancient Greek"),
        """\
catalogue.yaml:4:15: error[language]: teaser "x": language is "ancient Greek", no language tag
   4 |   - language: ancient Greek
     |               ^^^^^^^^^^^^^
help: write a tag such as en, en-GB or zh-Hant
""",
    ),
    "media-type": (
        teaser("enclosures: [{url: x, length: 1, type: mp3}]"),
        """\
catalogue.yaml:4:44: error[media-type]: teaser "x": type of enclosure 1 is "mp3", no media type
   4 |   - enclosures: [{url: x, length: 1, type: mp3}]
     |                                            ^^^
help: write one such as audio/mpeg or image/jpeg
""",
    ),
    "number, with separators": (
        teaser("enclosures: [{url: x, length: '12,345', type: audio/mpeg}]"),
        """\
catalogue.yaml:4:35: error[number]: teaser "x": length of enclosure 1 is "12,345", not a number from 0 up in \
decimal digits
   4 |   - enclosures: [{url: x, length: '12,345', type: audio/mpeg}]
     |                                   ^^^^^^^^
help: write 12345
""",
    ),
    "number, of too many digits": (
        teaser("image: {url: x, width: 1234567890123456}"),
        """\
catalogue.yaml:4:28: error[number]: teaser "x": width of image is "1234567890123456", which has more than 15 digits
   4 |   - image: {url: x, width: 1234567890123456}
     |                            ^^^^^^^^^^^^^^^^
help: check the number
""",
    ),
    "number, with a unit": (
        teaser("image: {url: x, width: 640px}"),
        """\
catalogue.yaml:4:28: error[number]: teaser "x": width of image is "640px", not a number from 1 up in decimal digits
   4 |   - image: {url: x, width: 640px}
     |                            ^^^^^
help: write 640
""",
    ),
    "number, below its range": (
        site("limit: 0"),
        """\
catalogue.yaml:2:10: error[number]: site: limit is "0", not a number from 1 to 1000 in decimal digits
   2 |   limit: 0
     |          ^
help: write a number from 1 to 1000
""",
    ),
    "number, above its range": (
        site("limit: 1001"),
        """\
catalogue.yaml:2:10: error[number]: site: limit is "1001", not a number from 1 to 1000 in decimal digits
   2 |   limit: 1001
     |          ^^^^
help: write a number from 1 to 1000
""",
    ),
    "number, with a fraction": (
        site("ttl: 1.5"),
        """\
catalogue.yaml:2:8: error[number]: site: ttl is "1.5", not a number from 1 up in decimal digits
   2 |   ttl: 1.5
     |        ^^^
help: write a number from 1 up
""",
    ),
    "permalink, an unknown placeholder": (
        site("permalink: '{section}/{slug}/'"),
        """\
catalogue.yaml:2:14: error[permalink]: site: permalink has an unknown placeholder "{slug}"
   2 |   permalink: '{section}/{slug}/'
     |              ^^^^^^^^^^^^^^^^^^^
help: known are {section}, {id}, {year}, {month}, {day}
""",
    ),
    "permalink, a lone brace": (
        site("permalink: '{section/{id}/'"),
        """\
catalogue.yaml:2:14: error[permalink]: site: permalink has a brace without its partner
   2 |   permalink: '{section/{id}/'
     |              ^^^^^^^^^^^^^^^^
help: write each placeholder as {id}
""",
    ),
    "tag-authority, without a date": (
        f"site: {{title: T, url: 'https://e.org/', tag_authority: e.org}}\n{SECTIONS}",
        """\
catalogue.yaml:1:56: error[tag-authority]: site: tag_authority is "e.org", not a domain or e-mail address, a comma \
and a date
   1 | site: {title: T, url: 'https://e.org/', tag_authority: e.org}
     |                                                        ^^^^^
help: write the domain and a day on which it was yours, such as news.example.org,2026
""",
    ),
    "tag-authority, in capitals": (
        f"site: {{title: T, url: 'https://e.org/', tag_authority: 'E.org,2026'}}\n{SECTIONS}",
        """\
catalogue.yaml:1:56: error[tag-authority]: site: tag_authority is "E.org,2026", in which small letters belong: tags \
are compared letter by letter
   1 | site: {title: T, url: 'https://e.org/', tag_authority: 'E.org,2026'}
     |                                                        ^^^^^^^^^^^^
help: write e.org,2026
""",
    ),
    "timezone, a near miss": (
        site("timezone: Europe/Londno"),
        """\
catalogue.yaml:2:13: error[timezone]: site: timezone is "Europe/Londno", no zone of the IANA database
   2 |   timezone: Europe/Londno
     |             ^^^^^^^^^^^^^
help: did you mean Europe/London?
""",
    ),
    "timezone, an abbreviation": (
        site("timezone: MEZ"),
        """\
catalogue.yaml:2:13: error[timezone]: site: timezone is "MEZ", no zone of the IANA database
   2 |   timezone: MEZ
     |             ^^^
help: write a name such as Europe/London
""",
    ),
}


@pytest.mark.parametrize(("catalogue", "told"), CASES.values(), ids=CASES)
def test_a_wrong_value_is_told_whole(catalogue: str, told: str, tmp_path: Path) -> None:
    assert tell(tmp_path, catalogue) == told
