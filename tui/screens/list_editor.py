"""A field of several values over the screen: arrows move from cell to cell, Enter edits one, every change is filed at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input

from corpus.workspace import Policy
from tui.claims.listing import Sheet, cell_fault, filed_sheet, sheet_fault
from tui.draft.dialogs import Line
from tui.widgets.field_rows import Field
from tui.widgets.plain import one_line, plain
from tui.widgets.prose import Prose
from tui.widgets.rows import Pieces, Rows


class SheetRows(Rows):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "column(-1)", "左一栏", show=False),
        Binding("right,l", "column(1)", "右一栏", show=False),
    ]

    class Column(Message):
        """The cursor is in another column."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(id="sheet", empty="还没有。按 a 加一行", head=True)
        self.sheet, self.column = sheet, int(sheet.fixed)

    def show(self, sheet: Sheet, row: int) -> None:
        self.sheet = sheet
        self.reset(len(sheet.rows), self.empty, row)

    def action_column(self, by: int) -> None:
        self.column = min(max(self.column + by, int(self.sheet.fixed)), len(self.sheet.columns) - 1)
        self.refresh()
        self.post_message(self.Column())

    def head_pieces(self, width: int) -> Pieces:
        return [(text, "heading") for text, _ in self._laid(self.sheet.columns, width)]

    def pieces(self, index: int, width: int) -> Pieces:
        here = index == self.cursor
        return [(text, "hit" if here and column == self.column else "") for text, column in self._laid(self.sheet.rows[index], width)]

    def _laid(self, cells: tuple[str, ...], width: int) -> list[tuple[str, int]]:
        """The cells from the first that lets the column of the cursor be seen whole; one too long ends in …."""
        widths = self.sheet.widths(width)
        first = 0
        while sum(w + 2 for w in widths[first : self.column + 1]) > width and first < self.column:
            first += 1
        return [(_fitted(one_line(cells[i]), widths[i]) + "  ", i) for i in range(first, len(cells))]


def _fitted(text: str, width: int) -> str:
    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"


class ListEditor(ModalScreen[None]):
    """`tell` files what the sheet holds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "关闭", show=False),
        Binding("a,insert,fullwidth_latin_small_letter_a", "add", "加一行", show=False),
        Binding("x,delete,fullwidth_latin_small_letter_x", "drop", "删这一行", show=False),
    ]

    def __init__(self, policy: Policy, field: Field, sheet: Sheet, tell: Callable[[Any], None]) -> None:
        super().__init__()
        self.policy, self.field, self.sheet, self.tell = policy, field, sheet, tell

    def compose(self) -> ComposeResult:
        with Vertical(id="list-editor") as box:
            box.border_title = plain(self.field.term.name)
            box.border_subtitle = "Enter 改　" + ("" if self.sheet.fixed else "a 加一行　x 删一行　") + "Esc 关闭"
            yield SheetRows(self.sheet)
            yield Prose(id="cell-name")
            yield Line(compact=True, select_on_focus=False)
            yield Prose(id="cell-fault")

    def on_mount(self) -> None:
        self._show(0)
        self.rows.focus()

    @property
    def rows(self) -> SheetRows:
        return self.query_one(SheetRows)

    def _show(self, row: int) -> None:
        self.rows.show(self.sheet, row)
        self._cell()

    def _cell(self) -> None:
        """What there is to say of the cell under the cursor, and its words on the line."""
        line, row, column = self.query_one(Line), self.rows.cursor, self.rows.column
        line.disabled = not self.sheet.rows
        if not self.sheet.rows:
            line.value = ""
            self.query_one("#cell-fault", Prose).show()
            return
        line.value = self.sheet.rows[row][column]
        self.query_one("#cell-name", Prose).show((f"第{row + 1}行　{self.sheet.columns[column]}", "bold"))
        fault = cell_fault(self.policy, self.field, self.sheet, row, column) or sheet_fault(self.policy, self.field, self.sheet)
        self.query_one("#cell-fault", Prose).show((fault, "$text-error"))

    def _file(self, sheet: Sheet, row: int) -> None:
        self.sheet = sheet
        self._show(row)
        self.tell(filed_sheet(self.policy, self.field, sheet))

    # --- keys

    def on_rows_moved(self, event: Rows.Moved) -> None:
        self._cell()

    def on_sheet_rows_column(self) -> None:
        self._cell()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        line = self.query_one(Line)
        line.focus()
        line.cursor_position = len(line.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Into the cell, and on to the next one."""
        event.stop()
        row, column = self.rows.cursor, self.rows.column
        self._file(self.sheet.with_cell(row, column, event.value), row)
        self.rows.focus()
        if column + 1 < len(self.sheet.columns):
            self.rows.action_column(1)

    def action_back(self) -> None:
        """Out of the line without changing the cell; else out of the list."""
        if isinstance(self.focused, Line):
            self._cell()
            self.rows.focus()
        else:
            self.dismiss(None)

    def action_add(self) -> None:
        if not self.sheet.fixed:
            at = min(self.rows.cursor + 1, len(self.sheet.rows))
            self.rows.column = 0
            self._file(self.sheet.with_row(at), at)

    def action_drop(self) -> None:
        if not self.sheet.fixed and self.sheet.rows:
            at = self.rows.cursor
            self._file(self.sheet.without_row(at), max(min(at, len(self.sheet.rows) - 2), 0))
