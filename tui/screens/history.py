"""历史: the recorded decisions, newest first; a filter, the claim opened again, the same claim under today's policy."""

from __future__ import annotations

import asyncio
import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Input

from corpus.database import StoreFault
from corpus.history import LABELS, History, Record, history_path, ids_in, newest, open_history
from corpus.recording import recomputed
from corpus.search import Query, read_query
from grammar.source import visible
from tui.history.lines import about
from tui.history.recompute import RecomputeScreen
from tui.history.sieve import SLICE, Sieve
from tui.history.table import HistoryTable
from tui.recording import now
from tui.screens.assess import AssessScreen
from tui.screens.case import opened
from tui.screens.desk import Desk
from tui.screens.help import Page
from tui.screens.palette import Command
from tui.screens.place import Place
from tui.screens.samples import Sample
from tui.widgets.bars import KeyLine, StatusLine
from tui.widgets.prose import Piece, Prose
from tui.widgets.rows import Rows

T = TypeVar("T")
_PAUSE = 0.25
_EMPTY = "还没有记下的核定。\n在核定（1）按 r，记下眼前这一笔；命令行里在 youju run 后面加 --record。"
_NONE = "没有符合筛选的记录。\n按 / 改筛选：词之间空一格，都要出现；-词 排除；政策:代号、状态:待定 限定。"
_TABLE = (
    "记下的核定，新的在上，时间是北京时间。✓ 已定　？ 待定　✗ 冲突。下面是光标所在一笔的金额、备注和填报。"
    "Enter 在核定里重新打开。R 按今天的政策重算，和记录时的金额并排，并说明政策的文字变过没有。c、d 选为甲、乙，供对比（5）用。"
)
_FILTER = "词在政策、状态、备注和填报的事实里找，都要出现；-词 排除；政策:代号、状态:待定 限定；引号里的照原样找。长的历史边找边显示。"


class Detail(Prose):
    """Of a height that does not depend on what it says, so that moving through the list lays nothing out anew."""

    def show(self, *pieces: Piece) -> None:
        self.pieces = pieces
        self.refresh()


class HistoryScreen(Place):
    TITLE = "历史"
    PAGES: ClassVar[dict[str, Page]] = {"records": Page("历史", _TABLE), "filter": Page("筛选", _FILTER)}
    KEYS = (
        ("Enter", "在核定里重新打开"),
        ("/", "筛选"),
        ("R　F5", "按今天的政策重算"),
        ("c　d", "选为甲、选为乙，再按一次取消"),
        ("Home End PgUp PgDn", "最新、最早、上一页、下一页"),
        ("Esc", "回到列表；在列表里清掉筛选"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,fullwidth_solidus,ideographic_comma,f2", "filter", "筛选", show=False),
        Binding("escape", "back", "回到列表", show=False),
        Binding("f3", "to_list", "列表", show=False),
        Binding("R,f5", "recompute", "重算", show=False),
        Binding("c", "mark('甲')", "选为甲", show=False),
        Binding("d", "mark('乙')", "选为乙", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.history: History | None = None
        self.found: Sequence[int] = ()
        self.sieve = Sieve()
        self.asked = ""
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        yield StatusLine(self.TITLE, id="status")
        yield Input(placeholder="词　-词　政策:代号　状态:待定", id="filter", select_on_focus=False)
        with Vertical(id="body"):
            yield HistoryTable(id="records")
            yield Detail(id="record")
        yield KeyLine(
            (("Enter", "重新打开"), ("/", "筛选"), ("R", "重算"), ("c d", "选为甲、乙"), ("^P", "命令"), ("F1", "说明")),
            (("Enter", "打开"), ("/", "筛选"), ("R", "重算"), ("c d", "甲乙"), ("^P", "命令"), ("F1", "说明")),
            id="keys",
        )

    def on_mount(self) -> None:
        self.query_one("#filter", Input).border_title = "筛选（/）"
        self.query_one("#record").border_title = "这一笔"
        self.query_one(HistoryTable).border_title = "历史"
        self.query_one(HistoryTable).focus()

    def on_screen_resume(self) -> None:
        """What was recorded meanwhile is there."""
        case = self.desk.case
        self.query_one(StatusLine).show((case.place,), case.headline, case.is_open or bool(case.faults))
        self.reload()

    # --- which rows

    def reload(self) -> None:
        """The list as it is now; the cursor stays on its record."""
        table = self.query_one(HistoryTable)
        before, found = self.found, self._open()
        if isinstance(found, str):
            table.show(None, (), found)
        elif self.asked:
            self._sift() if found is not before else None
        elif not found or len(found) != table.count or table.history is not self.history:
            table.show(self.history, found, _EMPTY, stay=True)
        self._tell_marks()

    def _open(self) -> Sequence[int] | str:
        """The numbers of all rows, or why they cannot be had."""
        if self.history is None:
            found = open_history(history_path(), make=False)
            if isinstance(found, StoreFault):
                return found.message
            self.history = found
        try:
            if self.history and newest(self.history) != (self.found[0] if self.found else 0):
                self.found = ids_in(self.history)
            return self.found
        except sqlite3.Error:
            return f"读不了历史「{history_path()}」：另一个窗口正在写入，或者文件已损坏。"

    def on_input_changed(self) -> None:
        self._forget_timer()
        self._waiting = self.set_timer(_PAUSE, self.sift)

    def on_input_submitted(self) -> None:
        self.sift()
        self.action_to_list()

    def _forget_timer(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None

    def sift(self) -> None:
        """The rows for which the filter holds, unless they are shown already."""
        self._forget_timer()
        typed = self.query_one("#filter", Input).value.strip()
        if typed != self.asked:
            self.asked = typed
            self._sift()

    def _sift(self) -> None:
        query, table = read_query(self.asked, LABELS), self.query_one(HistoryTable)
        self.workers.cancel_group(self, "sift")
        found = self._open()
        if query.fault or isinstance(found, str):
            table.show(None, (), query.fault or str(found))
        elif self.asked:
            self.run_worker(self._pass(query, found[0] if found else 0), group="sift", exclusive=True)
        else:
            table.show(self.history, found, _EMPTY, stay=True)

    async def _pass(self, query: Query, last: int) -> None:
        """Slice by slice from the newest; nothing of an earlier filter is left to see."""
        table, found = self.query_one(HistoryTable), array("q")
        table.show(self.history, (), "正在找……")
        for high in range(last, 0, -SLICE):
            fresh = await self._hand(partial(self.sieve.slice, query, high))
            if fresh:
                found.extend(fresh)
                table.grow(found)
            self._count(f"已查 {(last - high) * 100 // last}%")
        if not found:
            table.show(self.history, (), _NONE)
        self._count()

    async def _hand(self, verb: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.sieve.hand, verb)

    # --- the row under the cursor

    @on(Rows.Moved, "#records")
    def _moved(self) -> None:
        self._count()
        record = self.query_one(HistoryTable).current
        self.query_one(Detail).show(*(about(record) if record else ((" ", ""),)))

    def _count(self, said: str = "") -> None:
        table = self.query_one(HistoryTable)
        place = f"第 {table.cursor + 1:,}／{table.count:,} 行" if table.count else "没有记录"
        table.border_subtitle = f"{said}　{place}" if said else place

    def _current(self) -> Record | None:
        record = self.query_one(HistoryTable).current
        if record is None:
            self.notify("没有选中哪一笔", markup=False)
        return record

    # --- actions

    def action_filter(self) -> None:
        self.add_class("-filtered")
        self.query_one("#filter").focus()

    def action_to_list(self) -> None:
        self.set_class(bool(self.asked), "-filtered")
        self.query_one(HistoryTable).focus()

    def action_back(self) -> None:
        """From the filter to the list; from the list, without the filter."""
        if isinstance(self.focused, HistoryTable):
            self.query_one("#filter", Input).value = ""
        self.sift()
        self.action_to_list()

    @on(Rows.Chosen, "#records")
    async def _reopen(self) -> None:
        record = self._current()
        if record is None:
            return
        policy, message = self.desk.workspace.policy(record.policy)
        if policy is not None and not policy.compiled().usable:
            message = f"政策“{record.policy}”今天有错误，不能使用。"
        if policy is not None and not message:
            claim, faults = policy.read(record.data)
            message = "" if claim else f"今天的政策读不了这笔申报：{faults[0]}"
        if policy is None or message:
            self.notify(visible(message), severity="error", markup=False)
            return
        case = opened(policy, Sample(policy.key, f"历史 {record.id}", record.note or f"第 {record.id} 笔记录", record.data))
        await self.hall.action_place(1)
        screen = self.hall.visited.get("assess")
        if isinstance(screen, AssessScreen) and screen.is_mounted:
            await screen.look_at(case)
        else:
            self.desk.turn(case)

    def action_recompute(self) -> None:
        record = self._current()
        if record is not None:
            self.run_worker(self._recompute(record), group="recompute", exclusive=True)

    async def _recompute(self, record: Record) -> None:
        new, message = await asyncio.to_thread(recomputed, self.desk.workspace, record, now())
        if new is None:
            self.notify(visible(message), severity="error", markup=False)
        else:
            self.app.push_screen(RecomputeScreen(record, new))

    def action_mark(self, name: str) -> None:
        """甲 or 乙 of 对比; again takes it back."""
        record, marked = self._current(), self.desk.marked
        if record is None:
            return
        if name in marked and marked[name].id == record.id:
            del marked[name]
        else:
            marked[name] = record
        self._tell_marks()

    def _tell_marks(self) -> None:
        marked = self.desk.marked
        self.query_one(HistoryTable).mark(marked)
        said = "　".join(f"{name} #{marked[name].id}" for name in ("甲", "乙") if name in marked)
        self.query_one(KeyLine).show(f"{said}（5）" if len(marked) == 2 else said)

    def commands(self) -> Iterator[Command]:
        yield Command("筛选历史", "/", self.action_filter)
        yield Command("在核定里重新打开这一笔", "Enter", self._reopen)
        yield Command("按今天的政策重算", "R", self.action_recompute)
        yield Command("选为甲", "c", partial(self.action_mark, "甲"))
        yield Command("选为乙", "d", partial(self.action_mark, "乙"))
        yield Command("清掉筛选", "Esc", self.action_back)
