"""The claim form: every field of the vocabulary, dimmed where the decision did not need it, ● where an outcome waits for it."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from tui.messages import FieldEntered
from tui.widgets.field_rows import Field, Group
from tui.widgets.fields import ChoiceField, TextField
from tui.widgets.plain import plain
from tui.widgets.prose import Piece, Prose


class FieldRow(Horizontal):
    """Name and editor. The name of a missing field begins with ●."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.name_label = Prose(((_named(field), ""),), classes="name")
        self.editor: TextField | ChoiceField = ChoiceField(field) if field.is_choice or field.is_list else TextField(field)

    def compose(self) -> ComposeResult:
        yield self.name_label
        yield self.editor

    def on_mount(self) -> None:
        self._mark()

    def show(self, field: Field, afresh: bool) -> None:
        changed = (field.missing, field.read, field.fault) != (self.field.missing, self.field.read, self.field.fault)
        self.field = field
        self.editor.show(field, afresh)
        if changed:
            self.name_label.show((_named(field), ""))
            self._mark()

    def _mark(self) -> None:
        self.set_class(not self.field.read and not self.field.missing, "-idle")
        self.set_class(self.field.missing, "-missing")
        self.set_class(bool(self.field.fault), "-fault")


def _named(field: Field) -> str:
    mark = "● " if field.missing else "✗ " if field.fault else ""
    return mark + field.term.name


class ClaimForm(Vertical):
    """Rows above, and below them what there is to say about the field the cursor is in."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.border_title = "病例（F2）"
        self.fields: tuple[Field, ...] = ()
        self.current = ""

    def compose(self) -> ComposeResult:
        yield VerticalScroll(id="rows", can_focus=False)
        yield Prose(id="hint")

    async def show(self, fields: tuple[Field, ...], fault: str, afresh: bool) -> None:
        """New fields replace the rows; the same fields with other values are updated in place."""
        same = [f.key for f in fields] == [f.key for f in self.fields]
        self.fields, self.fault = fields, fault
        rows = self.query_one("#rows", VerticalScroll)
        if same:
            for row, field in zip(rows.query(FieldRow), fields, strict=True):
                row.show(field, afresh)
        else:
            await rows.remove_children()
            await rows.mount_all(_rows(fields))
        self._hint()

    def on_field_entered(self, event: FieldEntered) -> None:
        self.current = event.name
        self._hint()

    def enter(self) -> None:
        """The cursor to a field that is missing, else to where it was, else to the first."""
        rows = list(self.query(FieldRow))
        row = next((r for r in rows if r.field.missing), None) or next((r for r in rows if r.field.term.name == self.current), None)
        if row or rows:
            (row or rows[0]).editor.focus()
            self.call_after_refresh((row or rows[0]).scroll_visible, animate=False)

    def flush(self) -> None:
        """What is typed is told now."""
        for editor in self.query(TextField):
            editor.tell()

    def untold(self) -> list[tuple[Field, Any]]:
        """What is typed and was not told yet; it is not told again."""
        typed = [(e.field, e.untold()) for e in self.query(TextField)]
        return [(field, raw[0]) for field, raw in typed if raw]

    def _hint(self) -> None:
        field = next((f for f in self.fields if f.term.name == self.current), None)
        self.query_one("#hint", Prose).show(*hint(field, self.fault))


def _rows(fields: tuple[Field, ...]) -> list[FieldRow | Static]:
    made: list[FieldRow | Static] = []
    group: Group | None = None
    for field in fields:
        if field.group is not group:
            group = field.group
            made.append(Static(plain(f"─ {group} "), classes="group", markup=False))
        made.append(FieldRow(field))
    return made


def hint(field: Field | None, fault: str) -> tuple[Piece, ...]:
    """Fault, how it was read, who asks, the question."""
    if field is None:
        return ((fault, "$text-error"),) if fault else (("Tab 换栏　空格选择　退格改为不知道", "dim"),)
    said = (
        (f"{field.term.name}{field.fault}" if field.fault else fault, "$text-error"),
        (field.echo, "$text-success"),
        (f"● 等这一项的条文：{field.asked_by or '（结果本身）'}" if field.missing else "", "$text-warning"),
        (field.term.question, ""),
        (f"没有填报的为{field.term.default}" if field.term.default and field.raw is None else "", "dim"),
        ("" if field.read or field.missing else "本次核定没有用到这一项", "dim"),
    )
    shown = tuple(piece for piece in said if piece[0])
    return shown or ((field.term.name, "dim"),)
