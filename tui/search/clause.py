"""A clause that cites a unit: the words of the notice, what is written in the policy, and what it was read as."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from grammar.address import spoken
from interpreter.citations import Citing
from interpreter.notice import Unit
from tui.widgets.plain import plain
from tui.widgets.prose import Piece, Prose


class ClauseScreen(ModalScreen[bool]):
    """Dismisses with whether the clause is wanted in 起草."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss(False)", "关闭", show=False),
        Binding("g", "dismiss(True)", "在起草中打开", show=False),
    ]

    def __init__(self, citing: Citing, unit: Unit) -> None:
        super().__init__()
        self.citing, self.unit = citing, unit

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="clause") as box:
            box.border_title = plain(f"段落：{self.citing.standing}" if self.citing.accounts else f"{self.citing.clause}（{self.citing.standing}）")
            box.border_subtitle = "g 在起草中打开　Esc 关闭"
            yield Prose(told(self.citing, self.unit))


def told(citing: Citing, unit: Unit) -> tuple[Piece, ...]:
    """Place and words of the notice, place and words of the policy, the reading back."""
    quoted = citing.anchor.quote or unit.text
    changed = citing.anchor.digest and citing.anchor.digest != unit.digest
    return (
        (f"原文　{spoken(unit.id)}", "bold"),
        (f"「{quoted}」", ""),
        ("所引的文字与这一版通知不同：条款依据的是另一版。" if changed else "", "$text-warning"),
        (" ", ""),
        (f"写作　{citing.source} 第 {citing.line} 行", "bold"),
        *((line, "") for line in citing.written.splitlines()),
        (" " if citing.read_back else "", ""),
        (("理由" if citing.accounts else "读作") if citing.read_back else "", "bold"),
        (citing.read_back, ""),
    )
