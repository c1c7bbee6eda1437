"""Diagnostics as GitLab's code quality report, which is shown in a merge request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from feedpub.diagnostics.quoting import reveal
from feedpub.diagnostics.reports.identity import identify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedpub.diagnostics.diagnostic import Diagnostic

_SEVERITIES = {"error": "major", "warning": "minor"}


def write(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a JSON array, one object a diagnostic."""
    issues = [
        {
            "description": reveal(one.message) + (f" (help: {reveal(one.help)})" if one.help else ""),
            "check_name": one.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[one.severity],
            "location": {"path": one.file, "lines": {"begin": one.line, "end": one.end_line}},
        }
        for one, fingerprint in zip(diagnostics, identify(diagnostics), strict=True)
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"
