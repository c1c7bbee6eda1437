"""What a person sees of a publication: a page for each topic, one for all of them, and their list for feed readers.

Templates make the pages, ours or those of `site.templates`; Jinja2, and lxml with it, is loaded when a page is first
written or read.
"""

from feedpub.pages.faults import check_templates, find_faults
from feedpub.pages.kinds import INDEX, KINDS, NAME, OPML, TOPIC, Kind
from feedpub.pages.listing import WHOLE, Listing, Page, describe_site, show_index, show_topic
from feedpub.pages.snippet import write_snippet

__all__ = [
    "INDEX",
    "KINDS",
    "NAME",
    "OPML",
    "TOPIC",
    "WHOLE",
    "Kind",
    "Listing",
    "Page",
    "check_templates",
    "describe_site",
    "find_faults",
    "show_index",
    "show_topic",
    "write_snippet",
]
