"""Why a sentence did not fire, or an outcome is not another: the conditions one by one with their distance, and what would be an answer.

What to change is looked for in `remedies`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from interpreter.decision import Decision
from interpreter.explain import Explanation, Unfired
from interpreter.graph import Contender, Origin, Sort
from interpreter.values import NOT_APPLICABLE, is_number, is_pending


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a sentence: whether it holds (None: not known), and in words with the values, the distance where it does not."""

    holds: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the nodes to look under for facts, whether a decision is an answer, the conditions that fail, and whether the answer may lie
    elsewhere than under these nodes."""

    starts: tuple[int, ...]
    answered: Callable[[Decision], bool]
    failed: tuple[int, ...] = ()
    elsewhere: bool = True


# --- conditions -----------------------------------------------------------------------------------------------------------------------------------


def conditions(explanation: Explanation, unfired: Unfired) -> tuple[Condition, ...]:
    """Those of the nearest rule of a sentence; where they all hold, what else stood in its way."""
    parts = _nearest_rule(explanation, unfired)
    told = [_condition(explanation, p) for p in parts if explanation.graph.nodes[p].sort is not Sort.CONST]
    if all(c.holds for c in told):
        told.append(Condition(_holds(unfired.how), unfired.reason))
    return tuple(told)


def _nearest_rule(explanation: Explanation, unfired: Unfired) -> tuple[int, ...]:
    """The conditions of the rule of a sentence that has the fewest open."""
    rules = [_parts(explanation, c.guard) for c in _contenders(explanation, unfired)]
    return min(rules, key=lambda parts: sum(explanation.values[p] is not True for p in parts), default=())


def _holds(how: str) -> bool | None:
    return None if how == "unknown" else False


def _contenders(explanation: Explanation, unfired: Unfired) -> tuple[Contender, ...]:
    node = explanation.graph.nodes[unfired.node]
    return tuple(c for c in node.detail if c.origin == unfired.origin) if node.sort is Sort.PICK else ()


def _parts(explanation: Explanation, index: int) -> tuple[int, ...]:
    node = explanation.graph.nodes[index]
    return tuple(p for a in node.args for p in _parts(explanation, a)) if node.operator == "both" else (index,)


def _condition(explanation: Explanation, index: int) -> Condition:
    value = explanation.values[index]
    if value is True:
        return Condition(True, explanation.label(index))
    return Condition(None if is_pending(value) else False, explanation.why_not(index))


# --- questions ------------------------------------------------------------------------------------------------------------------------------------


def of_statement(explanation: Explanation, unfired: Unfired) -> Question:
    """That a sentence fires."""
    number, origin = explanation.visit.number, unfired.origin

    def answered(decision: Decision) -> bool:
        if explanation.graph.nodes[unfired.node].sort is Sort.LISTED:
            return decision.visits[number].values[unfired.node] is True
        return any(f.origin == origin for f in Explanation(decision.graph, decision.visits[number]).fired)

    failed = tuple(p for p in _nearest_rule(explanation, unfired) if explanation.values[p] is not True)
    return Question(_starts(explanation, unfired), answered, failed, elsewhere=unfired.how not in ("unmet", "unknown"))


def _starts(explanation: Explanation, unfired: Unfired) -> tuple[int, ...]:
    """Its own conditions, those of what set it aside, its value, then whatever else stands there."""
    node = explanation.graph.nodes[unfired.node]
    own = _contenders(explanation, unfired)
    over = [c for c in node.detail if any(node.detail.index(o) in c.overrides for o in own)] if own else []
    return (*(c.guard for c in own), *(c.guard for c in over), *(c.value for c in own), unfired.node)


def of_outcome(explanation: Explanation, name: str) -> Question:
    """That an amount which is nothing becomes something; that one which is something is decided by other sentences."""
    number, index = explanation.visit.number, explanation.graph.quantities[name]
    before = explanation.values[index]
    grounds = _grounds(explanation, index)

    def answered(decision: Decision) -> bool:
        after = decision.visits[number].value(decision.graph, name)
        if is_pending(after) or after is NOT_APPLICABLE or after == before:
            return False
        if is_number(before) and before > 0:
            return _grounds(Explanation(decision.graph, decision.visits[number]), index) != grounds
        return not is_number(after) or after > 0

    return Question((index,), answered)


def _grounds(explanation: Explanation, index: int) -> frozenset[Origin]:
    under = explanation.under(index)
    return frozenset(f.origin for f in explanation.fired if f.node in under and f.origin.anchors)
