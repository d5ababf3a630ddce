"""The notice over the screen, to read while answering."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from interpreter.graph import Anchor
from interpreter.notice import Notice
from tui.widgets.source_pane import SourcePane


class NoticeScreen(ModalScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,o,O,alt+o,q,enter", "dismiss(None)", "关闭", show=False)]

    def __init__(self, notice: Notice, lit: Sequence[Anchor] = ()) -> None:
        super().__init__()
        self.notice, self.lit = notice, tuple(lit)

    def compose(self) -> ComposeResult:
        yield SourcePane(id="reading")

    def on_mount(self) -> None:
        pane = self.query_one(SourcePane)
        pane.border_title = "原文　Esc 关闭"
        pane.open_notice(self.notice)
        if self.lit:
            pane.show(self.lit)
        else:
            pane.border_subtitle = "↑ ↓ 滚动"
        pane.focus()
