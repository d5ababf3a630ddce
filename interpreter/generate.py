"""Graph → one Python function that fills an array of values: no tree is walked when a claim is decided.

The text of the function holds node numbers and nothing of a policy: names, constants and rules reach it through the tuple of details it closes over.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from grammar.document import Kind
from interpreter.graph import SPECIAL, Contender, Graph, ListedMember, Node, Sort
from interpreter.operators import TABLE
from interpreter.values import NOT_APPLICABLE, UNSET, Absent, Cause, Pending, Why, bare, merged, pending
from interpreter.wording import spoken

#: facts, parameters, totals before this visit → the value of every node
Program = Callable[[dict[str, Any], dict[str, Any], dict[str, Any]], list[Any]]


def program(graph: Graph) -> Program:
    """Compile the graph. The values of nodes inside a sum over a list are None: they differ for each item."""
    guarded = _guarded(graph)
    inside = {i for n in graph.nodes if n.sort is Sort.GATHER for i in n.detail[0]}
    lines = ["def run(facts, parameters, prior):"]
    for index, node in enumerate(graph.nodes):
        if node.sort is Sort.GATHER:
            lines += _gather_lines(graph, index, node, guarded)
        elif index not in inside:
            lines.append(f"    v{index} = {_call(index, node, guarded)}")
    held = ", ".join("None" if i in inside else f"v{i}" for i in range(len(graph.nodes)))
    lines.append(f"    return [{held}]")
    names: dict[str, Any] = {f"op_{name}": operator.apply for name, operator in TABLE.items()}
    names |= {f"safe_{name}": wary(name) for name in TABLE}
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


def _call(index: int, node: Node, guarded: frozenset[int]) -> str:
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
            return f"{'safe' if index in guarded else 'op'}_{node.operator}({args}{extra})"


def _gather_lines(graph: Graph, index: int, node: Node, guarded: frozenset[int]) -> list[str]:
    members, guard, value = node.detail
    lines = [f"    def each{index}(item):"]
    lines += [f"        v{i} = {_call(i, graph.nodes[i], guarded)}" for i in members]
    lines += [f"        return v{guard}, v{value}", f"    v{index} = gather(v{node.args[0]}, each{index})"]
    return lines


# --- values that cannot be reckoned with ---------------------------------------------------------------------------------------------------------

_DATES = (Kind.DATE, Kind.MONTH)
_NUMBERS = (Kind.MONEY, Kind.RATIO, Kind.COUNT)
_COMPARISONS = frozenset(("exceeds", "below", "reaches", "at_least", "at_most", "equal"))
_MOVES = frozenset(("next_day", "previous_day", "year_end", "year_start", "first_of_year", "workday", "of_month"))
_SPANS = frozenset(("nights", "both_ends", "back_months", "forth_months", "back_days", "forth_days"))
_BANDED = frozenset(("by_bands", "bands_add", "bands_multiply", "bands_lesser", "bands_greater"))
#: Operators that take a word as it is.
_WORDED = frozenset(("is_in", "entry", "filled", "settled", "higher"))


def _guarded(graph: Graph) -> frozenset[int]:
    """Operations that may meet something they cannot reckon with: a word for a number (未公布), a date that is 不设."""
    wordy = _wordy(graph)
    return frozenset(i for i, n in enumerate(graph.nodes) if n.operator in TABLE and (wordy.intersection(n.args) or _may_not_reckon(graph, n)))


def _may_not_reckon(graph: Graph, node: Node) -> bool:
    kinds = [graph.nodes[a].kind for a in node.args]
    if node.operator in _COMPARISONS:
        return any(kind in _DATES for kind in kinds)
    if node.operator == "add":
        return not all(kind in _NUMBERS for kind in kinds)
    return node.operator in _MOVES | _SPANS | _BANDED or node.operator == "higher"


def _wordy(graph: Graph) -> frozenset[int]:
    """Nodes whose value may be a word where a number is expected: 未公布 reaches them through picks; an item of a list may hold one anywhere."""
    found: set[int] = set()
    for index, node in enumerate(graph.nodes):
        passes = node.sort in (Sort.PICK, Sort.FILED) or node.operator in ("in_force", "entry")
        special = node.sort is Sort.ITEM or (node.sort in (Sort.FACT, Sort.PARAMETER) and node.operator == SPECIAL)
        if special or (passes and found.intersection(node.args)):
            found.add(index)
    return frozenset(found)


def wary(name: str) -> Callable[..., Any]:
    """An operator that answers what it cannot reckon with (“未公布”, a date that is 不设) with 待定, and so a day beyond the calendar."""
    apply = TABLE[name].apply
    suspect = (str, frozenset, Absent, date) if name == "add" else (str, frozenset, Absent)

    def careful(*args: Any) -> Any:
        for value in args:
            if value.__class__ in suspect and _is_unfit(name, value, args):
                return unreckonable(value)
        try:
            return apply(*args)
        except OverflowError:
            return pending(Why.INCONSISTENT, "日期超出了可以计算的范围")

    return careful


def unreckonable(value: Any) -> Pending:
    return pending(Why.SILENT, f"“{spoken(value, None)}”不能用来计算")


def _is_unfit(name: str, value: Any, args: tuple[Any, ...]) -> bool:
    if value.__class__ is str:
        return name not in _WORDED
    if value.__class__ is frozenset:
        return name == "higher"
    if isinstance(value, date):
        return name == "add"
    if value is UNSET:
        return name in _MOVES | _SPANS or (name in _COMPARISONS and any(isinstance(a, date) for a in args))
    return value is NOT_APPLICABLE and name == "workday" and args[0] is not NOT_APPLICABLE


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


def entry_of(value: Any, members: tuple[ListedMember, ...]) -> int | None:
    """The index of the entry that `value` names; of several values, the first entry that one of them names; 不设 names none."""
    if isinstance(value, frozenset):
        return min((hit for v in value if (hit := entry_of(v, members)) is not None), default=None)
    if not isinstance(value, str):
        return None
    plain = bare(value)
    return next((i for i, member in enumerate(members) if value in member.wordings or plain in member.wordings), None)


def gather(items: Any, each: Callable[[dict[str, Any]], tuple[Any, Any]]) -> Any:
    """The sum over the items that meet the condition; one undetermined item leaves the sum undetermined."""
    if items.__class__ is not tuple:
        return items
    add = wary("add")
    result: Any = 0
    for item in items:
        holds, value = each(item)
        if holds is False or holds is NOT_APPLICABLE:
            continue
        result = add(result, value if holds is True else holds)
    return result
