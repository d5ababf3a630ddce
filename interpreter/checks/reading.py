"""What the checks look at together: statements with their anchors, the figures a sentence names, the constructs it uses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from grammar.document import Clause, Standing, Statement
from grammar.literals import Literal, literals_in
from grammar.source import fold
from grammar.syntax import Figure
from grammar.walk import parts_of
from interpreter.compile import Compiled
from interpreter.graph import Anchor, Origin
from interpreter.notice import Unit


def figures_of(statement: Statement) -> tuple[Literal, ...]:
    return tuple(p.literal for p in parts_of(statement.sentence) if isinstance(p, Figure))


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a clause or reading, with where it rests."""

    clause: str
    statement: Statement
    origin: Origin


@dataclass(frozen=True)
class Dossier:
    """A compiled policy as the checks see it."""

    compiled: Compiled

    @cached_property
    def said(self) -> tuple[Said, ...]:
        return tuple(Said(c, s, o) for c, s, o in self.compiled.book.statements)

    @cached_property
    def clauses(self) -> tuple[tuple[str, Clause], ...]:
        return tuple((d.name, c) for d in self.compiled.documents for c in d.clauses)

    @cached_property
    def by_unit(self) -> dict[str, tuple[tuple[Said, Anchor], ...]]:
        """Unit id → the statements that rest on it, with their anchors."""
        found: dict[str, tuple[tuple[Said, Anchor], ...]] = {}
        for said in self.said:
            for anchor in said.origin.anchors:
                found[anchor.unit] = (*found.get(anchor.unit, ()), (said, anchor))
        return found

    def unit(self, unit: str) -> Unit | None:
        return self.compiled.notice.by_id.get(unit)

    def waived(self, unit: str) -> tuple[str, ...]:
        """Words that clauses resting on this unit waive (不计) or leave to a reading (裁量)."""
        return tuple(w.words for _, c in self.clauses for w in c.waivers if self._rests_on(c, unit))

    def _rests_on(self, clause: Clause, unit: str) -> bool:
        cited = (*clause.basis, *(a for s in clause.statements for a in s.basis))
        return any(unit == a.unit or unit.startswith(f"{a.unit}/") for a in cited)

    def uncovered(self, unit: str) -> str:
        """The unit's text with every stretch that is compiled verbatim blanked out."""
        found = self.unit(unit)
        if found is None:
            return ""
        text = list(found.text)
        for said, anchor in self.by_unit.get(unit, ()):
            if said.statement.standing is Standing.VERBATIM:
                text[anchor.start : anchor.end] = "\n" * (anchor.end - anchor.start)
        return "".join(text)


def cited_words(origin: Origin) -> str:
    return fold("\n".join(a.quote for a in origin.anchors))


def cited_figures(origin: Origin) -> tuple[Literal, ...]:
    return literals_in(cited_words(origin))
