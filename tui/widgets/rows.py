"""A list of any length of which only the lines on the screen are ever made: a cursor, an optional head line, rows that are painted when seen.

What the rows hold is the business of who subclasses it: `pieces` gives the words of a row with their styles, no wider than asked. A style is the name
of one of the component classes below without `rows--`, or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

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

Pieces = Sequence[tuple[str, str]]


class Rows(ScrollView, can_focus=True):
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("rows--cursor", "rows--heading", "rows--mark", "rows--hit", "rows--muted", "rows--warning", "rows--error", "rows--good"),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "上一行", show=False),
        Binding("down,j", "step(1)", "下一行", show=False),
        Binding("pageup", "page(-1)", "上一页", show=False),
        Binding("pagedown", "page(1)", "下一页", show=False),
        Binding("home", "end(-1)", "第一行", show=False),
        Binding("end", "end(1)", "最后一行", show=False),
        Binding("enter", "choose", "打开", show=False),
    ]

    class Moved(Message):
        """The cursor stands on another row, or on the same one of another list."""

        def __init__(self, rows: Rows, index: int) -> None:
            super().__init__()
            self.rows, self.index = rows, index

        @property
        def control(self) -> Rows:
            return self.rows

    class Chosen(Moved):
        """Enter, or a second click."""

    def __init__(self, *, id: str, empty: str = "", head: bool = False) -> None:
        super().__init__(id=id)
        self.count, self.cursor, self.empty, self.head = 0, 0, empty, int(head)
        self._ground: Style | None = None

    # --- for who subclasses

    def pieces(self, index: int, width: int) -> Pieces:
        raise NotImplementedError

    def head_pieces(self, width: int) -> Pieces:
        return ()

    def is_stop(self, index: int) -> bool:
        """Whether the cursor may stand on the row."""
        return True

    # --- what it shows

    def reset(self, count: int, empty: str = "", cursor: int = 0) -> None:
        """Another list; `empty` is said instead of rows when there are none."""
        self.count, self.empty = count, empty
        self.cursor = self._stop(min(cursor, max(count - 1, 0)), 1)
        self._measure()
        self._reveal()
        self.refresh()
        self._tell()

    def move_to(self, index: int) -> None:
        if self.count and index != self.cursor:
            before, self.cursor = self.cursor, index
            self._reveal()
            self.refresh_line(before + self.head)
            self.refresh_line(index + self.head)
            self._tell()

    def _tell(self) -> None:
        self.post_message(self.Moved(self, self.cursor))

    def _stop(self, index: int, by: int) -> int:
        """The next row from here that the cursor may stand on; none that way, then the other way."""
        for way in (by, -by):
            at = index
            while 0 <= at < self.count:
                if self.is_stop(at):
                    return at
                at += way
        return 0

    @property
    def rows_seen(self) -> int:
        return max(self.scrollable_content_region.height - self.head, 1)

    def _measure(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self.count + self.head)

    def _reveal(self) -> None:
        top = round(self.scroll_offset.y)
        first = 0 if self.cursor == self._stop(0, 1) else self.cursor
        if first < top:
            self.scroll_to(y=first, animate=False)
        elif self.cursor >= top + self.rows_seen:
            self.scroll_to(y=self.cursor - self.rows_seen + 1, animate=False)

    def on_resize(self) -> None:
        self._measure()
        self._reveal()

    # --- keys

    def action_step(self, by: int) -> None:
        at = self.cursor + by
        while 0 <= at < self.count and not self.is_stop(at):
            at += by
        if 0 <= at < self.count:
            self.move_to(at)

    def action_page(self, by: int) -> None:
        at = min(max(self.cursor + by * self.rows_seen, 0), max(self.count - 1, 0))
        self.move_to(self._stop(at, by))

    def action_end(self, by: int) -> None:
        self.move_to(self._stop(0 if by < 0 else self.count - 1, -by))

    def action_choose(self) -> None:
        if self.count:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: Click) -> None:
        at = event.get_content_offset(self)
        index = round(self.scroll_offset.y) + (at.y - self.head if at else -1)
        if at and at.y >= self.head and 0 <= index < self.count and self.is_stop(index):
            self.move_to(index)
            if event.chain > 1:
                self.action_choose()

    # --- painting

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if self.head and y == 0:
            return self._strip(self.head_pieces(width), width, self.get_component_rich_style("rows--heading"))
        index = y - self.head + round(self.scroll_offset.y)
        if not self.count:
            return self._strip(self._said(y - self.head, width), width, self.ground)
        if index >= self.count:
            return Strip.blank(width, self.ground)
        base = self.get_component_rich_style("rows--cursor") if index == self.cursor else self.ground
        return self._strip(self.pieces(index, width), width, base)

    @property
    def ground(self) -> Style:
        """The style of the list itself, which Textual puts together anew each time it is asked."""
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    def notify_style_update(self) -> None:
        self._ground = None
        super().notify_style_update()

    def _said(self, y: int, width: int) -> Pieces:
        lines = [line for said in self.empty.split("\n") for line in lines_of(one_line(said), max(width, 2))]
        return ((lines[y], "muted"),) if 0 <= y < len(lines) else ()

    def _strip(self, pieces: Pieces, width: int, base: Style) -> Strip:
        segments = [Segment(one_line(words), base + self._look(style)) for words, style in pieces]
        return Strip(segments).adjust_cell_length(width, base)

    def _look(self, style: str) -> Style:
        """Letters of a component class on the ground of the row."""
        return self.get_component_rich_style(f"rows--{style}", partial=True) if style else Style.null()
