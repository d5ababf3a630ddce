"""Conditions and expressions → nodes, with a kind for each: the place where 金额＋比例 is refused.

A workshop holds the nodes made so far. Names are lowered by the caller's `quantity`, so this file knows operators and kinds and nothing of rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any, assert_never

from grammar.diagnostic import Diagnostic
from grammar.document import Kind
from grammar.literals import Measure
from grammar.source import Span
from grammar.syntax import (
    AllOf,
    AnyOf,
    Belongs,
    Chosen,
    Compare,
    Condition,
    During,
    Expression,
    Figure,
    Filled,
    FlagIs,
    Gathered,
    Name,
    Not,
    Operation,
    Persons,
    Relation,
    Scope,
    Settled,
    Sign,
    SumOf,
    Total,
)
from grammar.unparse import condition_text, expression_text
from interpreter.graph import Anchor, ListedMember, Node, Origin, Sort
from interpreter.rulebook import Rulebook

NUMBERS = (Kind.MONEY, Kind.RATIO, Kind.COUNT)


@dataclass(frozen=True, slots=True)
class Lowered:
    """A node and what it measures."""

    node: int
    kind: Kind


@dataclass
class Workshop:
    """Nodes under construction. `keys` are the names an item of a list supplies, inside a sum over that list; `inside` collects its nodes."""

    book: Rulebook
    quantity: Callable[[str], Lowered]
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


def figure_value(figure: Figure) -> tuple[Any, Kind]:
    value = figure.literal.value
    if isinstance(value, date):
        return value, Kind.DATE
    plain: Any = value.numerator if value.denominator == 1 else value
    match figure.literal.measure:
        case Measure.MONEY:
            return plain, Kind.MONEY
        case Measure.RATIO | Measure.POINTS:
            return Fraction(value), Kind.RATIO
        case _:
            return plain, Kind.COUNT


def lower(w: Workshop, expression: Expression) -> Lowered:
    """Codes: type-mismatch, unknown-word."""
    match expression:
        case Figure():
            value, kind = figure_value(expression)
            return Lowered(w.constant(value, kind, expression_text(expression)), kind)
        case Name(term):
            return _name(w, term)
        case Total(scope, term):
            return _total(w, scope, term)
        case Operation(sign, operands):
            return _operation(w, sign, operands, expression)
        case SumOf(terms, is_set):
            names = w.book.set_members.get(terms[0], ()) if is_set else terms
            return _sum(w, names, expression)
        case Gathered():
            return _gathered(w, expression)
        case Chosen(member):
            return Lowered(w.constant(member, Kind.CHOICE, member), Kind.CHOICE)
        case _:
            assert_never(expression)


def _name(w: Workshop, term: str) -> Lowered:
    if term in w.keys:
        kind = w.book.term[term].kind
        return Lowered(w.add(Node(Sort.ITEM, (), kind, detail=term, label=term)), kind)
    if w.keys:
        definition = _definition(w, term)
        if definition is not None:
            return lower(w, definition)
    return w.quantity(term)


def _definition(w: Workshop, term: str) -> Expression | None:
    """The one unconditional definition of a derived amount, which may be said of an item of a list as well."""
    declared = w.book.term[term]
    if declared.meaning is not None and declared.kind in NUMBERS:
        return declared.meaning  # type: ignore[return-value]
    rules = [r for r in w.book.rules if r.target == term]
    if len(rules) == 1 and not rules[0].guard and isinstance(rules[0].giving, (Operation, Name, SumOf)):
        if rules[0].steps or rules[0].onset or any(c.target == term for c in w.book.changes):
            w.fault("list-members", f"“{term}”另有限制或者变动，不能逐项使用", declared.span, hint="请为清单的每一项另立一个推导项目。")
        return rules[0].giving
    return None


def _total(w: Workshop, scope: Scope, term: str) -> Lowered:
    declared = w.book.term[term]
    kind = declared.kind
    if kind not in NUMBERS and not (kind is Kind.CHOICE and (declared.ordered or scope is Scope.LAST)):
        w.fault("type-mismatch", f"“{term}”是{kind}，没有本年度的累计或最高", declared.span)
        return Lowered(w.constant(None, kind, term), kind)
    operator, said = {Scope.PEAK: ("highest", "本年度此前最高"), Scope.LAST: ("last", "前次")}.get(scope, ("sum", "本年度此前"))
    prior = w.total(Node(Sort.PRIOR, (), kind, operator, term, f"{said}{term}"), declared.span)
    if scope in (Scope.PRIOR, Scope.LAST):
        return Lowered(prior, kind)
    this = w.quantity(term)
    label = f"本年度{'最高' if scope is Scope.PEAK else '累计'}{term}"
    if kind is Kind.CHOICE:
        return Lowered(w.operation("higher", (prior, this.node), kind, label, w.book.term[term].members), kind)
    return Lowered(w.operation("greater" if scope is Scope.PEAK else "add", (prior, this.node), kind, label), kind)


def _sum(w: Workshop, names: tuple[str, ...], expression: Expression) -> Lowered:
    parts = [w.quantity(n) for n in names]
    if not parts:
        w.fault("empty-set", "没有可以相加的项目", _span(expression))
        return Lowered(w.constant(0, Kind.MONEY), Kind.MONEY)
    result = parts[0]
    for part in parts[1:]:
        if part.kind is not result.kind:
            w.fault("type-mismatch", f"{result.kind}与{part.kind}不能相加", _span(expression))
        result = Lowered(w.operation("add", (result.node, part.node), result.kind, expression_text(expression)), result.kind)
    return result


_DATES = {
    Sign.NEXT_DAY: "next_day",
    Sign.PREVIOUS_DAY: "previous_day",
    Sign.YEAR_END: "year_end",
    Sign.YEAR_START: "year_start",
}


def _operation(w: Workshop, sign: Sign, operands: tuple[Expression, ...], whole: Operation) -> Lowered:
    label = expression_text(whole)
    first = lower(w, operands[0])
    if sign in (Sign.BACK, Sign.FORTH):
        assert isinstance(operands[1], Figure)
        unit = "months" if operands[1].literal.measure is Measure.MONTHS else "days"
        second = lower(w, operands[1])
        _expect(w, first, Kind.DATE, whole)
        return Lowered(w.operation(f"{sign.value}_{unit}", (first.node, second.node), Kind.DATE, label), Kind.DATE)
    if sign in _DATES:
        _expect(w, first, Kind.DATE, whole)
        return Lowered(w.operation(_DATES[sign], (first.node,), Kind.DATE, label), Kind.DATE)
    second = lower(w, operands[1])
    if sign is Sign.WORKDAY:
        calendar = tuple(w.quantity(n).node for n in w.book.calendar)
        if len(calendar) != 2:
            w.fault("no-calendar", "“工作日”需要在开头写明“工作日历：放假的日期表、上班的日期表”", whole.span)
            return first
        return Lowered(w.operation("workday", (first.node, second.node, *calendar), Kind.DATE, label), Kind.DATE)
    if sign is Sign.BY_BANDS:
        _expect(w, second, Kind.BANDS, whole)
        return Lowered(w.operation("by_bands", (first.node, second.node), first.kind, label), first.kind)
    if sign is Sign.OF_MONTH:
        return Lowered(w.operation("of_month", (first.node, second.node), Kind.DATE, label), Kind.DATE)
    kind = _kind(sign, first.kind, second.kind)
    if kind is None:
        w.fault("type-mismatch", f"“{label}”里{first.kind}与{second.kind}不能这样计算", whole.span)
        return Lowered(w.constant(None, first.kind, label), first.kind)
    operator = "multiply" if sign is Sign.PART_OF else sign.value
    return Lowered(w.operation(operator, (first.node, second.node), kind, label), kind)


def _kind(sign: Sign, a: Kind, b: Kind) -> Kind | None:
    """金额×比例＝金额, 金额÷金额＝比例; sums and choices need one kind."""
    match sign:
        case Sign.LESSER | Sign.GREATER:
            return a if a is b and a in (*NUMBERS, Kind.DATE) else None
        case Sign.ADD | Sign.SUBTRACT | Sign.EXCESS:
            return a if a is b and a in NUMBERS else None
        case Sign.MULTIPLY | Sign.PART_OF:
            return _product(a, b)
        case Sign.DIVIDE:
            return Kind.RATIO if a is b else a if b in (Kind.RATIO, Kind.COUNT) and a in NUMBERS else None
        case Sign.NIGHTS | Sign.BOTH_ENDS:
            return Kind.COUNT if a is b is Kind.DATE else None
        case _:
            return None


def _product(a: Kind, b: Kind) -> Kind | None:
    if a not in NUMBERS or b not in NUMBERS or (a is b is Kind.MONEY):
        return None
    if Kind.MONEY in (a, b):
        return Kind.MONEY
    return Kind.COUNT if a is b is Kind.COUNT else Kind.RATIO if a is b else Kind.COUNT


def _expect(w: Workshop, found: Lowered, kind: Kind, whole: Expression) -> None:
    if found.kind is not kind:
        w.fault("type-mismatch", f"“{expression_text(whole)}”需要{kind}，这里是{found.kind}", _span(whole))


def _span(expression: Expression) -> Span:
    return expression.span


def _gathered(w: Workshop, expression: Gathered) -> Lowered:
    declared = w.book.term[expression.list_name]
    keys = frozenset((declared.members[0], *declared.members[4:]))
    items = w.quantity(expression.list_name)
    outer_keys, outer_inside = w.keys, w.inside
    w.keys, w.inside = keys, set()
    parts = [condition(w, expression.condition)]
    if declared.meaning is not None:
        parts.append(condition(w, declared.meaning))  # type: ignore[arg-type]
    guard = w.operation("both", tuple(parts), Kind.BOOLEAN, condition_text(expression.condition))
    value = lower(w, expression.value)
    inside = tuple(sorted(w.inside))
    w.keys, w.inside = outer_keys, outer_inside
    needed = sorted({a for i in inside for a in w.nodes[i].args if a not in inside})
    detail = (inside, guard, value.node)
    node = Node(Sort.GATHER, (items.node, *needed), value.kind, detail=detail, label=expression_text(expression))
    return Lowered(w.add(node), value.kind)


# --- conditions ------------------------------------------------------------------------------------------------------------------------------


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
            return w.operation("filled", (_name(w, term).node,), Kind.BOOLEAN, label)
        case AllOf(parts):
            return w.operation("both", tuple(condition(w, p) for p in parts), Kind.BOOLEAN, label)
        case AnyOf(parts):
            return w.operation("either", tuple(condition(w, p) for p in parts), Kind.BOOLEAN, label)
        case Not(part):
            return w.operation("not", (condition(w, part),), Kind.BOOLEAN, label)
        case _:
            assert_never(what)


def _flag(w: Workshop, flag: str, what: FlagIs) -> int:
    found = _name(w, flag)
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
        value = _name(w, owner)
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
    value = _name(w, what.term)
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
