"""A field of several values as a sheet of cells: lists, bands, days, tables by category. A cell holds what is typed, the reader of claims judges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from rich.cells import cell_len

from corpus.workspace import Policy
from grammar.document import Kind, Term
from tui.widgets.field_rows import Field, checked, text_of
from tui.widgets.plain import one_line

_WIDEST = 24


@dataclass(frozen=True, slots=True)
class Sheet:
    """`fixed`: the rows are the members of a category, which stand in the first column; no row comes or goes."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    fixed: bool = False

    def with_cell(self, row: int, column: int, text: str) -> Sheet:
        cells = tuple(text.strip() if i == column else cell for i, cell in enumerate(self.rows[row]))
        return replace(self, rows=(*self.rows[:row], cells, *self.rows[row + 1 :]))

    def with_row(self, at: int) -> Sheet:
        return replace(self, rows=(*self.rows[:at], ("",) * len(self.columns), *self.rows[at:]))

    def without_row(self, at: int) -> Sheet:
        return replace(self, rows=(*self.rows[:at], *self.rows[at + 1 :]))

    def widths(self, room: int) -> tuple[int, ...]:
        """Of the columns: as wide as what stands in them, what is left over shared out."""
        need = [min(max(cell_len(one_line(r[i])) for r in (self.columns, *self.rows)), _WIDEST) for i in range(len(self.columns))]
        spare = max(room - sum(need) - 2 * len(need), 0) // max(len(need), 1)
        return tuple(n + min(spare, 6) for n in need)


def sheet_of(policy: Policy, field: Field) -> Sheet | None:
    """None for what is not of its kind and can only be looked at."""
    term, raw = field.term, field.raw
    if isinstance(raw, dict):
        keys = _members(policy, term) or tuple(str(k) for k in raw)
        stray = [k for k in raw if str(k) not in keys]
        return None if stray else Sheet((term.keyed or "项", term.name), tuple((k, text_of(raw.get(k))) for k in keys), fixed=True)
    items = [] if raw is None else raw
    if not isinstance(items, list):
        return None
    if term.kind is Kind.LIST:
        columns = (term.members[0], *term.members[4:])
        right = all(isinstance(item, dict) and set(item) <= set(columns) for item in items)
        return Sheet(columns, tuple(tuple(text_of(item.get(c)) for c in columns) for item in items)) if right else None
    if term.kind is Kind.BANDS:
        right = all(isinstance(item, list) and len(item) == 3 for item in items)
        return Sheet(("高于", "不超过", "比例"), tuple(tuple(text_of(x) for x in item) for item in items)) if right else None
    return Sheet(("日期",), tuple((text_of(item),) for item in items))


def _members(policy: Policy, term: Term) -> tuple[str, ...]:
    keyed = policy.compiled().book.term.get(term.keyed)
    return keyed.members if keyed else ()


def filed_sheet(policy: Policy, field: Field, sheet: Sheet) -> Any:
    """What the sheet files; rows with nothing in them are left out, and a sheet of such is unknown."""
    rows = [row for row in sheet.rows if any(row[1:] if sheet.fixed else row)]
    if not rows:
        return None
    if sheet.fixed:
        return {row[0]: row[1] for row in rows if row[1]}
    if field.term.kind is Kind.LIST:
        terms = policy.compiled().book.term
        return [{c: _cell(terms.get(c), text) for c, text in zip(sheet.columns, row, strict=True) if text} for row in rows]
    if field.term.kind is Kind.BANDS:
        return [[text or None for text in row] for row in rows]
    return [row[0] for row in rows]


def _cell(term: Term | None, text: str) -> Any:
    """As it is filed: of a category of several members a list, all else as typed."""
    parts = [part.strip() for part in text.replace("，", "、").split("、") if part.strip()]
    several = term is not None and (term.kind is Kind.CATALOGUE or (term.several and len(parts) > 1))
    return parts if several else text


def cell_fault(policy: Policy, field: Field, sheet: Sheet, row: int, column: int) -> str:
    """What is wrong with one cell, read alone."""
    text = sheet.rows[row][column]
    if not text or (sheet.fixed and column == 0) or field.term.kind is Kind.BANDS:
        return ""
    one = replace(sheet, rows=(tuple(cell if i == column or sheet.fixed else "" for i, cell in enumerate(sheet.rows[row])),))
    return checked(policy, field.term, field.group, filed_sheet(policy, field, one))[1]


def sheet_fault(policy: Policy, field: Field, sheet: Sheet) -> str:
    """What is wrong with the whole: the first cell that cannot be read by its row and column, else what is said of all."""
    fault = checked(policy, field.term, field.group, filed_sheet(policy, field, sheet))[1]
    cells = ((row, column) for row in range(len(sheet.rows)) for column in range(len(sheet.columns))) if fault else ()
    found = ((row, column, cell_fault(policy, field, sheet, row, column)) for row, column in cells)
    return next((f"第{row + 1}行“{sheet.columns[column]}”{said}" for row, column, said in found if said), fault)
