"""A curve in block characters: a column a step, eighths of a row; on the axis ◆ is a cliff, ┴ a break, ▲ where the claim stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.widgets.plain import one_line

_EIGHTHS = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Plot:
    """`at` is the height at a value, None where there is none; `said` writes an amount out."""

    low: int
    high: int
    at: Callable[[int], Fraction | None]
    breaks: Sequence[tuple[int, bool]]
    standing: int | None
    said: Callable[[int], str]


def chart_lines(plot: Plot, width: int, height: int) -> list[str]:
    """At most `height` lines, the last two the axis and its ends."""
    rows = max(height - 2, 1)
    tops = [plot.at(x) for x in _steps(plot, 64)]
    most = max((t for t in tops if t is not None), default=Fraction(0))
    marks = [plot.said(int(most)), plot.said(0)]
    margin = max(cell_len(m) for m in marks) + 1
    columns = max(width - margin - 1, 8)
    levels = [_level(plot.at(x), most, rows) for x in _steps(plot, columns)]
    lines = []
    for row in range(rows):
        mark = marks[0] if row == 0 else marks[1] if row == rows - 1 and rows > 1 else ""
        body = "".join(_EIGHTHS[min(max(level - (rows - 1 - row) * 8, 0), 8)] for level in levels)
        lines.append(" " * (margin - cell_len(mark) - 1) + mark + " ┤" + body.rstrip())
    return [*lines, " " * margin + "└" + _axis(plot, columns), _ends(plot, margin, columns)]


def _steps(plot: Plot, columns: int) -> list[int]:
    return [plot.low + (plot.high - plot.low) * c // max(columns - 1, 1) for c in range(columns)]


def _level(top: Fraction | None, most: Fraction, rows: int) -> int:
    """What is not nothing shows at least an eighth."""
    if top is None or top <= 0 or most <= 0:
        return 0
    return max(int(top * rows * 8 / most), 1)


def _axis(plot: Plot, columns: int) -> str:
    cells = ["─"] * columns
    marked = [(plot.standing, "▲")] if plot.standing is not None else []
    for value, sign in [*((x, "┴") for x, cliff in plot.breaks if not cliff), *marked, *((x, "◆") for x, cliff in plot.breaks if cliff)]:
        if value is not None and plot.low <= value <= plot.high and plot.high > plot.low:
            cells[(value - plot.low) * (columns - 1) // (plot.high - plot.low)] = sign
    return "".join(cells)


def _ends(plot: Plot, margin: int, columns: int) -> str:
    low, high = plot.said(plot.low), plot.said(plot.high)
    return " " * margin + low + " " * max(columns + 1 - cell_len(low) - cell_len(high), 1) + high


class Chart(Widget):
    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.plot: Plot | None = None
        self.empty = ""

    def show(self, plot: Plot | None, empty: str = "") -> None:
        self.plot, self.empty = plot, empty
        self.refresh()

    def render(self) -> Content:
        if self.plot is None:
            return Content.styled(one_line(self.empty), "dim")
        lines = chart_lines(self.plot, self.content_size.width, self.content_size.height)
        return Content("\n").join([Content.styled(line, "$success" if i < len(lines) - 2 else "$text-muted") for i, line in enumerate(lines)])
