"""Questions asked of the claim of 核定: F7 why not, F6 what if."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType

from interpreter.trials import Changes
from tui.screens.claim_work import ClaimWork
from tui.screens.palette import Command
from tui.widgets.source_pane import SourcePane
from tui.widgets.trace_tree import TraceTree


class Inquiry(ClaimWork):
    """Under 核定, over what is done with its claim."""

    INQUIRY_KEYS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("F6", "假设：改几项事实，金额和条文怎样变；沿一个金额画出结果"),
        ("F7", "为何没有：哪个条件不成立，差多少，怎样改就成立"),
    )
    INQUIRY_BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "suppose", "假设", show=False),
        Binding("f7", "why_not", "为何没有", show=False),
    ]

    def _decided(self) -> bool:
        """Whether there is a decision of what is filed; else it is said that there is none."""
        self._take_typing()
        if self.case.faults or self.case.decision is None:
            self.say("填报有误，先改正（F2）", wrong=True)
            return False
        return True

    def action_why_not(self) -> None:
        from tui.screens.whynot import WhyNotScreen

        if self._decided():
            node = self.query_one(TraceTree).cursor_node
            self.app.push_screen(WhyNotScreen(self.case, node.data if node else None), self._left)

    def _left(self, leaving: object) -> None:
        from tui.screens.whynot import Leaving

        if isinstance(leaving, Leaving) and leaving.outcome:
            self.suppose(leaving.changes, leaving.outcome)
        elif isinstance(leaving, Leaving) and leaving.anchors:
            pane = self.query_one(SourcePane)
            pane.show(leaving.anchors)
            pane.focus()

    def action_suppose(self) -> None:
        self.suppose(())

    def suppose(self, changes: Changes, outcome: str = "") -> None:
        from tui.screens.whatif import WhatIfScreen

        if self._decided():
            self.app.push_screen(WhatIfScreen(self.case, changes, outcome), self._kept)

    async def _kept(self, case: object) -> None:
        """A supposition becomes the claim."""
        from tui.screens.case import Case

        if isinstance(case, Case):
            await self.change(case)
            self.say("假设已成为核定的申报，按 z 撤销")

    def commands(self) -> Iterator[Command]:
        yield Command("假设", "F6", self.action_suppose)
        yield Command("为何没有", "F7", self.action_why_not)
        yield from super().commands()
