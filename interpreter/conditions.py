"""Conditions → nodes of yes, no, unknown and not applicable."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from grammar.document import Kind
from grammar.source import Span
from grammar.syntax import AllOf, AnyOf, Belongs, Compare, Condition, During, Filled, FlagIs, Not, Persons, Relation, Settled
from grammar.unparse import condition_text
from interpreter.graph import Anchor, ListedMember, Node, Origin, Sort
from interpreter.lower import lower, named
from interpreter.workshop import Lowered, Workshop


def condition(w: Workshop, what: Condition) -> int:
    """The node of a condition. Codes: type-mismatch, ambiguous-member, unknown-word."""
    label = condition_text(what)
    match what:
        case Persons(names):
            return _persons(w, names, label, what)
        case FlagIs(flag, negated):
            node = _flag(w, flag, what)
            return w.operation("not", (node,), Kind.BOOLEAN, label) if negated else node
        case Compare():
            return _compare(w, what, label)
        case Belongs():
            node = _belongs(w, what)
            return w.operation("not", (node,), Kind.BOOLEAN, label) if what.negated else node
        case Settled(terms, flags):
            amounts = tuple(w.quantity(w.book.payment_of.get(t, t)).node for t in terms)
            settled = (w.operation("settled", amounts, Kind.BOOLEAN, label),) if amounts else ()
            return w.operation("both", (*settled, *(w.quantity(f).node for f in flags)), Kind.BOOLEAN, label)
        case During(flag):
            return _flag(w, flag, FlagIs(flag, False, what.span))
        case Filled(term):
            return w.operation("filled", (named(w, term).node,), Kind.BOOLEAN, label)
        case AllOf(parts):
            return w.operation("both", tuple(condition(w, p) for p in parts), Kind.BOOLEAN, label)
        case AnyOf(parts):
            return w.operation("either", tuple(condition(w, p) for p in parts), Kind.BOOLEAN, label)
        case Not(part):
            return w.operation("not", (condition(w, part),), Kind.BOOLEAN, label)
        case _:
            assert_never(what)


def _flag(w: Workshop, flag: str, what: FlagIs) -> int:
    found = named(w, flag)
    _expect_boolean(w, found, flag, what.span)
    return found.node


def _expect_boolean(w: Workshop, found: Lowered, name: str, span: Span) -> None:
    if found.kind not in (Kind.BOOLEAN, Kind.PERSONS):
        w.fault("type-mismatch", f"“{name}”是{found.kind}，不能作为条件", span)


def _persons(w: Workshop, names: tuple[str, ...], label: str, what: Persons) -> int:
    members: dict[str, list[str]] = {}
    nodes: list[int] = []
    for name in names:
        declared = w.book.term.get(name)
        if declared is not None and declared.kind is Kind.PERSONS:
            nodes.append(w.quantity(name).node)
            continue
        owners = w.book.enumerations.get(name, ())
        if len(owners) != 1:
            w.fault("ambiguous-member", f"“{name}”属于{len(owners)}个类别，应写明是哪一个", what.span)
            continue
        members.setdefault(owners[0], []).append(name)
    for owner, chosen in members.items():
        value = named(w, owner)
        nodes.append(w.operation("is_in", (value.node,), Kind.BOOLEAN, f"{owner}为{'、'.join(chosen)}", frozenset(chosen)))
    if not nodes:
        return w.constant(False, Kind.BOOLEAN, label)
    return nodes[0] if len(nodes) == 1 else w.operation("either", tuple(nodes), Kind.BOOLEAN, label)


def _compare(w: Workshop, what: Compare, label: str) -> int:
    if what.left is None:
        w.fault("type-mismatch", f"“{label}”没有写明比较的项目", what.span)
        return w.constant(False, Kind.BOOLEAN, label)
    left, right = lower(w, what.left), lower(w, what.right)
    if left.kind is not right.kind and not {left.kind, right.kind} <= {Kind.CHOICE, Kind.TEXT}:
        w.fault("type-mismatch", f"“{label}”里{left.kind}与{right.kind}不能比较", what.span)
    if left.kind is Kind.CHOICE and what.relation is not Relation.EQUAL:
        w.fault("type-mismatch", f"“{label}”：类别没有大小，请写明是哪几类", what.span)
    operator = "reaches" if what.relation is Relation.REACHES else what.relation.value
    return w.operation(operator, (left.node, right.node), Kind.BOOLEAN, label)


def _belongs(w: Workshop, what: Belongs) -> int:
    value = named(w, what.term)
    if what.catalogue and value.kind not in (Kind.CHOICE, Kind.TEXT, Kind.LIST):
        w.fault("type-mismatch", f"“{what.term}”是{value.kind}，不能属于名录", what.span)
        return w.constant(False, Kind.BOOLEAN)
    if not what.catalogue:
        members = frozenset(m.member for m in what.members)
        _check_members(w, what, members)
        return w.operation("is_in", (value.node,), Kind.BOOLEAN, condition_text(replace(what, negated=False)), members)
    declared = w.book.term.get(what.catalogue)
    if declared is not None:
        names = w.quantity(what.catalogue)
        return w.operation("on_list", (value.node, names.node), Kind.BOOLEAN, f"{what.term}属于{what.catalogue}")
    return _listed(w, value, what)


def _check_members(w: Workshop, what: Belongs, members: frozenset[str]) -> None:
    declared = w.book.term[what.term]
    stray = sorted(members - set(declared.members))
    if stray and declared.kind is not Kind.TEXT:
        w.fault("not-a-member", f"“{what.term}”没有“{stray[0]}”这一项", what.span, "已登记的有：" + "、".join(declared.members))


def _listed(w: Workshop, value: Lowered, what: Belongs) -> int:
    catalogue = next(c for c in w.book.catalogues if c.name == what.catalogue)
    members = []
    for member in catalogue.members:
        unit = catalogue.basis[0].unit if catalogue.basis else ""
        unit += f"/i{member.position}" if unit and catalogue.itemised else ""
        origin = Origin(f"名录 {catalogue.name}", "名录", (Anchor(unit, member.name),) if unit else (), f"{catalogue.name}：{member.name}", w.source)
        guard = condition(w, member.condition) if member.condition else -1
        members.append(ListedMember(member.name, (member.name, *member.synonyms), guard, origin))
    guards = tuple(m.condition for m in members if m.condition >= 0)
    whole = tuple(Anchor(a.unit, catalogue.name) for a in catalogue.basis)
    origin = Origin(f"名录 {catalogue.name}", "名录", whole, catalogue.name, w.source)
    node = Node(Sort.LISTED, (value.node, *guards), Kind.BOOLEAN, "", tuple(members), f"{what.term}属于{catalogue.name}", origin)
    return w.add(node)
