"""The rows on the screen, and the notice over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from interpreter.compare import Divergence
from interpreter.graph import Anchor
from interpreter.notice import Notice
from tui.compare.lines import Part, Row, pieces_of
from tui.compare.pairs import Pair
from tui.widgets.plain import one_line, plain
from tui.widgets.rows import Pieces, Rows
from tui.widgets.source_pane import SourcePane


class ComparisonTable(Rows):
    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...], empty: str, cursor: int) -> None:
        self.rows = rows
        self.reset(len(rows), empty, cursor)
        self.call_after_refresh(self._reveal)

    @property
    def row(self) -> Row | None:
        return self.rows[self.cursor] if self.rows and self.rows[self.cursor].stops else None

    def is_stop(self, index: int) -> bool:
        return self.rows[index].stops

    def pieces(self, index: int, width: int) -> Pieces:
        return pieces_of(self.rows[index], width)

    def next_difference(self, by: int) -> int | None:
        """The next row that differs, round and round."""
        count = len(self.rows)
        around = ((self.cursor + by * n) % count for n in range(1, count))
        return next((i for i in around if self.rows[i].stops and self.rows[i].differs and self.rows[i].part is not Part.SUM), None)


class SourceScreen(ModalScreen[None]):
    """The paragraphs that the sentences of both sides come from; of two notices one after the other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,o", "dismiss(None)", "关闭", show=False),
        Binding("tab", "turn", "另一边", show=False, priority=True),
    ]

    def __init__(self, sides: Sequence[tuple[str, Notice, tuple[Anchor, ...]]]) -> None:
        super().__init__()
        self.sides, self.at = tuple(sides), 0

    def compose(self) -> ComposeResult:
        yield SourcePane(id="compared-source")

    def on_mount(self) -> None:
        self.query_one(SourcePane).focus()
        self._show()

    def _show(self) -> None:
        name, notice, anchors = self.sides[self.at]
        pane = self.query_one(SourcePane)
        pane.open_notice(notice)
        pane.border_title = plain(f"{name}的原文　{one_line(notice.title)}")
        self.call_after_refresh(pane.show, anchors)

    def action_turn(self) -> None:
        self.at = (self.at + 1) % len(self.sides)
        self._show()


def sources_of(pair: Pair, found: Divergence) -> tuple[tuple[str, Notice, tuple[Anchor, ...]], ...]:
    """One side for one notice, two for two; none where neither quotes anything."""
    told = [tuple(a for f in side for a in f.origin.anchors) for side in found.telling]
    notices = [side.case.policy.notice for side in (pair.first, pair.second)]
    if notices[0] == notices[1]:
        both = tuple(dict.fromkeys((*told[0], *told[1])))
        return (("甲、乙", notices[0], both),) if both else ()
    return tuple((name, notice, anchors) for name, notice, anchors in zip("甲乙", notices, told, strict=True) if anchors)
