"""For the projector: one step at a key, in wide lines, bold, nothing dimmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen

from tui.train.session import Entry
from tui.train.words import amount, facts, question, steps
from tui.widgets.prose import Piece, Prose


def slides(entry: Entry) -> tuple[tuple[Piece, ...], ...]:
    """The exercise, each step of the reckoning, the answer."""
    exercise = entry.exercise
    first = (*(piece for piece in facts(entry) if piece[1] != "italic"), (question(exercise), ""))
    last = ((f"答：{amount(exercise.answer)}", ""), *((f"《{c}》", "") for c in exercise.required))
    return (first, *(lines for _, lines in steps(exercise)), last)


def spaced(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Every piece bold, an empty line between two."""
    made: list[Piece] = []
    for words, _ in pieces:
        if words:
            made += [(words, "bold"), ("　", "")]
    return tuple(made[:-1])


class StageScreen(ModalScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b,B,alt+b,q", "dismiss(None)", "结束", show=False),
        Binding("space,ideographic_space,enter,right,pagedown", "step(1)", "下一步", show=False),
        Binding("left,pageup,backspace", "step(-1)", "上一步", show=False),
        Binding("home", "step(-999)", "第一步", show=False),
    ]

    class Disclosed(Message):
        """A step was shown."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry, self.slides, self.at = entry, slides(entry), 0

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="stage") as box:
            box.border_title = f"讲解　第{self.entry.label}题"
            yield Prose(id="slide")

    def on_mount(self) -> None:
        self.query_one("#stage").focus()
        self._show()

    def _show(self) -> None:
        box = self.query_one("#stage", VerticalScroll)
        self.query_one("#slide", Prose).show(*spaced(self.slides[self.at]))
        box.border_subtitle = f"{self.at + 1}/{len(self.slides)}　空格 下一步　← 上一步　Esc 结束"
        box.scroll_home(animate=False)

    def action_step(self, by: int) -> None:
        self.at = max(min(self.at + by, len(self.slides) - 1), 0)
        self._show()
        if self.at:
            self.app.screen_stack[-2].post_message(self.Disclosed())
