"""Two decided visits side by side: which quantities part, in the order in which they are computed, and by which sentences.

The two may stand under different readings or different policies; quantities are told to be the same by their names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from grammar.document import Kind
from grammar.literals import round_half_up
from interpreter.compile import Compiled
from interpreter.decision import Decision, VisitDecision
from interpreter.explain import Explanation, Fired
from interpreter.graph import Sort
from interpreter.values import NOT_APPLICABLE, is_number
from interpreter.wording import spoken

_GIVEN = (Sort.FACT, Sort.PARAMETER)


@dataclass(frozen=True)
class Stand:
    """One visit with all that it depends on. `visit` holds the facts, the totals before it, and the values that follow."""

    compiled: Compiled
    visit: VisitDecision
    parameters: dict[str, Any]

    @cached_property
    def explanation(self) -> Explanation:
        return Explanation(self.compiled.graph, self.visit)

    @cached_property
    def fired(self) -> dict[str, tuple[Fired, ...]]:
        """By quantity; sentences that quote the notice before those that do not."""
        found: dict[str, tuple[Fired, ...]] = {}
        for one in self.explanation.fired:
            found[one.target] = (*found.get(one.target, ()), one)
        return {name: tuple(sorted(told, key=lambda f: not f.origin.anchors)) for name, told in found.items()}

    def value(self, name: str) -> Any:
        """不适用 for a quantity that the policy does not know."""
        index = self.compiled.graph.quantities.get(name)
        return NOT_APPLICABLE if index is None else self.visit.values[index]

    def kind(self, name: str) -> Kind | None:
        term = self.compiled.book.term.get(name)
        return term.kind if term else None

    def said(self, name: str) -> str:
        return spoken(self.value(name), self.kind(name)) if name in self.compiled.graph.quantities else "—"

    def is_given(self, name: str) -> bool:
        index = self.compiled.graph.quantities.get(name)
        if index is None:
            return False
        node = self.compiled.graph.nodes[index]
        return node.sort in _GIVEN or (node.sort is Sort.FILED and self.explanation.is_filed(node))

    def under(self, outcomes: Iterable[str]) -> frozenset[int]:
        """The nodes that these outcomes needed."""
        known = self.compiled.graph.quantities
        return self.explanation.under(*(known[o] for o in outcomes if o in known))


def stand(compiled: Compiled, decision: Decision, number: int) -> Stand:
    return Stand(compiled, decision.visits[number], decision.claim.parameters)


@dataclass(frozen=True, slots=True)
class Divergence:
    """A quantity that is not the same, with what decided it on either side. `given`: it was filed, and no sentence decided it; `shared`: both
    policies know it."""

    name: str
    before: str
    after: str
    first: tuple[Fired, ...]
    second: tuple[Fired, ...]
    given: bool = False
    shared: bool = True

    @property
    def told(self) -> bool:
        """Whether some sentence decided it on either side."""
        return not self.given and bool(self.first or self.second)

    @property
    def telling(self) -> tuple[tuple[Fired, ...], tuple[Fired, ...]]:
        """The sentences of either side without those that say the same on both, unless there are no others."""
        one, other = ({(f.origin.text, f.formula) for f in side} for side in (self.first, self.second))
        first = tuple(f for f in self.first if (f.origin.text, f.formula) not in other)
        second = tuple(f for f in self.second if (f.origin.text, f.formula) not in one)
        return (first, second) if first or second else (self.first, self.second)


def divergence(a: Stand, b: Stand, name: str) -> Divergence:
    given = a.is_given(name) or b.is_given(name)
    shared = name in a.compiled.graph.quantities and name in b.compiled.graph.quantities
    return Divergence(name, a.said(name), b.said(name), a.fired.get(name, ()), b.fired.get(name, ()), given, shared)


def divergences(a: Stand, b: Stand, outcomes: Iterable[str] = ()) -> tuple[Divergence, ...]:
    """In the order of computation; only what some outcome, or one of those named, needed on either side."""
    wanted = tuple(outcomes) or (*a.compiled.graph.outcomes, *b.compiled.graph.outcomes)
    needed = _names_under(a, wanted) | _names_under(b, wanted)
    names = (n for n in _in_order(a, b) if n in needed and _differs(a, b, n))
    return tuple(divergence(a, b, name) for name in names)


def _names_under(side: Stand, outcomes: Iterable[str]) -> set[str]:
    graph = side.compiled.graph
    return {graph.names[i] for i in side.under(outcomes) if i in graph.names}


def _differs(a: Stand, b: Stand, name: str) -> bool:
    return a.value(name) != b.value(name) or (a.said(name) != b.said(name))


def _in_order(a: Stand, b: Stand) -> tuple[str, ...]:
    """Every quantity of either: those of 甲 as it computes them, one that only 乙 knows behind the last that 乙 has before it."""
    first, second = ([n for _, n in sorted(s.compiled.graph.names.items())] for s in (a, b))
    if first == second:
        return tuple(first)
    known, after = set(first), dict[str, list[str]]()
    last = ""
    for name in second:
        if name in known:
            last = name
        else:
            after.setdefault(last, []).append(name)
    return (*after.get("", ()), *(n for name in first for n in (name, *after.get(name, ()))))


def first_sentence(found: Iterable[Divergence]) -> Divergence | None:
    """The first that a sentence of the notice decided: where the two part company. What only one of them reckons with comes after the rest."""
    told = sorted((d for d in found if d.told), key=lambda d: (not d.shared, not _says_something(d)))
    return told[0] if told else None


def _says_something(found: Divergence) -> bool:
    """Whether the sentences are not the same ones, or stand in the notice; else only figures were passed on."""
    first, second = found.telling
    return {f.origin.text for f in first} != {f.origin.text for f in second} or any(f.origin.anchors for f in (*first, *second))


# --- amounts -------------------------------------------------------------------------------------------------------------------------------------


def amount(side: Stand, name: str) -> int | None:
    """In whole fen; nothing for what does not concern the person; None for what is no amount."""
    value = side.value(name)
    if value is NOT_APPLICABLE:
        return 0
    return round_half_up(value) if is_number(value) and side.kind(name) is Kind.MONEY else None


def money_outcomes(a: Stand, b: Stand) -> tuple[str, ...]:
    """Outcomes in money of either, without those that concern neither."""
    names = dict.fromkeys((*a.compiled.graph.outcomes, *b.compiled.graph.outcomes))
    money = (n for n in names if Kind.MONEY in (a.kind(n), b.kind(n)))
    return tuple(n for n in money if not (a.value(n) is NOT_APPLICABLE and b.value(n) is NOT_APPLICABLE))
