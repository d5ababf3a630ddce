"""The rule graph: nodes in an order in which each comes after what it needs; every node knows the sentence it comes from.

Unlike the rulebook, here no clause kind is left: a dozen sorts of node, operators from one table, and picks, where the rules for one quantity meet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from grammar.document import Kind


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a statement stands: unit id, the words, their span in the unit's text (0, 0 for the whole), the unit's digest."""

    unit: str
    quote: str
    start: int = 0
    end: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The statement a node comes from: clause, standing, anchors, canonical text, and where it stands in the policy file."""

    clause: str
    standing: str
    anchors: tuple[Anchor, ...]
    text: str
    source: str = ""
    start: int = 0
    end: int = 0
    reading: str = ""


class Sort(StrEnum):
    CONST = "const"
    FACT = "fact"
    PARAMETER = "parameter"
    PRIOR = "prior"
    ITEM = "item"
    OPERATION = "operation"
    PICK = "pick"
    LISTED = "listed"
    GATHER = "gather"
    FILED = "filed"


@dataclass(frozen=True, slots=True)
class Contender:
    """One rule for a quantity: guard and value nodes, the contenders it overrides (by index), and its statement.

    `rank` 0 is a rule, 1 an 其他的 (only where no rule holds), 2 a closing line or what was filed (only where nothing else does).
    """

    guard: int
    value: int
    overrides: tuple[int, ...]
    origin: Origin
    rank: int = 0


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A catalogue entry at a node: wordings it answers to, the node of its own condition (-1: none), its item unit."""

    name: str
    wordings: tuple[str, ...]
    condition: int
    origin: Origin


#: The operator of a fact or parameter that may hold a word instead of a number.
SPECIAL = "special"


@dataclass(frozen=True, slots=True)
class Node:
    """`args` are earlier nodes. `detail` depends on the sort: a constant, a term's name, contenders, members, a sub-graph."""

    sort: Sort
    args: tuple[int, ...]
    kind: Kind | None
    operator: str = ""
    detail: Any = None
    label: str = ""
    origin: Origin | None = None


@dataclass(frozen=True)
class Graph:
    """`quantities` names the node that holds each term's final value; `outcomes` are shown in this order.
    `totals` are kept over the year: quantity → sum or highest; last is the visit before."""

    nodes: tuple[Node, ...]
    quantities: dict[str, int]
    outcomes: tuple[str, ...]
    statements: tuple[tuple[Origin, str, int, int], ...] = ()
    deciding: int = -1
    totals: dict[str, str] = field(default_factory=dict)
    readings: tuple[tuple[str, str], ...] = ()
    orders: tuple[tuple[int, str, tuple[str, ...], str], ...] = field(default=())

    @cached_property
    def names(self) -> dict[int, str]:
        return {index: name for name, index in self.quantities.items()}
