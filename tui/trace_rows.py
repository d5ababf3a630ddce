"""The reasoning as rows to unfold: outcomes, the statements that decided them, the quantities these needed, and what was considered in vain.

Every row is asked of an `Explanation` when it is unfolded; nothing is computed here and nothing kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grammar.address import spoken as place
from interpreter.explain import Explanation, Fired, Unfired
from interpreter.graph import Anchor, Node, Origin, Sort
from interpreter.values import NOT_APPLICABLE, Pending
from interpreter.wording import cause_text, spoken


class Sign(StrEnum):
    """The four states, told apart without colour."""

    DECIDED = "✓"
    UNMET = "✗"
    OVERRIDDEN = "⊘"
    OPEN = "？"


class Part(StrEnum):
    QUANTITY = "quantity"
    STATEMENT = "statement"
    CONDITION = "condition"
    FACT = "fact"
    UNFIRED = "unfired"
    ABSENT = "absent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Step:
    """One row. `key` names it among all rows of the policy, so that a place is found again after an edit; `needs` are the nodes under it."""

    key: str
    part: Part
    sign: Sign
    head: str
    tail: str = ""
    anchors: tuple[Anchor, ...] = ()
    node: int = -1
    needs: tuple[int, ...] = ()
    target: str = ""
    opens: bool = False


#: Every other way not to fire (unmet, idle, not in force) is UNMET.
_SIGNS = {"overridden": Sign.OVERRIDDEN, "unknown": Sign.OPEN}
_GIVEN = {Sort.FACT: "填报", Sort.PARAMETER: "参数", Sort.PRIOR: "此前累计", Sort.ITEM: "逐项", Sort.GATHER: "清单"}
_NO_CONDITION = ("both", "either", "in_force", "within", "round", "round_down", "first_known")


def trace(explanation: Explanation) -> tuple[Step, ...]:
    """The outcomes in order, then those that do not concern this claim, then the statements that decided nothing."""
    indexes = [explanation.graph.quantities[o] for o in explanation.graph.outcomes]
    shown = [i for i in indexes if explanation.values[i] is not NOT_APPLICABLE]
    rows = [_quantity(explanation, i, "") for i in shown]
    if len(shown) < len(indexes):
        rows.append(Step("/absent", Part.ABSENT, Sign.UNMET, "本例不涉及的结果", f"{len(indexes) - len(shown)} 项", opens=True))
    if explanation.unfired:
        rows.append(Step("/refused", Part.REFUSED, Sign.UNMET, "考虑过、没有适用的条文", f"{len(explanation.unfired)} 处", opens=True))
    return tuple(rows)


def below(explanation: Explanation, step: Step) -> tuple[Step, ...]:
    """The rows under a row."""
    match step.part:
        case Part.QUANTITY if step.opens:
            return _under_quantity(explanation, step)
        case Part.STATEMENT | Part.CONDITION:
            return tuple(_needs(explanation, step.needs, step.target, step.key))
        case Part.ABSENT:
            indexes = (explanation.graph.quantities[o] for o in explanation.graph.outcomes)
            return tuple(_quantity(explanation, i, step.key) for i in indexes if explanation.values[i] is NOT_APPLICABLE)
        case Part.REFUSED:
            return tuple(_refused(explanation, u, step.key, True) for u in explanation.unfired)
        case _:
            return ()


# --- quantities ----------------------------------------------------------------------------------------------------------------------------------


def _quantity(explanation: Explanation, index: int, above: str) -> Step:
    name, node = explanation.name(index), explanation.graph.nodes[index]
    filed = node.sort is Sort.FILED and explanation.is_filed(node)
    tail = _value(explanation, index) + ("　填报" if filed else "")
    return Step(f"{above}/{name}", Part.QUANTITY, _sign(explanation, index), name, tail, _anchors(explanation, name), index, opens=not filed)


def _value(explanation: Explanation, index: int) -> str:
    value = explanation.values[index]
    why = f"（{cause_text(value)}）" if isinstance(value, Pending) else ""
    return spoken(value, explanation.graph.nodes[index].kind) + why


def _sign(explanation: Explanation, index: int) -> Sign:
    value = explanation.values[index]
    if isinstance(value, Pending):
        return Sign.OPEN
    return Sign.UNMET if value is False else Sign.DECIDED


def _anchors(explanation: Explanation, name: str) -> tuple[Anchor, ...]:
    """Where the first statement that decided a quantity stands."""
    return next((f.origin.anchors for f in explanation.fired if f.target == name and f.origin.anchors), ())


def _under_quantity(explanation: Explanation, step: Step) -> tuple[Step, ...]:
    told = _telling([f for f in explanation.fired if f.target == step.head])
    rows = [_statement(explanation, f, step.key) for f in told]
    if not rows:
        rows = list(_needs(explanation, explanation.needed(step.node), step.head, step.key))
    refused = (u for u in explanation.unfired if u.target == step.head)
    return (*rows, *(_refused(explanation, u, step.key, False) for u in refused))


def _telling(fired: Sequence[Fired]) -> list[Fired]:
    """Without the order of payment's own step where the notice's words were found."""
    anchored = [f for f in fired if f.origin.anchors]
    return anchored or list(fired)


# --- statements ----------------------------------------------------------------------------------------------------------------------------------


def _statement(explanation: Explanation, fired: Fired, above: str) -> Step:
    needs = _needed_by(explanation, fired)
    sign = Sign.OPEN if isinstance(explanation.values[fired.node], Pending) else Sign.DECIDED
    key = f"{above}/{fired.origin.start}:{fired.node}"
    opens = next(iter(_needs(explanation, needs, fired.target, key)), None) is not None
    head = _cited(fired.origin, fired.target)
    return Step(key, Part.STATEMENT, sign, head, fired.formula, fired.origin.anchors, fired.node, needs, fired.target, opens)


def _cited(origin: Origin, target: str) -> str:
    """「二（二）2第1款第2句」, with the clause where it is not named after the quantity."""
    name = origin.clause if origin.clause != target else ""
    places = list(dict.fromkeys(place(a.unit) for a in origin.anchors))
    more = f"等{len(places)}处" if len(places) > 1 else ""
    return " ".join(part for part in ((places[0] + more) if places else "", name) if part) or f"{origin.standing} {origin.clause}"


def _needed_by(explanation: Explanation, fired: Fired) -> tuple[int, ...]:
    node = explanation.graph.nodes[fired.node]
    if node.sort is Sort.PICK:
        return tuple(n for c in explanation.winners(fired.node) if c.origin == fired.origin for n in (c.guard, c.value))
    return explanation.needed(fired.node)


def _refused(explanation: Explanation, unfired: Unfired, above: str, named: bool) -> Step:
    origin = unfired.origin
    head = _cited(origin, "" if named else unfired.target)
    sign = _SIGNS.get(unfired.how, Sign.UNMET)
    return Step(f"{above}/{origin.start}:{unfired.node}!", Part.UNFIRED, sign, head, unfired.reason, origin.anchors, unfired.node)


# --- what a statement needed ---------------------------------------------------------------------------------------------------------------------


def _needs(explanation: Explanation, starts: Iterable[int], target: str, above: str) -> Iterator[Step]:
    """The nearest rows under some nodes; steps of the same quantity and bare arithmetic are passed through."""
    waiting, seen = list(starts), set[int]()
    while waiting:
        index = waiting.pop(0)
        if index in seen:
            continue
        seen.add(index)
        node = explanation.graph.nodes[index]
        row = _row(explanation, index, node, target, above)
        if row is not None:
            yield row
        elif not (node.sort in (Sort.PICK, Sort.FILED) and explanation.name(index) == target):
            waiting[:0] = explanation.needed(index)


def _row(explanation: Explanation, index: int, node: Node, target: str, above: str) -> Step | None:
    name = explanation.name(index)
    filed = node.sort is Sort.FILED and explanation.is_filed(node)
    if filed or node.sort in _GIVEN:
        given = _GIVEN[Sort.FACT if filed else node.sort]
        return Step(f"{above}/{name}", Part.FACT, _sign(explanation, index), name, f"{_value(explanation, index)}　{given}", node=index)
    if index in explanation.graph.names or node.sort in (Sort.PICK, Sort.FILED):
        return _quantity(explanation, index, above) if name != target else None
    if node.sort is Sort.LISTED:
        return _condition(explanation, index, node, above, _listed(explanation, index))
    truth = explanation.values[index]
    if node.sort is Sort.OPERATION and node.operator not in _NO_CONDITION and isinstance(truth, bool):
        return _condition(explanation, index, node, above, node.origin.anchors if node.origin else ())
    return None


def _condition(explanation: Explanation, index: int, node: Node, above: str, anchors: tuple[Anchor, ...]) -> Step:
    key = f"{above}/{index}"
    tail = "" if explanation.values[index] is True else _value(explanation, index)
    needs = explanation.needed(index)
    opens = next(iter(_needs(explanation, needs, "", key)), None) is not None
    return Step(key, Part.CONDITION, _sign(explanation, index), node.label, tail, anchors, index, needs, "", opens)


def _listed(explanation: Explanation, index: int) -> tuple[Anchor, ...]:
    return next((f.origin.anchors for f in explanation.fired if f.node == index), ())


# --- what the form asks --------------------------------------------------------------------------------------------------------------------------


def read_names(explanation: Explanation) -> frozenset[str]:
    """Facts and parameters that the decision needed."""
    nodes = (explanation.graph.nodes[i] for i in explanation.reached)
    return frozenset(str(n.detail) for n in nodes if n.sort in (Sort.FACT, Sort.PARAMETER, Sort.FILED))


def missing_names(explanation: Explanation) -> dict[str, str]:
    """What some outcome is waiting for → the clause that asks for it."""
    names: dict[str, str] = {}
    for outcome in explanation.graph.outcomes:
        value = explanation.values[explanation.graph.quantities[outcome]]
        for cause in value.causes if isinstance(value, Pending) else ():
            if cause.why.name == "MISSING" and cause.name not in names:
                names[cause.name] = _asking(explanation, cause.name)
    return names


def _asking(explanation: Explanation, name: str) -> str:
    """Climbs from a fact to the first rule whose guard or value waits for it."""
    nodes = explanation.graph.nodes
    waiting = [i for i, n in enumerate(nodes) if n.detail == name and i in explanation.reached]
    seen = set(waiting)
    while waiting:
        index = waiting.pop(0)
        for parent in explanation.parents.get(index, ()):
            if parent in seen or parent not in explanation.reached:
                continue
            if nodes[parent].sort is Sort.PICK:
                for contender in nodes[parent].detail:
                    if index in (contender.guard, contender.value) and contender.origin.anchors:
                        return _cited(contender.origin, "")
            seen.add(parent)
            waiting.append(parent)
    return ""
