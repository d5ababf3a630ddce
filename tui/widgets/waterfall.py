"""Who pays what of the bill, as rows of block characters: each bar begins where the one before it ends, and the last row reaches the end.

The rows come decided; here is only their layout. An amount is never cut and never wrapped: when a name leaves no room, the name gets its own line.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.widgets.plain import one_line

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LEAST_BAR = 6


@dataclass(frozen=True, slots=True)
class Share:
    """One row: who, the amount as decided ("2047.50", or 待定), and whether it is the bill itself."""

    name: str
    amount: str
    whole: bool = False

    @property
    def fen(self) -> int | None:
        """The amount for drawing; None for what is no amount (待定, 冲突, 不设)."""
        digits = self.amount.replace(".", "").replace("-", "")
        return int(digits) if digits.isascii() and digits.isdigit() else None

    @property
    def spoken(self) -> str:
        """With thousands separators."""
        whole, dot, cents = self.amount.partition(".")
        return f"{int(whole):,}{dot}{cents}" if self.fen is not None else one_line(self.amount)


def bar(start: int, length: int, total: int, width: int) -> str:
    """A bar from `start` for `length` of `total`, drawn in `width` cells to the eighth; what is not nothing shows at least an eighth."""
    if total <= 0 or width <= 0:
        return ""
    left = start * width * 8 // total
    right = min((start + length) * width * 8 // total, width * 8)
    if length and right <= left:
        left, right = (left, left + 1) if left < width * 8 else (left - 1, left)
    skipped, cells = left // 8, (right + 7) // 8 - left // 8
    if not length or cells <= 0:
        return ""
    last = right - (skipped + cells - 1) * 8
    return " " * skipped + "█" * (cells - 1) + _EIGHTHS[last]


def waterfall_lines(shares: tuple[Share, ...], width: int) -> tuple[tuple[str, str, str], ...]:
    """(name padded, amount padded, bar) for every row, at most `width` cells together."""
    names = max((cell_len(one_line(s.name)) for s in shares), default=0)
    amounts = max((cell_len(s.spoken) for s in shares), default=0)
    alone = names + 1 + amounts > width
    names = 0 if alone else names
    room = max(width - names - 1 - amounts - 1, 0)
    room = room if room >= _LEAST_BAR else 0
    lines: list[tuple[str, str, str]] = []
    for share, drawn in zip(shares, _drawn(shares, room), strict=True):
        if alone:
            lines.append((one_line(share.name), "", ""))
        lines.append((_left("" if alone else one_line(share.name), names), " " * (amounts - cell_len(share.spoken)) + share.spoken, drawn))
    return tuple(lines)


def _drawn(shares: tuple[Share, ...], room: int) -> list[str]:
    total = next((s.fen for s in shares if s.whole and s.fen is not None), 0)
    at, bars, known = 0, [], True
    for share in shares:
        fen = share.fen
        known = known and fen is not None
        if not known:
            bars.append("？" if room >= 2 else "")
        elif share.whole:
            bars.append(bar(0, total, total, room))
        else:
            bars.append(bar(at, fen or 0, total, room))
            at += fen or 0
    return bars


def _left(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))


class Waterfall(Widget, can_focus=True):
    """The pane. Its height is that of its rows."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.shares: tuple[Share, ...] = ()
        self.border_title = "报销瀑布（F3）"

    def show(self, shares: tuple[Share, ...]) -> None:
        if shares != self.shares:
            self.shares = shares
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(len(waterfall_lines(self.shares, width)), 1)

    def render(self) -> Content:
        lines = waterfall_lines(self.shares, self.content_size.width)
        each = len(lines) // max(len(self.shares), 1)
        styles = ["$primary" if s.whole else "$accent" if s is self.shares[-1] else "$success" for s in self.shares for _ in range(each)]
        rows = [_painted(*line, style) for line, style in zip(lines, styles, strict=True)]
        return Content("\n").join(rows) if rows else Content("这一笔没有适用的支付顺序")


def _painted(name: str, amount: str, drawn: str, style: str) -> Content:
    """The bill in one colour, the payers in another, the person last in a third, what is undetermined as a warning."""
    shown = style if amount.strip()[:1].isdigit() else "$warning"
    return Content.assemble(name + " ", (amount, "bold" if shown == style else "bold $warning"), " ", (drawn, shown))
