"""F7 为何没有: why a sentence did not fire or an outcome is what it is, the condition that failed and by how much, and what would change it.

The smallest changes are looked for in a thread, by deciding the changed claim; another row, or leaving, gives the search up.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import sleep
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.worker import get_current_worker

from interpreter.graph import Anchor
from interpreter.remedies import Remedy, in_order
from interpreter.trials import Changes
from tui.claims.whynot import Entry, anchors_of, change_said, entries, first_entry, fitting, gap_said, moved_gaps, search_of, told
from tui.screens.case import Case
from tui.screens.place import WIDE
from tui.text.console import fault_code
from tui.trace_rows import Step
from tui.widgets.prose import Piece, Prose
from tui.widgets.rows import Pieces, Rows

#: A row passed over with the cursor is not searched.
_PAUSE = 0.15
_NONE = "没有找到：试过的改变都不能使它不同。试的是选项、金额、日期，先改一项，再改两项"


@dataclass(frozen=True, slots=True)
class Leaving:
    """With what the screen is left: to the words of the notice, or with changes for 假设 and the outcome they were asked for."""

    anchors: tuple[Anchor, ...] = ()
    changes: Changes = ()
    outcome: str = ""


class Found(Message):
    """From the thread: what was found for a row so far, whether that is all, or why it stopped."""

    def __init__(self, index: int, remedies: tuple[Remedy, ...], done: bool, fault: str = "") -> None:
        super().__init__()
        self.index, self.remedies, self.done, self.fault = index, remedies, done, fault


class EntryRows(Rows):
    def __init__(self, rows: tuple[Entry, ...]) -> None:
        super().__init__(id="why-entries")
        self.rows = rows
        self.border_title = "问哪一项"

    def is_stop(self, index: int) -> bool:
        return not self.rows[index].is_heading

    def pieces(self, index: int, width: int) -> Pieces:
        row = self.rows[index]
        if row.is_heading:
            return ((f"─ {row.title}", "muted"),)
        return ((f"  {row.title}", ""), (f"　{row.said}" if row.said else "", "muted"))


class RemedyRows(Rows):
    """Two lines for each: what is changed, and what becomes of the amounts."""

    def __init__(self, case: Case) -> None:
        super().__init__(id="why-changes")
        self.case, self.remedies = case, tuple[Remedy, ...]()
        self.entry = Entry("")
        self.border_title = "最小改变"

    def show(self, entry: Entry, remedies: tuple[Remedy, ...], said: str) -> None:
        at = self.cursor if entry is self.entry else 0
        self.entry, self.remedies = entry, remedies
        self.reset(len(remedies) * 2, said, at)

    @property
    def remedy(self) -> Remedy | None:
        return self.remedies[self.cursor // 2] if self.remedies else None

    def is_stop(self, index: int) -> bool:
        return index % 2 == 0

    def pieces(self, index: int, width: int) -> Pieces:
        remedy = self.remedies[index // 2]
        if index % 2 == 0:
            return ((f"{index // 2 + 1}. {change_said(remedy)}", ""),)
        words = [gap_said(g) for g in moved_gaps(self.case, self.entry, remedy)]
        return (("   " + (fitting(words, width - 3) if words else "金额不变，这一句起作用"), "muted"),)


class WhyNotScreen(ModalScreen[Leaving | None]):
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's own class variable
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f7,q,f4", "dismiss(None)", "返回", show=False),
        Binding("f6", "suppose", "带入假设", show=False),
        Binding("o,O,fullwidth_latin_small_letter_o", "source", "原文", show=False),
    ]

    def __init__(self, case: Case, step: Step | None) -> None:
        super().__init__()
        assert case.explanation is not None
        self.case, self.explanation = case, case.explanation
        self.entries = entries(self.explanation)
        self.first = first_entry(self.entries, self.explanation, step)
        self.found: dict[int, Found] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="whynot") as box:
            box.border_title = "为何没有（F7）"
            box.border_subtitle = "Tab 换栏　Enter 看原文　F6 把改变带入假设　Esc 返回"
            with Horizontal(id="why-body"):
                yield EntryRows(self.entries)
                with Vertical(id="why-right"):
                    with VerticalScroll(id="why-told"):
                        yield Prose()
                    yield RemedyRows(self.case)

    def on_mount(self) -> None:
        rows = self.query_one(EntryRows)
        rows.reset(len(self.entries), cursor=self.first)
        rows.focus()

    @property
    def entry(self) -> Entry:
        return self.entries[self.query_one(EntryRows).cursor]

    # --- what the rows tell

    def on_rows_moved(self, event: Rows.Moved) -> None:
        if event.rows.id == "why-entries":
            self.query_one("#why-told").scroll_home(animate=False)
            self._ask(event.index)
        self._tell()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        if event.rows.id == "why-entries":
            self.action_source()
        else:
            self.action_suppose()

    def _ask(self, index: int) -> None:
        """What is known already is shown; else it is looked for."""
        known = self.found.get(index)
        if known is None or not known.done:
            self.run_worker(lambda: self._search(index), thread=True, group="search", exclusive=True)
        self._changes(index)

    def _search(self, index: int) -> None:
        """In a thread."""
        worker, found = get_current_worker(), list[Remedy]()
        sleep(_PAUSE)
        try:
            for remedy in search_of(self.case, self.entries[index], lambda: worker.is_cancelled).remedies():
                found.append(remedy)
                self.post_message(Found(index, tuple(found), False))
        except Exception as fault:
            self.post_message(Found(index, tuple(found), True, fault_code(fault)))
            return
        if not worker.is_cancelled and self.case.decision is not None:
            self.post_message(Found(index, in_order(found, self.case.decision, self.case.visit), True))

    def on_found(self, event: Found) -> None:
        self.found[event.index] = event
        if event.index == self.query_one(EntryRows).cursor:
            self._changes(event.index)
            self._tell()

    def _changes(self, index: int) -> None:
        known = self.found.get(index)
        rows = self.query_one(RemedyRows)
        done = known is not None and known.done
        state = f"　没有找完（代码 {known.fault}）" if known and known.fault else f"　{len(known.remedies)} 种" if known and done else "　正在试算……"
        rows.border_title = f"最小改变{state}"
        rows.show(self.entries[index], known.remedies if known else (), _NONE if done else "正在逐一试算……")

    def _tell(self) -> None:
        """The conditions; with the cursor among the changes, first what the one under it does to the amounts."""
        rows = self.query_one(RemedyRows)
        after: tuple[Piece, ...] = ()
        if rows.has_focus and rows.remedy is not None:
            words = [gap_said(g) for g in moved_gaps(self.case, self.entry, rows.remedy)]
            after = ((change_said(rows.remedy), "bold"), *((f"　{w}", "") for w in words or ["金额不变，这一句起作用"]), ("　", ""))
        self.query_one(Prose).show(*after, *told(self.explanation, self.entry))

    def on_descendant_focus(self) -> None:
        self._tell()

    # --- leaving

    def action_source(self) -> None:
        self.dismiss(Leaving(anchors=anchors_of(self.explanation, self.entry)))

    def action_suppose(self) -> None:
        """The change under the cursor, the first where the cursor is not among them."""
        remedy = self.query_one(RemedyRows).remedy
        asked = self.entry.outcome or (self.entry.unfired.target if self.entry.unfired else "")
        self.dismiss(Leaving(changes=remedy.changes if remedy else (), outcome=asked))
