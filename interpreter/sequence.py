"""In which order quantities are arranged: each after what it mentions, as far as there are no rings.

Arranging could follow every mention by calling itself; a chain of a few hundred quantities would then exhaust the stack. So the order is found first,
without recursion; rings are left for the arranger to report.
"""

from __future__ import annotations

from collections.abc import Iterable

from grammar.walk import names_in
from interpreter.rulebook import Rulebook


def build_order(book: Rulebook, wanted: Iterable[str]) -> tuple[str, ...]:
    """Every term that `wanted` needs, needed ones first."""
    needs = _needs(book)
    done: dict[str, None] = {}
    for name in wanted:
        waiting: list[tuple[str, bool]] = [(name, False)]
        entered: set[str] = set()
        while waiting:
            current, finished = waiting.pop()
            if finished:
                done.setdefault(current)
            elif current not in done and current not in entered and current in book.term:
                entered.add(current)
                waiting.append((current, True))
                waiting += [(n, False) for n in needs.get(current, ())]
    return tuple(done)


def _needs(book: Rulebook) -> dict[str, tuple[str, ...]]:
    """Term → the terms its definition, rules, changes and payment orders mention."""
    found: dict[str, dict[str, None]] = {t.name: {} for t in book.terms}
    for term in book.terms:
        _note(book, found, term.name, (term.meaning,))
        found[term.name].setdefault(term.keyed)
    for rule in book.rules:
        _note(book, found, rule.target, (rule.giving, rule.guard, rule.onset, rule.until, rule.without, rule.steps))
    for change in book.changes:
        _note(book, found, change.target, (change.operand, change.guard, change.onset, change.without))
    for order, _, _ in book.orders:
        paid = [p.term for p in order.payments]
        for index, name in enumerate((*paid, order.rest)):
            _note(book, found, name, (order.condition,))
            found.setdefault(name, {}).update(dict.fromkeys((order.total, *paid[:index])))
    return {name: tuple(needed) for name, needed in found.items()}


def _note(book: Rulebook, found: dict[str, dict[str, None]], target: str, tree: object) -> None:
    for name in names_in(tree):
        for meant in (book.payment_of.get(name, name), *book.enumerations.get(name, ())):
            found.setdefault(target, {}).setdefault(meant)
