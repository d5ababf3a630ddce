"""Rulebook → graph: for every quantity its rules meet in one pick, then changes, then the payment order, then the date it is in force from.

The order is fixed and shown: 规则 → 提高、降低、限制 → 支付顺序（四舍五入到分，不超过剩余费用） → 施行日期.
A quantity that needs itself is a cycle and is reported with every quantity on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grammar.acts import Limit, Rounded
from grammar.diagnostic import Diagnostic, Related
from grammar.document import Kind, Order, Term
from grammar.document import Origin as Given
from grammar.source import Span
from grammar.syntax import Chosen, Condition, Expression, Operation, Scope, Sign
from grammar.unparse import expression_text
from interpreter.changing import Changing, innumerable
from interpreter.conditions import condition
from interpreter.figures import fen, literal_value
from interpreter.graph import SPECIAL, Contender, Graph, Node, Origin, Sort
from interpreter.lower import lower
from interpreter.payments import Payments
from interpreter.priorities import overrides
from interpreter.rulebook import Filling, Fixed, InBands, Outside, Rule, Rulebook
from interpreter.sequence import build_order
from interpreter.values import NOT_APPLICABLE, UNSET, Why, pending
from interpreter.workshop import NUMBERS, Lowered, Workshop

DECIDING = "计算日期"


def arrange(book: Rulebook) -> tuple[Graph, tuple[Diagnostic, ...]]:
    """The graph of every outcome and everything it needs. Codes: cycle, type-mismatch, and those of lowering."""
    return Arranging(book).graph()


class Arranging:
    """The construction of one graph."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.done: dict[str, Lowered] = {}
        self.path: list[str] = []
        self.w = Workshop(book, self.quantity, condition)
        self.rules: dict[str, list[Rule]] = {}
        for rule in book.rules:
            self.rules.setdefault(rule.target, []).append(rule)
        self.meanings = dict(book.meanings)
        self.payments = Payments(self.w, self._settled)
        self.changing = Changing(self.w, self._guard, self._typed)

    def graph(self) -> tuple[Graph, tuple[Diagnostic, ...]]:
        deciding = self.deciding()
        shown = tuple(t.name for t in self.book.terms if t.origin is Given.OUTCOME)
        wanted = [*shown, *(t.source for t in self.book.terms if t.origin is Given.SUMMARY), *(c for e in self.book.events for c in e.compared)]
        for name in build_order(self.book, (*wanted, *(r.target for r in self.book.rules))):
            self.quantity(name)
        totals = {name: self.w.nodes[node].operator for name, node in self.w.totals.items()}
        graph = Graph(
            tuple(self.w.nodes),
            {name: found.node for name, found in self.done.items()},
            shown,
            deciding=deciding,
            totals=totals,
            readings=self.book.selected,
            orders=tuple(self._order_row(o) for o, _, _ in self.book.orders),
        )
        return graph, tuple(dict.fromkeys(self.w.faults))

    def _order_row(self, order: Order) -> tuple[int, str, tuple[str, ...], str]:
        guard = condition(self.w, order.condition) if order.condition else -1
        return guard, order.total, tuple(p.term for p in order.payments), order.rest

    def deciding(self) -> int:
        """The date that decides which rule is in force: the first of the declared facts that was filled in."""
        facts = tuple(self._as_date(n) for n in self.book.deciding if n in self.book.term)
        node = self.w.operation("first_known", facts or (self.w.constant(NOT_APPLICABLE, Kind.DATE),), Kind.DATE, DECIDING)
        self.done[DECIDING] = Lowered(node, Kind.DATE)
        return node

    def _as_date(self, name: str) -> int:
        found = self.quantity(name)
        return self.w.operation("first_of_year", (found.node,), Kind.DATE, name) if found.kind is Kind.YEAR else found.node

    # --- quantities

    def quantity(self, name: str) -> Lowered:
        if name in self.done:
            return self.done[name]
        if name in self.path:
            return self._cycle(name)
        self.path.append(name)
        keys, inside, self.w.keys, self.w.inside = self.w.keys, self.w.inside, frozenset(), None
        found = self._build(self.book.term[name])
        self.w.keys, self.w.inside = keys, inside
        self.path.pop()
        self.done[name] = found
        return found

    def _cycle(self, name: str) -> Lowered:
        ring = [*self.path[self.path.index(name) :], name]
        said = [r.origin for n in dict.fromkeys(ring) for r in self.rules.get(n, [])]
        where = Span(said[0].start, said[0].end) if said else self.book.term[name].span
        related = tuple(Related(f"条款“{o.clause}”：「{o.text}」", o.source, Span(o.start, o.end)) for o in dict.fromkeys(said))
        message = "这些项目互相依赖，无法计算：" + " → ".join(ring)
        source = said[0].source if said else self.w.source
        self.w.faults.append(Diagnostic("cycle", message, source, where, hint="请改写其中一条，使计算有先后。", related=related))
        return Lowered(self.w.constant(pending(Why.SILENT, name), self.book.term[name].kind), self.book.term[name].kind)

    def _build(self, term: Term) -> Lowered:
        node = self.changing.changed(term, self._picked(term, self._raw(term)))
        return Lowered(self.payments.paid(term, node), term.kind)

    def _settled(self, term: Term, node: int) -> int:
        """In force from its date on; and where a settled figure was filed, that figure."""
        return self._filed(term, self._started(term, node))

    def _raw(self, term: Term) -> int | None:
        """The node of what a claim, an authority or a definition gives; None for what only rules give."""
        if term.meaning is not None and term.kind is not Kind.LIST:
            return self._meant(term)
        if term.origin is Given.FACT:
            origin = self.meanings.get(term.name)
            return self.w.add(Node(Sort.FACT, (), term.kind, _special(term), term.name, term.name, origin))
        if term.origin is Given.PARAMETER:
            return self._keyed(term, self.w.add(Node(Sort.PARAMETER, (), term.kind, _special(term), term.name, term.name)))
        return None

    def _keyed(self, term: Term, table: int) -> int:
        """A parameter with one value for each member of a fact: the value for this claim's member."""
        if not term.keyed:
            return table
        key = self.quantity(term.keyed)
        return self.w.operation("entry", (table, key.node), term.kind, term.name, term.name)

    def _meant(self, term: Term) -> int:
        origin = self.meanings[term.name]
        if term.kind in (Kind.BOOLEAN, Kind.PERSONS):
            value = condition(self.w, term.meaning)  # type: ignore[arg-type]
            other = self.book.term.get(term.apart)
            if other is not None and other.meaning is not None:
                value = self.w.operation("apart", (value, condition(self.w, other.meaning)), Kind.BOOLEAN, term.name)  # type: ignore[arg-type]
        else:
            value = self._typed(term, term.meaning)  # type: ignore[arg-type]
        always = self.w.constant(True, Kind.BOOLEAN)
        return self.w.add(Node(Sort.PICK, (always, value), term.kind, detail=(Contender(always, value, (), origin),), label=term.name))

    # --- rules

    def _picked(self, term: Term, raw: int | None) -> int:
        rules = self.rules.get(term.name, [])
        order = self.payments.as_rest(term)
        if not rules:
            if order is not None:
                return order
            if raw is not None:
                return raw
        contenders = [self._contender(term, rule) for rule in rules]
        aside = overrides(rules)
        made = [Contender(g, v, aside[i], rules[i].origin, int(rules[i].otherwise)) for i, (g, v) in enumerate(contenders)]
        closing = raw if raw is not None else self._closing(term)
        if closing is not None:
            made.append(self._last(term, closing, len(made), raw is not None))
        args = tuple(dict.fromkeys(n for c in made for n in (c.guard, c.value)))
        return self.w.add(Node(Sort.PICK, args, term.kind, detail=tuple(made), label=term.name))

    def _last(self, term: Term, value: int, count: int, is_raw: bool) -> Contender:
        always = self.w.constant(True, Kind.BOOLEAN)
        said = "填报" if is_raw else f"没有条款规定{term.name}的，为{term.closing}"
        return Contender(always, value, (), Origin(f"约定 {term.name}", "约定", (), said), 2)

    def _closing(self, term: Term) -> int | None:
        if not term.closing:
            return None
        value = literal_value(term, term.closing)
        return self.w.constant(value, term.kind, term.closing)

    def _contender(self, term: Term, rule: Rule) -> tuple[int, int]:
        self.w.source, self.w.clause = rule.origin.source, rule.origin.clause
        guard = self._guard(rule.guard, rule.onset, rule.until, rule.without)
        value = self._given(term, rule)
        for step in rule.steps:
            value = self._stepped(term, value, step)
        return guard, value

    def _guard(self, parts: Iterable[Condition], onset: Expression | None, until: Expression | None, without: tuple[Condition, ...]) -> int:
        nodes = [condition(self.w, p) for p in parts]
        nodes += [self.w.operation("not", (condition(self.w, p),), Kind.BOOLEAN, "没有除外情形") for p in without]
        if onset is not None:
            nodes.insert(0, self._since(onset, "at_least", "起"))
        if until is not None:
            nodes.insert(0, self._since(until, "below", "以前"))
        if not nodes:
            return self.w.constant(True, Kind.BOOLEAN)
        return nodes[0] if len(nodes) == 1 else self.w.operation("both", tuple(nodes), Kind.BOOLEAN)

    def _since(self, onset: Expression, operator: str, word: str) -> int:
        if not self.book.deciding:
            self.w.fault("no-deciding", f"“{expression_text(onset)}{word}”需要在开头写明“计算日期：”", onset.span)
        day = lower(self.w, onset)
        if day.kind is not Kind.DATE:
            self.w.fault("type-mismatch", f"“{expression_text(onset)}{word}”需要日期，这里是{day.kind}", onset.span)
        return self.w.operation(operator, (self.quantity(DECIDING).node, day.node), Kind.BOOLEAN, f"{DECIDING}在{expression_text(onset)}{word}")

    def _given(self, term: Term, rule: Rule) -> int:
        match rule.giving:
            case Fixed.UNSET:
                return self.w.constant(UNSET, term.kind, "不设")
            case Fixed.NIL:
                return self.w.constant(0 if term.kind is Kind.MONEY else NOT_APPLICABLE, term.kind, "不给予")
            case Fixed.TRUE | Fixed.FALSE:
                return self.w.constant(rule.giving is Fixed.TRUE, Kind.BOOLEAN, str(rule.giving))
            case Outside(ruleset):
                return self.w.constant(pending(Why.EXTERNAL, ruleset), term.kind, ruleset)
            case Filling(goal):
                return self.payments.filled(term, self._typed(term, goal))
            case InBands(base, bands):
                return self._in_bands(term, base, bands)
            case Chosen(member):
                return self.w.constant(member, term.kind, member)
            case _:
                return self._typed(term, rule.giving)

    def _typed(self, term: Term, giving: Expression) -> int:
        found = lower(self.w, giving)
        if found.kind is not term.kind and not {found.kind, term.kind} <= {Kind.CHOICE, Kind.TEXT}:
            divided = term.kind is Kind.COUNT and isinstance(giving, Operation) and giving.sign is Sign.DIVIDE
            hint = "除法得比例，不能记入数量；没有取整的写法，请一档一档写“不低于…的，…不低于…”。" if divided else ""
            self.w.fault("type-mismatch", f"“{term.name}”是{term.kind}，“{expression_text(giving)}”是{found.kind}", giving.span, hint)
        return found.node

    def _in_bands(self, term: Term, base: Expression, bands: tuple[Any, ...]) -> int:
        amount = self._typed(term, base)
        table = tuple((fen(b.lower) or 0, fen(b.upper), b.ratio.literal.value) for b in bands)
        return self.w.operation("banded", (amount,), term.kind, expression_text(base), table)

    def _stepped(self, term: Term, value: int, step: Rounded | Limit) -> int:
        if (isinstance(step, Rounded) or step.scope is Scope.YTD) and term.kind not in NUMBERS:
            return innumerable(self.w, term, value, "四舍五入或本年度累计")
        if isinstance(step, Rounded):
            return self.w.operation("round_down" if step.down else "round", (value,), term.kind, "舍去不足一分" if step.down else "四舍五入到分")
        bound = self._typed(term, step.bound)
        if step.scope is Scope.YTD:
            prior = self.w.total(Node(Sort.PRIOR, (), term.kind, "sum", term.name, f"本年度此前{term.name}"), term.span)
            return self.w.operation("cap_year", (value, prior, bound), term.kind, f"本年度累计不超过{expression_text(step.bound)}")
        operator = "lesser" if step.relation.value == "at_most" else "greater"
        return self.w.operation(operator, (value, bound), term.kind, expression_text(step.bound), True)

    def _filed(self, term: Term, node: int) -> int:
        if not term.filed_first:
            return node
        return self.w.add(Node(Sort.FILED, (node,), term.kind, detail=term.name, label=term.name))

    def _started(self, term: Term, node: int) -> int:
        for start in self.book.starts:
            if term.name in start.targets:
                begun = self._since(start.onset, "at_least", "起")
                before = pending(Why.NOT_IN_FORCE, f"{expression_text(start.onset)}起施行")
                node = self.w.operation("in_force", (begun, node), term.kind, term.name, before, start.origin)
        return node


def _special(term: Term) -> str:
    """Marks a number that may be filed as a word (未公布, 未用尽): what reckons with it must expect the word."""
    return SPECIAL if term.members and term.kind in NUMBERS else ""
