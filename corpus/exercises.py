"""An exercise: a claim, one amount asked of it, and the clauses that decide that amount. All of it is found by deciding claims.

Which clauses decide is tried, not declared: the policy is run without each of those that acted, and those whose absence changes the amount count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from corpus.workspace import Policy
from grammar.document import Kind, Standing
from grammar.literals import round_half_up
from interpreter.decision import Decision
from interpreter.explain import Explanation, Fired
from interpreter.graph import Contender, Sort
from interpreter.values import Pending, Why, is_number

#: What a clause that sets an amount sets; the rest only admit or refuse.
_FIGURES = (Kind.MONEY, Kind.RATIO, Kind.COUNT, Kind.BANDS)
MOST_CLAUSES = 6
_GIVEN = (Sort.FACT, Sort.PARAMETER, Sort.FILED)


class Theme(StrEnum):
    """What an exercise tries."""

    PLAIN = "一般"
    BOUNDARY = "临界"
    EXCEPTION = "例外"
    READING = "读法"
    OPEN = "待定"


@dataclass(frozen=True)
class Situation:
    """A claim as filed, decided, and the visit that is asked about."""

    policy: Policy
    data: dict[str, Any]
    visit: int
    decision: Decision

    @cached_property
    def explanation(self) -> Explanation:
        return self.policy.explain(self.decision, self.visit)

    @property
    def facts(self) -> dict[str, Any]:
        """As filed."""
        filed: dict[str, Any] = self.data["就诊"][self.visit]
        return filed

    def value(self, name: str) -> Any:
        """None where the policy knows no such quantity."""
        index = self.decision.graph.quantities.get(name)
        return None if index is None else self.explanation.values[index]

    def changed(self, fact: str, raw: Any) -> Situation | None:
        """With another value of one fact of this visit; None takes it away."""
        facts = {k: v for k, v in self.facts.items() if k != fact} | ({} if raw is None else {fact: raw})
        visits = [facts if i == self.visit else v for i, v in enumerate(self.data["就诊"])]
        return situation(self.policy, self.data | {"就诊": visits}, self.visit)

    def read_as(self, reading: str, label: str) -> Situation | None:
        return situation(self.policy, self.data | {"读法": (self.data.get("读法") or {}) | {reading: label}}, self.visit)

    def under(self, policy: Policy) -> Situation | None:
        """The same claim under another policy; None where that cannot be used."""
        return situation(policy, self.data, self.visit) if policy.compiled(self.data.get("读法")).usable else None


def situation(policy: Policy, data: dict[str, Any], visit: int) -> Situation | None:
    """None for a claim that cannot be read."""
    claim, _ = policy.read(data)
    return Situation(policy, data, visit, policy.decide(claim)) if claim else None


@dataclass(frozen=True)
class Exercise:
    """`answer` is fen, or None for 待定. `required` are to be named, `accepted` may be; `topic` is the clause it is about.

    `varied` names the fact or reading that was changed, and `others` are the same claim on the other sides of it.
    """

    theme: Theme
    at: Situation
    asked: str
    answer: int | None
    required: tuple[str, ...]
    accepted: tuple[str, ...]
    topic: str
    varied: str = ""
    others: tuple[Situation, ...] = ()

    @property
    def policy(self) -> Policy:
        return self.at.policy

    @property
    def payer(self) -> str:
        """Who bears what is asked; nothing where the amount is not a share."""
        book, graph = self.policy.compiled(self.at.data.get("读法")).book, self.at.decision.graph
        if any(self.asked == rest for _, _, _, rest in graph.orders):
            return "个人"
        named = next((payer for payer, quantity in book.payment_of.items() if quantity == self.asked), "")
        return named if "_" not in named else ""

    @cached_property
    def steps(self) -> tuple[Fired, ...]:
        """What decided the amount, in the order of reckoning: every clause that acted, and every other step that reckons."""
        explanation = self.at.explanation
        needed = explanation.under(self.at.decision.graph.quantities[self.asked])
        return tuple(f for f in explanation.fired if f.node in needed and (f.origin.clause in (*self.required, *self.accepted) or " = " in f.formula))


def clauses(policy: Policy) -> tuple[str, ...]:
    """The clauses that state what the notice says, in its order."""
    statements = policy.compiled().book.statements
    return tuple(dict.fromkeys(c for c, s, _ in statements if s.standing in (Standing.VERBATIM, Standing.PARAPHRASE)))


def askable(at: Situation) -> tuple[str, ...]:
    """Outcomes that are amounts and that some clause decided."""
    graph, terms, real = at.decision.graph, at.policy.compiled().book.term, set(clauses(at.policy))
    return tuple(o for o in graph.outcomes if terms[o].kind is Kind.MONEY and is_number(at.value(o)) and any(_acted(at, o, real)))


def _acted(at: Situation, asked: str, real: set[str]) -> Iterator[Fired]:
    needed = at.explanation.under(at.decision.graph.quantities[asked])
    return (f for f in at.explanation.fired if f.node in needed and f.origin.clause in real)


def exercise(theme: Theme, at: Situation | None, asked: str, topic: str = "", varied: str = "") -> Exercise | None:
    """The exercise a situation makes, or None where its answer is not determinate enough to be asked for."""
    if at is None or at.value(asked) is None:
        return None
    value = at.value(asked)
    if isinstance(value, Pending):
        return _open(at, asked, varied) if _waits_for(value, varied) else None
    if not is_number(value) or value < 0:
        return None
    required, accepted = _deciding(at, asked)
    if topic and not required:
        required = (topic,)
    if not 1 <= len(required) <= MOST_CLAUSES:
        return None
    also = (topic,) if topic and topic not in required else ()
    accepted = tuple(c for c in dict.fromkeys((*also, *accepted)) if c not in required)
    return Exercise(theme, at, asked, round_half_up(value), required, accepted, topic or required[-1], varied)


def _waits_for(value: Pending, name: str) -> bool:
    return bool(name) and all(c.why is Why.MISSING and c.name == name for c in value.causes)


def _open(at: Situation, asked: str, fact: str) -> Exercise | None:
    required = asking(at, asked, fact)
    accepted = tuple(c for c in dict.fromkeys(f.origin.clause for f in _acted(at, asked, set(clauses(at.policy)))) if c not in required)
    return Exercise(Theme.OPEN, at, asked, None, required, accepted, required[0], fact) if 1 <= len(required) <= MOST_CLAUSES else None


def _deciding(at: Situation, asked: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Clauses that set figures of the amount and without which it is another; and every other clause that acted on it.

    What an earlier outcome rests on is that outcome's affair, unless nothing else decides this one.
    """
    explanation, graph, real = at.explanation, at.decision.graph, set(clauses(at.policy))
    own = graph.quantities[asked]
    others = frozenset(graph.quantities[o] for o in graph.outcomes) - {own}
    near = explanation.under(own, short_of=others) - others
    acted = list(_acted(at, asked, real))
    figures = [f for f in acted if graph.nodes[f.node].kind in _FIGURES]
    for part in ([f for f in figures if f.node in near], figures):
        required = tuple(c for c in dict.fromkeys(f.origin.clause for f in part) if _matters(at, asked, c))
        if required:
            break
    return required, tuple(c for c in dict.fromkeys(f.origin.clause for f in acted) if c not in required)


def _matters(at: Situation, asked: str, clause: str) -> bool:
    other = at.under(at.policy.without(clause))
    return other is None or other.value(asked) != at.value(asked)


# --- where a node stands ---------------------------------------------------------------------------------------------------------------------------


def owners(at: Situation, asked: str, starts: Iterable[int]) -> tuple[str, ...]:
    """The nearest clauses above some nodes, of those that the amount needed."""
    explanation, real = at.explanation, set(clauses(at.policy))
    needed = explanation.under(at.decision.graph.quantities[asked])
    waiting, seen, found = list(starts), set[int](), dict[str, None]()
    while waiting:
        index = waiting.pop(0)
        own = at.decision.graph.nodes[index].origin
        if own is not None and own.clause in real:
            found.setdefault(own.clause)
            continue
        for parent in explanation.parents.get(index, ()):
            clause = _contending(at.decision.graph.nodes[parent].detail, index, real)
            if parent in needed and clause:
                found.setdefault(clause)
            elif parent in needed and parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return tuple(found)


def _contending(detail: Any, index: int, real: set[str]) -> str:
    contenders = [c for c in detail if isinstance(c, Contender)] if isinstance(detail, tuple) else []
    return next((c.origin.clause for c in contenders if index in (c.guard, c.value) and c.origin.clause in real), "")


def asking(at: Situation, asked: str, fact: str) -> tuple[str, ...]:
    """The clauses that wait for a fact."""
    needed = at.explanation.under(at.decision.graph.quantities[asked])
    return owners(at, asked, [i for i in sorted(needed) if at.decision.graph.nodes[i].sort in _GIVEN and at.decision.graph.nodes[i].detail == fact])


def given(at: Situation, asked: str) -> tuple[str, ...]:
    """Facts and parameters that the amount needed, in the order of the vocabulary."""
    return _named(at, at.explanation.under(at.decision.graph.quantities[asked]))


def weighed(at: Situation, asked: str) -> tuple[str, ...]:
    """Those and what had to be looked at to see that nothing else decides: conditions that do not hold, limits that are not reached."""
    return _named(at, _weighed(at, asked))


def _weighed(at: Situation, asked: str) -> frozenset[int]:
    nodes, explanation = at.decision.graph.nodes, at.explanation
    needed = explanation.under(at.decision.graph.quantities[asked])
    guards = {c.guard for i in needed if nodes[i].sort is Sort.PICK for c in nodes[i].detail}
    return needed | explanation.under(*guards, *(a for i in needed for a in nodes[i].args if nodes[i].sort is Sort.OPERATION))


def _named(at: Situation, indexes: frozenset[int]) -> tuple[str, ...]:
    held = (n for i in indexes if (n := at.decision.graph.nodes[i]).sort in _GIVEN and (n.sort is not Sort.FILED or at.explanation.is_filed(n)))
    names = {str(n.detail) for n in held}
    return tuple(t.name for t in at.policy.compiled().book.terms if t.name in names)


def carried(at: Situation, asked: str) -> tuple[tuple[str, Any, Kind | None], ...]:
    """Totals from before this visit that had to be looked at and are not nothing: what they are called, their value and kind."""
    nodes = ((at.decision.graph.nodes[i], at.explanation.values[i]) for i in sorted(_weighed(at, asked)))
    return tuple(dict.fromkeys((n.label, v, n.kind) for n, v in nodes if n.sort is Sort.PRIOR and v != 0))


def with_others(made: Exercise, others: Iterable[Situation | None]) -> Exercise:
    """With the other sides of what was varied, for variants."""
    return replace(made, others=tuple(o for o in others if o is not None))
