"""核定: the claim, who pays what of it, the reasoning, and the notice's own words. One case at a time; every edit decides anew."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from grammar.source import visible
from tui.messages import FieldEdited
from tui.recording import keep, name_of, note_of
from tui.screens.case import Case, moved, open_case
from tui.screens.desk import Desk
from tui.screens.help import Page
from tui.screens.inquiry import Inquiry
from tui.screens.palette import Command
from tui.screens.picker import Picker
from tui.screens.samples import samples
from tui.widgets.bars import KeyLine, StatusLine
from tui.widgets.field_rows import Field, text_of
from tui.widgets.fields import ChoiceField, chosen
from tui.widgets.form import ClaimForm
from tui.widgets.prose import Prose
from tui.widgets.source_pane import SourcePane
from tui.widgets.trace_tree import TraceTree
from tui.widgets.waterfall import Waterfall

_SIX = (("F2", "病例"), ("F4", "推理链"), ("o", "原文"), ("F7", "为何没有"), ("^P", "命令"), ("F1", "说明"))
_EIGHT = (_SIX[0], ("F3", "瀑布"), *_SIX[1:3], ("F6", "假设"), *_SIX[3:])

_FORM = (
    "每一栏都来自政策的词汇表，改动立即重新核定。● 是结果正在等的栏目，下方写明是哪一条要它；变暗的栏目本次核定没有用到；✗ 是读不懂的填报。"
    "金额可以用全角数字和千分位，下方显示大写，以便核对。是非和类别用空格或 Enter 打开选项，← → 逐项换，退格改为不知道。"
    "清单、分段表用 Enter 打开，逐格填写。"
)
_WATERFALL = "第一行是总费用，以下每一行是一方负担的部分，从上一行结束的地方画起，最后一行到头，即各方之和等于总费用。待定的部分不画成零。"
_TRACE = (
    "自上而下：结果；定它的条文，青色是出处，后面是代入的算式；条文要用的量；量的来源。"
    "✓ 成立　✗ 考虑过、不适用，写明原因和差距　⊘ 被别的条款排除　？ 待定，写明缺什么。→ 展开，← 收起或回到上一层，Enter 展开或收起。"
)
_SOURCE = "光标所在条文的整段原文，反色的是起决定作用的文字，下边框是出处。↑ ↓ 滚动。推理链的光标一动，原文就跟着动。"


class AssessScreen(Inquiry):
    TITLE = "核定"
    PAGES: ClassVar[dict[str, Page]] = {
        "trace": Page("推理链", _TRACE),
        "form": Page("病例", _FORM),
        "waterfall": Page("报销瀑布", _WATERFALL),
        "source": Page("原文", _SOURCE),
    }
    KEYS = (
        ("F2", "病例：填报事实和参数"),
        ("F3", "瀑布：总费用由谁负担多少"),
        ("F4", "推理链：结果是由哪些条文定的"),
        ("o", "原文：光标所在条文的原文"),
        ("F5", "立即核定，回到推理链"),
        ("F8", "换下一个政策"),
        ("[ ]　Ctrl+PgUp/PgDn", "上一笔、下一笔就诊"),
        ("n", "下一个样例病例"),
        ("r", "记下这次核定，以后在历史（4）里看"),
        *Inquiry.INQUIRY_KEYS,
        *Inquiry.CLAIM_KEYS,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *Inquiry.INQUIRY_BINDINGS,
        *Inquiry.CLAIM_BINDINGS,
        Binding("f2", "pane('form')", "病例", show=False),
        Binding("f3", "pane('waterfall')", "瀑布", show=False),
        Binding("f4,escape", "pane('trace')", "推理链", show=False),
        Binding("o,O,fullwidth_latin_small_letter_o", "pane('source')", "原文", show=False),
        Binding("f5", "decide", "核定", show=False),
        Binding("f8", "next_policy", "换政策", show=False),
        Binding("left_square_bracket,fullwidth_left_square_bracket,left_black_lenticular_bracket,ctrl+pageup", "visit(-1)", "上一笔", show=False),
        Binding("right_square_bracket,fullwidth_right_square_bracket,right_black_lenticular_bracket,ctrl+pagedown", "visit(1)", "下一笔", show=False),
        Binding("n", "next_sample", "下一个病例", show=False),
        Binding("r", "record", "记下", show=False),
        Binding("slash,fullwidth_solidus,ideographic_comma", "app.command_palette", "命令", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._showing = asyncio.Lock()
        self._shown: Case | None = None

    # --- layout

    def compose(self) -> ComposeResult:
        yield StatusLine(self.TITLE, id="status")
        with Horizontal(id="body"):
            yield ClaimForm(id="form")
            with Vertical(id="middle"):
                yield Waterfall(id="waterfall")
                yield TraceTree(id="trace")
            with Vertical(id="right"):
                yield SourcePane(id="source")
                yield Prose(id="detail")
        yield KeyLine(_EIGHT, _SIX, id="keys")

    async def on_mount(self) -> None:
        self.query_one("#detail").border_title = "这一步"
        self.query_one(TraceTree).focus()
        await self._show(afresh=True)

    async def _show(self, afresh: bool) -> None:
        """The case on every pane; `afresh` when it is another claim or visit. One at a time: keys and edits arrive in tasks of their own."""
        async with self._showing:
            await self._paint(self.case, afresh, afresh)

    async def show_again(self) -> None:
        async with self._showing:
            case, before = self.case, self._shown
            await self._paint(case, before is None or case.sample is not before.sample or case.visit != before.visit, refill=True)

    async def _paint(self, case: Case, afresh: bool, refill: bool) -> None:
        self._shown = case
        if afresh:
            self.query_one(SourcePane).open_notice(case.policy.notice)
        self.restate()
        self.query_one(Waterfall).show(case.shares)
        self.query_one(TraceTree).show(case.explanation, afresh)
        await self.query_one(ClaimForm).show(case.fields, case.faults[0] if case.faults else "", refill)
        missing = sum(f.missing for f in case.fields)
        self.query_one(KeyLine).show("填报有误：F2" if case.faults else f"缺 {missing} 项：F2" if missing else "")
        self.set_class(bool(case.faults), "-stale")

    def _places(self) -> tuple[str, ...]:
        count = f" 第{self.case.visit + 1}/{self.case.visits}笔" if self.case.visits > 1 else ""
        title = self.case.sample.title if self.is_wide else ""
        return tuple(p for p in (self.case.place, f"{title}{count}".strip(), *self.marks()) if p)

    async def on_resize(self) -> None:
        self.restate()

    def restate(self) -> None:
        """The top line."""
        self.query_one(StatusLine).show(self._places(), self.case.headline, self.case.is_open or bool(self.case.faults))

    # --- what the panes tell

    async def on_field_edited(self, event: FieldEdited) -> None:
        self.desk.edit(event.field, event.raw)
        await self._show(afresh=False)

    def on_trace_tree_moved(self, event: TraceTree.Moved) -> None:
        step = event.step
        self.query_one(SourcePane).show(event.anchors)
        self.query_one("#detail", Prose).show((f"{step.sign} {step.head}", "bold"), (step.tail, ""))

    def on_choice_field_asked(self, event: ChoiceField.Asked) -> None:
        field = event.field
        if field.is_list:
            self.edit_list(field)
            return
        raw = field.raw if isinstance(field.raw, list) else [text_of(field.raw)]
        picked = [i for i, option in enumerate(field.options) if option in raw]
        self.app.push_screen(Picker(field.term.question or field.term.name, field.options, picked, field.term.several), _answer(self, field))

    # --- actions

    def action_pane(self, pane: str) -> None:
        for name in ("form", "waterfall"):
            self.set_class(pane == name, f"-{name}")
        if pane == "form":
            self.query_one(ClaimForm).enter()
        else:
            self.query_one(f"#{pane}").focus()

    def action_decide(self) -> None:
        self.query_one(ClaimForm).flush()
        self.action_pane("trace")

    async def action_next_policy(self) -> None:
        keys = self.desk.workspace.keys()
        at = keys.index(self.case.policy.key) if self.case.policy.key in keys else -1
        await self.open_claim(keys[(at + 1) % len(keys)])

    async def action_next_sample(self) -> None:
        known = [s.name for s in samples(self.case.policy.key)]
        at = known.index(self.case.sample.name) if self.case.sample.name in known else -1
        await self.open_claim(name_of(self.desk.workspace, self.case.policy), known[(at + 1) % len(known)])

    async def action_visit(self, by: int) -> None:
        self.query_one(ClaimForm).flush()
        await self.look_at(moved(self.case, by))

    async def open_claim(self, key: str, sample: str = "") -> None:
        case, message = open_case(self.desk.workspace, key, sample)
        if case is None:
            self.notify(visible(message), severity="error", markup=False)
        else:
            await self.look_at(case)

    async def look_at(self, case: Case) -> None:
        self.desk.turn(case)
        await self._show(afresh=True)

    def action_record(self) -> None:
        """The claim and what came out, into the list of 历史."""
        self.query_one(ClaimForm).flush()
        case = self.case
        if case.decision is None or case.faults:
            self.notify("填报有误，没有记下", severity="error", markup=False)
            return
        note = note_of(case.data) or case.sample.title
        number, message = keep(name_of(self.desk.workspace, case.policy), case.policy.result(case.decision), case.data, note)
        said = f"已记下，是第 {number} 笔：按 4 到历史里看" if number else visible(message)
        self.notify(said, severity="information" if number else "error", markup=False)

    def commands(self) -> Iterator[Command]:
        """For the palette."""
        for key, pane, title in (("F2", "form", "病例"), ("F3", "waterfall", "报销瀑布"), ("F4", "trace", "推理链"), ("o", "source", "原文")):
            yield Command(f"看{title}", key, partial(self.action_pane, pane))
        yield Command("核定", "F5", self.action_decide)
        yield Command("记下这次核定", "r", self.action_record)
        yield Command("下一笔就诊", "]", partial(self.action_visit, 1))
        yield Command("上一笔就诊", "[", partial(self.action_visit, -1))
        yield from super().commands()
        keys = self.desk.workspace.keys()
        for key in keys:
            for sample in samples(key):
                yield Command(f"病例：{sample.title}", key, partial(self.open_claim, key, sample.name))


def _answer(screen: AssessScreen, field: Field) -> Any:
    """What to do with the options picked for a field."""

    def take(picked: tuple[int, ...] | None) -> None:
        if not picked:
            return
        options = [field.options[i] for i in picked]
        raw = options if field.term.several and len(options) > 1 else chosen(field, options[0])
        screen.post_message(FieldEdited(field, raw))

    return take
