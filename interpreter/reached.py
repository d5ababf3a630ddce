"""What was needed for what: of every node those that decided its value, and its expression with the figures filled in."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from interpreter.decision import VisitDecision
from interpreter.generate import standing
from interpreter.graph import Contender, Graph, Node, Sort
from interpreter.operators import TABLE
from interpreter.values import UNSET, is_number, is_pending
from interpreter.wording import is_absent, spoken


class Reached:
    """One decided visit, as far as its outcomes needed it."""

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
