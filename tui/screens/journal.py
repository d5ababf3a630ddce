"""`@`: what was done here, as the command lines that would do the same; to be copied into a file of a dispute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import TextArea

from grammar.source import visible


class LogScreen(ModalScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,at,fullwidth_commercial_at,q", "dismiss(None)", "关闭", show=False),
        Binding("y", "copy", "复制", show=False),
    ]

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self.lines = tuple(visible(line) for line in lines)

    def compose(self) -> ComposeResult:
        with Vertical(id="log") as box:
            box.border_title = "命令记录（@）"
            box.border_subtitle = "y 复制　Esc 关闭"
            yield TextArea("\n".join(self.lines) or "还没有可以记的命令。", read_only=True, show_cursor=False)

    def action_copy(self) -> None:
        self.app.copy_to_clipboard("\n".join(self.lines))
        self.notify("已送到剪贴板（终端须允许 OSC 52）", markup=False)
