"""A list whose entries are as long as they are: a sign, words wrapped as Chinese is, and lines of explanation; a cursor goes from entry to entry.

Only the lines on the screen are painted, so a long list costs no more than a short one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.plain import one_line
from tui.widgets.wrap import lines_of


@dataclass(frozen=True, slots=True)
class Entry:
    """`key` tells it from the others; `tone` is a colour of the sign, `more` stands below the words, dimmed."""

    key: str
    sign: str
    words: str
    tone: str = ""
    more: tuple[str, ...] = ()
    is_heading: bool = False


class EntryList(ScrollView, can_focus=True):
    COMPONENT_CLASSES: ClassVar[set[str]] = {"entries--cursor", "entries--more"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "上一项", show=False),
        Binding("down", "step(1)", "下一项", show=False),
        Binding("pageup", "page(-1)", "上一页", show=False),
        Binding("pagedown", "page(1)", "下一页", show=False),
        Binding("home", "step(-1000000)", "第一项", show=False),
        Binding("end", "step(1000000)", "最后一项", show=False),
        Binding("enter", "choose", "打开", show=False),
    ]

    class Moved(Message):
        """The cursor was moved here by a key."""

        def __init__(self, pane: EntryList, key: str) -> None:
            super().__init__()
            self.pane, self.key = pane, key

    class Chosen(Moved):
        """Enter on an entry."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.entries: tuple[Entry, ...] = ()
        self.at = 0
        self._lines: list[tuple[int, str, bool]] = []
        self._tops: list[int] = []

    @property
    def current(self) -> Entry | None:
        return self.entries[self.at] if self.entries else None

    def show(self, entries: tuple[Entry, ...]) -> None:
        """Other entries; the cursor stays on the one it was on, or near it."""
        if entries == self.entries:
            return
        key = self.current.key if self.current else ""
        self.entries = entries
        self.at = next((i for i, e in enumerate(entries) if e.key == key), min(self.at, max(len(entries) - 1, 0)))
        self._lay_out()

    def go(self, key: str) -> None:
        """The cursor to an entry, into view, without telling."""
        at = next((i for i, e in enumerate(self.entries) if e.key == key), self.at)
        if at != self.at:
            self.at = at
            self.refresh()
        self._reveal()

    # --- layout

    def on_resize(self) -> None:
        self._lay_out()
        self._reveal()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        self._lines, self._tops = [], []
        for index, entry in enumerate(self.entries if width > 4 else ()):
            self._tops.append(len(self._lines))
            self._lines += [(index, line, more) for line, more in _laid_out(entry, width)]
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def _reveal(self) -> None:
        if not self._tops:
            return
        top = self._tops[self.at]
        bottom = self._tops[self.at + 1] if self.at + 1 < len(self._tops) else len(self._lines)
        height, y = max(self.scrollable_content_region.height, 1), self.scroll_offset.y
        if top < y or bottom > y + height:
            self.scroll_to(y=max(top - (1 if bottom - top < height - 1 else 0), 0), animate=False)

    # --- moving

    def action_step(self, by: int) -> None:
        if self.entries:
            self.at = min(max(self.at + by, 0), len(self.entries) - 1)
            self._reveal()
            self.refresh()
            self.post_message(self.Moved(self, self.entries[self.at].key))

    def action_page(self, by: int) -> None:
        if self._tops:
            y = self._tops[self.at] + by * max(self.scrollable_content_region.height - 2, 1)
            index = self._lines[min(max(y, 0), len(self._lines) - 1)][0]
            self.action_step(index - self.at or by)

    def action_choose(self) -> None:
        if self.current:
            self.post_message(self.Chosen(self, self.current.key))

    def on_click(self, event: Click) -> None:
        y = event.y + self.scroll_offset.y - self.gutter.top
        if 0 <= y < len(self._lines):
            self.action_step(self._lines[y][0] - self.at)

    # --- painting

    def render_line(self, y: int) -> Strip:
        row, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if row >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        index, line, more = self._lines[row]
        entry, first = self.entries[index], self._tops[index] == row
        base = self.rich_style
        if more:
            base = self.get_component_rich_style("entries--more")
        if index == self.at:
            base += Style(bgcolor=self.get_component_rich_style("entries--cursor").bgcolor)
        if entry.is_heading:
            base += Style(bold=True)
        lead = f"{entry.sign} " if first else " " * (cell_len(entry.sign) + 1)
        sign = base + Style(color=entry.tone, bold=True) if entry.tone else base
        return Strip([Segment(lead, sign), Segment(line, base)]).adjust_cell_length(width, base)


@lru_cache(maxsize=5_000)
def _laid_out(entry: Entry, width: int) -> tuple[tuple[str, bool], ...]:
    room = width - cell_len(entry.sign) - 1
    said = [(line, False) for line in lines_of(one_line(entry.words), room)]
    return (*said, *((line, True) for words in entry.more for line in lines_of(one_line(words), room)))
