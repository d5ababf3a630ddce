"""The editor of one policy file: coloured, with the places of its problems underlined, and with nothing invisible ever in it."""

from __future__ import annotations

from pathlib import Path

from rich.style import Style
from rich.text import Text
from textual.document._document import EditResult
from textual.document._document_navigator import DocumentNavigator
from textual.document._edit import Edit
from textual.events import Key
from textual.widgets import TextArea

from corpus.drafts import Opened
from grammar.source import visible
from tui.draft.analysis import location_of, offset_of
from tui.draft.lines import ChineseLines, painted

_WRONG = Style(underline=True, color="red")
_DOUBTFUL = Style(underline=True, color="yellow")


class RuleArea(TextArea):
    """`name` is that of its source; `opened` is the file as it stands on disk, None for one that comes with the program and is only read."""

    def __init__(self, source: str, text: str, opened: Opened | None) -> None:
        self.source, self.opened = source, opened
        self.saved = text
        self.wrong: dict[int, list[tuple[int, int, bool]]] = {}
        super().__init__(text, soft_wrap=True, show_line_numbers=True, read_only=opened is None, tab_behavior="focus", highlight_cursor_line=False)
        self.match_cursor_bracket = False

    @property
    def path(self) -> Path | None:
        return self.opened.path if self.opened else None

    @property
    def is_unsaved(self) -> bool:
        return self.opened is not None and (self.text != self.saved or self.opened.escaped > 0)

    # --- content

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document = ChineseLines(self.document)
        self.navigator = DocumentNavigator(self.wrapped_document)

    def edit(self, edit: Edit) -> EditResult:
        """Whatever is typed, pasted or put in passes here; what could be obeyed or missed is written out."""
        edit.text = visible(edit.text)
        return super().edit(edit)

    async def _on_key(self, event: Key) -> None:
        """Keys that move or delete are obeyed here in their turn; left to the application, they would come after letters typed behind them."""
        own = [b for b in self._bindings.key_to_bindings.get(event.key, ()) if not event.is_printable]
        if own:
            event.stop()
            event.prevent_default()
            self._restart_blink()
            await self.app.run_action(own[0].action, self)

    def take(self, opened: Opened) -> None:
        """The file as it now stands on disk, instead of what was here; the cursor stays on its line."""
        row = self.cursor_location[0]
        self.opened, self.saved = opened, opened.text
        self.load_text(opened.text)
        self.go(offset_of(opened.text, (min(row, opened.text.count("\n")), 0)))

    def put(self, start: int, end: int, words: str) -> None:
        """One edit that can be undone, the cursor behind it."""
        text = self.text
        result = self.replace(words, location_of(text, start), location_of(text, end), maintain_selection_offset=False)
        self.move_cursor(result.end_location)

    # --- places

    @property
    def offset_at_cursor(self) -> int:
        return offset_of(self.text, self.cursor_location)

    def go(self, offset: int) -> None:
        self.move_cursor(location_of(self.text, offset), center=True)

    def on_resize(self) -> None:
        """What stands below took or gave back a line: the cursor stays in view."""
        self.call_after_refresh(self._look)

    def _look(self) -> None:
        if self.is_attached:
            self.scroll_cursor_visible()

    # --- painting

    def underline(self, spans: list[tuple[int, int, bool]]) -> None:
        """Stretches of the text (start, end, whether an error) that problems are about."""
        found: dict[int, list[tuple[int, int, bool]]] = {}
        text = self.text
        for start, end, is_error in spans:
            row, column = location_of(text, start)
            last = min(end, (text.find("\n", start) + 1 or len(text) + 1) - 1)
            found.setdefault(row, []).append((column, column + max(last - start, 1), is_error))
        if found != self.wrong:
            self.wrong = found
            self._line_cache.clear()
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        line = super().get_line(line_index)
        for style, start, end in painted(line.plain):
            line.stylize(style, start, end)
        for start, end, is_error in self.wrong.get(line_index, ()):
            line.stylize(_WRONG if is_error else _DOUBTFUL, start, end)
        return line
