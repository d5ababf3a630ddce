"""`d`: every reading of the policy with its words, reason and candidates; what each candidate would change is tried in the background."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.worker import get_current_worker

from tui.claims.readings import Row, chosen, detail, row_pieces, rows_of, trials, used_readings
from tui.screens.case import Case
from tui.text.console import fault_code
from tui.text.readings import readings_report
from tui.widgets.prose import Prose
from tui.widgets.rows import Pieces, Rows

_SAID = "◆ 换一种读法结果不同　· 本次用到"


class Told(Message):
    """From the thread: candidates tried, or at the end that all are (`done`), or why it stopped."""

    def __init__(self, found: dict[tuple[str, str], list[dict[str, Any]]], done: bool, fault: str = "") -> None:
        super().__init__()
        self.found, self.done, self.fault = found, done, fault


class ReadingRows(Rows):
    def __init__(self, case: Case) -> None:
        super().__init__(id="reading-rows", empty="这个政策没有登记读法")
        self.case, self.used = case, used_readings(case)
        self.tried: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.rows: tuple[Row, ...] = ()

    def show(self, at: tuple[str, str] | None = None) -> None:
        """In the order of what is known so far, the cursor on the row it was on."""
        self.rows = rows_of(self.case, self.tried)
        keys = [row.key for row in self.rows]
        self.reset(len(self.rows), self.empty, keys.index(at) if at in keys else 1)

    @property
    def row(self) -> Row | None:
        return self.rows[self.cursor] if self.rows else None

    def is_stop(self, index: int) -> bool:
        return self.rows[index].candidate is not None

    def pieces(self, index: int, width: int) -> Pieces:
        return row_pieces(self.rows[index], self.tried, self.used)


class ReadingsScreen(ModalScreen[dict[str, str] | None]):
    """Dismisses with the reading chosen, an empty label for the default."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,d,q", "dismiss(None)", "关闭", show=False)]

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case

    def compose(self) -> ComposeResult:
        with Vertical(id="readings") as box:
            box.border_title, box.border_subtitle = f"读法（d）　{_SAID}", "Enter 取这一种　Tab 看说明　Esc 关闭"
            yield ReadingRows(self.case)
            with VerticalScroll(id="reading-said"):
                yield Prose()

    def on_mount(self) -> None:
        rows = self.query_one(ReadingRows)
        rows.show()
        rows.focus()
        if rows.rows and self.case.decision is not None:
            self.run_worker(self._try, thread=True, group="trials", exclusive=True, description="readings")

    def _try(self) -> None:
        """In a thread; given up with the screen."""
        worker, found = get_current_worker(), dict[tuple[str, str], list[dict[str, Any]]]()
        try:
            for key, gaps in trials(self.case):
                if worker.is_cancelled:
                    return
                found[key] = gaps
                self.post_message(Told(dict(found), False))
        except Exception as fault:
            self.post_message(Told(found, True, fault_code(fault)))
            return
        self.post_message(Told(found, True))

    def on_told(self, event: Told) -> None:
        """As they come the rows change in place; they are put in order once all are known."""
        rows = self.query_one(ReadingRows)
        rows.tried = event.found
        total = sum(len(r.candidates) - 1 for r in self.case.book.readings)
        state = f"　试算没有做完（代码 {event.fault}）" if event.fault else "" if event.done else f"　已试 {len(event.found)}/{total}"
        self.query_one("#readings").border_title = f"读法（d）　{_SAID}{state}"
        if event.done and rows.row:
            rows.show(rows.row.key)
        rows.refresh()
        self._tell()

    def _tell(self) -> None:
        rows = self.query_one(ReadingRows)
        if rows.row is not None:
            self.query_one(Prose).show(*detail(rows.row, rows.tried))

    def on_rows_moved(self, event: Rows.Moved) -> None:
        self._tell()
        self.query_one("#reading-said").scroll_home(animate=False)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        row = self.query_one(ReadingRows).row
        self.dismiss(chosen(row) if row else None)


class EveryReading(ModalScreen[None]):
    """What `youju run --all-readings` says of this claim: single readings and combinations, where the results part and by how much."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "dismiss(None)", "关闭", show=False)]

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="every-reading") as box:
            box.border_title, box.border_subtitle = "各读法的结果", "↑ ↓ 滚动　Esc 关闭"
            yield Prose((("正在逐一试算……", "dim"),))

    def on_mount(self) -> None:
        self.query_one("#every-reading").focus()
        if self.case.decision is None:
            self.query_one(Prose).show(("填报有误，没有核定", "$text-error"))
        else:
            self.run_worker(self._report, thread=True, group="trials", exclusive=True, description="readings")

    def _report(self) -> None:
        decision, policy = self.case.decision, self.case.policy
        assert decision is not None
        worker = get_current_worker()
        try:
            lines = readings_report(policy, decision.claim, policy.result(decision), lambda: not worker.is_cancelled)
        except Exception as fault:
            lines = [f"试算没有做完（代码 {fault_code(fault)}）"]
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, lines)

    def _show(self, lines: list[str]) -> None:
        if self.is_attached:
            self.query_one(Prose).show(*((line or " ", "" if line.startswith(" ") else "bold") for line in lines))
