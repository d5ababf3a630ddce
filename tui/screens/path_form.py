"""A path to be typed, with the files it may mean beneath it: Tab completes, ↓ goes into the list, Enter takes it."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from grammar.source import visible
from tui.claims.files import offered
from tui.draft.dialogs import Line
from tui.widgets.plain import one_line, plain
from tui.widgets.prose import Prose


class PathForm(ModalScreen[str]):
    """Dismisses with the path as typed or chosen, nothing for Esc. A name that holds something invisible can be chosen, not typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('')", "取消", show=False),
        Binding("tab", "complete", "补全", show=False, priority=True),
        Binding("down", "into_list", "到文件", show=False),
    ]

    def __init__(self, title: str, label: str, typed: str, said: str = "", ending: str = ".json") -> None:
        super().__init__()
        self.heading, self.label, self.typed, self.said, self.ending = title, label, typed, said, ending
        self.found: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title, box.border_subtitle = plain(self.heading), "Tab 补全　↓ 选文件　Enter 确定　Esc 取消"
            yield Prose(((self.said, "$text-warning"),), classes="said")
            yield Prose(((self.label, "bold"),))
            yield Line(self.typed, compact=True, select_on_focus=False)
            yield OptionList(markup=False)

    def on_mount(self) -> None:
        self.query_one(".said").display = bool(self.said)
        self._offer(self.typed if self.typed != "申报.json" else "")
        self.query_one(Line).focus()

    def _offer(self, typed: str) -> None:
        self.found = offered(typed, Path.cwd(), self.ending)
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(plain(one_line(path))) for path in self.found])
        listed.display = bool(self.found)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self.typed:
            self.typed = event.value
            self._offer(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self.dismiss(event.value.strip())

    def action_complete(self) -> None:
        """To what all that is offered begins with; of one, the whole."""
        line = self.query_one(Line)
        typed = [path for path in self.found if visible(path) == path]
        common = _common(typed)
        if len(common) > len(line.value):
            line.value = common
            line.cursor_position = len(common)
        line.focus()

    def action_into_list(self) -> None:
        listed = self.query_one(OptionList)
        if self.found and not listed.has_focus:
            listed.focus()
            listed.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        path = self.found[event.option_index]
        if path.endswith("/"):
            line = self.query_one(Line)
            line.value, self.typed = path, path
            line.cursor_position = len(path)
            self._offer(path)
            line.focus()
        else:
            self.dismiss(path)


def _common(paths: list[str]) -> str:
    if not paths:
        return ""
    first, last = min(paths), max(paths)
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[:same]
