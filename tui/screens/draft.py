"""起草: the notice with what is covered of it, the policy being written, and what is wrong with it a moment after every key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType

from corpus.policies import bundled_policy_keys
from grammar.source import NOWHERE
from interpreter.coverage import Covered
from tui.draft.bench import Bench
from tui.draft.entries import EntryList
from tui.draft.fixes import Edit, cite, fix, quote_clause, wants_basis
from tui.draft.flows import ask_copy, ask_new, ask_open
from tui.draft.guide import KEYS, PAGES
from tui.draft.outside import run_editor
from tui.draft.panes import place_of_case, problem_key
from tui.screens.palette import Command

_READ_ONLY = "随程序附带的政策只读。按 Ctrl+S 另存到自己的文件夹，就可以改。"


class DraftScreen(Bench):
    PAGES = PAGES
    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "pane('units')", "通知", show=False, priority=True),
        Binding("f3,escape", "pane('rules')", "规则", show=False),
        Binding("f4", "pane('problems')", "问题", show=False),
        Binding("f5", "check", "检查", show=False),
        Binding("f6,alt+enter", "mend", "采用建议", show=False, priority=True),
        Binding("f7", "cases", "案例", show=False, priority=True),
        Binding("f8", "next_problem", "下一个问题", show=False),
        Binding("f9", "next_uncovered", "下一处未交代", show=False),
        Binding("ctrl+s", "save", "保存", show=False, priority=True),
        Binding("ctrl+e", "outside", "外部编辑器", show=False, priority=True),
        Binding("ctrl+pageup", "file(-1)", "上一个文件", show=False, priority=True),
        Binding("ctrl+pagedown", "file(1)", "下一个文件", show=False, priority=True),
    ]

    # --- opening

    async def may_leave(self) -> bool:
        if self.stack is None or not self.stack.unsaved:
            return True
        await self.hall.action_place(2)
        return await self.stack.may_leave()

    def action_open(self, key: str = "") -> None:
        async def go() -> None:
            name = key or await ask_open(self.app, self.desk.workspace)
            if name and await self.may_leave():
                await self.open_policy(name)

        self._ask(go)

    def action_new(self) -> None:
        async def go() -> None:
            if await self.may_leave() and (folder := await ask_new(self.app)):
                await self.open_policy(folder)
                if self.stack:
                    self.stack.area.go(self.stack.area.text.find("\n\n【术语 结果】") + 1)
                self.tell(f"已建好“{folder}”。左边选中原文的一句，Enter 写成条款。")

        self._ask(go)

    def action_save(self) -> None:
        self._ask(self._save)

    async def _save(self) -> bool:
        project, stack = self.project, self.stack
        if project is None or stack is None:
            return False
        if project.is_bundled:
            folder = await ask_copy(self.app, project.key)
            if folder:
                await self.open_policy(folder)
                self.tell(f"已另存到“{folder}”，可以改了。")
            return bool(folder)
        had = bool(stack.unsaved)
        done = await stack.save()
        if done:
            self.tell("已保存。" if had else "没有要保存的改动。")
            self._show_status()
        return done

    def action_outside(self) -> None:
        async def go() -> None:
            stack = self.stack
            if stack is None or not await self._save() or stack is not self.stack or (path := stack.area.path) is None:
                return
            try:
                with self.app.suspend():
                    message = run_editor(path, stack.area.cursor_location[0] + 1)
            except SuspendNotSupported:
                message = "这里不能打开外部编辑器。"
            self.app.refresh()
            stack.reload()
            if message:
                self.tell(message, wrong=True)

        self._ask(go)

    # --- lists

    def on_entry_list_moved(self, event: EntryList.Moved) -> None:
        if event.pane is self.units:
            self.unit = event.key
            self._show_unit()

    def on_entry_list_chosen(self, event: EntryList.Chosen) -> None:
        if event.pane is self.units:
            self._enter_unit(event.key)
        elif self.report is not None and self.analysis:
            self._go(place_of_case(self.analysis, event.key))
        else:
            self._go_to_problem(event.key)

    def _go(self, place: tuple[str, int] | None) -> None:
        if place and self.stack:
            self.stack.go(*place)
            self.action_pane("rules")

    def _go_to_problem(self, key: str) -> None:
        problem = next((p for p in self.analysis.problems if problem_key(p) == key), None) if self.analysis else None
        if problem:
            self.problems.go(key)
            self._go((problem.file, problem.diagnostic.span.start) if problem.diagnostic.span != NOWHERE else None)

    def _enter_unit(self, unit: str) -> None:
        """To what rests on the unit; where nothing does, its words become a clause of their own."""
        found = self.analysis.links_of(unit) if self.analysis else ()
        notice = self.project.notice if self.project else None
        if found:
            self._go((found[0].source, found[0].span.start))
        elif notice and unit in notice.by_id and self.stack:
            area = self.stack.area
            edit = quote_clause(area.text, area.offset_at_cursor, notice.by_id[unit])
            if self._edit(edit):
                area.go(edit.start + edit.words.rindex("」"))

    def _edit(self, edit: Edit | None) -> bool:
        if self.stack is None or edit is None or self.stack.area.read_only:
            self.tell(_READ_ONLY if self.stack and self.stack.area.read_only else "这里没有可以采用的建议。")
            return False
        self.stack.area.put(edit.start, edit.end, edit.words)
        self.action_pane("rules")
        self.tell(f"{edit.said}（Ctrl+Z 撤销）")
        return True

    # --- actions

    def action_pane(self, pane: str) -> None:
        self.set_class(pane == "units", "-units")
        if pane == "problems" and self.report is not None:
            self._show_problems()
        if pane == "rules" and self.stack:
            self.stack.area.focus()
        elif pane != "rules":
            self.query_one(f"#{pane}").focus()

    def action_check(self) -> None:
        self._show_problems()
        self._check()

    def action_mend(self) -> None:
        """The fix of a problem here, or of the one chosen in the list; else the unit looked at as 依据."""
        if self.stack is None or self.analysis is None:
            return
        current = self.problems.current
        if self.problems.has_focus and self.report is None and current:
            self._go_to_problem(current.key)
        area = self.stack.area
        text, offset = area.text, area.offset_at_cursor
        found = next((e for p in self._problems_here() if (e := fix(p.diagnostic, text, self.unit))), None)
        self._edit(found or (cite(text, offset, self.unit) if self.unit and wants_basis(text, offset) else None))

    def action_cases(self) -> None:
        if self.analysis is None or self.project is None:
            return
        if self.analysis.errors:
            self.tell(f"有 {self.analysis.errors} 处错误，改正后才能运行案例。", wrong=True)
            return
        self.desk.note(f"youju test {self.project.place}")
        self.problems.border_title = "案例（F7）正在运行……"
        self.run_worker(partial(self._run_cases, self.analysis), thread=True, group="cases", exclusive=True)

    def action_next_problem(self) -> None:
        if self.analysis is None or not self.analysis.problems:
            self.tell("没有问题。")
            return
        if self.report is not None:
            self._show_problems()
        keys = [problem_key(p) for p in self.analysis.problems]
        current = self.problems.current
        at = keys.index(current.key) if current and current.key in keys else 0
        start = at + 1 if self._problems_here() or self.problems.has_focus else at
        turned = (*self.analysis.problems[start:], *self.analysis.problems[:start])
        following = next((p for p in turned if p.line), turned[0])
        self._go_to_problem(problem_key(following))
        if not following.line:
            self.tell(following.diagnostic.message)

    def action_next_uncovered(self) -> None:
        unit = self.analysis.next_unit(self.unit, (Covered.NONE, Covered.PART)) if self.analysis else ""
        if unit:
            self.unit = unit
            self.action_pane("units")
            self._show_unit()
        else:
            self.tell("原文各处都有交代。")

    def action_file(self, by: int) -> None:
        if self.stack:
            self.stack.look_at(self.stack.at + by)
            self._show_problems()
            self._follow()

    def commands(self) -> Iterator[Command]:
        """For the palette."""
        yield Command("新政策", "从一份通知开始写", self.action_new)
        yield Command("打开政策……", "文件夹、文件或者随附的政策", self.action_open)
        yield Command("保存", "Ctrl+S", self.action_save)
        yield Command("用外部编辑器改", "Ctrl+E", self.action_outside)
        yield Command("检查", "F5", self.action_check)
        yield Command("运行案例", "F7", self.action_cases)
        yield Command("采用建议", "F6 或 Alt+Enter", self.action_mend)
        yield Command("下一个问题", "F8", self.action_next_problem)
        yield Command("下一处未交代的原文", "F9", self.action_next_uncovered)
        for key in bundled_policy_keys():
            yield Command(f"起草：{key}", "只读打开随附的政策", partial(self.action_open, key))
