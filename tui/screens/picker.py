"""A list over the screen: the options of a field, the samples, the rows of a list. Enter chooses, space ticks where several may be ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.widgets.plain import plain


class Picker(ModalScreen[tuple[int, ...] | None]):
    """Dismisses with the indexes chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "取消", show=False),
        Binding("space,ideographic_space", "tick", "勾选", show=False),
    ]

    def __init__(self, title: str, options: Sequence[str], picked: Sequence[int] = (), several: bool = False) -> None:
        super().__init__()
        self.heading, self.options, self.several = title, tuple(options), several
        self.picked, self.ticked = set(picked), False

    def compose(self) -> ComposeResult:
        with Vertical(id="picker") as box:
            box.border_title = plain(self.heading)
            box.border_subtitle = "空格勾选　Enter 确定　Esc 取消" if self.several else "Enter 选定　Esc 取消"
            yield OptionList(*(Option(self._shown(i)) for i in range(len(self.options))), markup=False)

    def on_mount(self) -> None:
        chosen = self.query_one(OptionList)
        chosen.highlighted = min(self.picked, default=0) if self.options else None

    def _shown(self, index: int) -> Content:
        mark = "✓ " if index in self.picked else "  "
        return plain((mark if self.several else "") + self.options[index])

    def action_tick(self) -> None:
        chosen = self.query_one(OptionList)
        if self.several and chosen.highlighted is not None:
            self.picked, self.ticked = self.picked ^ {chosen.highlighted}, True
            chosen.replace_option_prompt_at_index(chosen.highlighted, self._shown(chosen.highlighted))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """What is ticked; without any ticking, the one under the cursor."""
        self.dismiss(tuple(sorted(self.picked)) if self.ticked and self.picked else (event.option_index,))
