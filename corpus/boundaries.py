"""Where an amount turns: thresholds that a decision met, and the same claim with one fact moved to just below, exactly at and just above one.

A threshold is whatever the graph compares with at that place; nothing of it is known here. The fact is moved by running the claim, never by algebra.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any

from corpus.exercises import Situation
from grammar.document import Kind
from interpreter.explain import Explanation
from interpreter.graph import Sort
from interpreter.values import is_number
from interpreter.wording import plain_money

_COMPARED = ("exceeds", "below", "reaches", "at_least", "at_most", "excess", "lesser", "greater", "within", "cap_year", "by_bands")
_MOVED = (Kind.MONEY, Kind.COUNT, Kind.DATE)
#: How far a fact is moved first, to see how the distance follows it: in fen, in times, in days.
_PROBE = {Kind.MONEY: 10_000, Kind.COUNT: 1, Kind.DATE: 1}


@dataclass(frozen=True, slots=True)
class Boundary:
    """A node that compares, the fact that can be moved, and for a table of bands which edge."""

    node: int
    fact: str
    kind: Kind
    edge: int | None = None


def boundaries(at: Situation, asked: str) -> tuple[Boundary, ...]:
    """Comparisons that the amount needed in which one side rests on a fact of this visit that can be moved and the other does not."""
    explanation = at.explanation
    needed = explanation.under(at.decision.graph.quantities[asked])
    return tuple(b for i in sorted(needed) if at.decision.graph.nodes[i].operator in _COMPARED for b in _at_node(at, i))


def _at_node(at: Situation, index: int) -> Iterator[Boundary]:
    node, explanation = at.decision.graph.nodes[index], at.explanation
    fixed = set(_movable(at, node.args[1])) if node.operator != "by_bands" else set()
    for fact, kind in _movable(at, node.args[0]).items():
        if fact in fixed:
            continue
        if node.operator == "by_bands":
            bands = explanation.values[node.args[1]]
            edges = [top for _, top, _ in bands if top is not None] if isinstance(bands, tuple) else []
            yield from (Boundary(index, fact, kind, edge) for edge in edges)
        else:
            yield Boundary(index, fact, kind)


def _movable(at: Situation, index: int) -> dict[str, Kind]:
    """Facts filed for this visit that a node rests on and that are amounts, numbers or dates."""
    nodes = at.decision.graph.nodes
    found: dict[str, Kind] = {}
    for i in sorted(at.explanation.under(index)):
        node = nodes[i]
        name = str(node.detail) if node.sort is Sort.FACT or (node.sort is Sort.FILED and at.explanation.is_filed(node)) else ""
        if name and name in at.facts and node.kind in _MOVED and _read(at, name) is not None:
            found[name] = node.kind
    return found


def _read(at: Situation, fact: str) -> int | date | None:
    value = at.decision.claim.visits[at.visit].get(fact)
    return value if isinstance(value, (int, date)) and not isinstance(value, bool) else None


def sides(at: Situation, boundary: Boundary) -> tuple[Situation, ...]:
    """The claim just below, at and just above a boundary, as far as they can be reached; less than two sides is no boundary."""
    near = _approached(at, boundary)
    if near is None:
        return ()
    found: dict[int, tuple[Fraction, Situation]] = {}
    for by in (-2, -1, 0, 1, 2):
        tried = _moved(near, boundary, by)
        gap = _gap(tried, boundary) if tried else None
        if tried is None or gap is None or abs(gap) > 2:
            continue
        sign = (gap > 0) - (gap < 0)
        if sign not in found or abs(gap) < found[sign][0]:
            found[sign] = abs(gap), tried
    return tuple(found[s][1] for s in sorted(found)) if len(found) > 1 else ()


def _approached(at: Situation, boundary: Boundary) -> Situation | None:
    """The claim with the fact moved to the boundary, by following how the distance changes; three times, for it may bend on the way."""
    now: Situation = at
    for _ in range(3):
        gap = _gap(now, boundary)
        if gap is None or gap == 0:
            break
        probe = _PROBE[boundary.kind] * (-1 if gap > 0 else 1)
        tried = _moved(now, boundary, probe) or _moved(now, boundary, -probe)
        moved = _gap(tried, boundary) if tried else None
        if tried is None or moved is None or moved == gap:
            return None
        went = _distance(_read(tried, boundary.fact), _read(now, boundary.fact))
        following = _moved(now, boundary, floor(-gap * went / (moved - gap)))
        if following is None:
            return None
        now = following
    return now


def _distance(a: Any, b: Any) -> int:
    return int((a - b).days) if isinstance(a, date) else int(a - b)


def _moved(at: Situation, boundary: Boundary, by: int) -> Situation | None:
    value = _read(at, boundary.fact)
    if value is None:
        return None
    if by == 0:
        return at
    try:
        moved = value + timedelta(days=by) if isinstance(value, date) else value + by
    except OverflowError:
        return None
    if isinstance(moved, int) and moved < 0:
        return None
    return at.changed(boundary.fact, _filed(moved, boundary.kind))


def _filed(value: int | date, kind: Kind) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return plain_money(value) if kind is Kind.MONEY else value


def _gap(at: Situation, boundary: Boundary) -> Fraction | None:
    """How far the left side stands above the right."""
    explanation: Explanation = at.explanation
    node = explanation.graph.nodes[boundary.node]
    held = [explanation.values[a] for a in node.args]
    if boundary.edge is not None:
        held = [held[0], boundary.edge]
    elif node.operator == "cap_year" and all(is_number(v) for v in held):
        held = [held[0] + held[1], held[2]]
    if all(isinstance(v, date) for v in held[:2]):
        return Fraction((held[0] - held[1]).days)
    return Fraction(held[0]) - Fraction(held[1]) if all(is_number(v) for v in held[:2]) else None
