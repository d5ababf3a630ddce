"""Nodes under construction: what lowering an expression, a condition or a rule adds them to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from grammar.diagnostic import Diagnostic
from grammar.document import Kind
from grammar.source import Span
from grammar.syntax import Condition
from interpreter.graph import Node, Origin, Sort
from interpreter.rulebook import Rulebook

NUMBERS = (Kind.MONEY, Kind.RATIO, Kind.COUNT)


@dataclass(frozen=True, slots=True)
class Lowered:
    """A node and what it measures."""

    node: int
    kind: Kind


@dataclass
class Workshop:
    """Nodes under construction. `keys` are the names an item of a list supplies, inside a sum over that list; `inside` collects its nodes.

    `quantity` builds what a name stands for; `condition` lowers a condition, which an expression may hold.
    """

    book: Rulebook
    quantity: Callable[[str], Lowered]
    condition: Callable[[Workshop, Condition], int]
    nodes: list[Node] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    source: str = ""
    clause: str = ""
    keys: frozenset[str] = frozenset()
    inside: set[int] | None = None
    known: dict[Node, int] = field(default_factory=dict)

    def add(self, node: Node) -> int:
        """The index of `node`; an equal node without origin is shared."""
        shareable = node.origin is None and node.sort in (Sort.CONST, Sort.OPERATION, Sort.PRIOR, Sort.ITEM) and _hashable(node.detail)
        if shareable and self.inside is None and node in self.known:
            return self.known[node]
        self.nodes.append(node)
        index = len(self.nodes) - 1
        if shareable and self.inside is None:
            self.known[node] = index
        if self.inside is not None:
            self.inside.add(index)
        return index

    def total(self, node: Node, span: Span) -> int:
        """The node of a total of the year. A quantity is either summed, or its highest or last is kept: one thing is remembered of it."""
        index = self.add(node)
        known = self.totals.setdefault(node.detail, index)
        if self.nodes[known].operator != node.operator:
            self.fault("two-totals", f"“{node.detail}”既要累计又要取最高或者前次，只能记一样", span, hint="另立一个推导项目，一项记一样。")
        return index

    def fault(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self.faults.append(Diagnostic(code, f"条款“{self.clause}”：{message}" if self.clause else message, self.source, span, hint=hint))

    def constant(self, value: Any, kind: Kind | None, label: str = "") -> int:
        return self.add(Node(Sort.CONST, (), kind, detail=value, label=label))

    def operation(self, operator: str, args: tuple[int, ...], kind: Kind, label: str = "", detail: Any = None, origin: Origin | None = None) -> int:
        return self.add(Node(Sort.OPERATION, args, kind, operator, detail, label, origin))


def _hashable(value: object) -> bool:
    return value is None or isinstance(value, (int, Fraction, str, date, bool, frozenset))
