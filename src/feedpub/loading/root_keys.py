"""What is wrong with the root keys of a file: one that there is not, or that another file has, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.catalogue import LISTED
from feedpub.catalogue.wording import suggest_field
from feedpub.diagnostics import diagnose, quote
from feedpub.loading.again import ROOT_KEYS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from feedpub.diagnostics import Diagnostic
    from feedpub.source import CatalogueFile

_EXAMPLES = {"site": "site: {title: …, url: …, tag_authority: …}", "sections": "sections: {news: {title: News}}"}
_MOST_COMPARED = 50  # unknown root keys that may be meant for others


def report_missing(root: CatalogueFile, *, not_given: Collection[str]) -> Iterator[Diagnostic]:
    """Yield what a root file lacks; ``not_given`` are keys that stand there without a value."""
    unknown = [key for key in root.keys if key not in ROOT_KEYS and not key.startswith("x-")]
    meant = {suggest_field(key, ROOT_KEYS, given=root.keys) for key in unknown[:_MOST_COMPARED]}
    for key, example in _EXAMPLES.items():
        if (key not in root.keys and key not in meant) or key in not_given:
            span = root.keys.get(key, root.start)
            yield diagnose("missing-field", f"{key} is missing", file=root.name, span=span, help=f"add {example}")


def refuse_key(key: str, file: CatalogueFile) -> Diagnostic:
    """Refuse a key of a root file that there is not."""
    meant = suggest_field(key, ROOT_KEYS, given=file.keys)
    mend = f'did you mean "{meant}"?' if meant else "a key that begins with x- may hold anything"
    if key[:1].isspace():
        mend = "indent the line with plain spaces; what stands before the key is another kind of space"
    elif key in file.fields and not meant:
        mend = "indent it as far as the fields of its entry"
    return diagnose("unknown-field", f"unknown key {quote(key)}", file=file.name, span=file.keys[key], help=mend)


def refuse_included_key(key: str, file: CatalogueFile, *, home: str) -> Diagnostic:
    """Refuse a key of an included file that it cannot have; ``home`` is the root file's name."""
    meant = suggest_field(key, LISTED, given=file.keys)
    mend = f'did you mean "{meant}"?' if meant else f"it may hold {', '.join(LISTED)}"
    if key in ROOT_KEYS:
        mend = f"move it to {home}"
    message = f"an included file has no key {quote(key)}"
    return diagnose("included-key", message, file=file.name, span=file.keys[key], help=mend)
