"""F6 假设: facts and parameters changed on a copy of the claim, what that does to amounts and sentences, and an outcome drawn over any amount.

The claim of 核定 is not touched until `s` makes the copy the claim.
"""

from __future__ import annotations

import asyncio
from time import sleep
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.worker import get_current_worker

from interpreter.curve import Curve
from interpreter.trials import Changes
from tui.claims.whatif import (
    Axis,
    amount_fields,
    amount_outcomes,
    axis,
    changed,
    drawn_first,
    likely,
    sentences,
    standing,
    supposed,
    table,
    table_lines,
)
from tui.messages import FieldEdited
from tui.screens.case import Case, edited
from tui.screens.picker import Picker
from tui.screens.place import WIDE
from tui.text.console import fault_code
from tui.text.curve import HEAD, Row, money, piece_rows
from tui.widgets.chart import Chart, Plot
from tui.widgets.field_rows import text_of
from tui.widgets.fields import ChoiceField, chosen
from tui.widgets.form import ClaimForm
from tui.widgets.prose import Prose
from tui.widgets.rows import Pieces, Rows

_PAUSE = 0.15
_KEYS = "F2 改事实　F3 结果　F4 折点　F8 换字段　F9 换结果　r 复位　s 作为申报　Esc 返回"
_FEW_KEYS = "F2 改事实　F4 折点　F8 F9 换曲线　r 复位　s 作为申报　Esc 返回"


class Drawn(Message):
    """From the thread."""

    def __init__(self, ax: Axis, found: Curve, case: Case, fault: str = "") -> None:
        super().__init__()
        self.ax, self.found, self.case, self.fault = ax, found, case, fault


class PieceRows(Rows):
    """Two lines for each piece of the curve: from where, what comes of it, how steeply; and what begins or ceases there."""

    def __init__(self) -> None:
        super().__init__(id="if-pieces", head=True)
        self.rows: tuple[Row, ...] = ()
        self.border_title = "折点（F4）"

    def show(self, rows: tuple[Row, ...], said: str) -> None:
        self.rows = rows
        self.reset(len(rows) * 2, said)

    def is_stop(self, index: int) -> bool:
        return index % 2 == 0

    def head_pieces(self, width: int) -> Pieces:
        return (("  " + self._line(HEAD), ""),)

    def pieces(self, index: int, width: int) -> Pieces:
        row = self.rows[index // 2]
        if index % 2:
            return (("    " + row.said, "muted"),)
        return (("◆ " if row.is_cliff else "  ", "warning"), (self._line(row.cells), ""))

    def _line(self, cells: tuple[str, str, str]) -> str:
        return "  ".join(" " * (14 - cell_len(c)) + c for c in cells)


class WhatIfScreen(ModalScreen[Case | None]):
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's own class variable
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "返回", show=False),
        Binding("f6", "dismiss(None)", "返回", show=False),
        Binding("f2", "pane('form')", "事实", show=False),
        Binding("f3", "pane('result')", "结果", show=False),
        Binding("f4", "pane('curve')", "曲线", show=False),
        Binding("f8", "choose_field", "换字段", show=False),
        Binding("f9", "choose_outcome", "换结果", show=False),
        Binding("r,fullwidth_latin_small_letter_r", "reset", "复位", show=False),
        Binding("s,fullwidth_latin_small_letter_s", "keep", "作为申报", show=False),
    ]

    def __init__(self, base: Case, changes: Changes, outcome: str = "") -> None:
        super().__init__()
        self.base, self.case = base, supposed(base, changes)
        terms = [c.term for c in changes if any(f.term is c.term for f in amount_fields(base))]
        self.ax: Axis | None = None
        self.likely = likely(self.case, terms, outcome) if self.case.decision else ()
        self._painting = asyncio.Lock()

    def compose(self) -> ComposeResult:
        with Vertical(id="whatif") as box:
            box.border_title = "假设（F6）"
            with Horizontal(id="if-top"):
                yield ClaimForm(id="form")
                with VerticalScroll(id="if-result"):
                    yield Prose(id="if-table")
                    yield Prose(id="if-sentences")
            with Horizontal(id="if-curve"):
                yield Chart(id="if-chart")
                yield PieceRows()

    async def on_mount(self) -> None:
        self.query_one(ClaimForm).border_title = "假设的病例（F2）"
        self.query_one("#if-result").border_title = "结果对照（F3）"
        await self._paint(afresh=True)
        self.action_pane("result")

    async def _paint(self, afresh: bool) -> None:
        async with self._painting:
            case = self.case
            await self.query_one(ClaimForm).show(case.fields, case.faults[0] if case.faults else "", afresh)
            self._compare()
        self._draw()

    def _compare(self) -> None:
        """The table is laid out for the width there is."""
        width = max(self.query_one("#if-result").size.width - 4, 30)
        self.query_one("#if-table", Prose).show(
            *((f, "$text-error") for f in self.case.faults[:1]),
            *((f"改了：{said}", "$text-accent") for said in changed(self.base, self.case)),
            *table_lines(table(self.base, self.case), width),
        )
        told = sentences(self.base, self.case)
        self.query_one("#if-sentences", Prose).show(("　", ""), ("改变的条款" if told else "条款没有变", "bold"), *told)

    def on_resize(self) -> None:
        self.query_one("#whatif").border_subtitle = _KEYS if self.size.width >= WIDE else _FEW_KEYS
        self.call_after_refresh(self._compare)

    # --- the curve

    def _draw(self) -> None:
        case, axes = self.case, (self.ax,) if self.ax else self.likely
        chart = self.query_one(Chart)
        if case.faults or case.decision is None or not axes or axes[0].high <= axes[0].low:
            chart.border_title = "曲线（F4）"
            self._curve(None, "没有可以画的金额：先填一个金额，或者按 F8 换字段")
            return
        chart.border_title = f"{axes[0].said}（F4）　正在试算……"
        self.run_worker(lambda: self._drawn(case, axes), thread=True, group="curve", exclusive=True)

    def _drawn(self, case: Case, axes: tuple[Axis, ...]) -> None:
        """In a thread; what is typed meanwhile gives it up."""
        worker = get_current_worker()
        sleep(_PAUSE)
        ax, found, fault = axes[0], Curve(), ""
        try:
            ax, found = drawn_first(case, axes, lambda: worker.is_cancelled)
        except Exception as error:
            fault = fault_code(error)
        if not worker.is_cancelled:
            self.post_message(Drawn(ax, found, case, fault))

    def on_drawn(self, event: Drawn) -> None:
        if event.case is not self.case or (self.ax is not None and event.ax is not self.ax):
            return
        self.ax = ax = event.ax
        found = event.found
        self.query_one(Chart).border_title = f"{ax.said}（F4）"
        if event.fault or not found.pieces:
            self._curve(None, f"没有画成（代码 {event.fault}）" if event.fault else "折点太多，画不出来")
            return
        breaks = [(b.at, b.is_cliff) for b in found.breaks]
        self._curve(Plot(ax.low, ax.high, found.value_at, breaks, standing(event.case, ax), money), "", piece_rows(found))

    def _curve(self, plot: Plot | None, said: str, rows: tuple[Row, ...] = ()) -> None:
        self.query_one(Chart).show(plot, said)
        self.query_one(PieceRows).show(rows, said)

    def action_choose_field(self) -> None:
        fields = amount_fields(self.case)
        self.app.push_screen(Picker("沿哪个金额", [f.term.name + (f"　{f.text}" if f.text else "") for f in fields]), self._over)

    def _over(self, picked: tuple[int, ...] | None) -> None:
        if picked:
            self.ax = axis(self.case, amount_fields(self.case)[picked[0]].term, self.ax.outcome if self.ax else "")
            self._draw()

    def action_choose_outcome(self) -> None:
        if self.case.decision is not None:
            self.app.push_screen(Picker("看哪个结果", amount_outcomes(self.case)), self._to)

    def _to(self, picked: tuple[int, ...] | None) -> None:
        if picked:
            self.ax = axis(self.case, self.ax.term if self.ax else None, amount_outcomes(self.case)[picked[0]])
            self._draw()

    # --- changing the copy

    async def _suppose(self, case: Case, afresh: bool = False) -> None:
        self.case = case
        self.ax = axis(case, self.ax.term, self.ax.outcome) if self.ax and case.decision else self.ax
        await self._paint(afresh)

    async def on_field_edited(self, event: FieldEdited) -> None:
        await self._suppose(edited(self.case, event.field, event.raw))

    def on_choice_field_asked(self, event: ChoiceField.Asked) -> None:
        field = event.field
        if field.is_list:
            self.app.push_screen(Picker(f"{field.term.name}（在核定里改）", field.items or ("没有",)))
            return
        raw = field.raw if isinstance(field.raw, list) else [text_of(field.raw)]

        def take(picked: tuple[int, ...] | None) -> None:
            if picked:
                options = [field.options[i] for i in picked]
                self.post_message(FieldEdited(field, options if field.term.several and len(options) > 1 else chosen(field, options[0])))

        marked = [i for i, option in enumerate(field.options) if option in raw]
        self.app.push_screen(Picker(field.term.question or field.term.name, field.options, marked, field.term.several), take)

    # --- keys

    def action_pane(self, pane: str) -> None:
        for name in ("form", "curve"):
            self.set_class(pane == name, f"-{name}")
        if pane == "form":
            self.query_one(ClaimForm).enter()
        else:
            self.query_one("#if-result" if pane == "result" else PieceRows).focus()

    def action_back(self) -> None:
        """Out of the fields first, then out."""
        if self.focused is not None and self.query_one(ClaimForm) in self.focused.ancestors:
            self.action_pane("result")
        else:
            self.dismiss(None)

    async def action_reset(self) -> None:
        await self._suppose(self.base, afresh=True)

    def action_keep(self) -> None:
        for field, raw in self.query_one(ClaimForm).untold():
            self.case = edited(self.case, field, raw)
        if self.case.faults:
            self.notify("填报有误，不能作为申报", severity="error", markup=False)
        else:
            self.dismiss(self.case if self.case is not self.base else None)
