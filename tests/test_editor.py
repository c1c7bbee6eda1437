"""What an editor gets of the JSON Schema through yaml-language-server: hover, completion, snippets, no false alarm.

FEEDPUB_YAML_LANGUAGE_SERVER is the folder into which npm has installed it (nox does).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tools import lack

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
INSTALLED = os.environ.get("FEEDPUB_YAML_LANGUAGE_SERVER", "")
SERVER = Path(INSTALLED, "node_modules", "yaml-language-server", "bin", "yaml-language-server")
IS_THERE = bool(INSTALLED) and SERVER.is_file() and shutil.which("node") is not None
HEAD = (ROOT / "articles.yaml").read_text(encoding="utf-8").partition("articles:")[0]


class Editor:
    """A client of the language server (LSP 3.17); each text that it opens is a document of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._uri = ""
        self._count = 0
        self._process = subprocess.Popen(
            ["node", str(SERVER), "--stdio"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.ask("initialize", {"processId": os.getpid(), "rootUri": folder.as_uri(), "capabilities": {}})
        self.tell("initialized", {})

    def close(self) -> None:
        self.ask("shutdown", None)
        self.tell("exit", None)
        self._process.communicate(timeout=10)

    def open(self, text: str) -> list[str]:
        """Show a text to the server and return what it says of it."""
        self._count += 1
        self._uri = (self._folder / f"articles-{self._count}.yaml").as_uri()
        document = {"uri": self._uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self._receive()
            found = message.get("params") or {}
            if message.get("method") == "textDocument/publishDiagnostics" and found["uri"] == self._uri:
                return [one["message"] for one in found["diagnostics"]]

    def hover(self, text: str, word: str) -> str:
        line, column = find(text, word)
        found = self.ask("textDocument/hover", self._place(line, column))
        return str(found["contents"]["value"]) if found else ""

    def complete(self, text: str) -> dict[str, str]:
        """Return what completion offers at the text's end: labels, and what they insert."""
        lines = text.split("\n")
        found = self.ask("textDocument/completion", self._place(len(lines) - 1, len(lines[-1])))
        return {one["label"]: one.get("insertText", "") for one in found["items"]}

    def ask(self, method: str, parameters: object) -> Any:  # noqa: ANN401 - whatever the method answers
        self._count += 1
        self._send({"id": self._count, "method": method, "params": parameters})
        while True:
            message = self._receive()
            if message.get("id") == self._count and "method" not in message:
                assert "error" not in message, message
                return message.get("result")

    def tell(self, method: str, parameters: object) -> None:
        self._send({"method": method, "params": parameters})

    def _place(self, line: int, column: int) -> dict[str, Any]:
        return {"textDocument": {"uri": self._uri}, "position": {"line": line, "character": column}}

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0"} | message).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if "method" in message and "id" in message:  # it asks for what no test has: its settings
            items = (message.get("params") or {}).get("items", [])
            self._send({"id": message["id"], "result": [None for _ in items]})
        return message


def find(text: str, word: str) -> tuple[int, int]:
    for number, line in enumerate(text.split("\n")):
        if word in line:
            return number, line.index(word)
    raise AssertionError(word)


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    if not IS_THERE:
        lack("node and yaml-language-server are not there; nox installs the latter with npm")
    folder = tmp_path_factory.mktemp("editor")
    shutil.copy(ROOT / "articles.schema.json", folder)
    editor = Editor(folder)
    yield editor
    editor.close()


def test_the_sample_has_no_mistake(editor: Editor) -> None:
    assert editor.open((ROOT / "articles.yaml").read_text(encoding="utf-8")) == []


def test_what_yaml_takes_for_a_number_or_a_switch_is_a_title(editor: Editor) -> None:
    for title in ("1984", "No", "2026-01-01", "1e3"):
        entry = f"{{id: x, title: {title}, url: x, published: 2026-01-01, sections: [tech], summary: S}}"
        assert editor.open(f"{HEAD}teasers:\n  - {entry}\n") == []


def test_a_mistyped_field_is_told(editor: Editor) -> None:
    told = editor.open(f"{HEAD}teasers:\n  - id: x\n    titel: T\n")
    assert any("titel" in one for one in told)


def test_hover_says_what_a_field_is(editor: Editor) -> None:
    editor.open(HEAD)
    assert "RFC 4151" in editor.hover(HEAD, "tag_authority")
    assert "Its name as readers see it" in editor.hover(HEAD, "title: Politics")


def test_a_section_s_keys_and_the_words_of_a_choice_are_completed(editor: Editor) -> None:
    text = f"{HEAD.rstrip()}\n  sport:\n    title: Sport\n    "
    editor.open(text)
    assert {"description", "url", "formerly", "limit", "content"} <= set(editor.complete(text))
    text += "content: "
    editor.open(text)
    assert {"full", "summary"} <= set(editor.complete(text))


@pytest.mark.parametrize(("key", "label", "last"), [("articles", "article", "body"), ("teasers", "teaser", "summary")])
def test_a_whole_entry_is_one_snippet(editor: Editor, key: str, label: str, last: str) -> None:
    text = f"{HEAD}{key}:\n  - "
    editor.open(text)
    offered = editor.complete(text)
    inserted = next(insert for name, insert in offered.items() if label in name and "published" in insert)
    for field in ("id", "title", "url", "published", "sections", last):
        assert f"{field}:" in inserted
