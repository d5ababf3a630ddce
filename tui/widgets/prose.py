"""A few wrapped lines of data: Chinese line breaking, no markup, its own height."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.widgets.plain import one_line
from tui.widgets.wrap import lines_of

Piece = tuple[str, str]


class Prose(Widget):
    """Pieces of (words, style), each beginning a line; empty ones are left out."""

    def __init__(self, pieces: tuple[Piece, ...] = (), *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.pieces = pieces

    def show(self, *pieces: Piece) -> None:
        if pieces != self.pieces:
            self.pieces = pieces
            self.refresh(layout=True)

    def _lines(self, width: int) -> list[Piece]:
        return [(line, style) for words, style in self.pieces if words for line in lines_of(one_line(words), max(width, 2))]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(len(self._lines(width)), 1)

    def render(self) -> Content:
        return Content("\n").join([Content.styled(line, style) for line, style in self._lines(self.content_size.width)])
