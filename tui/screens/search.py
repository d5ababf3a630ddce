"""检索: words over all notices; what was found, the paragraph it stands in, and which clauses cite it."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input

from corpus.lines import seen
from corpus.search import LONGEST, complaint, read_query
from grammar.address import spoken
from grammar.source import visible
from interpreter.citations import Citing
from interpreter.graph import Anchor
from interpreter.notice import Notice, Unit, UnitKind
from tui.screens.desk import Desk
from tui.screens.help import Page
from tui.screens.palette import Command
from tui.screens.place import Place
from tui.search.clause import ClauseScreen
from tui.search.finder import MOST, Cited, Finder, Found
from tui.search.hits import citation_text, rows_of
from tui.search.lists import CitingList, HitList
from tui.widgets.bars import KeyLine, StatusLine
from tui.widgets.plain import one_line, plain
from tui.widgets.rows import Rows
from tui.widgets.source_pane import SourcePane

T = TypeVar("T")
_PAUSE = 0.15
_HOW = (
    "在全部通知里找：随附的，和用 youju corpus add 收进的。\n"
    "词之间空一格，都要出现：起付 比例\n"
    "不要出现的词前面加 - ：住院 -门诊\n"
    "只找一份通知，写代号或题名里的字：住院 文:代号\n"
    "引号里的照原样找：“-1”"
)
_QUERY = f"一个字的词也找得准，标点也算。最多 {LONGEST} 个字。{_HOW}"
_RESULTS = "按通知排列。● 已有条款引用，○ 没有。方括号里是找到的词。n、N 到下一份、上一份通知。右边是光标所在的一段在通知里的位置，反色的是找到的词。"
_CITING = "哪些条款、用语、支付顺序、名录引用这一段，写明政策文件和行号；没有条款引用的，显示【段落】的交代。Enter 看条款的写法和读法。"


class QueryField(Input):
    """Nothing invisible gets into it, as nothing invisible gets into a notice."""

    def validate_value(self, value: str) -> str:
        return seen(value).replace("\n", " ").replace("\t", " ")


class SearchScreen(Place):
    TITLE = "检索"
    PAGES: ClassVar[dict[str, Page]] = {
        "query": Page("检索词", _QUERY.replace("\n", "。")),
        "hits": Page("结果", _RESULTS),
        "citing": Page("引用本条的条款", _CITING),
    }
    KEYS = (
        ("/", "检索词"),
        ("↑ ↓ n N", "上下一段，上下一份通知"),
        ("Enter", "在结果上：到引用它的条款；在条款上：看写法和读法"),
        ("g", "在起草中打开引用它的条款"),
        ("o", "原文"),
        ("y", "复制引文"),
        ("Esc", "回到结果"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,fullwidth_solidus,ideographic_comma,f2", "pane('query')", "检索词", show=False),
        Binding("escape,f3", "pane('hits')", "结果", show=False),
        Binding("f4", "pane('citing')", "引用", show=False),
        Binding("o,O,fullwidth_latin_small_letter_o", "pane('source')", "原文", show=False),
        Binding("y", "copy", "复制引文", show=False),
        Binding("g", "draft", "在起草中打开", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.finder = Finder(desk.workspace)
        self.asked, self.was_left = "", True
        self.notices: dict[str, Notice] = {}
        self.cited: dict[str, Cited | None] = {}
        self.open_notice: Notice | None = None
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        yield StatusLine(self.TITLE, id="status")
        yield QueryField(placeholder="要找的字词", id="query", select_on_focus=False)
        with Horizontal(id="body"):
            yield HitList(id="hits")
            with Vertical(id="right"):
                yield SourcePane(id="source")
                yield CitingList(id="citing")
        yield KeyLine(
            (
                ("/", "检索词"),
                ("n", "下一份"),
                ("Enter", "引用的条款"),
                ("g", "起草"),
                ("o", "原文"),
                ("y", "复制引文"),
                ("^P", "命令"),
                ("F1", "说明"),
            ),
            (("/", "检索词"), ("Enter", "条款"), ("o", "原文"), ("y", "复制"), ("^P", "命令"), ("F1", "说明")),
            id="keys",
        )

    def on_mount(self) -> None:
        query = self.query_one("#query", Input)
        query.border_title = "检索（/）"
        query.focus()
        self.query_one(HitList).border_subtitle = "● 已编码　○ 未编码"
        self._clear(_HOW)

    def on_screen_suspend(self) -> None:
        self.was_left = self.app.current_mode != "search"

    async def on_screen_resume(self) -> None:
        """Come back from another place: notices may have been added meanwhile, and the claim may be another."""
        if not self.was_left:
            return
        case = self.desk.case
        self.query_one(StatusLine).show((case.place,), case.headline, case.is_open or bool(case.faults))
        self.notices = {}
        await self._hand(self.finder.forget)

    async def _hand(self, verb: Callable[[], T]) -> T:
        """What a verb of the finder gives, from the finder's own thread."""
        return await asyncio.get_running_loop().run_in_executor(self.finder.hand, verb)

    # --- searching

    def on_input_changed(self, event: Input.Changed) -> None:
        self._forget_timer()
        self._waiting = self.set_timer(_PAUSE, self.search)

    def on_input_submitted(self) -> None:
        self.search()
        self.query_one(HitList).focus()

    def _forget_timer(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None

    def search(self) -> None:
        """What stands in the field is searched for, unless that is what is shown."""
        self._forget_timer()
        typed = self.query_one("#query", Input).value
        if typed.strip() == self.asked:
            return
        self.asked = typed.strip()
        said = complaint(read_query(typed)) if self.asked else _HOW
        if said:
            self.workers.cancel_group(self, "find")
            self._clear(said)
        else:
            self.run_worker(self._find(typed), group="find", exclusive=True)

    async def _find(self, typed: str) -> None:
        found = await self._hand(partial(self.finder.find, read_query(typed)))
        self.desk.note(f"youju corpus search -- {shlex.quote(visible(typed.strip()))}")
        await self._fetch(next((hit.key for hit in found.hits), ""))
        self._show(found, typed)
        for key in dict.fromkeys(hit.key for hit in found.hits):
            self.cited |= await self._hand(partial(self.finder.cited, key, self.desk.case.policy))
            self.query_one(HitList).mark(self.cited)
            self._look()

    def _show(self, found: Found, typed: str) -> None:
        count = len({hit.key for hit in found.hits})
        said = f"命中 {len(found.hits):,} 段{'以上' if found.more else ''}／{count:,} 篇　{found.milliseconds} 毫秒"
        self.query_one("#query", Input).border_subtitle = said if found.hits else f"没有命中　{found.milliseconds} 毫秒"
        empty = f"没有哪一段写着“{typed.strip()}”。几个词须在同一段里都出现；可以少写一个词，或者去掉排除和限定。"
        self.query_one(HitList).show(rows_of(found.hits, found.titles), empty)
        self.query_one(KeyLine).show(found.message or (f"只列前 {MOST:,} 段，请加词" if found.more else ""))

    def _clear(self, said: str) -> None:
        self.query_one("#query", Input).border_subtitle = ""
        self.query_one(HitList).show((), said)

    # --- the unit under the cursor

    @on(Rows.Moved, "#hits")
    def _moved(self, event: Rows.Moved) -> None:
        self.run_worker(self._open(), group="open", exclusive=True)

    async def _open(self) -> None:
        row = self.query_one(HitList).current
        await self._fetch(row.key if row else "")
        self._look()

    async def _fetch(self, key: str) -> None:
        if key and key not in self.notices and (notice := await self._hand(partial(self.finder.notice, key))):
            self.notices[key] = notice

    def _look(self) -> None:
        """The row under the cursor in its paragraph, and who cites it."""
        row = self.query_one(HitList).current
        notice = self.notices.get(row.key) if row else None
        source, citing = self.query_one(SourcePane), self.query_one(CitingList)
        source.set_class(notice is None, "-empty")
        citing.set_class(notice is None, "-empty")
        if row is None or row.hit is None or notice is None:
            return
        if notice is not self.open_notice:
            self.open_notice = notice
            source.open_notice(notice)
        source.show([Anchor(row.hit.unit.id, "", start, end) for start, end in row.hit.spans])
        source.border_title = plain(f"原文（o）　{notice.title}")
        citing.show(*self._citing(row.key, row.hit.unit))

    def _citing(self, key: str, unit: Unit) -> tuple[tuple[Citing, ...], str]:
        if key not in self.cited:
            return (), "正在读政策……"
        cited = self.cited[key]
        if cited is None:
            return (), "没有政策编码这份通知。"
        if unit.kind in (UnitKind.HEADING, UnitKind.META):
            return cited.get(unit.id, ()), "这是标题或者版头版尾，自身不作规定。"
        return cited.get(unit.id, ()), "没有条款引用这一段，【段落】也没有交代。"

    # --- actions

    @on(Rows.Chosen, "#hits")
    def _to_clauses(self) -> None:
        self.action_pane("citing" if self.query_one(CitingList).citing else "source")

    @on(Rows.Chosen, "#citing")
    def _open_clause(self, event: Rows.Chosen) -> None:
        row, citing = self.query_one(HitList).current, self.query_one(CitingList).citing
        if row and row.hit and citing:
            self.app.push_screen(ClauseScreen(citing[event.index], row.hit.unit), lambda wanted: self.action_draft() if wanted else None)

    def action_draft(self) -> None:
        """The clause under the cursor where it is written."""
        citing = self.query_one(CitingList)
        row = self.query_one(HitList).current
        if row is None or not citing.citing:
            self.notify("没有条款可以打开", markup=False)
            return
        self.run_worker(self._draft(row.key, citing.citing[citing.cursor]), group="draft", exclusive=True)

    async def _draft(self, key: str, citing: Citing) -> None:
        """In 起草, which asks first if what is written there is not saved."""
        from tui.screens.draft import DraftScreen

        bundled = self.desk.workspace.keys()
        await self.hall.action_place(2)
        place = self.hall.visited["draft"]
        if isinstance(place, DraftScreen) and await place.may_leave():
            await place.open_policy(key if key in bundled else citing.source)
            if place.stack:
                place.stack.go(citing.source, citing.start)

    def action_pane(self, pane: str) -> None:
        self.query_one(f"#{pane}").focus()

    def action_copy(self) -> None:
        row = self.query_one(HitList).current
        notice = self.notices.get(row.key) if row else None
        if row is None or row.hit is None or notice is None:
            self.notify("没有选中哪一段", markup=False)
            return
        self.app.copy_to_clipboard(citation_text(notice, row.hit))
        self.notify(f"引文“{one_line(spoken(row.hit.unit.id))}”已送到剪贴板（终端须允许 OSC 52）", markup=False)

    def commands(self) -> Iterator[Command]:
        yield Command("写检索词", "/", partial(self.action_pane, "query"))
        yield Command("看检索结果", "Esc", partial(self.action_pane, "hits"))
        yield Command("看引用本条的条款", "F4", partial(self.action_pane, "citing"))
        yield Command("看原文", "o", partial(self.action_pane, "source"))
        yield Command("复制引文", "y", self.action_copy)
        yield Command("在起草中打开引用本条的条款", "g", self.action_draft)
