"""What is asked before something is lost, and the few things that are typed: a path, a key, a folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from grammar.source import visible
from tui.widgets.plain import one_line, plain
from tui.widgets.prose import Prose


class Ask(ModalScreen[int | None]):
    """A question with answers; dismisses with the number of the answer, None for Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "取消", show=False)]

    def __init__(self, title: str, said: str, answers: Sequence[str]) -> None:
        super().__init__()
        self.heading, self.said, self.answers = title, said, tuple(answers)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title, box.border_subtitle = plain(self.heading), "Enter 选定　Esc 取消"
            yield Prose(((self.said, ""),))
            yield OptionList(*(Option(plain(one_line(a))) for a in self.answers), markup=False)

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()
        self.query_one(OptionList).highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)


class Line(Input):
    """One line of typing in which nothing invisible can stand."""

    def validate_value(self, value: str) -> str:
        return visible(value).replace("\n", " ")


class Form(ModalScreen[tuple[str, ...] | None]):
    """A few lines to fill in, each with its name and what to do in it; Enter goes on, on the last one it is done."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "取消", show=False)]

    def __init__(self, title: str, fields: Sequence[tuple[str, str]], said: str = "") -> None:
        super().__init__()
        self.heading, self.fields, self.said = title, tuple(fields), said

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog") as box:
            box.border_title, box.border_subtitle = plain(self.heading), "Enter 下一栏、确定　Esc 取消"
            yield Prose(((self.said, "$text-warning"),), classes="said")
            for name, value in self.fields:
                yield Prose(((name, "bold"),))
                yield Line(value, compact=True)

    def on_mount(self) -> None:
        self.query_one(".said").display = bool(self.said)
        self.query(Line).first().focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        lines = list(self.query(Line))
        at = lines.index(self.focused) if isinstance(self.focused, Line) else len(lines) - 1
        if at + 1 < len(lines):
            lines[at + 1].focus()
        else:
            self.dismiss(tuple(line.value.strip() for line in lines))
