"""Questions asked of (graph, values): what decided, which sentences fired, which did not and by how much, the figures filled in.

Evaluation leaves nothing but one value a node; everything here is found afterwards, so a decided row of a batch is explained like a single claim.
A sentence fires when it holds, is not set aside, and what it says was needed for an outcome: a ratio times nothing decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from interpreter.blame import Blame
from interpreter.generate import entry_of, standing
from interpreter.graph import Contender, Node, Origin, Sort
from interpreter.operators import TABLE
from interpreter.values import NOT_APPLICABLE, is_number, is_pending
from interpreter.wording import distance, spoken

_NEARNESS = ("overridden", "idle", "unknown", "unmet")


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


class Explanation(Blame):
    """All questions about one visit."""

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
                won = (c for c in self.winners(index) if not self._already_filled(c.value) and not self._spares(index, c))
                told = {c.origin: Fired(c.origin, target, index, self.formula(c.value, value)) for c in won}
                yield from told.values()
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

    def _spares(self, index: int, contender: Contender) -> bool:
        """A limit that the amount stays within: it holds, and decides nothing. What it leaves unchanged is its first operand."""
        limit, unchanged = self.graph.nodes[contender.value], self.graph.nodes[index].detail[-1]
        if limit.operator not in ("lesser", "greater") or contender is unchanged or limit.args[0] != unchanged.value:
            return False
        amount, bound = (self.values[a] for a in limit.args)
        return is_number(amount) and is_number(bound) and amount != bound and self.values[contender.value] == amount

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
        if guard is True and self._spares(index, contender):
            return Unfired(contender.origin, target, index, "unmet", self._spared(contender.value))
        if guard is True:
            over = self._set_aside_by(index, contender)
            if over:
                return Unfired(contender.origin, target, index, "overridden", f"被{over}排除")
            return Unfired(contender.origin, target, index, "idle", self._idle(index))
        how = "unknown" if is_pending(guard) else "unmet"
        return Unfired(contender.origin, target, index, how, self.why_not(contender.guard))

    def _spared(self, index: int) -> str:
        node = self.graph.nodes[index]
        amount, bound = node.args
        words = "没有超过" if node.operator == "lesser" else "没有低于"
        return f"{self.said(amount)} {words} {self.said(bound)}（{distance(self.values[amount], self.values[bound], node.kind)}）"

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
