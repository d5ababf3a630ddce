"""The table of a list of any length: the rows are fetched in blocks of numbers when they are painted, a few blocks are kept."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Mapping, Sequence

from corpus.history import History, Record, rows_in
from tui.history.lines import head, row
from tui.widgets.rows import Pieces, Rows

BLOCK, KEPT = 200, 8


class HistoryTable(Rows):
    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, head=True)
        self.history: History | None = None
        self.ids: Sequence[int] = ()
        self.marked: Mapping[str, Record] = {}
        self._blocks: OrderedDict[int, dict[int, Record]] = OrderedDict()

    def show(self, history: History | None, ids: Sequence[int], empty: str = "", stay: bool = False) -> None:
        """Other rows; with `stay` the cursor remains on the record it is on, where that is still among them."""
        current = self.number_at(self.cursor) if stay else 0
        self.history, self.ids = history, ids
        self._blocks.clear()
        at = self.ids.index(current) if current and current in self.ids else 0
        self.reset(len(ids), empty, at)

    def grow(self, ids: Sequence[int]) -> None:
        """More rows at the end."""
        self.ids = ids
        self._blocks.clear()
        if self.count:
            self.count = len(ids)
            self._measure()
            self.refresh()
        else:
            self.reset(len(ids), self.empty)

    def mark(self, marked: Mapping[str, Record]) -> None:
        self.marked = dict(marked)
        self.refresh()

    def number_at(self, index: int) -> int:
        return self.ids[index] if 0 <= index < len(self.ids) else 0

    def record_at(self, index: int) -> Record | None:
        block = index // BLOCK
        if block not in self._blocks:
            self._blocks[block] = self._fetch(self.ids[block * BLOCK : (block + 1) * BLOCK])
            while len(self._blocks) > KEPT:
                self._blocks.popitem(last=False)
        self._blocks.move_to_end(block)
        return self._blocks[block].get(self.number_at(index))

    def _fetch(self, ids: Sequence[int]) -> dict[int, Record]:
        """Nothing where the file cannot be read just now: its rows are said to be unread, and read at the next painting of the list."""
        try:
            return {record.id: record for record in rows_in(self.history, ids)} if self.history else {}
        except (sqlite3.Error, ValueError):
            return {}

    @property
    def current(self) -> Record | None:
        return self.record_at(self.cursor) if self.count else None

    def head_pieces(self, width: int) -> Pieces:
        return head(width)

    def pieces(self, index: int, width: int) -> Pieces:
        record = self.record_at(index)
        if record is None:
            return ((f"   {self.number_at(index)}　读不了这一行", "error"),)
        return row(record, self.mark_of(record), width)

    def mark_of(self, record: Record) -> str:
        return "".join(name for name, marked in self.marked.items() if marked.id == record.id)
