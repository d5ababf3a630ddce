"""What is done with the claim of 核定 as a whole: opened, saved, undone, read otherwise, exported. What its panes show is the screen's own."""

from __future__ import annotations

import shlex
from collections.abc import Coroutine, Iterator
from functools import partial
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from tui.claims.changes import events_said, readings_of, with_readings, with_visit, without_visit
from tui.claims.files import ClaimFile
from tui.claims.listing import sheet_of
from tui.messages import FieldEdited
from tui.recording import name_of
from tui.screens.case import Case, opened
from tui.screens.claim_flows import ask_event, ask_event_gone, ask_export, ask_leave, ask_open, ask_policy, new_claim, open_path, save_claim
from tui.screens.palette import Command
from tui.screens.picker import Picker
from tui.screens.place import Place
from tui.screens.samples import Sample
from tui.text.steps import citation
from tui.widgets.field_rows import Field
from tui.widgets.form import ClaimForm
from tui.widgets.plain import one_line
from tui.widgets.trace_tree import TraceTree


class ClaimWork(Place):
    """Under 核定. What asks and waits for an answer runs in one worker: a new question gives up the one before it."""

    CLAIM_KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("d", "读法：有疑义的字句取哪一种意思，差多少"),
        ("Ctrl+S", "保存申报"),
        ("F9", "导出：核定说明（HTML、Markdown）、结果（JSON）、金额（CSV）"),
        ("y", "复制光标所在这一步的出处和原文"),
        ("z　Z（填报时 Ctrl+Z　Ctrl+Y）", "撤销、重做"),
    )
    CLAIM_BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,fullwidth_latin_small_letter_d", "readings", "读法", show=False),
        Binding("ctrl+s", "save", "保存申报", show=False),
        Binding("f9", "export", "导出", show=False),
        Binding("y,fullwidth_latin_small_letter_y", "cite", "复制出处", show=False),
        Binding("z,fullwidth_latin_small_letter_z,ctrl+z", "undo", "撤销", show=False),
        Binding("Z,fullwidth_latin_capital_letter_z,ctrl+y", "redo", "重做", show=False),
    ]

    @property
    def case(self) -> Case:
        return self.desk.case

    async def look_at(self, case: Case) -> None:
        """Another case on the screen."""
        raise NotImplementedError

    async def show_again(self) -> None:
        """The case of the desk on every pane, what is typed in its fields given up."""
        raise NotImplementedError

    def restate(self) -> None:
        """The top line."""
        raise NotImplementedError

    def marks(self) -> tuple[str, ...]:
        """For the top line: that readings were chosen, that there are events, that something is not saved."""
        readings, events = len(readings_of(self.case)), len(events_said(self.case))
        said = ((f"读法 {readings} 项", readings), (f"事件 {events} 个", events), ("● 未存", self.desk.unsaved))
        return tuple(words for words, so in said if so)

    def _asking(self, question: Coroutine[Any, Any, Any]) -> None:
        self.run_worker(question, group="asking", exclusive=True, description="asking")

    def _take_typing(self) -> None:
        """What is typed and not told yet, into the claim now."""
        for field, raw in self.query_one(ClaimForm).untold():
            self.desk.edit(field, raw)

    def say(self, words: str, wrong: bool = False) -> None:
        self.notify(one_line(words), severity="error" if wrong else "information", markup=False)

    def action_cite(self) -> None:
        """《notice》place「words」of the step under the cursor, to the clipboard."""
        node = self.query_one(TraceTree).cursor_node
        anchors = TraceTree.Moved(node, node.data).anchors if node is not None and node.data is not None else ()
        if not anchors:
            self.say("这一步没有引用原文")
            return
        self.app.copy_to_clipboard(citation(self.case.book.name, anchors))
        self.say("出处已送到剪贴板（终端须允许 OSC 52）")

    # --- undo

    async def action_undo(self) -> None:
        self._take_typing()
        await self._step(self.desk.undo.back(self.case), "没有可以撤销的改动")

    async def action_redo(self) -> None:
        await self._step(self.desk.undo.forth(self.case), "没有可以重做的改动")

    async def _step(self, case: Case | None, none: str) -> None:
        if case is None:
            self.say(none)
            return
        self.desk.case = case
        await self.show_again()

    # --- visits, events, readings

    async def change(self, case: Case) -> None:
        """The same claim with more or less in it."""
        self.desk.turn(case)
        await self.show_again()

    async def add_visit(self, copied: bool) -> None:
        self._take_typing()
        await self.change(with_visit(self.case, copied))

    async def drop_visit(self) -> None:
        self._take_typing()
        if self.case.visits < 2:
            self.say("只有一笔，不能删；要重来请用“新申报”", wrong=True)
        else:
            await self.change(without_visit(self.case))

    def add_event(self) -> None:
        self._take_typing()
        self._asking(ask_event(self))

    def drop_event(self) -> None:
        self._asking(ask_event_gone(self))

    def action_readings(self) -> None:
        from tui.screens.readings import ReadingsScreen

        self._take_typing()
        self.app.push_screen(ReadingsScreen(self.case), self._read_as)

    async def _read_as(self, chosen: dict[str, str] | None) -> None:
        if chosen:
            await self.change(with_readings(self.case, chosen))
            self.note_run(*(f"--reading {shlex.quote(f'{name}={label}')}" for name, label in chosen.items() if label))

    def read_every_way(self) -> None:
        from tui.screens.readings import EveryReading

        self._take_typing()
        self.app.push_screen(EveryReading(self.case))
        self.note_run("--all-readings")

    def note_run(self, *more: str) -> None:
        """Into `@`: how the command line decides this claim."""
        file = self.desk.file
        path = str(file.opened.path) if file and file.opened else "申报.json"
        self.desk.note(" ".join(("youju run", shlex.quote(name_of(self.desk.workspace, self.case.policy)), shlex.quote(path), *more)))

    def edit_list(self, field: Field) -> None:
        """The cells of a list; of one that is not what it should be, only a look."""
        from tui.screens.list_editor import ListEditor

        sheet = sheet_of(self.case.policy, field)
        if sheet is None:
            self.app.push_screen(Picker(f"{field.term.name}（只读）", field.items or ("没有",)))
        else:
            self.app.push_screen(ListEditor(self.case.policy, field, sheet, partial(self._file, field)))

    def _file(self, field: Field, raw: Any) -> None:
        self.post_message(FieldEdited(field, raw))

    # --- files

    def action_save(self) -> None:
        self._take_typing()
        self._asking(save_claim(self))

    def action_export(self) -> None:
        self._take_typing()
        if self.case.decision is None or self.case.faults:
            self.say("填报有误，没有可以导出的结果", wrong=True)
        else:
            self._asking(ask_export(self))

    def save_as(self) -> None:
        self._take_typing()
        self._asking(save_claim(self, elsewhere=True))

    def open_at_once(self, path: str) -> None:
        """The file that the command line named."""
        self._asking(self._open_at_once(path))

    async def _open_at_once(self, path: str) -> None:
        message = await open_path(self, path)
        if message:
            self.say(message, wrong=True)

    async def open_file(self, file: ClaimFile, case: Case) -> None:
        self.desk.files.append(file)
        await self.look_at(case)
        self.note_run()

    async def begin(self, sample: Sample) -> None:
        """A new claim, which is to become a file."""
        case = opened(self.case.policy, sample)
        self.desk.files.append(ClaimFile(sample, None, case.data))
        await self.look_at(case)

    async def may_leave(self) -> bool:
        return not self.desk.unsaved or await ask_leave(self)

    def commands(self) -> Iterator[Command]:
        yield Command("打开申报…", "*.json", lambda: self._asking(ask_open(self)))
        yield Command("保存申报", "Ctrl+S", self.action_save)
        yield Command("申报另存为…", "", self.save_as)
        yield Command("导出…", "F9　HTML、Markdown、JSON、CSV", self.action_export)
        yield Command("新申报", "这个政策的空白申报", lambda: self._asking(new_claim(self)))
        yield Command("打开政策…", "文件夹或者 .policy 文件，从空白申报开始", lambda: self._asking(ask_policy(self)))
        yield Command("加一笔就诊", "空白", partial(self.add_visit, False))
        yield Command("照这一笔再加一笔", "", partial(self.add_visit, True))
        yield Command("删这一笔就诊", "", self.drop_visit)
        if self.case.policy.compiled().book.events:
            yield Command("加一个事件…", "例如核定为虚假费用", self.add_event)
        if self.case.data.get("事件"):
            yield Command("删一个事件…", "", self.drop_event)
        yield Command("读法…", "d", self.action_readings)
        yield Command("各读法的结果", "差在哪里，差多少", self.read_every_way)
        yield Command("撤销", "z", self.action_undo)
        yield Command("重做", "Z", self.action_redo)
