"""Small untruths put into a policy one at a time: a case set worth having notices each of them.

A mutant changes one figure, turns one comparison, drops one condition, exception, name or sentence of a clause.
It survives when every case still agrees.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from grammar.acts import Group, Limit, SetFlag
from grammar.document import Clause, Document, Standing, Statement
from grammar.literals import Literal, Measure, literal_text
from grammar.syntax import Compare, Figure, Persons, Relation
from grammar.unparse import sentence_text

TURNED = {
    Relation.EXCEEDS: Relation.REACHES,
    Relation.REACHES: Relation.EXCEEDS,
    Relation.AT_LEAST: Relation.EXCEEDS,
    Relation.BELOW: Relation.AT_MOST,
    Relation.AT_MOST: Relation.BELOW,
}
#: The least change that a boundary case can see: one fen, one hundredth of a point, one day, one.
STEPS = {Measure.MONEY: Fraction(1), Measure.RATIO: Fraction(1, 10000), Measure.POINTS: Fraction(1, 10000)}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed document and what was changed, in words."""

    clause: str
    change: str
    document: Document


def mutants(document: Document) -> Iterator[Mutant]:
    """Every mutant of the verbatim and paraphrased sentences of a document's clauses."""
    for at, clause in enumerate(document.clauses):
        for number, statement in enumerate(clause.statements):
            if statement.standing not in (Standing.VERBATIM, Standing.PARAPHRASE) or statement.reading:
                continue
            for changed, said in _changed(statement):
                yield Mutant(clause.name, said, _with(document, at, _replaced(clause, number, changed)))
            if len(clause.statements) > 1:
                yield Mutant(clause.name, f"删去「{sentence_text(statement.sentence)}」", _with(document, at, _replaced(clause, number, None)))


def _with(document: Document, at: int, clause: Clause) -> Document:
    return replace(document, clauses=(*document.clauses[:at], clause, *document.clauses[at + 1 :]))


def _replaced(clause: Clause, number: int, statement: Statement | None) -> Clause:
    kept = (statement,) if statement else ()
    return replace(clause, statements=(*clause.statements[:number], *kept, *clause.statements[number + 1 :]))


def _changed(statement: Statement) -> Iterator[tuple[Statement, str]]:
    for sentence, said in variants(statement.sentence):
        yield replace(statement, sentence=sentence), said


def variants(node: Any) -> Iterator[tuple[Any, str]]:
    """Each tree that differs from this one in one place, and what was done there."""
    yield from _here(node)
    if not is_dataclass(node) or isinstance(node, Literal):
        return
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, tuple):
            for index, part in enumerate(value):
                for other, said in variants(part):
                    changed: Any = (*value[:index], other, *value[index + 1 :])
                    yield replace(node, **{field.name: changed}), said  # type: ignore[type-var]
        elif is_dataclass(value):
            for other, said in variants(value):
                yield replace(node, **{field.name: other}), said  # type: ignore[type-var]


def _here(node: Any) -> Iterator[tuple[Any, str]]:
    match node:
        case Figure(literal):
            moved = _moved(literal)
            if moved is not None:
                yield replace(node, literal=moved), f"{literal_text(literal)} 改为 {literal_text(moved)}"
        case Compare() | Limit() if node.relation in TURNED:
            other = TURNED[node.relation]
            if isinstance(node, Compare):
                yield replace(node, relation=other), f"比较由 {node.relation} 改为 {other}"
        case Persons(names) if len(names) > 1:
            for name in names:
                yield replace(node, names=tuple(n for n in names if n != name)), f"名单删去“{name}”"
        case SetFlag():
            yield replace(node, value=not node.value), f"“{node.flag}”改为{'否' if node.value else '是'}"
        case Group():
            if node.exception is not None:
                yield replace(node, exception=None), "删去但书"
            for index in range(len(node.leads)):
                yield replace(node, leads=(*node.leads[:index], *node.leads[index + 1 :])), f"删去第{index + 1}个条件"
        case _:
            return


def _moved(literal: Literal) -> Literal | None:
    value = literal.value
    if isinstance(value, date):
        return replace(literal, value=value + timedelta(days=1))
    return replace(literal, value=value + STEPS.get(literal.measure, Fraction(1)))
