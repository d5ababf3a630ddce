"""What the places share: the policies, the claim looked at, and the command lines that would have done the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.workspace import Workspace
from tui.screens.case import Case

if TYPE_CHECKING:
    from corpus.history import Record

_LONGEST_LOG = 500


@dataclass
class Desk:
    """One for the whole application. `case` is the claim of 核定; 起草, 对比 and 训练 begin from it. `marked` are the records chosen in 历史
    as 甲 and 乙 of 对比."""

    workspace: Workspace
    case: Case
    log: list[str] = field(default_factory=list)
    marked: dict[str, Record] = field(default_factory=dict)

    def note(self, command: str) -> None:
        """A command line for `@`, unless it is the one just noted."""
        if self.log[-1:] != [command]:
            self.log = [*self.log, command][-_LONGEST_LOG:]
