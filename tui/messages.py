"""What the panes tell the screen they stand on."""

from __future__ import annotations

from typing import Any

from textual.message import Message


class FieldEdited(Message):
    """A field of the claim got another value, as it would be filed; None is unknown."""

    def __init__(self, name: str, parameter: bool, raw: Any) -> None:
        super().__init__()
        self.name, self.parameter, self.raw = name, parameter, raw


class FieldEntered(Message):
    """The cursor is in this field."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
