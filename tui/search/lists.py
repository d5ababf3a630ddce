"""The two lists of 检索: what was found, and which clauses cite the unit under the cursor."""

from __future__ import annotations

from pathlib import PurePath
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from interpreter.citations import Citing, is_encoded
from tui.search.finder import Cited
from tui.search.hits import ENCODED, OTHER, UNKNOWN, Row, cut, fitted, heading, pieces_of
from tui.widgets.rows import Pieces, Rows


class HitList(Rows):
    """Notices with their hits; the cursor stands on hits alone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "notice(1)", "下一份通知", show=False),
        Binding("N", "notice(-1)", "上一份通知", show=False),
    ]

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.rows: tuple[Row, ...] = ()
        self.cited: dict[str, Cited | None] = {}
        self.border_title = "结果"

    def show(self, rows: tuple[Row, ...], empty: str = "") -> None:
        self.rows, self.cited = rows, {}
        self.reset(len(rows), empty)

    def mark(self, cited: dict[str, Cited | None]) -> None:
        self.cited = cited
        self.refresh()

    @property
    def current(self) -> Row | None:
        return self.rows[self.cursor] if self.rows and self.rows[self.cursor].hit else None

    def is_stop(self, index: int) -> bool:
        return self.rows[index].hit is not None

    def pieces(self, index: int, width: int) -> Pieces:
        row = self.rows[index]
        return heading(row, width) if row.hit is None else pieces_of(row.hit, self.sign(row), width)

    def sign(self, row: Row) -> str:
        if row.key not in self.cited or row.hit is None:
            return UNKNOWN
        cited = self.cited[row.key] or {}
        return ENCODED if is_encoded(cited.get(row.hit.unit.id, ())) else OTHER

    def action_notice(self, by: int) -> None:
        """To the first hit of the next notice, or of the one before."""
        heads = [i for i, row in enumerate(self.rows) if row.hit is None]
        here = max((i for i in heads if i <= self.cursor), default=0)
        at = heads.index(here) + by if heads else -1
        if 0 <= at < len(heads):
            self.move_to(heads[at] + 1)


class CitingList(Rows):
    """One line for each clause: its name, how it holds the words, its file and line."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.citing: tuple[Citing, ...] = ()

    def show(self, citing: tuple[Citing, ...], empty: str) -> None:
        self.citing = citing
        count = sum(not row.accounts for row in citing)
        self.border_title = f"引用本条的条款：{count}"
        self.styles.height = min(max(len(citing), 2), 6) + 2
        self.reset(len(citing), empty)

    def pieces(self, index: int, width: int) -> Pieces:
        row = self.citing[index]
        if row.accounts:
            return fitted(((f"段落：{row.standing}　", "muted"), (row.read_back or row.written, "")), width)
        place = place_of(row, width)
        lead = f"{row.standing}　"
        name = cut(row.clause, max(width - cell_len(lead) - cell_len(place), 10))
        return fitted(((lead, "muted"), (name, ""), (place, "muted")), width)


def place_of(row: Citing, width: int) -> str:
    """The file as people call it, where there is room, and the line."""
    return f"　{PurePath(row.source).name if width >= 50 else ''}:{row.line}"
