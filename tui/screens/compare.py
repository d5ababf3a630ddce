"""对比: two readings, policies, claims or visits side by side; where they part first, and the chain of differences that adds up."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Coroutine, Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll

from tui.compare.choosing import Chosen, ask_pair
from tui.compare.lines import Part, Row, rows_of
from tui.compare.pairs import Pair, first_pair, other_visit, record_pair
from tui.compare.sentences import panes
from tui.compare.sheet import sheet
from tui.compare.table import ComparisonTable, SourceScreen, sources_of
from tui.screens.case import Case
from tui.screens.claim_flows import write_new
from tui.screens.desk import Desk
from tui.screens.help import Page
from tui.screens.palette import Command
from tui.screens.place import Place
from tui.text.console import fault_code
from tui.widgets.bars import KeyLine, StatusLine
from tui.widgets.plain import one_line, plain
from tui.widgets.prose import Prose
from tui.widgets.rows import Rows

_TRYING, _NONE = "正在比较……", "按 F8 选甲、乙。"
_TABLE = (
    "上面是金额，中间是按计算先后排列的不同项目，◆ 是最先不同的条款。下面是差异链：由甲到乙一次改一样（填报、参数、此前累计、读法、条款），"
    "每一步重新核定，各步的差相加等于总差。中间有待定的几步合成一步。每一步值多少，和改的先后有关。空格选一项金额，看它的差异链。"
)
_SIDES = (
    "光标所在一项在甲、乙各由哪一句决定：出处、原文、条文、代入的数。〔-甲有乙没有-〕〔+乙有甲没有+〕。光标在差异链上，左边是改之前，右边是改之后。"
)


class CompareScreen(Place):
    TITLE = "对比"
    PAGES: ClassVar[dict[str, Page]] = {
        "comparison": Page("对比", _TABLE),
        "first": Page("甲", _SIDES),
        "second": Page("乙", _SIDES),
    }
    KEYS = (
        ("F8", "选甲、乙：读法、政策、版本、申报、就诊、历史"),
        ("n　N", "下一处、上一处不同"),
        ("d", "只看不同的，再按一次全看"),
        ("空格", "看这一项金额的差异链"),
        ("Enter　o", "看原文的段落"),
        ("[　]", "上一笔、下一笔就诊"),
        ("e", "导出对照表（Markdown）"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f8", "choose", "选甲乙", show=False),
        Binding("n", "difference(1)", "下一处", show=False),
        Binding("N", "difference(-1)", "上一处", show=False),
        Binding("d", "only", "只看不同", show=False),
        Binding("space,ideographic_space", "outcome", "差异链", show=False),
        Binding("o", "source", "原文", show=False),
        Binding("e,f9", "export", "导出", show=False),
        Binding("left_square_bracket,fullwidth_left_square_bracket,left_black_lenticular_bracket,ctrl+pageup", "visit(-1)", "上一笔", show=False),
        Binding("right_square_bracket,fullwidth_right_square_bracket,right_black_lenticular_bracket,ctrl+pagedown", "visit(1)", "下一笔", show=False),
        Binding("escape,f3", "to_list", "列表", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.pair: Pair | None = None
        self.chosen_outcome, self.only = "", False
        self._of: tuple[Case, tuple[int, ...]] | None = None

    def compose(self) -> ComposeResult:
        yield StatusLine(self.TITLE, id="status")
        with Vertical(id="body"):
            with Horizontal(id="pair"):
                with VerticalScroll(id="first"):
                    yield Prose()
                with VerticalScroll(id="second"):
                    yield Prose()
            yield ComparisonTable(id="comparison")
        yield KeyLine(
            (
                ("F8", "选甲乙"),
                ("n N", "下一处不同"),
                ("d", "只看不同"),
                ("空格", "差异链"),
                ("Enter", "原文"),
                ("e", "导出"),
                ("^P", "命令"),
                ("F1", "说明"),
            ),
            (("F8", "甲乙"), ("n", "下一处"), ("d", "只看不同"), ("Enter", "原文"), ("e", "导出"), ("F1", "说明")),
            id="keys",
        )

    def on_mount(self) -> None:
        self.add_class("-none")
        self.query_one(ComparisonTable).focus()

    def on_screen_resume(self) -> None:
        """Another claim on the desk, or other records marked in 历史, are compared at once; else what was looked at stays."""
        case, marked = self.desk.case, self.desk.marked
        self.query_one(StatusLine).show((case.place,), case.headline, case.is_open or bool(case.faults))
        records = tuple(marked[name].id for name in ("甲", "乙")) if len(marked) == 2 else ()
        before, self._of = self._of, (case, records)
        if before is None or before[0] is not case or (records and before[1] != records):
            use_records = bool(records) and (before is None or before[1] != records)
            self.run_worker(self._begin(use_records), group="compare", exclusive=True, name="compare", description="compare")

    async def _begin(self, use_records: bool) -> None:
        self.busy(_TRYING)
        made = record_pair(self.desk.workspace, self.desk.marked) if use_records else await asyncio.to_thread(first_pair, self.desk.case)
        await self.take(made)

    # --- the pair

    async def take(self, made: Chosen) -> None:
        """A pair to show, or why there is none: with another on the screen that one stays."""
        self.busy("")
        if isinstance(made, Pair):
            made = await self._compared(made)
        if isinstance(made, Pair):
            self.pair, self.chosen_outcome = made, made.main
            self._note(made)
            self._show(at_parting=True)
        elif made and self.pair is not None:
            self.say(made, True)
        elif made is not None or self.pair is None:
            self.query_one(ComparisonTable).show((), made or _NONE, 0)
        self.set_class(self.pair is None, "-none")

    async def _compared(self, pair: Pair) -> Pair | str:
        """With its slow parts found, in a thread."""
        self.busy(_TRYING)
        try:
            await asyncio.to_thread(rows_of, pair, pair.main, False)
        except Exception as fault:
            return f"没有比完（代码 {fault_code(fault)}）"
        finally:
            self.busy("")
        return pair

    def _note(self, pair: Pair) -> None:
        if pair.first.case.policy is pair.second.case.policy and pair.second.title != "默认读法":
            self.desk.note(f"youju run {shlex.quote(pair.first.case.policy.key)} 申报.json --all-readings")

    def _show(self, at_parting: bool = False) -> None:
        pair = self.pair
        if pair is None:
            return
        table, before = self.query_one(ComparisonTable), self.query_one(ComparisonTable).row
        rows = rows_of(pair, self.chosen_outcome, self.only)
        wanted = (i for i, row in enumerate(rows) if (row.mark == "◆" if at_parting else before is not None and _same(row, before)))
        table.show(rows, "两边没有不同" if self.only else _NONE, next(wanted, 0))
        table.border_title = plain(f"{pair.first.title} ⇄ {pair.second.title}")
        visit = f"第{pair.first.case.visit + 1}／{pair.visits}笔就诊" if pair.visits > 1 else ""
        table.border_subtitle = plain("　".join(said for said in (one_line(pair.note), visit, "只看不同" if self.only else "") if said))
        self._tell()

    # --- the row under the cursor

    @on(Rows.Moved, "#comparison")
    def _tell(self) -> None:
        pair, row = self.pair, self.query_one(ComparisonTable).row
        if pair is None or row is None or row.found is None:
            return
        names = ("改之前", "改之后") if row.part is Part.STEP else (f"甲：{pair.first.title}", f"乙：{pair.second.title}")
        turned = ((row.cells[0], "bold $accent"),) if row.part is Part.STEP else ()
        for box, name, pieces in zip(("#first", "#second"), names, panes(row.found), strict=True):
            pane = self.query_one(box)
            pane.border_title = plain(one_line(name))
            pane.query_one(Prose).show(*turned, *pieces)
            pane.scroll_home(animate=False)

    # --- actions

    def action_choose(self) -> None:
        self._working(self._choose())

    async def _choose(self) -> None:
        await self.take(await ask_pair(self))

    def action_difference(self, by: int) -> None:
        table = self.query_one(ComparisonTable)
        at = table.next_difference(by) if table.rows else None
        table.move_to(at) if at is not None else self.say("没有别处不同")

    def action_only(self) -> None:
        self.only = not self.only
        self._show()

    def action_outcome(self) -> None:
        row = self.query_one(ComparisonTable).row
        if row is not None and row.part is Part.AMOUNT:
            self.chosen_outcome = row.outcome
            self._show()
        else:
            self.say("把光标移到一项金额上，再按空格")

    def action_visit(self, by: int) -> None:
        if self.pair is not None and self.pair.visits > 1:
            self._working(self.take(other_visit(self.pair, by)))

    @on(Rows.Chosen, "#comparison")
    def action_source(self) -> None:
        row = self.query_one(ComparisonTable).row
        sides = sources_of(self.pair, row.found) if self.pair and row and row.found else ()
        if sides:
            self.app.push_screen(SourceScreen(sides))
        else:
            self.say("这一项没有引用原文")

    def action_export(self) -> None:
        if self.pair is not None:
            self._working(self._export(sheet(self.pair, self.chosen_outcome)))

    async def _export(self, text: str) -> None:
        done = await write_new(self, "导出对照表", "对比.md", ".md", text)
        if done is not None:
            self.say(f"已导出到 {done.path}")

    def action_to_list(self) -> None:
        self.query_one(ComparisonTable).focus()

    # --- what it says

    def _working(self, work: Coroutine[object, object, None]) -> None:
        self.run_worker(work, group="compare", exclusive=True, name="compare", description="compare")

    def busy(self, words: str) -> None:
        self.query_one(KeyLine).show(words)

    def say(self, words: str, wrong: bool = False) -> None:
        self.notify(one_line(words), severity="error" if wrong else "information", markup=False)

    def commands(self) -> Iterator[Command]:
        yield Command("选甲、乙", "读法、政策、版本、申报、就诊、历史", self.action_choose)
        yield Command("只看不同", "再选一次全看", self.action_only)
        yield Command("导出对照表", "Markdown", self.action_export)


def _same(row: Row, before: Row) -> bool:
    return row.stops and (row.part, row.cells[0]) == (before.part, before.cells[0])
