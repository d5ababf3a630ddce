"""The rule graph between quantities, cut out of the node graph, and its three spellings: dot, mermaid, JSON.

The node graph has a node for every operation; people ask which quantity hangs on which. Here the unnamed nodes between two quantities are one edge.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from grammar.source import visible
from interpreter.graph import Graph, Node, Origin, Sort

_NAMED_SORTS = (Sort.FACT, Sort.PARAMETER, Sort.PRIOR)
_SORT_WORDS = {Sort.FACT: "填报", Sort.PARAMETER: "参数", Sort.PRIOR: "本年度此前"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A named node: what sort of thing it is, and the sentences that give it."""

    name: str
    sort: str
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Net:
    """Quantities in reading order, and (needed, needing) pairs."""

    quantities: tuple[Quantity, ...]
    edges: tuple[tuple[str, str], ...]


def net_of(graph: Graph) -> Net:
    named = {i: _name(graph, i) for i, node in enumerate(graph.nodes) if i in graph.names or node.sort in _NAMED_SORTS}
    made: dict[str, Quantity] = {}
    edges: dict[tuple[str, str], None] = {}
    for index, name in named.items():
        between, needed = _below(graph, index, named)
        origins = (made[name].origins if name in made else ()) + tuple(o for i in between for o in _origins(graph.nodes[i]))
        made[name] = Quantity(name, _sort(graph, index, name), tuple(dict.fromkeys(origins)))
        edges |= {(named[n], name): None for n in needed if named[n] != name}
    return Net(tuple(made.values()), tuple(edges))


def _name(graph: Graph, index: int) -> str:
    return graph.names.get(index) or graph.nodes[index].label


def _sort(graph: Graph, index: int, name: str) -> str:
    return _SORT_WORDS.get(graph.nodes[index].sort, "结果" if name in graph.outcomes else "推导")


def _below(graph: Graph, index: int, named: dict[int, str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The unnamed nodes under a quantity (itself first), and the quantities where they end."""
    inner: dict[int, None] = {index: None}
    ends: dict[int, None] = {}
    waiting = list(graph.nodes[index].args)
    while waiting:
        node = waiting.pop(0)
        if node in named:
            ends[node] = None
        elif node not in inner:
            inner[node] = None
            waiting += graph.nodes[node].args
    return tuple(inner), tuple(sorted(ends))


def _origins(node: Node) -> Iterable[Origin]:
    """Sentences of the policy behind a node; what only closes a gap is none."""
    if node.sort is Sort.PICK:
        return (c.origin for c in node.detail if c.rank < 2)
    return (node.origin,) if node.origin is not None else ()


def around(net: Net, name: str, steps: int = 2) -> Net:
    """What `name` needs and what needs it, up to `steps` away."""
    below, above = {name}, {name}
    for _ in range(steps):
        below |= {a for a, b in net.edges if b in below}
        above |= {b for a, b in net.edges if a in above}
    kept = below | above
    return Net(tuple(q for q in net.quantities if q.name in kept), tuple(e for e in net.edges if set(e) <= below or set(e) <= above))


# --- spellings -----------------------------------------------------------------------------------------------------------------------------------


def _clauses(quantity: Quantity) -> str:
    return "、".join(dict.fromkeys(o.clause for o in quantity.origins))


def as_json(key: str, net: Net) -> dict[str, Any]:
    return {
        "政策": key,
        "节点": [{"名": q.name, "类": q.sort, "依据": [_origin(o) for o in q.origins]} for q in net.quantities],
        "边": [{"从": a, "到": b} for a, b in net.edges],
    }


def _origin(origin: Origin) -> dict[str, Any]:
    return {"条款": origin.clause, "出处": str(origin.standing), "读作": origin.text, "条": [{"条": a.unit, "原文": a.quote} for a in origin.anchors]}


def as_dot(key: str, net: Net) -> list[str]:
    number = {q.name: i for i, q in enumerate(net.quantities)}
    shapes = {"填报": "box", "参数": "box, style=dashed", "本年度此前": "box, style=dotted", "结果": "ellipse, style=bold"}
    nodes = [f"  n{number[q.name]} [label={_dot_text(q)}, shape={shapes.get(q.sort, 'ellipse')}];" for q in net.quantities]
    edges = [f"  n{number[a]} -> n{number[b]};" for a, b in net.edges]
    return [f"digraph {_dot_quoted(key)} {{", "  rankdir=LR;", *nodes, *edges, "}"]


def _dot_text(quantity: Quantity) -> str:
    clauses = _clauses(quantity)
    return _dot_quoted(f"{quantity.name}\n{clauses}" if clauses else quantity.name)


def _dot_quoted(text: str) -> str:
    escaped = visible(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def as_mermaid(net: Net) -> list[str]:
    number = {q.name: i for i, q in enumerate(net.quantities)}
    marks = {"填报": ("[", "]"), "参数": ("[/", "/]"), "本年度此前": ("[(", ")]"), "结果": ("([", "])")}
    nodes = []
    for q in net.quantities:
        opening, closing = marks.get(q.sort, ("(", ")"))
        nodes.append(f"  n{number[q.name]}{opening}{_mermaid_quoted(q)}{closing}")
    return ["flowchart LR", *nodes, *(f"  n{number[a]} --> n{number[b]}" for a, b in net.edges)]


def _mermaid_quoted(quantity: Quantity) -> str:
    """Inside double quotes only entities stand for what mermaid or HTML would obey; # first, because entities hold one."""
    parts = [quantity.name, _clauses(quantity)]
    escaped = [_entities(visible(part)) for part in parts if part]
    return '"' + "<br/>".join(escaped) + '"'


def _entities(text: str) -> str:
    for character in '#&"<>`\\':
        text = text.replace(character, "\0" if character == "#" else f"#{ord(character)};")
    return text.replace("\0", "#35;").replace("\n", " ")
