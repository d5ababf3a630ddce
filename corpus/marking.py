"""An answer against the trace: is the amount right, which clauses were named, missed or superfluous, and what slip gives the amount that was written.

A slip is found by running the claim again: under every other reading, without each clause that acted, with one comparison or condition of such a
clause changed, and by looking who else bears that amount. No slip is described here beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from corpus.exercises import Exercise, Situation, Theme
from corpus.workspace import Policy
from grammar.document import Clause
from grammar.literals import Literal, round_half_up
from grammar.syntax import Figure
from grammar.walk import parts_of
from interpreter.mutants import mutants
from interpreter.values import is_number

FULL = 10
_FOR_AMOUNT = 6
_FOR_CLAUSES = FULL - _FOR_AMOUNT
#: What each hint costs, in turn.
HINTS = (1, 2)
_MOST_SLIPS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """`fen` None says 待定."""

    fen: int | None
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Marking:
    """`off` is what was answered less what is right, where both are amounts. `also` were named, acted, and need not have been named."""

    is_right: bool
    off: int | None
    right: tuple[str, ...]
    also: tuple[str, ...]
    missed: tuple[str, ...]
    superfluous: tuple[str, ...]
    points: int


@dataclass(frozen=True, slots=True)
class Slip:
    """What was left out or taken otherwise so that the written amount comes out: in words, and the clause if it is one."""

    said: str
    clause: str = ""


def mark(exercise: Exercise, answer: Answer, hints: int) -> Marking:
    is_right = answer.fen == exercise.answer
    right = tuple(c for c in exercise.required if c in answer.named)
    also = tuple(c for c in answer.named if c in exercise.accepted)
    missed = tuple(c for c in exercise.required if c not in answer.named)
    superfluous = tuple(c for c in answer.named if c not in exercise.required and c not in exercise.accepted)
    off = None if answer.fen is None or exercise.answer is None else answer.fen - exercise.answer
    for_clauses = max(_FOR_CLAUSES * len(right) // len(exercise.required) - len(superfluous), 0)
    points = max((_FOR_AMOUNT if is_right else 0) + for_clauses - sum(HINTS[:hints]), 0)
    return Marking(is_right, off, right, also, missed, superfluous, points)


def slips(exercise: Exercise, answer: Answer) -> tuple[Slip, ...]:
    """What gives the written amount, the likeliest first; nothing for a right one."""
    if answer.fen == exercise.answer:
        return ()
    for seek in (_slips, _unadmitted, _changed):
        found = tuple(islice(dict.fromkeys(seek(exercise, answer.fen)), _MOST_SLIPS))
        if found:
            return found
    return ()


def _slips(exercise: Exercise, fen: int | None) -> Iterator[Slip]:
    """Beginning with what the exercise tries."""
    if exercise.theme is Theme.READING:
        yield from _read_otherwise(exercise, fen)
    yield from _on_the_other_side(exercise, fen)
    yield from _without(exercise, exercise.required, fen)
    yield from _read_otherwise(exercise, fen)
    yield from _of_another(exercise, fen)


def _gives(at: Situation | None, asked: str, fen: int | None) -> bool:
    """Whether this comes out; 待定 for an amount is no slip in reckoning and is not looked for."""
    value = at.value(asked) if at else None
    return value is not None and is_number(value) and round_half_up(value) == fen


def _without(exercise: Exercise, clauses: Iterable[str], fen: int | None) -> Iterator[Slip]:
    for clause in clauses:
        if _gives(exercise.at.under(exercise.policy.without(clause)), exercise.asked, fen):
            yield Slip(f"像是漏了《{clause}》", clause)


def _unadmitted(exercise: Exercise, fen: int | None) -> Iterator[Slip]:
    """Clauses that only admit or refuse."""
    return _without(exercise, exercise.accepted, fen)


def _read_otherwise(exercise: Exercise, fen: int | None) -> Iterator[Slip]:
    book = exercise.policy.compiled(exercise.at.data.get("读法")).book
    selected = dict(book.selected)
    for reading in book.readings:
        for label in [c.label for c in reading.candidates if c.label != selected.get(reading.id)]:
            if _gives(exercise.at.read_as(reading.id, label), exercise.asked, fen):
                yield Slip(f"像是按另一种读法：{reading.title}，取“{label}”")


def _on_the_other_side(exercise: Exercise, fen: int | None) -> Iterator[Slip]:
    for other in exercise.others:
        raw = other.facts.get(exercise.varied)
        if raw is not None and _gives(other, exercise.asked, fen):
            yield Slip(f"像是把{exercise.varied}当作{_said(raw)}")


def _said(raw: object) -> str:
    return {True: "是", False: "否"}[raw] if isinstance(raw, bool) else str(raw)


def _of_another(exercise: Exercise, fen: int | None) -> Iterator[Slip]:
    for name in exercise.at.decision.graph.outcomes:
        if fen and name != exercise.asked and _gives(exercise.at, name, fen):
            yield Slip(f"像是答成了{name}")


def _changed(exercise: Exercise, fen: int | None) -> Iterator[Slip]:
    """One comparison, condition or list of a deciding clause taken otherwise; a figure moved by the least step is no slip that people make."""
    documents = exercise.policy.compiled(exercise.at.data.get("读法")).documents
    for document in documents if fen is not None else ():
        deciding = tuple(c for c in document.clauses if c.name in exercise.required)
        for mutant in mutants(replace(document, clauses=deciding)):
            changed = {c.name: c for c in mutant.document.clauses}
            if not _figures(changed[mutant.clause]) <= _figures(next(c for c in deciding if c.name == mutant.clause)):
                continue
            whole = replace(document, clauses=tuple(changed.get(c.name, c) for c in document.clauses))
            others = tuple(replace(whole if d is document else d, cases=()) for d in documents)
            tried = exercise.at.under(Policy(exercise.policy.sources, exercise.policy.notice, (others, ())))
            if _gives(tried, exercise.asked, fen):
                yield Slip(f"像是看错了《{mutant.clause}》：{mutant.change}", mutant.clause)


def _figures(clause: Clause) -> frozenset[Literal]:
    return frozenset(part.literal for s in clause.statements for part in parts_of(s.sentence) if isinstance(part, Figure))
