"""An outcome over one amount of the claim: straight pieces, and between them the break points, exact to the fen.

Found by deciding the claim at values that are halved until nothing turns over between them: no condition, no limit that begins or ceases to bind,
no band.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from grammar.document import Kind, Term
from interpreter.claim import Claim
from interpreter.decision import Decision
from interpreter.explain import Explanation, Fired
from interpreter.figures import literal_value
from interpreter.graph import Graph, Node, Sort
from interpreter.pieces import Pieces, on_line
from interpreter.trials import Attempt, Change, value_in
from interpreter.values import is_number

_LIMITS = ("lesser", "greater", "excess", "within")
#: A piece shorter than this many fen is told with the next.
_SHORT = 100
_BANDS = ("banded", "by_bands")


@dataclass(frozen=True, slots=True)
class Piece:
    """A straight piece with both ends, in fen; `slope` is fen a fen, nothing for a single point or where there is no amount."""

    low: int
    high: int
    first: int | None
    last: int | None
    slope: Fraction | None


@dataclass(frozen=True, slots=True)
class Break:
    """Where one piece ends and the next begins: the value at which the next rule is felt, the outcome there, how far it jumped from the fen
    before, the sentences that decide it no longer and from there on, and the limits that begin or cease to bind, in words."""

    at: int
    value: int | None
    jump: int
    lost: tuple[Fired, ...]
    gained: tuple[Fired, ...]
    limits: tuple[str, ...] = ()

    @property
    def is_cliff(self) -> bool:
        """A fen more of the one changes the other by more than a fen."""
        return abs(self.jump) > 1


@dataclass(frozen=True, slots=True)
class Curve:
    """`pieces` and `breaks` alternate; without pieces there were too many to look at, or nothing could be decided."""

    pieces: tuple[Piece, ...] = ()
    breaks: tuple[Break, ...] = ()

    def value_at(self, x: int) -> Fraction | None:
        """For drawing."""
        for piece in self.pieces:
            if piece.low <= x <= piece.high and piece.first is not None and piece.last is not None:
                return piece.first + Fraction((piece.last - piece.first) * (x - piece.low), max(piece.high - piece.low, 1))
        return None


@dataclass(frozen=True, slots=True)
class _Point:
    x: int
    y: int | None
    regime: tuple[Any, ...]
    decision: Decision | None


def default_range(term: Term, claim: Claim, visit: int) -> tuple[int, int]:
    """The declared bounds where they are figures, else from nothing to twice what is filed."""
    filed = value_in(claim, term, visit)
    low, high = (_figure(term, bound) for bound in (term.at_least, term.at_most))
    return low or 0, (int(filed) * 2 if is_number(filed) else 0) if high is None else high


def _figure(term: Term, bound: str) -> int | None:
    value = literal_value(term, bound) if bound and bound[0].isdigit() else None
    return int(value) if isinstance(value, (int, Fraction)) else None


def curve(attempt: Attempt, term: Term, place: int, visit: int, outcome: str, low: int, high: int, stop: Callable[[], bool]) -> Curve:
    """`place` is where the amount is filed, -1 for a parameter; the outcome is of `visit`."""
    known: dict[str, Any] = {}

    def at(x: int) -> _Point:
        decision = None if stop() else attempt((Change(term, place, None, x),))
        if decision is None:
            return _Point(x, None, (), None)
        known.setdefault("cone", _cone(decision.graph, outcome))
        y = decision.visits[visit].value(decision.graph, outcome)
        return _Point(x, int(y) if is_number(y) else None, _regime(decision, known["cone"]), decision)

    middle = at((low + high) // 2)
    pieces = Pieces(at, Fraction(1), _straight)
    points = [p for _, p in pieces.between(Fraction(low), Fraction(high), _figures(middle.decision, low, high))]
    return _joined(points, visit, outcome)


def _figures(decision: Decision | None, low: int, high: int) -> set[Fraction]:
    """Amounts that the policy and the claim speak of, and a few steps on the way: a bump between two equal values is not overlooked."""
    nodes = decision.graph.nodes if decision else ()
    said = {Fraction(n.detail) for n in nodes if n.sort is Sort.CONST and n.kind is Kind.MONEY and is_number(n.detail) and n.detail == int(n.detail)}
    return said | {Fraction(low + (high - low) * k // 16) for k in range(1, 16)}


def _straight(a: _Point, b: _Point, c: _Point, share: Fraction) -> bool:
    if not a.regime == b.regime == c.regime:
        return False
    return a.y is None or b.y is None or c.y is None or on_line(a.y, b.y, c.y, share)


# --- what is in force at a value ------------------------------------------------------------------------------------------------------------------


def _cone(graph: Graph, outcome: str) -> tuple[int, ...]:
    """Everything an outcome hangs on."""
    found, waiting = set[int](), [graph.quantities[outcome]]
    while waiting:
        index = waiting.pop()
        if index not in found:
            found.add(index)
            waiting += graph.nodes[index].args
    return tuple(sorted(found))


def _regime(decision: Decision, cone: tuple[int, ...]) -> tuple[Any, ...]:
    nodes = decision.graph.nodes
    return tuple(_at_node(nodes[i], visit.values, visit.values[i]) for visit in decision.visits for i in cone)


def _at_node(node: Node, values: tuple[Any, ...], value: Any) -> Any:
    """What is so or not so, which side of a limit gives the value, how many bands are reached; of a mere amount nothing."""
    held = [values[a] for a in node.args]
    if node.operator in _LIMITS and len(held) == 2 and all(is_number(v) for v in held):
        return (held[0] > held[1]) - (held[0] < held[1])
    if node.operator == "cap_year" and all(is_number(v) for v in held):
        room = max(0, held[2] - held[1])
        return (held[0] > room) - (held[0] < room)
    if node.operator in _BANDS and held and is_number(held[0]):
        bands = held[1] if len(held) > 1 else node.detail
        return sum(held[0] > low for low, _, _ in bands) if isinstance(bands, tuple) else None
    return None if is_number(value) or isinstance(value, (tuple, frozenset, dict)) else value


# --- pieces and breaks ----------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Run:
    """Points under one regime, and before them what is too short to be told: where two rounded sides of a limit meet, they cross more than once."""

    lead: tuple[_Point, ...]
    body: tuple[_Point, ...]


def _joined(points: list[_Point], visit: int, outcome: str) -> Curve:
    merged: list[_Run] = []
    for run in _runs(points):
        if merged and _continues(merged[-1], run):
            merged[-1] = _Run(merged[-1].lead, (*merged[-1].body, *run.body))
        else:
            merged.append(run)
    breaks = tuple(_break(a, b, visit, outcome) for a, b in pairwise(merged))
    starts = [points[0].x if points else 0, *(b.at for b in breaks)]
    ends = [*(b.at - 1 for b in breaks), points[-1].x if points else 0]
    return Curve(tuple(_piece(run, points, low, high) for run, low, high in zip(merged, starts, ends, strict=False)), breaks)


def _runs(points: list[_Point]) -> Iterator[_Run]:
    groups: list[list[_Point]] = []
    for point in points:
        if groups and groups[-1][-1].regime == point.regime and (groups[-1][-1].y is None) == (point.y is None):
            groups[-1].append(point)
        else:
            groups.append([point])
    shortest = min(_SHORT, max((g[-1].x - g[0].x for g in groups), default=0))
    lead: list[_Point] = []
    for group in groups:
        if group[-1].x - group[0].x < shortest:
            lead += group
        else:
            yield _Run(tuple(lead), tuple(group))
            lead = []


def _continues(a: _Run, b: _Run) -> bool:
    """The same line, whatever else changed on the way."""
    end, start = a.body[-1], b.body[0]
    if end.y is None or start.y is None:
        return end.y is None and start.y is None
    slope = _slope(a.body)
    if slope is None or slope != _slope(b.body) or _cliff(a, b) is not None:
        return False
    return abs(end.y + slope * (start.x - end.x) - start.y) <= 2


def _cliff(a: _Run, b: _Run) -> tuple[_Point, _Point] | None:
    """Two neighbouring fen with more than a fen between what comes of them."""
    between = pairwise((a.body[-1], *b.lead, b.body[0]))
    return next(((p, q) for p, q in between if p.y is not None and q.y is not None and q.x - p.x == 1 and abs(q.y - p.y) > 1), None)


def _piece(run: _Run, points: list[_Point], low: int, high: int) -> Piece:
    known = {p.x: p.y for p in points}
    slope = _slope(run.body)
    return Piece(low, high, known.get(low, run.body[0].y), known.get(high, run.body[-1].y), slope)


def _slope(body: tuple[_Point, ...]) -> Fraction | None:
    """The shortest decimal that the rounded ends allow: the ratio of the rules, wherever the piece is longer than the ratio has digits."""
    first, last = body[0], body[-1]
    if first.y is None or last.y is None or first.x == last.x:
        return None
    dx, dy = last.x - first.x, last.y - first.y
    for places in range(9):
        ratio = Fraction(round(Fraction(dy, dx) * 10**places), 10**places)
        if abs(ratio * dx - dy) <= 1:
            return ratio
    return Fraction(dy, dx)


def _break(a: _Run, b: _Run, visit: int, outcome: str) -> Break:
    cliff = _cliff(a, b)
    at = cliff[1] if cliff else (*b.lead, b.body[0])[0]
    jump = (cliff[1].y or 0) - (cliff[0].y or 0) if cliff else 0
    before, after = a.body[-1].decision, b.body[min(len(b.body) - 1, 1)].decision
    lost, gained = _changed(before, after, visit, outcome)
    limits = _turned(before, after, visit, outcome) if before and after else ()
    return Break(at.x, at.y, jump, tuple(lost), tuple(gained), tuple(limits))


def _turned(a: Decision, b: Decision, visit: int, outcome: str) -> Iterator[str]:
    """「目录内费用与起付线 400.00元」: the limits of which another side gives the value."""
    one, other = a.visits[visit].values, b.visits[visit].values
    explanation = Explanation(b.graph, b.visits[visit])
    for index in _cone(b.graph, outcome):
        node = b.graph.nodes[index]
        sides = [_at_node(node, values, values[index]) for values in (one, other)] if node.operator in (*_LIMITS, "cap_year", *_BANDS) else [0, 0]
        if sides[0] != sides[1] and all(is_number(s) for s in sides):
            yield "与".join((explanation.label(node.args[0]), *(explanation.said(i) for i in node.args[-1:] if len(node.args) > 1)))


def _changed(a: Decision | None, b: Decision | None, visit: int, outcome: str) -> tuple[list[Fired], list[Fired]]:
    """The sentences under the outcome that differ."""
    one, other = (list(_grounds(d, visit, outcome)) if d else [] for d in (a, b))
    return _minus(one, other), _minus(other, one)


def _minus(these: list[Fired], those: list[Fired]) -> list[Fired]:
    left = {f.origin for f in those}
    return list({f.origin: f for f in these if f.origin not in left}.values())


def _grounds(decision: Decision, visit: int, outcome: str) -> Iterator[Fired]:
    explanation = Explanation(decision.graph, decision.visits[visit])
    under = explanation.under(decision.graph.quantities[outcome])
    yield from (f for f in explanation.fired if f.node in under and f.origin.anchors)
