"""起草: not built yet."""

from __future__ import annotations

from textual.app import ComposeResult

from tui.screens.place import Place
from tui.widgets.bars import KeyLine, StatusLine
from tui.widgets.prose import Prose


class DraftScreen(Place):
    TITLE = "起草"

    def compose(self) -> ComposeResult:
        yield StatusLine(self.TITLE, id="status")
        yield Prose((("这一处还没有做好。", ""),), id="body")
        yield KeyLine((), (), id="keys")
