"""The top line, the places │ policy │ claim │ result, and the keys at the bottom. Without room whole items are left out; none is cut."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.widgets.plain import one_line

_SEPARATOR = " │ "
#: The places in the order of their keys.
TITLES = ("核定", "起草", "检索", "历史", "对比", "训练")


def fitted(parts: Sequence[str], tail: Sequence[str], width: int) -> tuple[str, list[str]]:
    """The parts joined, and as many items of the tail as fit behind them, the last items first to stay."""
    head = _SEPARATOR.join(one_line(p) for p in ("", *parts, "")).rstrip(" ") + " "
    room = width - cell_len(head) - 1
    kept: list[str] = []
    for item in reversed(tail):
        shown = one_line(item)
        need = cell_len(shown) + (2 if kept else 0)
        if need > room - (3 if item is not tail[0] else 0):
            kept.insert(0, "…")
            break
        kept.insert(0, shown)
        room -= need
    return head, kept


class StatusLine(Widget):
    """Where we are and what came out. On a narrow screen the other places are their keys alone."""

    def __init__(self, place: str, *, id: str) -> None:
        super().__init__(id=id)
        self.place = place
        self.parts: tuple[str, ...] = ()
        self.tail: tuple[str, ...] = ()
        self.alarmed = False

    def show(self, parts: tuple[str, ...], tail: tuple[str, ...], alarmed: bool) -> None:
        self.parts, self.tail, self.alarmed = parts, tail, alarmed
        self.refresh()

    def render(self) -> Content:
        places = self._places()
        head, kept = fitted(self.parts, self.tail, self.size.width - places.cell_length)
        return Content.assemble(places, head, ("　".join(kept), "bold $warning" if self.alarmed else "bold"))

    def _places(self) -> Content:
        wide = self.size.width >= 116
        shown = [
            Content.styled(f"{n}{title}" if wide or title == self.place else f"{n}", "bold reverse" if title == self.place else "")
            for n, title in enumerate(TITLES, 1)
        ]
        return Content(" ") + Content(" ").join(shown)


class KeyLine(Widget):
    """At most eight keys on a wide screen and six on a narrow one; what needs doing stands in front of them."""

    def __init__(self, wide: Sequence[tuple[str, str]], narrow: Sequence[tuple[str, str]], *, id: str) -> None:
        super().__init__(id=id)
        self.wide, self.narrow, self.notice = tuple(wide), tuple(narrow), ""

    def show(self, notice: str) -> None:
        if notice != self.notice:
            self.notice = notice
            self.refresh()

    def render(self) -> Content:
        keys = self.wide if self.size.width >= 116 else self.narrow
        rows = [Content.assemble((key, "bold $accent"), " ", said) for key, said in keys]
        front = [Content.styled(one_line(self.notice), "bold $warning")] if self.notice else []
        return Content(" ") + Content("  ").join(front + rows)
