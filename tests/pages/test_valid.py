"""The pages are valid HTML by the Nu checker, which the W3C and the WHATWG point to."""

from __future__ import annotations

import json
import subprocess

from golden.cases import list_documents
from pages.browsing import VNU
from tools import lack, need_tools


def test_the_nu_checker_finds_nothing_to_say() -> None:
    need_tools("java")
    if not VNU.is_file():
        lack("vnu-jar is not there; nox installs it with npm")
    pages = [str(path) for path in list_documents(".html").values()]
    command = ["java", "-jar", str(VNU), "--format", "json", *pages]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)
    assert json.loads(done.stderr)["messages"] == []
    assert len(pages) > 20
