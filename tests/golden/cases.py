"""The golden catalogues and the documents that they are to give, for the tests and the judges."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GOLDEN = Path(__file__).parent
ROOT = GOLDEN.parents[1]
SCHEMAS = ROOT.parent / "shared" / "schemas"
CASES = ("minimal", "full", "hostile", "empty")


def list_documents(suffix: str) -> dict[str, Path]:
    """Return the documents with one suffix, the repository's own feeds too, by a name for the test's report."""
    folders = {case: GOLDEN / case / "expected" for case in CASES} | {"sample": ROOT / "feeds"}
    return {
        f"{case}/{path.name:.24}": path
        for case, folder in folders.items()
        for path in sorted(folder.glob(f"*{suffix}"))
        if path.name != "manifest.json"
    }
