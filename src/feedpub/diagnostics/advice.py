"""Where the advice of each warning comes from: for ``feedpub explain`` and the page of the rules."""

from __future__ import annotations

from typing import Final

SOURCES: Final = {
    # what YAML drops
    "cut-by-comment": "YAML 1.2.2, section 6.6: a # behind white space begins a comment",
    "unused-anchor": "YAML 1.2.2, section 6.9.2: & begins the name of an anchor",
    # titles and summaries
    "long-title": "Google's Article structured data: long headlines may be truncated (until 2023 at 110 characters)",
    "same-title": "RFC 4287, section 4.2.14, and readers' lists: the title is what tells entries apart for a person",
    "summary-cut": "JSON Feed 1.1, summary: a plain text sentence or two",
    "summary-markup": "JSON Feed 1.1, summary: plain text; RFC 4287, section 3.1.1.1: text is shown without markup",
    "summary-repeats-title": "RFC 4287, section 4.2.13, advises against a summary that duplicates the title",
    "title-markup": "RSS Advisory Board, HTML in titles: readers strip it or show it; JSON Feed 1.1, title: plain text",
    # bodies, pictures and files
    "embed-to-link": "RFC 4287, section 8.1, names object, embed and iframe among what readers must beware of",
    "enclosure-type": "RSS 2.0, enclosure, and RFC 4287, section 4.2.7.3: the type says what to do with a file",
    "image-without-alt": "WCAG 2.2, success criterion 1.1.1: what is no text has a text that stands for it",
    "insecure-address": "W3C Mixed Content: a page by https does not load what comes by http, or asks for https",
    "local-address": "RFC 6761, section 6.3: localhost is the machine that asks",
    "missing-scheme": "RFC 3986, section 4.2: what has no scheme and no slashes in front is a relative path",
    "removed-html": "RFC 4287, section 8.1: scripts and styles in a feed are a danger, and readers remove them",
    "unusable-address": "RFC 4287, section 8.2: addresses can be hostile; readers drop schemes they do not know",
    # feeds and files as a whole
    "crowded-day": "RFC 5005, section 4: who polls a feed too seldom misses the entries that have left it",
    "empty-include": "feedpub's own: an included file is there for its entries",
    "large-entry": "Readers' limits for a whole feed: FeedBurner 1 MB, goread 2 MiB, CommaFeed 5 MiB",
    "large-feed": "FeedBurner refused feeds of more than 512 kB, and so did LiveJournal",
    # against the last publication
    "changed-without-update": "RFC 4287, section 4.2.15: updated is the last change that is significant",
    "updated-without-change": "RFC 4287, section 4.2.15: updated moves with a significant change, not by itself",
}
"""The source of each warning's advice, by the rule's code."""
