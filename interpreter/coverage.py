"""Which unit of the notice stands in which line of the policy, and how much of it: what a drafter looks at, as data.

Apart from the checks, which complain; here nothing is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from grammar.document import Address, Statement
from grammar.document import State as Stated
from grammar.source import NOWHERE, Span
from interpreter.checks.accounting import STRUCTURE, states
from interpreter.checks.reading import Dossier
from interpreter.compile import Compiled
from interpreter.notice import Notice

_WORDS = re.compile(r"\w")


class Covered(StrEnum):
    WHOLE = "已编码"
    PART = "部分编码"
    NONE = "没有交代"
    STATED = "已说明"
    STRUCTURE = "标题和版记"


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of a policy file and the units it rests on; `statement` is what was understood of it, where it is a sentence."""

    source: str
    span: Span
    units: tuple[str, ...]
    clause: str = ""
    statement: Statement | None = None


def coverage(compiled: Compiled) -> dict[str, Covered]:
    """Every unit of the notice. A unit is encoded in part when words of it lie outside all that rests on it, or when it is said to be 待补."""
    dossier = Dossier(compiled)
    known = states(dossier)
    return {unit.id: _covered(dossier, unit.id, known.get(unit.id), unit.kind in STRUCTURE) for unit in compiled.notice.units}


def _covered(dossier: Dossier, unit: str, state: Stated | None, structure: bool) -> Covered:
    match state:
        case None:
            return Covered.NONE
        case Stated.ENCODED:
            return Covered.PART if _left_over(dossier, unit) and not structure else Covered.WHOLE
        case Stated.MISSING:
            return Covered.PART
        case _:
            return Covered.STRUCTURE if structure else Covered.STATED


def _left_over(dossier: Dossier, unit: str) -> bool:
    """Whether the sentences that rest on this unit leave words of it out that nobody waives."""
    rows, found = dossier.by_unit.get(unit, ()), dossier.unit(unit)
    if not rows or found is None:
        return False
    text = list(found.text)
    for _, anchor in rows:
        text[anchor.start : anchor.end] = "\n" * (anchor.end - anchor.start)
    rest = "".join(text)
    for words in dossier.waived(unit):
        rest = rest.replace(words, "\n")
    return bool(_WORDS.search(rest))


def links(compiled: Compiled) -> tuple[Link, ...]:
    """By file and place: sentences, then whole clauses and the other lines that cite. A sentence nobody understood has no link of its own."""
    found = [*_said(compiled), *_cited(compiled)]
    return tuple(sorted(found, key=lambda link: (link.source, link.span.start)))


def _said(compiled: Compiled) -> Iterator[Link]:
    for clause, statement, origin in compiled.book.statements:
        yield Link(origin.source, statement.span, _once(a.unit for a in origin.anchors), clause, statement)


def _cited(compiled: Compiled) -> Iterator[Link]:
    notice = compiled.notice
    for d in compiled.documents:
        rows: list[tuple[Span, tuple[Address, ...], str]] = [(c.span, c.basis, c.name) for c in d.clauses]
        rows += [(o.span, o.basis, o.name) for o in d.orders] + [(e.span, e.basis, e.name) for e in d.events]
        rows += [(c.span, c.basis, c.name) for c in d.catalogues] + [(t.span, t.basis, t.name) for t in d.terms]
        rows += [(p.span, p.basis, o.name) for o in d.orders for p in o.payments]
        rows += [(r.span, r.basis, f"{r.id} {r.title}") for r in d.readings]
        rows += [(a.span, a.units, "") for a in d.accounted]
        yield from (Link(d.name, span, _under(notice, basis), name) for span, basis, name in rows if span != NOWHERE and basis)


def _under(notice: Notice, basis: tuple[Address, ...]) -> tuple[str, ...]:
    return _once(u.id for a in basis for u in notice.under(a.unit))


def _once(units: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(units))
