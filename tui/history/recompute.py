"""A record beside the same claim under today's policy."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from corpus.history import Record
from tui.history.lines import beijing, comparison
from tui.widgets.plain import plain
from tui.widgets.prose import Prose


class RecomputeScreen(ModalScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "dismiss(None)", "关闭", show=False)]

    def __init__(self, old: Record, new: Record) -> None:
        super().__init__()
        self.old, self.new = old, new

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="recompute") as box:
            box.border_title = plain(f"按今天的政策重算　第 {self.old.id} 笔")
            box.border_subtitle = "Esc 关闭"
            yield Prose(self._pieces())

    def _pieces(self) -> tuple[tuple[str, str], ...]:
        lines = comparison(self.old, self.new, min(self.app.size.width - 8, 86))
        digests = (f"记录时的政策　{self.old.digest[:23]}…", "dim"), (f"今天的政策　　{self.new.digest[:23]}…", "dim")
        return ((f"记于 {beijing(self.old.recorded)}（北京时间）　{self.old.policy}", "bold"), (" ", ""), *lines, *digests)
