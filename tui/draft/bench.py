"""The panes of 起草 and the check that runs behind them: a text changes, a thread looks, the panes show. What the keys do is the screen's."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.timer import Timer
from textual.worker import get_current_worker

from corpus.policies import bundled_policy_keys
from grammar.address import spoken
from grammar.parse import Parsed
from grammar.source import Source
from interpreter.examples import Report
from interpreter.notice import Notice
from tui.draft.analysis import Analysis, Problem, analyse, line_bounds
from tui.draft.entries import EntryList
from tui.draft.guide import EIGHT, SIX
from tui.draft.opening import Project, open_project
from tui.draft.panes import case_entries, cases_title, problem_entries, problem_key, problems_title, unit_entries
from tui.draft.stack import FileStack
from tui.screens.desk import Desk
from tui.screens.place import Place
from tui.text.console import fault_code
from tui.widgets.bars import KeyLine, StatusLine
from tui.widgets.plain import one_line, plain
from tui.widgets.prose import Prose

#: Seconds after the last key: before the policy is checked, before the notice follows the cursor; and how long a word to the person stays.
PAUSE, FOLLOW, TOLD = 0.04, 0.08, 4.0
_BROKEN = "检查没有做完（代码 {code}）。文字没有丢，仍可保存；请把代码告诉维护者。"


class Analysed(Message):
    """The check in the thread is done."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__()
        self.analysis = analysis


class Ran(Message):
    """So are the cases."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


class Bench(Place):
    TITLE = "起草"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.project: Project | None = None
        self.stack: FileStack | None = None
        self.analysis: Analysis | None = None
        self.report: Report | None = None
        self.unit = ""
        self._before = Parsed()
        self._waiting: dict[str, Timer] = {}

    # --- layout

    def compose(self) -> ComposeResult:
        yield StatusLine(self.TITLE, id="status")
        with Horizontal(id="body"):
            yield EntryList(id="units")
            with Vertical(id="rules"):
                yield Vertical(id="sheets")
                yield Prose(id="readback")
                yield EntryList(id="problems")
        yield KeyLine(EIGHT, SIX, id="keys")

    async def on_mount(self) -> None:
        policy = self.desk.case.policy
        beside = policy.key if policy.key in bundled_policy_keys() else policy.sources[0].name
        await self.open_policy(self.hall.draft or beside)

    @property
    def problems(self) -> EntryList:
        return self.query_one("#problems", EntryList)

    @property
    def units(self) -> EntryList:
        return self.query_one("#units", EntryList)

    # --- opening

    async def open_policy(self, name: str, unit: str = "") -> None:
        """Another policy on the screen, without asking about the one that was there; at the first line that rests on a unit, if one is named."""
        project, message = open_project(self.desk.workspace, name)
        if project is None:
            self.tell(message, wrong=True)
            return
        self.project, self.analysis, self.report, self._before, self.unit = project, None, None, Parsed(), unit
        sheets = self.query_one("#sheets")
        await sheets.remove_children()
        self.stack = FileStack(project)
        await sheets.mount(self.stack)
        self.stack.area.focus()
        self.desk.note(f"youju check {project.place}")
        self._check()
        if project.message:
            self.tell(project.message, wrong=True)
        self._ask(self.stack.recover)

    def _ask(self, question: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        """What asks and waits for the answer; a new question gives up the one before it."""
        self.run_worker(question(), group="asking", exclusive=True)

    # --- checking

    def _after(self, name: str, seconds: float, act: Callable[[], None]) -> None:
        if name in self._waiting:
            self._waiting[name].stop()
        self._waiting[name] = self.set_timer(seconds, act)

    def on_file_stack_edited(self) -> None:
        self._show_status()
        self._after("check", PAUSE, self._check)

    def _check(self) -> None:
        if self.stack and self.project:
            work = partial(self._analyse, self.stack.sources, self.project.notice, self._before)
            self.run_worker(work, thread=True, group="check", exclusive=True)

    def _analyse(self, sources: tuple[Source, ...], notice: Notice, before: Parsed) -> None:
        worker = get_current_worker()
        try:
            analysis = analyse(sources, notice, before)
        except Exception as fault:
            self.post_message(FileStack.Told(_BROKEN.format(code=fault_code(fault)), True))
            return
        if not worker.is_cancelled:
            self.post_message(Analysed(analysis))

    def on_analysed(self, event: Analysed) -> None:
        if self.stack is None or self.project is None or event.analysis.policy.sources != self.stack.sources:
            return
        self.analysis, self._before = event.analysis, event.analysis.parsed
        for area in self.stack.areas:
            marked = [p.diagnostic for p in self.analysis.problems if p.file == area.source and p.line]
            area.underline([(d.span.start, d.span.end, d.severity == "错误") for d in marked])
        self.units.show(unit_entries(self.project.notice, self.analysis.covered))
        self.units.border_title = plain(f"通知原文（F2）{self.analysis.tally}")
        if self.report is None:
            self._show_problems()
        else:
            self.problems.border_title = f"{cases_title(self.report)}　已改动，再按 F7"
        self._show_status()
        self._follow()

    def _show_problems(self) -> None:
        self.report = None
        if self.analysis and self.stack:
            self.problems.show(problem_entries(self.analysis, self.stack.area.source))
            self.problems.border_title = problems_title(self.analysis)

    def _show_status(self) -> None:
        if self.project is None or self.stack is None:
            return
        errors = self.analysis.errors if self.analysis else 0
        unsaved = "● 未保存" if self.stack.unsaved else "只读" if self.project.is_bundled else "已保存"
        tail = (f"错误 {errors}" if errors else "没有错误" if self.analysis else "正在检查", unsaved)
        self.query_one(StatusLine).show((self.project.key,), tail, bool(errors or self.stack.unsaved))

    # --- the notice follows the cursor

    def on_text_area_selection_changed(self) -> None:
        if self.stack:
            self.stack.retitle()
            self._after("follow", FOLLOW, self._follow)

    def _follow(self) -> None:
        if self.analysis is None or self.stack is None:
            return
        area = self.stack.area
        offset = area.offset_at_cursor
        link = self.analysis.link_at(area.source, offset)
        if link and link.units and self.unit not in link.units and not self.units.has_focus:
            self.unit = link.units[0]
        self._show_unit()
        back = self.analysis.read_back(area.source, offset)
        here = self._problems_here()
        self.query_one("#readback", Prose).show(
            (back or ("这一行还读不懂，见下方的问题" if here else "光标所在的行不是条款的句子"), "" if back else "dim")
        )
        if here and self.report is None and not self.problems.has_focus:
            self.problems.go(problem_key(here[0]))

    def _show_unit(self) -> None:
        if self.unit and self.analysis:
            self.units.go(self.unit)
            state = self.analysis.covered.get(self.unit)
            self.units.border_subtitle = plain(f"{spoken(self.unit)}　{state or ''}")

    def _problems_here(self) -> list[Problem]:
        """Those that begin on the line of the cursor or reach over it, the nearest first."""
        if self.analysis is None or self.stack is None:
            return []
        area, offset = self.stack.area, self.stack.area.offset_at_cursor
        start, end = line_bounds(area.text, offset)
        mine = [p for p in self.analysis.problems if p.file == area.source and p.line]
        found = [p for p in mine if p.diagnostic.span.start <= end and p.diagnostic.span.end >= start]
        return sorted(found, key=lambda p: abs(p.diagnostic.span.start - offset))

    # --- cases

    def _run_cases(self, analysis: Analysis) -> None:
        worker = get_current_worker()
        try:
            report = analysis.policy.test()
        except Exception as fault:
            self.post_message(FileStack.Told(_BROKEN.format(code=fault_code(fault)), True))
            return
        if not worker.is_cancelled:
            self.post_message(Ran(report))

    def on_ran(self, event: Ran) -> None:
        self.report = event.report
        self.problems.show(case_entries(event.report))
        self.problems.border_title = cases_title(event.report)

    # --- words

    def tell(self, words: str, wrong: bool = False) -> None:
        """At the bottom for a moment, where it covers nothing; what went wrong also over the screen."""
        self.query_one(KeyLine).show("" if wrong else words)
        self._after("told", TOLD, partial(self.query_one(KeyLine).show, ""))
        if wrong:
            self.notify(one_line(words), severity="error", markup=False)

    def on_file_stack_told(self, event: FileStack.Told) -> None:
        self.tell(event.words, event.is_wrong)
