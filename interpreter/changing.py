"""What raises, lowers, limits or removes a quantity that rules give, in one fixed order whatever the order of the clauses."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from grammar.document import Kind, Term
from grammar.syntax import Condition, Expression
from interpreter.graph import Contender, Node, Origin, Sort
from interpreter.lower import lower
from interpreter.rulebook import Change
from interpreter.values import UNSET
from interpreter.workshop import NUMBERS, Workshop

Guard = Callable[[tuple[Condition, ...], Expression | None, Expression | None, tuple[Condition, ...]], int]
#: Factors before points, points before taking away, and limits last: the order in which clauses stand does not matter.
CHANGE_ORDER = ("multiply", "add", "unset", "lesser", "greater")


def innumerable(w: Workshop, term: Term, value: int, said: str) -> int:
    w.fault("type-mismatch", f"“{term.name}”是{term.kind}，不能{said}", term.span)
    return value


class Changing:
    """The changes of one graph. `guard` lowers the conditions of a rule, `typed` an expression for a term of its kind."""

    def __init__(self, w: Workshop, guard: Guard, typed: Callable[[Term, Expression], int]) -> None:
        self.w, self.guard, self.typed = w, guard, typed
        self.rows: dict[str, list[Change]] = {}
        for change in w.book.changes:
            self.rows.setdefault(change.target, []).append(change)

    def changed(self, term: Term, node: int) -> int:
        for change in sorted(self.rows.get(term.name, []), key=lambda c: CHANGE_ORDER.index(c.operator)):
            self.w.source, self.w.clause = change.origin.source, change.origin.clause
            guard = self.guard(change.guard, change.onset, None, change.without)
            after = self._change(term, node, change)
            always = self.w.constant(True, Kind.BOOLEAN)
            unchanged = Contender(always, node, (), Origin(f"约定 {term.name}", "约定", (), "不变"), 2)
            contenders = (Contender(guard, after, (1,), change.origin), unchanged)
            node = self.w.add(Node(Sort.PICK, (guard, after, node), term.kind, detail=contenders, label=term.name))
        return self._crossed(term, node)

    def _crossed(self, term: Term, node: int) -> int:
        """不低于 a figure above the one of 不超过: the two sentences contradict each other, and neither is right by being applied last."""
        changes = self.rows.get(term.name, []) if term.kind in NUMBERS else []
        pairs = [(low, high) for low in changes if low.operator == "greater" for high in changes if high.operator == "lesser"]
        for low, high in pairs:
            (under, least), (over, most) = (self._bound(term, c) for c in (low, high))
            above = [self.w.operation("exceeds", (x, most), Kind.BOOLEAN, f"{term.name}的下限高于上限") for x in (least, node)]
            guard = self.w.operation("both", (under, over, *above), Kind.BOOLEAN)
            always = self.w.constant(True, Kind.BOOLEAN)
            unchanged = Contender(always, node, (), Origin(f"约定 {term.name}", "约定", (), "不变"), 2)
            contenders = (Contender(guard, least, (2,), low.origin), Contender(guard, most, (2,), high.origin), unchanged)
            node = self.w.add(Node(Sort.PICK, (guard, least, most, node), term.kind, detail=contenders, label=term.name))
        return node

    def _bound(self, term: Term, change: Change) -> tuple[int, int]:
        """Where a limit holds, and what it is."""
        assert change.operand is not None and not isinstance(change.operand, Fraction)
        self.w.source, self.w.clause = change.origin.source, change.origin.clause
        return self.guard(change.guard, change.onset, None, change.without), self.typed(term, change.operand)

    def _change(self, term: Term, node: int, change: Change) -> int:
        if change.operator == "unset" or change.operand is None:
            return self.w.constant(UNSET, term.kind, "取消")
        if term.kind not in (*NUMBERS, Kind.BANDS):
            return innumerable(self.w, term, node, "提高或降低")
        if isinstance(change.operand, Fraction):
            operand = self.w.constant(change.operand, Kind.RATIO)
        else:
            operand = lower(self.w, change.operand).node if term.kind is Kind.BANDS else self.typed(term, change.operand)
        operator = f"bands_{change.operator}" if term.kind is Kind.BANDS else change.operator
        bounding = True if operator in ("add", "lesser", "greater") else None
        return self.w.operation(operator, (node, operand), term.kind, detail=bounding)
