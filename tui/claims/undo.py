"""Undo and redo of a claim: what it was before each change. A `Case` is a value, so a step back is the value that stood there."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.screens.case import Case

_MOST = 200


@dataclass
class Undo:
    """`typed` names the field whose typing made the last change: more typing in it belongs to the same step."""

    past: list[Case] = field(default_factory=list)
    future: list[Case] = field(default_factory=list)
    typed: str = ""

    def changed(self, before: Case, after: Case, typed: str = "") -> None:
        """A change was made; nothing is kept of one that changes neither the claim nor its data."""
        if before.sample is after.sample and before.data == after.data:
            return
        if not typed or typed != self.typed or not self.past:
            self.past = [*self.past, before][-_MOST:]
        self.future, self.typed = [], typed

    def back(self, now: Case) -> Case | None:
        """What stood before the last change; None when there is no more."""
        self.typed = ""
        if not self.past:
            return None
        self.future.append(now)
        return self.past.pop()

    def forth(self, now: Case) -> Case | None:
        """What the last step back took away."""
        self.typed = ""
        if not self.future:
            return None
        self.past.append(now)
        return self.future.pop()
