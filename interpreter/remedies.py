"""The smallest changes of a claim that answer a question of `whynot`.

Where to look is read off the decided graph: the facts under the question, nearest first, and the figures that anything there holds. Every change told
was tried by deciding the changed claim; between a value that does not do and one that does, the first that does is found by halving.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations
from typing import Any

from grammar.document import Kind, Term
from grammar.document import Origin as Given
from interpreter.decision import Decision
from interpreter.explain import Explanation
from interpreter.graph import Sort
from interpreter.rulebook import Rulebook
from interpreter.trials import Attempt, Change, Changes, value_in
from interpreter.values import is_number, is_pending
from interpreter.whynot import Question

#: Decisions that one question may cost.
MOST = 300
_DOUBLINGS = 4
_DAYS = 11
_MEMBERS = 30
_FEW = (Kind.BOOLEAN, Kind.CHOICE, Kind.CATALOGUE, Kind.TEXT)
_MEASURED = (Kind.MONEY, Kind.COUNT, Kind.DATE, Kind.YEAR)


@dataclass(frozen=True, slots=True)
class Remedy:
    """Changes that turn it, and the decision with them."""

    changes: Changes
    decision: Decision


class Search:
    """Remedies within a number of decisions. `stop` is asked before each."""

    def __init__(
        self,
        explanation: Explanation,
        question: Question,
        decision: Decision,
        book: Rulebook,
        attempt: Attempt,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self.explanation, self.question, self.decision, self.book = explanation, question, decision, book
        self.attempt, self.stop, self.left = attempt, stop, MOST
        self.visit = explanation.visit.number
        self._halfway: dict[int, dict[str, Change]] = {}

    def remedies(self) -> Iterator[Remedy]:
        """Facts with few answers first, then amounts and days; two facts at once only where no single one does."""
        found = False
        for term in sorted(self.facts, key=lambda t: t.kind in _MEASURED):
            for remedy in self._measured(term) if term.kind in _MEASURED else self._answers((c,) for c in self._choices(term)):
                found = True
                yield remedy
        if not found:
            yield from self._answers(self._pairs())

    def _answers(self, trials: Iterable[Changes]) -> Iterator[Remedy]:
        done = set[frozenset[Change]]()
        for changes in trials:
            if frozenset(changes) in done:
                continue
            done.add(frozenset(changes))
            decision = self._tried(changes)
            if decision is not None:
                yield Remedy(changes, decision)

    def _tried(self, changes: Changes) -> Decision | None:
        """The decision, if it answers the question."""
        if self.left <= 0 or self.stop():
            return None
        self.left -= 1
        decision = self.attempt(changes)
        if decision is None:
            return None
        self._remember(changes, decision)
        return decision if self.question.answered(decision) else None

    def _remember(self, changes: Changes, decision: Decision) -> None:
        """Of each fact the first change that mends one of the conditions that fail."""
        values = decision.visits[self.visit].values
        for part in self.question.failed if len(changes) == 1 else ():
            if values[part] is True:
                self._halfway.setdefault(part, {}).setdefault(f"{changes[0].term.name}/{changes[0].after}", changes[0])

    def _pairs(self) -> Iterator[Changes]:
        """A change that mends one condition with one that mends another; then with any choice at all."""
        mending = [tuple(self._halfway.get(part, {}).values()) for part in self.question.failed]
        for some, others in combinations(mending, 2):
            done = set[tuple[str, str]]()
            for a, b in ((a, b) for a in some for b in others if a.term is not b.term):
                key = a.term.name, b.term.name
                if key not in done or not {a.term.kind, b.term.kind} & set(_MEASURED):
                    done.add(key)
                    yield a, b
        chosen = [c for term in self.facts if term.kind in _FEW for c in self._choices(term)]
        yield from ((a, b) for mended in mending for a in mended if a.term.kind in _FEW for b in chosen if a.term is not b.term)

    # --- where to look

    @cached_property
    def _cone(self) -> tuple[int, ...]:
        """Every node under the question, nearest first; then, where the answer may lie elsewhere, what the outcomes needed."""
        nodes, found = self.explanation.graph.nodes, dict.fromkeys(self.question.starts)
        ring = list(found)
        while ring:
            ring = list(dict.fromkeys(a for i in ring for a in nodes[i].args if a not in found))
            found |= dict.fromkeys(ring)
        rest = sorted(self.explanation.reached, reverse=True) if self.question.elsewhere else ()
        return tuple(dict.fromkeys((*found, *rest)))

    @cached_property
    def facts(self) -> tuple[Term, ...]:
        """What is filed, or may be, and is no list."""
        sorts = (Sort.FACT, Sort.PARAMETER, Sort.FILED)
        nodes = (self.explanation.graph.nodes[i] for i in self._cone)
        names = dict.fromkeys(str(n.detail) for n in nodes if n.sort in sorts)
        terms = (self.book.term[name] for name in names if name in self.book.term)
        filed = self.decision.claim.visits[self.visit]
        return tuple(t for t in terms if t.kind in (*_FEW, *_MEASURED) and (t.origin in (Given.FACT, Given.PARAMETER) or t.name in filed))

    def _before(self, term: Term) -> Any:
        return value_in(self.decision.claim, term, self.visit)

    def _change(self, term: Term, after: Any) -> Change:
        return Change(term, -1 if term.origin is Given.PARAMETER else self.visit, self._before(term), after)

    # --- facts with few answers

    def _choices(self, term: Term) -> Iterator[Change]:
        before = self._before(term)
        for option in self._options(term):
            if option != before and before != frozenset((option,)) and not isinstance(before, dict):
                yield self._change(term, option)

    def _options(self, term: Term) -> Iterable[Any]:
        """Of a choice those that some rule asks for first: to the others all rules are the same."""
        nodes = self.explanation.graph.nodes
        if term.kind is Kind.BOOLEAN:
            return (True, False)
        if term.kind in (Kind.CATALOGUE, Kind.TEXT):
            words = tuple(self._asked_for(term.name))[:_MEMBERS]
            return [(w,) for w in words] if term.kind is Kind.CATALOGUE else words
        known = {w for n in nodes if n.sort is Sort.CONST for w in _words(n.detail)}
        return sorted(term.members, key=lambda m: m not in known)[:_MEMBERS]

    def _asked_for(self, name: str) -> Iterable[str]:
        """The words that a text is looked for among, under the question."""
        nodes, found = self.explanation.graph.nodes, dict[str, None]()
        for node in (nodes[i] for i in self._cone):
            if any(nodes[a].detail == name and nodes[a].sort is not Sort.CONST for a in node.args):
                listed = (m.name for m in node.detail) if node.sort is Sort.LISTED else ()
                consts = (w for a in node.args if nodes[a].sort is Sort.CONST for w in _words(nodes[a].detail))
                found |= dict.fromkeys((*listed, *consts))
        return found

    # --- amounts, counts and days

    def _measured(self, term: Term) -> Iterator[Remedy]:
        before = self._before(term)
        if isinstance(before, dict):
            return
        start = _number(before) if isinstance(before, date) or is_number(before) else None
        for way in self._ways(term.kind, start):
            found = self._nearest(term, start, way)
            if found is not None:
                yield found

    def _ways(self, kind: Kind, start: int | None) -> tuple[list[int], ...]:
        """Up and down from where it stands; of what is not filed, amounts from nothing up, days from the claim's own outwards."""
        points = sorted(self._points(kind, start))
        if start is not None:
            return [p for p in points if p > start], [p for p in reversed(points) if p < start]
        days = [v.toordinal() for v in self.decision.claim.visits[self.visit].values() if kind is Kind.DATE and isinstance(v, date)]
        return (sorted(points, key=lambda p: min((abs(p - d) for d in days), default=0)),)

    def _nearest(self, term: Term, start: int | None, points: list[int]) -> Remedy | None:
        """The first of the points that does, then halved back towards the one before it."""
        last = start
        for point in points:
            decision = self._tried((self._change(term, _value(term.kind, point)),))
            if decision is not None:
                return self._halved(term, last, point, decision)
            last = point if start is not None else None
        return None

    def _halved(self, term: Term, vain: int | None, does: int, decision: Decision) -> Remedy:
        while vain is not None and abs(does - vain) > 1:
            middle = (does + vain) // 2
            other = self._tried((self._change(term, _value(term.kind, middle)),))
            vain, does, decision = (vain, middle, other) if other is not None else (middle, does, decision)
        return Remedy((self._change(term, _value(term.kind, does)),), decision)

    def _points(self, kind: Kind, start: int | None) -> set[int]:
        """The figures of this kind that anything under the question holds, a step either side, and some way beyond."""
        filed = self.decision.claim.visits[self.visit]
        own = {_number(v) for name, v in filed.items() if self.book.term[name].kind is kind and (isinstance(v, date) or is_number(v))}
        held = {_number(v) for v in self._held(kind)} | own
        if kind is Kind.YEAR:
            years = {v.year for v in (*filed.values(), *self._held(Kind.DATE)) if isinstance(v, date)}
            return {y + step for y in held | years for step in (-1, 0, 1)}
        points = {p + step for p in held for step in (-1, 0, 1)}
        if kind is Kind.DATE:
            points |= {start + sign * 2**k for k in range(_DAYS) for sign in (1, -1)} if start is not None else set()
            return {p for p in points if date(1900, 1, 1).toordinal() <= p <= date(2100, 12, 31).toordinal()}
        highest = max(held | {start or 0})
        return {p for p in points | {0, *(highest * 2**k for k in range(1, _DOUBLINGS))} if p >= 0}

    def _held(self, kind: Kind) -> Iterator[Any]:
        for index in self._cone:
            node, value = self.explanation.graph.nodes[index], self.explanation.values[index]
            known = node.detail if value is None and node.sort is Sort.CONST else value
            if node.kind is kind and (isinstance(known, date) or (is_number(known) and known == int(known))):
                yield known


def in_order(remedies: Iterable[Remedy], decision: Decision, visit: int) -> tuple[Remedy, ...]:
    """Those that leave nothing open which was known before those that do."""
    return tuple(sorted(remedies, key=lambda r: _open(r.decision, visit) > _open(decision, visit)))


def _open(decision: Decision, visit: int) -> int:
    return sum(is_pending(decision.visits[visit].value(decision.graph, o)) for o in decision.graph.outcomes)


def _words(held: Any) -> Iterator[str]:
    yield from (w for w in (held if isinstance(held, (frozenset, tuple)) else (held,)) if isinstance(w, str))


def _number(value: Any) -> int:
    return value.toordinal() if isinstance(value, date) else int(value)


def _value(kind: Kind, number: int) -> Any:
    return date.min + timedelta(days=number - 1) if kind is Kind.DATE else number
