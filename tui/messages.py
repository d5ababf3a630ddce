"""What the panes tell the screen they stand on."""

from __future__ import annotations

from typing import Any

from textual.message import Message

from tui.widgets.field_rows import Field


class FieldEdited(Message):
    """A field of the claim got another value, as it would be filed; None is unknown. The field says of which visit of which claim it is."""

    def __init__(self, field: Field, raw: Any) -> None:
        super().__init__()
        self.field, self.raw = field, raw


class FieldEntered(Message):
    """The cursor is in this field."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
