"""What the places share: the policies, the claim looked at, and the command lines that would have done the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corpus.workspace import Workspace
from tui.claims.files import ClaimFile
from tui.claims.undo import Undo
from tui.screens.case import Case, edited
from tui.widgets.field_rows import Field

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

    undo: Undo = field(default_factory=Undo)
    files: list[ClaimFile] = field(default_factory=list)

    @property
    def file(self) -> ClaimFile | None:
        """Of the claim of 核定, if it came from a file or is to become one."""
        return next((f for f in self.files if f.claim is self.case.sample), None)

    @property
    def unsaved(self) -> bool:
        return self.file is not None and self.file.saved != self.case.data

    def turn(self, case: Case, typed: str = "") -> None:
        """Another claim, or the same one changed; to be undone. `typed` names the field that is being typed in."""
        self.undo.changed(self.case, case, typed)
        self.case = case

    def edit(self, field: Field, raw: Any) -> None:
        """A field got another value; typing on in it is one change."""
        typed = "" if field.is_choice or field.is_list else f"{field.visit}/{field.group}/{field.term.name}"
        self.turn(edited(self.case, field, raw), typed)

    def note(self, command: str) -> None:
        """A command line for `@`, unless it is the one just noted."""
        if self.log[-1:] != [command]:
            self.log = [*self.log, command][-_LONGEST_LOG:]
