"""核定: the claim, who pays what of it, the reasoning, and the notice's own words. One case at a time; every edit decides anew."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from corpus.workspace import Workspace
from grammar.source import visible
from tui.messages import FieldEdited
from tui.screens.case import Case, edited, moved, open_case
from tui.screens.help import HelpScreen
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

WIDE = 116
_SIX = (("F2", "病例"), ("F3", "瀑布"), ("F4", "推理链"), ("o", "原文"), ("^P", "命令"), ("F1", "说明"))
_EIGHT = (*_SIX[:4], ("F5", "核定"), ("F8", "换政策"), *_SIX[4:])


class AssessScreen(Screen[None]):
    TITLE = "核定"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's own class variable
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "pane('form')", "病例", show=False),
        Binding("f3", "pane('waterfall')", "瀑布", show=False),
        Binding("f4", "pane('trace')", "推理链", show=False),
        Binding("o,O,fullwidth_latin_small_letter_o", "pane('source')", "原文", show=False),
        Binding("f5", "decide", "核定", show=False),
        Binding("f8", "next_policy", "换政策", show=False),
        Binding("left_square_bracket,fullwidth_left_square_bracket,left_black_lenticular_bracket,ctrl+pageup", "visit(-1)", "上一笔", show=False),
        Binding("right_square_bracket,fullwidth_right_square_bracket,right_black_lenticular_bracket,ctrl+pagedown", "visit(1)", "下一笔", show=False),
        Binding("n", "next_sample", "下一个病例", show=False),
        Binding("f1,question_mark,fullwidth_question_mark", "help", "说明", show=False),
        Binding("slash,fullwidth_solidus,ideographic_comma,colon,fullwidth_colon", "app.command_palette", "命令", show=False),
        Binding("escape", "pane('trace')", "返回", show=False),
        Binding("q", "app.quit", "退出", show=False),
    ]

    def __init__(self, workspace: Workspace, case: Case) -> None:
        super().__init__()
        self.workspace, self.case = workspace, case
        self._showing = asyncio.Lock()

    # --- layout

    def compose(self) -> ComposeResult:
        yield StatusLine(id="status")
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
            await self._paint(self.case, afresh)

    async def _paint(self, case: Case, afresh: bool) -> None:
        if afresh:
            self.query_one(SourcePane).open_notice(case.policy.notice)
        self.query_one(StatusLine).show(self._places(), case.headline, case.is_open or bool(case.faults))
        self.query_one(Waterfall).show(case.shares)
        self.query_one(TraceTree).show(case.explanation, afresh)
        await self.query_one(ClaimForm).show(case.fields, case.faults[0] if case.faults else "", afresh)
        missing = sum(f.missing for f in case.fields)
        self.query_one(KeyLine).show("填报有误：F2" if case.faults else f"缺 {missing} 项：F2" if missing else "")
        self.set_class(bool(case.faults), "-stale")

    def _places(self) -> tuple[str, ...]:
        count = f" 第{self.case.visit + 1}/{self.case.visits}笔" if self.case.visits > 1 else ""
        title = self.case.sample.title if self.size.width >= WIDE else ""
        return tuple(p for p in ("有据", "核定", self.case.place, f"{title}{count}".strip()) if p)

    async def on_resize(self) -> None:
        self.query_one(StatusLine).show(self._places(), self.case.headline, self.case.is_open or bool(self.case.faults))

    # --- what the panes tell

    async def on_field_edited(self, event: FieldEdited) -> None:
        self.case = edited(self.case, event.field, event.raw)
        await self._show(afresh=False)

    def on_trace_tree_moved(self, event: TraceTree.Moved) -> None:
        step = event.step
        self.query_one(SourcePane).show(event.anchors)
        self.query_one("#detail", Prose).show((f"{step.sign} {step.head}", "bold"), (step.tail, ""))

    def on_choice_field_asked(self, event: ChoiceField.Asked) -> None:
        field = event.field
        if field.is_list:
            self.app.push_screen(Picker(f"{field.term.name}（只读）", field.items or ("没有",)))
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
        keys = self.workspace.keys()
        await self.open_claim(keys[(keys.index(self.case.policy.key) + 1) % len(keys)])

    async def action_next_sample(self) -> None:
        known = [s.name for s in samples(self.case.policy.key)]
        at = known.index(self.case.sample.name) if self.case.sample.name in known else -1
        await self.open_claim(self.case.policy.key, known[(at + 1) % len(known)])

    async def action_visit(self, by: int) -> None:
        self.query_one(ClaimForm).flush()
        await self.look_at(moved(self.case, by))

    def action_help(self) -> None:
        focused = self.focused
        panes = [w.id or "" for w in focused.ancestors_with_self] if focused else []
        self.app.push_screen(HelpScreen(next((p for p in panes if p in ("form", "waterfall", "trace", "source")), "trace")))

    async def open_claim(self, key: str, sample: str = "") -> None:
        case, message = open_case(self.workspace, key, sample)
        if case is None:
            self.notify(visible(message), severity="error", markup=False)
        else:
            await self.look_at(case)

    async def look_at(self, case: Case) -> None:
        """Another case on the screen."""
        self.case = case
        await self._show(afresh=True)

    def commands(self) -> Iterator[Command]:
        """For the palette."""
        for key, pane, title in (("F2", "form", "病例"), ("F3", "waterfall", "报销瀑布"), ("F4", "trace", "推理链"), ("o", "source", "原文")):
            yield Command(f"看{title}", key, partial(self.action_pane, pane))
        yield Command("核定", "F5", self.action_decide)
        yield Command("下一笔就诊", "]", partial(self.action_visit, 1))
        yield Command("上一笔就诊", "[", partial(self.action_visit, -1))
        keys = self.workspace.keys()
        for key in keys:
            for sample in samples(key):
                yield Command(f"病例：{sample.title}", key, partial(self.open_claim, key, sample.name))
        yield Command("说明", "F1", self.action_help)
        yield Command("换颜色主题", "", self.app.search_themes)
        yield Command("退出", "q", self.app.action_quit)


def _answer(screen: AssessScreen, field: Field) -> Any:
    """What to do with the options picked for a field."""

    def take(picked: tuple[int, ...] | None) -> None:
        if not picked:
            return
        options = [field.options[i] for i in picked]
        raw = options if field.term.several and len(options) > 1 else chosen(field, options[0])
        screen.post_message(FieldEdited(field, raw))

    return take
