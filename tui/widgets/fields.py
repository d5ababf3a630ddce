"""What a field is edited with: a line of text, or a choice that steps through its options and opens a list of them.

Text fields are ordinary text inputs, so that an input method composes at the caret; amounts are never restricted while typing, they are read and
answered. A choice costs one widget.
"""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from grammar.document import Kind
from grammar.source import visible
from tui.messages import FieldEdited, FieldEntered
from tui.widgets.field_rows import Field
from tui.widgets.plain import plain

DEBOUNCE = 0.12


class TextField(Input):
    """One line. What could be obeyed or missed is written out the moment it arrives, typed or pasted."""

    def __init__(self, field: Field) -> None:
        super().__init__(value=field.text, compact=True, select_on_focus=False, placeholder=_shape(field))
        self.field = field
        self._waiting: Timer | None = None

    def validate_value(self, value: str) -> str:
        return visible(value).replace("\n", " ")

    def show(self, field: Field, afresh: bool) -> None:
        """The field after a decision. What stands in the line being edited is newer than that; it gives way only to another claim or visit."""
        self.field = field
        if afresh or (not self.has_focus and field.filed(self.value) != field.raw):
            self._forget_timer()
            with self.prevent(Input.Changed):
                self.value = field.text

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._forget_timer()
        self._waiting = self.set_timer(DEBOUNCE, self.tell)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.tell()
        self.screen.focus_next()

    def tell(self) -> None:
        """At once."""
        for raw in self.untold():
            self.post_message(FieldEdited(self.field, raw))

    def untold(self) -> tuple[Any, ...]:
        """What is typed, where it is not what stands in the claim."""
        self._forget_timer()
        raw = self.field.filed(self.value)
        return (raw,) if raw != self.field.raw else ()

    def _forget_timer(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None

    def on_focus(self) -> None:
        self.post_message(FieldEntered(self.field.term.name))

    def on_blur(self) -> None:
        if self.is_attached:
            self.tell()


def _shape(field: Field) -> str:
    shapes = {Kind.MONEY: "元", Kind.RATIO: "如 33.3%", Kind.DATE: "年-月-日", Kind.MONTH: "年-月", Kind.YEAR: "年"}
    default = field.term.default.strip("“”")
    return f"（{default}）" if default else shapes.get(field.term.kind, "")


class ChoiceField(Widget, can_focus=True):
    """是／否／不知道, or members of a term; several where the term allows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,ideographic_space", "choose", "选择", show=False),
        Binding("left", "step(-1)", "上一项", show=False),
        Binding("right", "step(1)", "下一项", show=False),
        Binding("backspace,delete", "forget", "改为不知道", show=False),
    ]

    class Asked(Message):
        """The list of options is wanted."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field

    def show(self, field: Field, afresh: bool) -> None:
        self.field = field
        self.refresh()

    def render(self) -> Content:
        default = self.field.term.default
        return plain(self.field.text or ("没有" if self.field.is_list else f"（{default}）" if default else "—"))

    def on_focus(self) -> None:
        self.post_message(FieldEntered(self.field.term.name))

    def on_click(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        self.post_message(self.Asked(self.field))

    def action_step(self, by: int) -> None:
        options = ("", *self.field.options)
        if self.field.is_list or self.field.term.several:
            self.action_choose()
            return
        at = options.index(self.field.text) if self.field.text in options else 0
        self.tell(chosen(self.field, options[(at + by) % len(options)]))

    def action_forget(self) -> None:
        if not self.field.is_list:
            self.tell(None)

    def tell(self, raw: Any) -> None:
        self.post_message(FieldEdited(self.field, raw))


def chosen(field: Field, option: str) -> Any:
    """What choosing an option files; the empty one is unknown."""
    if not option:
        return None
    return option == "是" if field.term.kind is Kind.BOOLEAN else option
