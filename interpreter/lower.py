"""Expressions → nodes, with a kind for each: the place where 金额＋比例 is refused.

A workshop holds the nodes made so far. Names are lowered by the caller's `quantity`, so this file knows operators and kinds and nothing of rules.
"""

from __future__ import annotations

from typing import assert_never

from grammar.document import Kind
from grammar.literals import Measure
from grammar.source import Span
from grammar.syntax import Chosen, Expression, Figure, Gathered, Name, Operation, Scope, Sign, SumOf, Total
from grammar.unparse import condition_text, expression_text
from interpreter.figures import figure_value
from interpreter.graph import Node, Sort
from interpreter.workshop import NUMBERS, Lowered, Workshop


def lower(w: Workshop, expression: Expression) -> Lowered:
    """Codes: type-mismatch, unknown-word."""
    match expression:
        case Figure():
            value, kind = figure_value(expression)
            return Lowered(w.constant(value, kind, expression_text(expression)), kind)
        case Name(term):
            return named(w, term)
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


def named(w: Workshop, term: str) -> Lowered:
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
    if sign is Sign.WORKDAY or (sign is Sign.OF_MONTH and first.kind is not Kind.MONTH):
        _expect(w, first, Kind.DATE, whole)
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
    parts = [w.condition(w, expression.condition)]
    if declared.meaning is not None:
        parts.append(w.condition(w, declared.meaning))  # type: ignore[arg-type]
    guard = w.operation("both", tuple(parts), Kind.BOOLEAN, condition_text(expression.condition))
    value = lower(w, expression.value)
    inside = tuple(sorted(w.inside))
    w.keys, w.inside = outer_keys, outer_inside
    needed = sorted({a for i in inside for a in w.nodes[i].args if a not in inside})
    detail = (inside, guard, value.node)
    node = Node(Sort.GATHER, (items.node, *needed), value.kind, detail=detail, label=expression_text(expression))
    return Lowered(w.add(node), value.kind)


# --- conditions ------------------------------------------------------------------------------------------------------------------------------
