"""Where the learner answers: an amount, read as it is typed, and the clauses."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from tui.draft.dialogs import Line
from tui.train.session import Entry
from tui.train.words import OPEN, read_answer
from tui.widgets.capital import capital_amount
from tui.widgets.plain import one_line
from tui.widgets.prose import Prose


class ClauseField(Widget, can_focus=True):
    """The clauses named so far; Enter or space opens the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,ideographic_space", "ask", "选条款", show=False),
        Binding("backspace,delete", "clear", "清空", show=False),
    ]

    class Asked(Message):
        """The list is wanted."""

    class Cleared(Message):
        """Nothing is to be named."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.named: tuple[str, ...] = ()

    def show(self, named: tuple[str, ...]) -> None:
        self.named = named
        self.refresh()

    def render(self) -> Content:
        said = "".join(f"《{one_line(n)}》" for n in self.named) or "（Enter 打开条款表）"
        return Content.assemble(("依据 ", "bold"), said)

    def action_ask(self) -> None:
        self.post_message(self.Asked())

    def action_clear(self) -> None:
        self.post_message(self.Cleared())

    def on_click(self) -> None:
        self.action_ask()


class AnswerPane(Vertical):
    """Tells the screen what is typed; shows how it was understood."""

    class Typed(Message):
        """The amount now stands so."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def compose(self) -> ComposeResult:
        yield Line(placeholder=f"金额（元）；不能定的写“{OPEN}”", compact=True, id="amount")
        yield ClauseField(id="named")
        yield Prose(id="echo")

    def on_mount(self) -> None:
        self.border_title = "答（F2）"

    def show(self, entry: Entry | None) -> None:
        """The entry's answer; what is being typed is newer and stands."""
        field = self.query_one("#amount", Line)
        text = entry.typed if entry else ""
        if field.value != text:
            with field.prevent(Input.Changed):
                field.value = text
        field.disabled = entry is None or not entry.is_open
        self.query_one(ClauseField).show(entry.named if entry else ())
        self._echo(text)

    def _echo(self, text: str) -> None:
        readable, fen, why = read_answer(text)
        said = "" if not text.strip() else why or ("算不出来：缺少必需的事实" if fen is None else capital_amount(fen))
        self.query_one("#echo", Prose).show((said, "" if readable else "bold $error"))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._echo(event.value)
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(ClauseField).focus()
