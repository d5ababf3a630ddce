"""Graph → one Python function that fills an array of values: no tree is walked when a claim is decided.

The text of the function holds node numbers and nothing of a policy: names, constants and rules reach it through the tuple of details it closes over.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from interpreter.graph import SPECIAL, Contender, Graph, ListedMember, Node, Sort
from interpreter.operators import TABLE, is_in
from interpreter.values import NOT_APPLICABLE, Cause, Pending, Why, merged, pending

#: facts, parameters, totals before this visit → the value of every node
Program = Callable[[dict[str, Any], dict[str, Any], dict[str, Any]], list[Any]]


def program(graph: Graph) -> Program:
    """Compile the graph. The values of nodes inside a sum over a list are None: they differ for each item."""
    wordy = _wordy(graph)
    inside = {i for n in graph.nodes if n.sort is Sort.GATHER for i in n.detail[0]}
    lines = ["def run(facts, parameters, prior):"]
    for index, node in enumerate(graph.nodes):
        if node.sort is Sort.GATHER:
            lines += _gather_lines(graph, index, node, wordy)
        elif index not in inside:
            lines.append(f"    v{index} = {_call(index, node, wordy)}")
    held = ", ".join("None" if i in inside else f"v{i}" for i in range(len(graph.nodes)))
    lines.append(f"    return [{held}]")
    names: dict[str, Any] = {f"op_{name}": operator.apply for name, operator in TABLE.items()}
    names |= {f"safe_{name}": wary(operator.apply) for name, operator in TABLE.items()}
    names["N"] = tuple(n.label for n in graph.nodes)
    names |= {
        "D": tuple(n.detail for n in graph.nodes),
        "pick": pick,
        "fact": fact,
        "listed": listed,
        "gather": gather,
        "filed": filed,
        "total": total,
    }
    exec(compile("\n".join(lines), "<rules>", "exec"), names)
    made: Program = names["run"]
    return made


def _call(index: int, node: Node, wordy: frozenset[int]) -> str:
    args = ", ".join(f"v{a}" for a in node.args)
    match node.sort:
        case Sort.CONST:
            return f"D[{index}]"
        case Sort.FACT:
            return f"fact(facts, D[{index}])"
        case Sort.PARAMETER:
            return f"fact(parameters, D[{index}])"
        case Sort.PRIOR:
            return f"total(prior, D[{index}])"
        case Sort.ITEM:
            return f"fact(item, D[{index}])"
        case Sort.FILED:
            return f"filed(facts, D[{index}], {args})"
        case Sort.PICK:
            pairs = ", ".join(f"(v{c.guard}, v{c.value})" for c in node.detail)
            return f"pick(({pairs}{',' if pairs else ''}), D[{index}], N[{index}])"
        case Sort.LISTED:
            guards = ", ".join("True" if m.condition < 0 else f"v{m.condition}" for m in node.detail)
            return f"listed(v{node.args[0]}, ({guards}{',' if guards else ''}), D[{index}])"
        case _:
            extra = f", D[{index}]" if node.detail is not None else ""
            return f"{'safe' if wordy.intersection(node.args) else 'op'}_{node.operator}({args}{extra})"


def _gather_lines(graph: Graph, index: int, node: Node, wordy: frozenset[int]) -> list[str]:
    members, guard, value = node.detail
    lines = [f"    def each{index}(item):"]
    lines += [f"        v{i} = {_call(i, graph.nodes[i], wordy)}" for i in members]
    lines += [f"        return v{guard}, v{value}", f"    v{index} = gather(v{node.args[0]}, each{index})"]
    return lines


def _wordy(graph: Graph) -> frozenset[int]:
    """Nodes whose value may be a word where a number is expected: 未公布 reaches them through picks."""
    found: set[int] = set()
    for index, node in enumerate(graph.nodes):
        passes = node.sort in (Sort.PICK, Sort.FILED) or node.operator in ("in_force", "entry")
        if (node.sort in (Sort.FACT, Sort.PARAMETER) and node.operator == SPECIAL) or (passes and found.intersection(node.args)):
            found.add(index)
    return frozenset(found)


def wary(apply: Callable[..., Any]) -> Callable[..., Any]:
    """An operator that answers a word (“未公布”) with 待定 instead of reckoning with it."""

    def careful(*args: Any) -> Any:
        word = next((a for a in args if a.__class__ is str), None)
        return apply(*args) if word is None or apply is is_in else pending(Why.SILENT, f"“{word}”不是可以计算的数")

    return careful


# --- what the generated text calls -------------------------------------------------------------------------------------------------------------


def fact(given: dict[str, Any], name: str) -> Any:
    """What was filled in, or 缺少 its name."""
    value = given.get(name)
    return pending(Why.MISSING, name) if value is None else value


def total(prior: dict[str, Any], name: str) -> Any:
    return prior.get(name, 0)


def filed(facts: dict[str, Any], name: str, computed: Any) -> Any:
    """A figure already settled stands; otherwise the rules decide."""
    value = facts.get(name)
    if value is not None:
        return value
    silent = computed.__class__ is Pending and all(c.why is Why.SILENT and c.name == name for c in computed.causes)
    return pending(Why.MISSING, name) if silent else computed


def standing(pairs: tuple[tuple[Any, Any], ...], contenders: tuple[Contender, ...]) -> tuple[list[int], list[int]]:
    """Indices of the contenders that hold and are not set aside, and of those whose guard is undetermined and not set aside."""
    holding = [i for i, (g, _) in enumerate(pairs) if g is True]
    aside = {j for i in holding for j in contenders[i].overrides if j not in holding or i not in contenders[j].overrides}
    first = min((contenders[i].rank for i in holding if i not in aside), default=0)
    winners = [i for i in holding if i not in aside and contenders[i].rank == first]
    open_ = [i for i, (g, _) in enumerate(pairs) if g.__class__ is Pending and i not in aside and (not winners or contenders[i].rank <= first)]
    return winners, open_


def pick(pairs: tuple[tuple[Any, Any], ...], contenders: tuple[Contender, ...], name: str = "") -> Any:
    """The value of the deepest applicable rule. Equal values are joint grounds; different ones a conflict; none, silence."""
    winners, open_ = standing(pairs, contenders)
    if open_:
        return _undecided(pairs, contenders, winners, open_)
    if not winners:
        return _silent(pairs, name)
    value = pairs[winners[0]][1]
    for other in winners[1:]:
        if pairs[other][1] != value:
            return _conflict(pairs, contenders, winners)
    return value


def _undecided(pairs: tuple[tuple[Any, Any], ...], contenders: tuple[Contender, ...], winners: list[int], open_: list[int]) -> Any:
    """An undetermined guard matters only if the rule behind it would give something else."""
    values = [pairs[i][1] for i in (*winners, *open_)]
    first = values[0]
    if winners and first.__class__ is not Pending and all(v.__class__ is first.__class__ and v == first for v in values):
        return first
    return merged([pairs[i][0] for i in open_] + [pairs[i][1] for i in winners])


def _silent(pairs: tuple[tuple[Any, Any], ...], name: str) -> Any:
    if pairs and all(g is NOT_APPLICABLE for g, _ in pairs):
        return NOT_APPLICABLE
    return pending(Why.SILENT, name)


def _conflict(pairs: tuple[tuple[Any, Any], ...], contenders: tuple[Contender, ...], winners: list[int]) -> Any:
    undetermined = [pairs[i][1] for i in winners if pairs[i][1].__class__ is Pending]
    if len(undetermined) == len(winners):
        return merged(undetermined)
    return Pending((Cause(Why.CONFLICT, "、".join(dict.fromkeys(f"条款“{contenders[i].origin.clause}”" for i in winners))),))


def listed(value: Any, guards: tuple[Any, ...], members: tuple[ListedMember, ...]) -> Any:
    """On the list, under one of the wordings; a bracket after the entry's name only says more about it."""
    if value.__class__ is Pending or value is NOT_APPLICABLE:
        return value
    if value.__class__ is frozenset:
        return TABLE["either"].apply(*(listed(v, guards, members) for v in sorted(value)))
    hit = entry_of(value, members)
    return False if hit is None else guards[hit]


def entry_of(value: str | frozenset[str], members: tuple[ListedMember, ...]) -> int | None:
    """The index of the entry that `value` names; of several values, the first entry that one of them names."""
    if isinstance(value, frozenset):
        return min((hit for v in value if (hit := entry_of(v, members)) is not None), default=None)
    plain = value.partition("（")[0].partition("(")[0].strip()
    for index, member in enumerate(members):
        if value in member.wordings or plain in member.wordings:
            return index
    return None


def gather(items: Any, each: Callable[[dict[str, Any]], tuple[Any, Any]]) -> Any:
    """The sum over the items that meet the condition; one undetermined item leaves the sum undetermined."""
    if items.__class__ is Pending or items is NOT_APPLICABLE:
        return items
    result: Any = 0
    for item in items:
        holds, value = each(item)
        if holds is False or holds is NOT_APPLICABLE:
            continue
        result = TABLE["add"].apply(result, value if holds is True else holds)
    return result
