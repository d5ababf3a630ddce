"""What the checks look at together: statements with their anchors, the figures a sentence names, the constructs it uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from grammar.document import Address, Clause, Document, Standing, Statement
from grammar.literals import Literal, literals_in
from grammar.source import Span, fold
from grammar.syntax import Figure
from grammar.walk import parts_of
from interpreter.compile import Compiled
from interpreter.graph import Anchor, Origin
from interpreter.notice import Unit


def figures_of(statement: Statement) -> tuple[Literal, ...]:
    return _figures(statement.sentence)


@dataclass(frozen=True, slots=True)
class Place:
    """Where figures stand outside 照录 and 释义, and what they must be found in; a reading may take 5% for 5个百分点 and back."""

    said: str
    figures: tuple[Literal, ...]
    basis: tuple[Address, ...]
    source: str
    span: Span
    conventional: bool = False
    reading: bool = False


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

    def words(self, basis: tuple[Address, ...]) -> str:
        """The cited words: the quote where there is one, otherwise the whole of what is cited."""
        return "\n".join(a.quote or "\n".join(u.text for u in self.compiled.notice.under(a.unit)) for a in basis)

    def waived(self, unit: str) -> tuple[str, ...]:
        """Words that clauses resting on this unit waive (不计) or leave to a reading (裁量)."""
        return tuple(w.words for _, c in self.clauses for w in c.waivers if self._rests_on(c, unit))

    def _rests_on(self, clause: Clause, unit: str) -> bool:
        cited = (*clause.basis, *(a for s in clause.statements for a in s.basis))
        return any(unit == a.unit or unit.startswith(f"{a.unit}/") for a in cited)

    def excerpt(self, unit: str, at: int) -> str:
        """The notice's own words around a place of the unit."""
        found = self.unit(unit)
        return found.text[max(0, at - 15) : at + 15] if found else ""

    def uncovered(self, unit: str) -> str:
        """The unit's text with every stretch blanked out that is compiled verbatim, but for the words that 本条所称 reads as something else."""
        found = self.unit(unit)
        if found is None:
            return ""
        text = list(found.text)
        for said, anchor in self.by_unit.get(unit, ()):
            if said.statement.standing is Standing.VERBATIM:
                text[anchor.start : anchor.end] = "\n" * (anchor.end - anchor.start)
                for start, end in self._renamed(said.clause, found.text, anchor):
                    text[start:end] = found.text[start:end]
        return "".join(text)

    def _renamed(self, clause: str, text: str, anchor: Anchor) -> Iterator[tuple[int, int]]:
        """Where words stand for which the sentence names a term: a figure or an exception in them is not compiled by that."""
        folded = fold(text)
        for spoken in self.bound.get(clause, ()):
            at = folded.find(fold(spoken), anchor.start, anchor.end)
            if at >= 0:
                yield at, at + len(spoken)

    @cached_property
    def bound(self) -> dict[str, tuple[str, ...]]:
        """Clause → what stands left of 指 in its 本条所称…，指…."""
        return {c.name: tuple(b.spoken for b in c.bindings) for _, c in self.clauses}


def places(dossier: Dossier) -> Iterator[Place]:
    for document in dossier.compiled.documents:
        yield from _of_terms(document)
        for catalogue in document.catalogues:
            for member in catalogue.members:
                yield Place(f"名录“{catalogue.name}”里“{member.name}”", _figures(member.condition), catalogue.basis, document.name, member.span)
        for reading in document.readings:
            for candidate in (c for c in reading.candidates if not c.default):
                figures = tuple(f for s in candidate.statements if s.standing is Standing.READING for f in figures_of(s))
                basis = (*reading.basis, *reading.borrowed)
                yield Place(f"读法{reading.id}“{candidate.label}”", figures, basis, document.name, candidate.span, reading=True)
        for clause in document.clauses:
            yield Place(f"条款“{clause.name}”的前提", _figures(clause.premise), clause.basis, document.name, clause.span)
            for statement in (s for s in clause.statements if s.standing is Standing.CONVENTION):
                basis = (*clause.basis, *statement.basis)
                yield Place(f"条款“{clause.name}”的约定", figures_of(statement), basis, document.name, statement.span, True)


def _of_terms(document: Document) -> Iterator[Place]:
    for term in document.terms:
        stated = (f for text in (term.default, term.closing) for f in literals_in(fold(text)))
        yield Place(f"“{term.name}”", (*_figures(term.meaning), *stated), term.basis, document.name, term.span)


def _figures(tree: object) -> tuple[Literal, ...]:
    return tuple(p.literal for p in parts_of(tree) if isinstance(p, Figure))


def cited_words(origin: Origin) -> str:
    return fold("\n".join(a.quote for a in origin.anchors))


def cited_figures(origin: Origin) -> tuple[Literal, ...]:
    return literals_in(cited_words(origin))
