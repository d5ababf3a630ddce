"""A decision: for every visit the value of every node, and nothing more. What people read is asked of it by explain.

Totals of the year are a pure fold over the visits; they are derived here and stored nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from interpreter.claim import Claim
from interpreter.graph import Graph


@dataclass(frozen=True)
class VisitDecision:
    """`values` are indexed by node. `chosen` says which member a person with several was decided as."""

    number: int
    facts: dict[str, Any]
    prior: dict[str, Any]
    values: tuple[Any, ...]
    year: int | None
    chosen: tuple[tuple[str, str], ...] = ()
    voided: bool = False

    def value(self, graph: Graph, name: str) -> Any:
        return self.values[graph.quantities[name]]


@dataclass(frozen=True)
class Decision:
    """Visits in the order filed; `order` is the order in which totals advanced; `original` the visits before a voiding event, else empty."""

    graph: Graph
    claim: Claim
    visits: tuple[VisitDecision, ...]
    order: tuple[int, ...]
    original: tuple[VisitDecision, ...] = ()
    supposed: tuple[tuple[str, str, Decision], ...] = ()
