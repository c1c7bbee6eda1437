"""Diagnostics as SARIF 2.1.0 (OASIS), which code scanning reads."""

from __future__ import annotations

import json
import os
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from feedpub.diagnostics.quoting import reveal
from feedpub.diagnostics.reports.identity import identify
from feedpub.diagnostics.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedpub.diagnostics.diagnostic import Diagnostic


_LONGEST = 1_000  # code points of a line that is repeated: a result is no copy of the catalogue


def write(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a SARIF log with one run; columns count code points."""
    rules = sorted({one.rule for one in diagnostics})
    results = [
        _result(one, rules.index(one.rule), fingerprint)
        for one, fingerprint in zip(diagnostics, identify(diagnostics), strict=True)
    ]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "feedpub", "rules": list(map(_rule, rules))}},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    rule = RULES[code]
    return {
        "id": code,
        "shortDescription": {"text": rule.purpose},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(one: Diagnostic, index: int, fingerprint: str) -> dict[str, Any]:
    text = reveal(one.message) + (f"\nhelp: {reveal(one.help)}" if one.help else "")
    region: dict[str, Any] = {
        "startLine": one.line,
        "startColumn": one.column,
        "endLine": one.end_line,
        "endColumn": one.end_column,
    }
    if one.excerpt is not None and len(one.excerpt) <= _LONGEST:
        region["snippet"] = {"text": reveal(one.excerpt)}
    return {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": one.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(one.file)}, "region": region}}],
        "partialFingerprints": {"feedpub/v1": fingerprint},
    }


def _uri(file: str) -> str:
    """Return a file's name as a URI reference: relative, or of the scheme ``file``."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
