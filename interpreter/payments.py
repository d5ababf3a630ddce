"""The payment order: who pays first, what is left for the next, and what the person bears. An order may hold under a condition."""

from __future__ import annotations

from collections.abc import Callable

from grammar.document import Kind, Order, Term
from interpreter.conditions import condition
from interpreter.graph import Contender, Node, Origin, Sort
from interpreter.values import NOT_APPLICABLE
from interpreter.workshop import Workshop


class Payments:
    """Shares of one graph. `settled` puts a share in force from its date on and lets a filed figure stand for it."""

    def __init__(self, w: Workshop, settled: Callable[[Term, int], int]) -> None:
        self.w, self.book, self.quantity, self.settled = w, w.book, w.quantity, settled
        self.before_order: dict[str, int] = {}
        self.shares: dict[tuple[str, int], int] = {}

    def paid(self, term: Term, node: int) -> int:
        """Each share: rounded to the fen, not below nothing, not above what those before it leave."""
        rows = [(o, i, each[i]) for o, _, each in self.book.orders for i, p in enumerate(o.payments) if p.term == term.name]
        if not rows:
            return self.settled(term, node)
        self.before_order[term.name] = node
        return self._by_order(term, [(order, self._share(order, index)) for order, index, _ in rows], self.settled(term, node))

    def _share(self, order: Order, index: int) -> int:
        """What the index-th payer of this order pays if this order is in force."""
        key = (order.name, index)
        if key not in self.shares:
            term = self.book.term[order.payments[index].term]
            if term.name not in self.before_order:
                self.quantity(term.name)
            if term.name not in self.before_order:
                return self.quantity(term.name).node
            remaining = self._remaining(order, index)
            rounded = self.w.operation("round", (self.before_order[term.name],), term.kind, "四舍五入到分")
            origin = next(each[index] for o, _, each in self.book.orders if o is order)
            share = self.w.operation("within", (rounded, remaining), term.kind, term.name, origin=origin)
            self.shares[key] = self.settled(term, share)
        return self.shares[key]

    def _remaining(self, order: Order, index: int) -> int:
        left = self.quantity(order.total).node
        for earlier in range(index):
            left = self.w.operation("subtract", (left, self._share(order, earlier)), Kind.MONEY, "剩余费用")
        return left

    def _by_order(self, term: Term, made: list[tuple[Order, int]], otherwise: int | None) -> int:
        if len(made) == 1 and made[0][0].condition is None:
            return made[0][1]
        contenders = []
        for order, value in made:
            guard = condition(self.w, order.condition) if order.condition else self.w.constant(True, Kind.BOOLEAN)
            contenders.append(Contender(guard, value, (len(made),), Origin(f"支付顺序 {order.name}", "支付顺序", (), order.name)))
        if otherwise is None:
            otherwise = self.w.constant(NOT_APPLICABLE, term.kind, "不适用")
        always = self.w.constant(True, Kind.BOOLEAN)
        contenders.append(Contender(always, otherwise, (), Origin(f"约定 {term.name}", "约定", (), "不在支付顺序内"), 2))
        args = tuple(dict.fromkeys(n for c in contenders for n in (c.guard, c.value)))
        return self.w.add(Node(Sort.PICK, args, term.kind, detail=tuple(contenders), label=term.name))

    def filled(self, term: Term, goal: int) -> int:
        target = self.w.operation("round", (goal,), term.kind, "四舍五入到分")
        rows = [(o, i) for o, _, _ in self.book.orders for i, p in enumerate(o.payments) if p.term == term.name]
        made = []
        for order, index in rows:
            paid = tuple(self._share(order, earlier) for earlier in range(index))
            made.append((order, self.w.operation("fill", (target, *paid), Kind.MONEY, "补足差额")))
        return self._by_order(term, made, target) if made else target

    def as_rest(self, term: Term) -> int | None:
        """The person's part: the total less every share."""
        mine = [o for o, _, _ in self.book.orders if o.rest == term.name]
        made = [(o, self.w.operation("rest", (self._remaining(o, len(o.payments)),), term.kind, term.name)) for o in mine]
        return self._by_order(term, made, None) if made else None
