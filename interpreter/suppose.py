"""What the outcomes would be if an unknown were known: each answer to a yes-or-no fact, and a parameter anywhere between its declared bounds.

An amount need not be lowest or highest at the ends of a parameter: a condition may turn over between them (二（八）第2句 of anyi-2018 grants a sum to
whoever is left with more than a given amount). So the ends are halved until every piece is straight, and the values either side of each break count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from grammar.document import Kind, Origin, Term
from interpreter.claim import Claim
from interpreter.decision import Decision
from interpreter.figures import literal_value
from interpreter.pieces import Pieces, on_line
from interpreter.values import Pending, Why, is_number

Decide = Callable[[Claim], Decision]

#: Label of a decision at one value of a bounded parameter; the other labels are the answers of `branches`.
SAMPLE = "取值"
#: The finest step of a parameter: a ratio is filed with at most six decimals of a per cent, an amount in fen.
_GRAIN = {Kind.RATIO: Fraction(1, 10**8), Kind.MONEY: Fraction(1), Kind.COUNT: Fraction(1)}


def suppositions(terms: tuple[Term, ...], decision: Decision, decide: Decide) -> tuple[tuple[str, str, Decision], ...]:
    """(若为是, fact, decision with it true) and so on, for what the outcomes miss; (取值, parameter, decision) for a bounded parameter."""
    missing = _missing(decision)
    return tuple(row for term in terms if term.name in missing for row in _of(term, decision.claim, decide))


def _missing(decision: Decision) -> set[str]:
    found: set[str] = set()
    for visit in decision.visits:
        for outcome in decision.graph.outcomes:
            value = visit.value(decision.graph, outcome)
            if isinstance(value, Pending):
                found |= {c.name for c in value.causes if c.why is Why.MISSING}
    return found


def _of(term: Term, claim: Claim, decide: Decide) -> Iterator[tuple[str, str, Decision]]:
    if term.branching:
        for label, value in (("若为是", True), ("若为否", False)):
            visits = tuple({term.name: value} | v for v in claim.visits)
            yield label, term.name, decide(replace(claim, visits=visits))
    elif term.at_least and term.at_most and term.origin is Origin.PARAMETER and term.kind in _GRAIN:
        low, high = (literal_value(term, bound) for bound in (term.at_least, term.at_most))
        if is_number(low) and is_number(high):
            pieces = Pieces(lambda value: decide(replace(claim, parameters=claim.parameters | {term.name: value})), _GRAIN[term.kind], _straight)
            yield from ((SAMPLE, term.name, d) for _, d in pieces.between(Fraction(low), Fraction(high)))


def _straight(first: Decision, between: Decision, last: Decision, share: Fraction) -> bool:
    if not _conditions(first) == _conditions(between) == _conditions(last):
        return False
    return all(_on_line(x, y, z, share) for x, y, z in zip(_amounts(first), _amounts(between), _amounts(last), strict=True))


def _conditions(decision: Decision) -> list[Any]:
    """Everything that is so or not so, or without a number."""
    return [None if is_number(v) else v for visit in decision.visits for v in visit.values if not isinstance(v, (tuple, frozenset))]


def _amounts(decision: Decision) -> list[Any]:
    return [visit.value(decision.graph, o) for visit in decision.visits for o in decision.graph.outcomes]


def _on_line(x: Any, y: Any, z: Any, share: Fraction) -> bool:
    return not (is_number(x) and is_number(y) and is_number(z)) or on_line(x, y, z, share)
