"""Questions asked of (graph, values): what decided, which sentences fired, which did not and by how much, the figures filled in.

Evaluation leaves nothing but one value a node; everything here is found afterwards, so a decided row of a batch is explained like a single claim.
A sentence fires when it holds, is not set aside, and what it says was needed for an outcome: a ratio times nothing decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from interpreter.decision import VisitDecision
from interpreter.generate import entry_of, standing
from interpreter.graph import Contender, Graph, Node, Origin, Sort
from interpreter.operators import TABLE
from interpreter.values import NOT_APPLICABLE, UNSET, is_number, is_pending
from interpreter.wording import cause_text, distance, is_absent, spoken


@dataclass(frozen=True, slots=True)
class Fired:
    """A statement that decided something: of which quantity, at which node, with the figures filled in."""

    origin: Origin
    target: str
    node: int
    formula: str


@dataclass(frozen=True, slots=True)
class Unfired:
    """A statement that did not: why, in one line. `how` is unmet, unknown, overridden, idle or not in force."""

    origin: Origin
    target: str
    node: int
    how: str
    reason: str


class Explanation:
    """All questions about one visit."""

    def __init__(self, graph: Graph, visit: VisitDecision) -> None:
        self.graph, self.visit, self.values = graph, visit, visit.values

    # --- what was needed

    def needed(self, index: int) -> tuple[int, ...]:
        """The nodes that decided this one's value."""
        node, value = self.graph.nodes[index], self.values[index]
        match node.sort:
            case Sort.PICK:
                return tuple(n for c in self.winners(index) for n in (c.guard, c.value)) or self._undecided(node)
            case Sort.FILED:
                return () if self.is_filed(node) else node.args
            case Sort.OPERATION:
                return self._needed_by_operator(node, value)
            case _:
                return node.args

    def is_filed(self, node: Node) -> bool:
        return self.visit.facts.get(node.detail) is not None

    def winners(self, index: int) -> tuple[Contender, ...]:
        contenders: tuple[Contender, ...] = self.graph.nodes[index].detail
        pairs = tuple((self.values[c.guard], self.values[c.value]) for c in contenders)
        winners, open_ = standing(pairs, contenders)
        return tuple(contenders[i] for i in winners) if not open_ or not is_pending(self.values[index]) else ()

    def _undecided(self, node: Node) -> tuple[int, ...]:
        return tuple(c.guard for c in node.detail if is_pending(self.values[c.guard]))

    def _needed_by_operator(self, node: Node, value: Any) -> tuple[int, ...]:
        held = [self.values[a] for a in node.args]
        match node.operator:
            case "multiply" if value == 0 and not is_pending(value):
                return (next(a for a, v in zip(node.args, held, strict=True) if not is_pending(v) and v == 0),)
            case "excess" | "by_bands" if not is_pending(held[0]) and isinstance(held[0], int) and held[0] <= 0:
                return node.args[:1]
            case "both" | "either":
                return self._needed_parts(node, value, node.operator == "both")
            case "cap_year":
                return node.args if self._binds(held) else node.args[:1]
            case "within":
                return node.args if not is_pending(held[0]) and held[0] != value else node.args[:1]
            case "lesser" | "greater" if node.detail is True and is_number(value) and held[0] != value:
                return node.args  # a limit that cuts: what it cuts is as much a ground as the limit
            case "lesser" | "greater":
                return tuple(a for a, v in zip(node.args, held, strict=True) if is_pending(value) or v == value or (v is UNSET and value != 0))
            case _:
                return node.args

    def _binds(self, held: list[Any]) -> bool:
        value, before, cap = held
        if any(is_pending(v) for v in held):
            return True
        return is_number(value) and is_number(cap) and bool(value > 0 and value + (before if is_number(before) else 0) >= cap)

    def _needed_parts(self, node: Node, value: Any, conjunction: bool) -> tuple[int, ...]:
        decisive = not conjunction
        if value is decisive:
            return (next(a for a in node.args if self.values[a] is decisive),)
        if is_pending(value):
            return tuple(a for a in node.args if is_pending(self.values[a]))
        return node.args

    @cached_property
    def reached(self) -> frozenset[int]:
        """Every node that some outcome needed."""
        return self.under(*(self.graph.quantities[o] for o in self.graph.outcomes))

    def under(self, *starts: int, short_of: frozenset[int] = frozenset()) -> frozenset[int]:
        """Nodes and all that they needed, without what only `short_of` needed."""
        found: set[int] = set()
        waiting = list(starts)
        while waiting:
            index = waiting.pop()
            if index not in found and self.values[index] is not None:
                found.add(index)
                waiting += self.needed(index) if index not in short_of else ()
        return frozenset(found)

    # --- what fired

    @cached_property
    def fired(self) -> tuple[Fired, ...]:
        """In the order of the graph; the same statement once for each quantity."""
        return tuple(f for index in sorted(self.reached) for f in self._fired_at(index))

    def _fired_at(self, index: int) -> Iterator[Fired]:
        node, value = self.graph.nodes[index], self.values[index]
        target = self.name(index)
        match node.sort:
            case Sort.PICK:
                won = (c for c in self.winners(index) if not self._already_filled(c.value))
                yield from (Fired(c.origin, target, index, self.formula(c.value, value)) for c in won)
            case Sort.LISTED if value is True:
                hit = entry_of(self.values[node.args[0]], node.detail)
                if hit is not None:
                    said = f"“{spoken(self.values[node.args[0]], None)}”为所列第{hit + 1}项"
                    yield Fired(node.detail[hit].origin, target, index, said)
            case Sort.OPERATION if node.origin is not None and self._acts(node, value):
                yield Fired(node.origin, target, index, self._acted(node, value))
            case _:
                return

    def _already_filled(self, index: int) -> bool:
        """A fill-up whose target those before it have reached: it holds, and decides nothing."""
        node, value = self.graph.nodes[index], self.values[index]
        if node.sort is Sort.PICK and node.detail and all(c.origin.standing in ("支付顺序", "约定") for c in node.detail):
            return any(self._already_filled(c.value) for c in self.winners(index))
        return node.operator == "fill" and is_number(value) and bool(value <= 0)

    def _acted(self, node: Node, value: Any) -> str:
        if node.operator != "in_force":
            return spoken(value, node.kind, False)
        begun = self.graph.nodes[node.args[0]]
        return f"{self.said(begun.args[0])}，{begun.label}" if begun.args else begun.label

    def _acts(self, node: Node, value: Any) -> bool:
        if node.operator == "in_force":
            return self.values[node.args[0]] is True
        return not is_pending(value) and value not in (0, NOT_APPLICABLE)

    # --- what contradicts

    @cached_property
    def conflicts(self) -> tuple[tuple[str, tuple[Origin, ...]], ...]:
        """Each quantity for which rules that hold say different things, with the statements of all of them."""
        found = []
        for index in sorted(self.reached):
            node = self.graph.nodes[index]
            if node.sort is Sort.PICK and is_pending(self.values[index]):
                won = self.winners(index) or self._contending(index)
                if len({self.values[c.value] for c in won if not is_pending(self.values[c.value])}) > 1:
                    found.append((self.name(index), tuple(c.origin for c in won)))
        return tuple(found)

    def _contending(self, index: int) -> tuple[Contender, ...]:
        contenders: tuple[Contender, ...] = self.graph.nodes[index].detail
        pairs = tuple((self.values[c.guard], self.values[c.value]) for c in contenders)
        return tuple(contenders[i] for i in standing(pairs, contenders)[0])

    # --- what did not

    @cached_property
    def unfired(self) -> tuple[Unfired, ...]:
        """Every statement of the policy that decided nothing here, each once, with the first thing that stood in its way."""
        done = {f.origin for f in self.fired}
        found: dict[Origin, tuple[tuple[int, int], Unfired]] = {}
        for index, node in enumerate(self.graph.nodes):
            if node.sort is Sort.PICK and self.values[index] is not None:
                for contender in node.detail:
                    unsaid = contender.origin.standing == "用语" and self.values[index] is not False
                    if contender.origin.anchors and not unsaid and contender.origin not in done:
                        near = self._nearness(index, contender)
                        if contender.origin not in found or near < found[contender.origin][0]:
                            found[contender.origin] = (near, self._unfired(index, contender))
            if node.operator == "in_force" and node.origin is not None and self.values[node.args[0]] is not True and node.origin not in done:
                begun = Unfired(node.origin, self.name(index), index, "not in force", self.why_not(node.args[0]))
                found.setdefault(node.origin, ((0, 0), begun))
            if node.sort is Sort.LISTED and self.values[index] is False and node.origin is not None:
                said = self._not_listed(index, node)
                found.setdefault(said.origin, ((0, 0), said))
        return tuple(said for _, said in found.values())

    def _not_listed(self, index: int, node: Node) -> Unfired:
        """The entry whose own condition failed, or the whole list that does not hold the name."""
        value = self.values[node.args[0]]
        hit = entry_of(value, node.detail)
        if hit is not None:
            return Unfired(node.detail[hit].origin, node.label, index, "unmet", self.why_not(node.detail[hit].condition))
        assert node.origin is not None
        reason = f"“{spoken(value, None)}”不在所列{len(node.detail)}项之内"
        return Unfired(node.origin, node.label, index, "unmet", reason)

    def _nearness(self, index: int, contender: Contender) -> tuple[int, int]:
        """Of several rules of one statement the nearest to firing is told: how it failed, then how many of its conditions did not hold."""
        guard = self.graph.nodes[contender.guard]
        parts = guard.args if guard.operator == "both" else (contender.guard,)
        open_parts = sum(self.values[p] is not True for p in parts)
        return _NEARNESS.index(self._unfired(index, contender).how), open_parts

    def _unfired(self, index: int, contender: Contender) -> Unfired:
        guard = self.values[contender.guard]
        target = self.name(index)
        if guard is True and contender.origin.standing == "用语":
            return Unfired(contender.origin, target, index, "unmet", self.why_not(contender.value))
        if guard is True and self._already_filled(contender.value):
            return Unfired(contender.origin, target, index, "unmet", self._filled_already(contender.value))
        if guard is True:
            over = self._set_aside_by(index, contender)
            if over:
                return Unfired(contender.origin, target, index, "overridden", f"被{over}排除")
            return Unfired(contender.origin, target, index, "idle", self._idle(index))
        how = "unknown" if is_pending(guard) else "unmet"
        return Unfired(contender.origin, target, index, how, self.why_not(contender.guard))

    def _filled_already(self, index: int) -> str:
        node = self.graph.nodes[index]
        if node.sort is Sort.PICK:
            return self._filled_already(self.winners(index)[0].value)
        paid: Any = 0
        for arg in node.args[1:]:
            paid = TABLE["add"].apply(paid, self.values[arg])
        return f"在前的支付 {spoken(paid, node.kind)} 已达到补足的目标 {spoken(self.values[node.args[0]], node.kind)}"

    def _set_aside_by(self, index: int, contender: Contender) -> str:
        contenders = self.graph.nodes[index].detail
        mine = contenders.index(contender)
        over = [c for c in contenders if mine in c.overrides and self.values[c.guard] is True]
        own = contender.origin.clause
        return "、".join(dict.fromkeys("本条另一句" if c.origin.clause == own else f"条款“{c.origin.clause}”" for c in over))

    def _idle(self, index: int) -> str:
        """Holds, but nothing asked for it: say what the nearest node that might have did instead."""
        for parent in self.parents.get(index, ()):
            node = self.graph.nodes[parent]
            if parent not in self.reached:
                continue
            held = [self.values[a] for a in node.args]
            if node.operator == "cap_year" and node.args[2] == index and all(is_number(v) for v in held):
                total = TABLE["add"].apply(held[0], held[1])
                gap = distance(total, held[2], node.kind)
                return f"本年度累计 {spoken(total, node.kind)} 未达到 {self.label(index)} {spoken(held[2], node.kind)}（{gap}）"
            if node.operator == "multiply" and self.values[parent] == 0:
                return f"{self.label(self.needed(parent)[0])} 为 0，没有可以乘的部分"
        return self._unused(index) or f"本次计算没有用到{self.label(index)}"

    def _unused(self, index: int) -> str:
        """Climb to the rule that would have used this node, and say why that rule does not hold."""
        waiting, seen = [index], {index}
        while waiting:
            child = waiting.pop(0)
            for parent in self.parents.get(child, ()):
                node = self.graph.nodes[parent]
                if node.sort is Sort.PICK:
                    for contender in node.detail:
                        if contender.value == child and self.values[contender.guard] not in (True, None):
                            return f"没有用于{self.name(parent)}：{self.why_not(contender.guard)}"
                if parent not in seen and self.values[parent] is not None:
                    seen.add(parent)
                    waiting.append(parent)
        return ""

    @cached_property
    def parents(self) -> dict[int, tuple[int, ...]]:
        found: dict[int, tuple[int, ...]] = {}
        for index, node in enumerate(self.graph.nodes):
            for arg in node.args:
                found[arg] = (*found.get(arg, ()), index)
        return found

    def why_not(self, index: int) -> str:
        """The first failed condition under a node that does not hold, with the values and the distance."""
        for _ in range(64):
            node, value = self.graph.nodes[index], self.values[index]
            if is_pending(value) and not node.args:
                return f"未知：{cause_text(value)}"
            following = self._blame(node, value)
            if following is None:
                return self._failed(index)
            index = following
        return self._failed(index)

    def _blame(self, node: Node, value: Any) -> int | None:
        if node.sort is Sort.PICK:
            return self._blamed_rule(node, value)
        if node.sort is Sort.FILED:
            return None if self.is_filed(node) else node.args[0]
        if node.operator == "both":
            return next((a for a in node.args if self.values[a] is not True), None)
        return None

    def _blamed_rule(self, node: Node, value: Any) -> int | None:
        """A quantity that is not so: the value of the rule that says so, or else the guard of the first that would have made it so."""
        won = [c for c in node.detail if self.values[c.guard] is True]
        for contender in won:
            if contender.origin.standing == "用语":
                return int(contender.value)
        if any(c.origin.anchors and self.values[c.value] is not True for c in won):
            return None
        would = [c for c in node.detail if self.values[c.guard] is not True and c.rank == 0]
        return int(would[0].guard) if would else None

    def _failed(self, index: int) -> str:
        node, value = self.graph.nodes[index], self.values[index]
        if is_pending(value):
            return f"未知：{cause_text(value)}"
        if node.operator == "not":
            return f"{self.label(node.args[0])}，而这里要求{node.label}"
        if node.operator == "filled":
            return f"没有填报{self.label(node.args[0])}"
        if node.operator in _NOT_SO:
            return self._failed_comparison(node)
        if node.operator == "is_in":
            owner = self.label(node.args[0])
            listed = node.label.removeprefix(f"{owner}为")
            return f"{owner}是“{spoken(self.values[node.args[0]], None)}”，不属于：{listed}"
        if node.sort is Sort.LISTED:
            hit = entry_of(self.values[node.args[0]], node.detail)
            if hit is not None:
                return f"“{node.detail[hit].name}”的条件不成立：{self.why_not(node.detail[hit].condition)}"
        if node.sort is Sort.FACT and value is False:
            return f"“{self.label(index)}”填报为否"
        return f"不符合“{self.label(index)}”"

    def _failed_comparison(self, node: Node) -> str:
        left, right = node.args
        a, b = self.values[left], self.values[right]
        gap = distance(a, b, self.graph.nodes[left].kind)
        words = _NOT_SO_DATES if isinstance(a, date) else _NOT_SO
        said = f"{self.said(left)} {words[node.operator]} {self.said(right)}"
        return f"{said}（{gap}）" if gap else said

    # --- words

    def name(self, index: int) -> str:
        return self.graph.names.get(index) or self.graph.nodes[index].label

    def said(self, index: int) -> str:
        """「救助基数 3,600.00元」; a figure of the notice is said once."""
        node = self.graph.nodes[index]
        shown = spoken(self.values[index], node.kind)
        return shown if node.sort is Sort.CONST else f"{self.label(index)} {shown}"

    def label(self, index: int) -> str:
        return self.name(index) or self.graph.nodes[index].operator

    def text(self, index: int) -> str:
        node = self.graph.nodes[index]
        return f"{self.label(index)} = {spoken(self.values[index], node.kind)}"

    def formula(self, index: int, result: Any) -> str:
        """The value's expression with every named quantity filled in: 「2,925.00 × 70% = 2,047.50」."""
        kind = self.graph.nodes[index].kind
        said = self._filled(index, 0, True)
        shown = spoken(result, kind, False)
        settled = said == shown or (is_pending(result) and not is_pending(self.values[index]))
        return said if settled else f"{said} = {shown}"

    def _filled(self, index: int, rank: int, top: bool = False) -> str:
        """`rank` is how tightly the operator around binds: a looser one inside it needs brackets."""
        node, value = self.graph.nodes[index], self.values[index]
        if node.sort is not Sort.OPERATION or (not top and index in self.graph.names):
            return spoken(value, node.kind, False)
        return self._operation(node, value, rank)

    def _operation(self, node: Node, value: Any, rank: int) -> str:
        held = [self.values[a] for a in node.args]
        match node.operator:
            case "add" | "subtract" | "fill" | "multiply" | "divide":
                own = 1 if node.operator in ("add", "subtract", "fill") else 2
                sign = TABLE["subtract" if node.operator == "fill" else node.operator].sign
                said = f" {sign} ".join([self._filled(node.args[0], own), *(self._filled(a, own + 1) for a in node.args[1:])])
                return f"（{said}）" if own < rank else said
            case "excess" if is_absent(held[1]) or is_absent(held[0]):
                return self._filled(node.args[0], rank)
            case "excess":
                return f"（{self._filled(node.args[0], 0)} 超过 {self._filled(node.args[1], 0)} 的部分）"
            case "cap_year" if not self._binds(held):
                return self._filled(node.args[0], rank)
            case "cap_year":
                left = f"{self._filled(node.args[2], 2)} － 本年度此前 {spoken(held[1], node.kind, False)}"
                return f"{self._filled(node.args[0], 0)}，不超过 {left}"
            case "round" | "round_down" | "within" | "rest":
                return self._filled(node.args[0], rank)
            case "in_force":
                return self._filled(node.args[1], rank)
            case "lesser" | "greater" | "by_bands":
                one, other = (self._filled(a, 0) for a in node.args)
                return f"（{one} 与 {other} {TABLE[node.operator].sign}）"
            case _:
                return spoken(value, node.kind, False)


_NEARNESS = ("overridden", "idle", "unknown", "unmet")
_NOT_SO = {"exceeds": "未超过", "below": "不低于", "reaches": "未达到", "at_least": "低于", "at_most": "超过", "equal": "不等于"}
_NOT_SO_DATES = {"exceeds": "不晚于", "below": "不早于", "reaches": "早于", "at_least": "早于", "at_most": "晚于", "equal": "不是"}
