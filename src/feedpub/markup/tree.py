"""How deep a parser would nest some HTML, at most: tags are counted in linear time, and no tree is built.

It follows the HTML standard's tree construction (section 13.2.6) as far as depth depends on it, for what
`preparing` lets pass. In ordinary HTML the depth is exact; where formatting crosses blocks it is a little more.
In a table whose parts crossed links, a parser may come to twice the depth: a bound all the same.
"""

from __future__ import annotations

from feedpub.markup.elements import (
    CELLS,
    CLOSES_P,
    FORMATTING,
    HEADINGS,
    IMPLIED_ENDS,
    ROW_GROUPS,
    SELF_ENDING,
    SPECIAL,
    TABLE_PARTS,
    VOID,
)
from feedpub.markup.preparing import PASSED, RENAMED
from feedpub.markup.tokens import scan

MAX_REOPENED = 100_000
"""How often elements may be opened again or moved because they were not closed where they should have been."""

_ADOPTIONS = 8  # how many blocks a parser moves out of formatting for one end tag


def unfolds(html: str, *, deeper_than: int) -> bool:
    """Tell whether a parser would nest some HTML deeper than that, or open elements again MAX_REOPENED times."""
    tree = _Tree()
    for token in scan(html):
        if token.kind == "start":
            tree.open(token.name, closed=token.text.endswith("/>"))
        elif token.kind == "end":
            tree.close(token.name)
        else:
            tree.reopen()
        if tree.depth > deeper_than or tree.reopened > MAX_REOPENED:
            return True
    return False


class _Tree:
    """The elements that are open at one place of a text, at least as deep as a parser would have them.

    Of elements that `preparing` takes out, only the depth counts: they close nothing and nothing closes them.
    """

    def __init__(self) -> None:
        self.depth = 0
        self.reopened = 0
        self._stack: list[str] = []
        self._pending: list[list[str]] = [[]]  # formatting to be opened again; a list for each open cell, and one
        self._unknown: dict[str, int] = {}
        self._copies = 0  # of misnested formatting, which a parser may leave around what follows

    def open(self, name: str, *, closed: bool) -> None:
        name = RENAMED.get(name, name)
        if name not in PASSED and not name.startswith("feedpub-"):
            if not closed and name not in VOID and name not in SELF_ENDING:
                self._unknown[name] = self._unknown.get(name, 0) + 1
            self._measure()
            return
        if name in TABLE_PARTS:
            self._open_table_part(name)
            self._measure(leaves=2 if name in ("col", "colgroup") else 0)
            return
        self._close_implied(name)
        if name not in SPECIAL and name not in ("hr", "rp", "rt", "source"):
            self.reopen()
        if name not in VOID:
            self._stack.append(name)
        self._measure(leaves=1 if name in VOID else 0)

    def close(self, name: str) -> None:
        name = RENAMED.get(name, name)
        if self._unknown.get(name):
            self._unknown[name] -= 1
        elif name in FORMATTING:
            self._close_formatting(name, borders=CELLS | {"table"})
        elif name == "p":
            self._pop_to({"p"}, borders=CELLS | {"table"})
        elif name == "li":
            self._pop_to({"li"}, borders=CELLS | {"table", "ol", "ul"})
        elif name in HEADINGS:
            self._pop_to(HEADINGS, borders=CELLS | {"table"})
        elif name == "table":
            self._pop_to({"table"}, borders=frozenset())
        elif name in TABLE_PARTS:
            self._pop_to({name}, borders={"table"})
        elif name in SPECIAL:
            self._pop_to({name}, borders=CELLS | {"table"})
        else:
            self._pop_to({name}, borders=SPECIAL)
        self._measure(leaves=1)  # where there is nothing to end, a parser may make an empty p or br

    def reopen(self) -> None:
        """Open the formatting again that was closed only by what stood around it."""
        pending = self._pending[-1]
        if pending:
            self.reopened += len(pending)
            self._stack.extend(pending)
            pending.clear()

    def _measure(self, *, leaves: int = 0) -> None:
        pending = sum(map(len, self._pending))
        if not self._stack and not pending:
            self._copies = 0
        self.depth = len(self._stack) + pending + self._copies + sum(self._unknown.values()) + leaves

    def _close_implied(self, name: str) -> None:
        if name == "li":
            self._close_item({"li"})
        elif name in ("dd", "dt"):
            self._close_item({"dd", "dt"})
        if name in CLOSES_P:
            self._pop_to({"p"}, borders=CELLS | {"table"})
        if name in HEADINGS and self._stack and self._stack[-1] in HEADINGS:
            self._stack.pop()
        if name == "a":
            self._close_formatting("a", borders=CELLS)
        if name in ("rp", "rt") and "ruby" in self._stack:
            while self._stack[-1] in IMPLIED_ENDS:
                self._stack.pop()
        if name == "table":
            nearest = next((open_ for open_ in reversed(self._stack) if open_ in TABLE_PARTS or open_ == "table"), "")
            if nearest and nearest not in CELLS:
                self._pop_to({"table"}, borders=frozenset())

    def _close_item(self, names: set[str]) -> None:
        for open_ in reversed(self._stack):
            if open_ in names:
                self._pop_to({open_}, borders=frozenset())
                return
            if open_ in SPECIAL | {"table"} and open_ not in ("address", "div", "p"):
                return

    def _close_formatting(self, name: str, *, borders: frozenset[str]) -> None:
        pending = self._pending[-1]
        if name in pending:
            pending.remove(name)
            return
        for position in range(len(self._stack) - 1, -1, -1):
            if self._stack[position] == name:
                if "table" in self._stack[position:]:
                    del self._stack[position]
                    self._copies += 1  # what follows stands within it all the same
                else:
                    self._take_out(position)
                return
            if self._stack[position] in borders:
                return

    def _take_out(self, position: int) -> None:
        """Close formatting that other elements opened within (the adoption agency: HTML, section 13.2.6.4.7)."""
        name, above = self._stack[position], self._stack[position + 1 :]
        self.reopened += len(above)
        blocks = [index for index, open_ in enumerate(above) if open_ in SPECIAL]
        self._copies += min(len(blocks), _ADOPTIONS)
        if len(blocks) < _ADOPTIONS:
            kept = blocks[-1] + 1 if blocks else 0
            again = [name_ for name_ in above[kept:] if name_ in FORMATTING]
        else:
            kept = blocks[_ADOPTIONS - 1] + 1
            again = []
        moved = [open_ for open_ in above[:kept] if open_ in SPECIAL or open_ in FORMATTING]
        rest = [name, *above[kept:]] if len(blocks) >= _ADOPTIONS else []
        self._stack[position:] = moved + rest
        self._pending[-1][:0] = again

    def _open_table_part(self, name: str) -> None:
        if "table" not in self._stack:
            return  # a parser ignores it
        context = {"table"} if name in ROW_GROUPS | {"caption", "col", "colgroup"} else {"table"} | ROW_GROUPS
        if name in CELLS and name != "caption":
            context.add("tr")
        while self._stack[-1] not in context:
            self._pop()
        if name in ("col", "colgroup"):
            return
        if name not in ROW_GROUPS and name != "caption" and self._stack[-1] == "table":
            self._stack.append("tbody")
        if name in ("td", "th") and self._stack[-1] != "tr":
            self._stack.append("tr")
        self._stack.append(name)
        if name in CELLS:
            self._pending.append([])

    def _pop_to(self, names: frozenset[str] | set[str], *, borders: frozenset[str] | set[str]) -> None:
        for open_ in reversed(self._stack):
            if open_ in names:
                break
            if open_ in borders:
                return
        else:
            return
        while self._pop() not in names:
            pass

    def _pop(self) -> str:
        name = self._stack.pop()
        if name in CELLS:
            self._pending.pop()
        elif name in FORMATTING:
            self._pending[-1].append(name)
        return name
