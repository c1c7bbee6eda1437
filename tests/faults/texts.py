"""Publishing texts to any paths: the program that is killed where no catalogue makes what is wanted."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from feedpub.targets import DirectoryTarget
from publish.documents import publish


def publish_texts() -> None:
    """Publish what a mapping of paths to texts in articles.yaml says, or exit with 1 where it cannot be read."""
    target = DirectoryTarget("feeds")
    with target.hold(on_wait=sys.exit):
        target.recover()
    try:
        files = json.loads(Path("articles.yaml").read_text(encoding="utf-8"))
    except ValueError:
        sys.exit(1)
    publish(target, {path: text.encode() for path, text in files.items()})
