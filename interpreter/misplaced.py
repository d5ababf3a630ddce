"""Rules and changes that may not be about what they are about: each check over all of them once they are read, and the table of checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grammar.acts import Rounded
from grammar.diagnostic import Diagnostic
from grammar.document import Document, Kind, Order, Term
from grammar.document import Origin as Given
from grammar.source import Span
from interpreter.graph import Origin
from interpreter.rulebook import Change, Rule
from interpreter.speaking import Resolving

Refusal = Callable[[Resolving, tuple[Document, ...]], Iterator[Diagnostic]]


def _span(origin: Origin) -> Span:
    return Span(origin.start, origin.end)


def _targets(r: Resolving) -> Iterator[tuple[Term, Rule | Change]]:
    rows: tuple[Rule | Change, ...] = (*r.rules, *r.changes)
    return ((r.terms[x.target], x) for x in rows if x.target in r.terms)


def filed(r: Resolving, documents: tuple[Document, ...]) -> Iterator[Diagnostic]:
    """What a claim files is not replaced, raised or limited by a rule: then the file would say one thing and the answer another."""
    for term, x in _targets(r):
        replaced = term.origin is Given.FACT and not term.filed_first
        if replaced or (term.origin is Given.PARAMETER and isinstance(x, Change)):
            whose = "填报的" if term.origin is Given.FACT else "由参数给出的"
            hint = "另起一个推导项目，或者登记为推导并写“填报优先”；是条件的，请写“…的，”。"
            message = f"“{term.name}”是{whose}，条款不能另行规定它"
            yield Diagnostic("filed-replaced", message, x.origin.source, _span(x.origin), hint=hint)


def summed(r: Resolving, documents: tuple[Document, ...]) -> Iterator[Diagnostic]:
    """A total of all visits is added up from them; a rule for it would do nothing."""
    for term, x in _targets(r):
        if term.origin is Given.SUMMARY:
            hint = "请对它所取的项目写“本年度累计不超过…”。"
            message = f"“{term.name}”是各笔的合计，条款不能规定它"
            yield Diagnostic("ruled-total", message, x.origin.source, _span(x.origin), hint=hint)


def left_over(r: Resolving, documents: tuple[Document, ...]) -> Iterator[Diagnostic]:
    """What an order of payment leaves is what is left: ruled otherwise, the shares would not add up to the bill."""
    orders = _by_rest(documents)
    for term, x in _targets(r):
        order = orders.get(term.name)
        if order is not None and order.condition is None:
            hint = "请规定在前的一项支付，或者另立一个项目。"
            yield Diagnostic(
                "ruled-rest", f"“{term.name}”是支付顺序“{order.name}”的其余，条款不能另行规定它", x.origin.source, _span(x.origin), hint=hint
            )


def _by_rest(documents: tuple[Document, ...]) -> dict[str, Order]:
    return {o.rest: o for d in documents for o in d.orders}


def alone(r: Resolving, documents: tuple[Document, ...]) -> Iterator[Diagnostic]:
    """其他的，X…: others than whom, if no other sentence gives X?"""
    for rule in (x for x in r.rules if x.otherwise):
        if not any(x.target == rule.target and not x.otherwise for x in r.rules):
            hint = f"请先写哪些情形的{rule.target}另有规定，或者写明条件。"
            yield Diagnostic(
                "no-others", f"没有别的句子规定“{rule.target}”，“其他的”不知道是除谁以外的", rule.origin.source, _span(rule.origin), hint=hint
            )


def beside(r: Resolving, documents: tuple[Document, ...]) -> Iterator[Diagnostic]:
    """A reading sets rules aside, not limits and raises: one beside those of a clause would add to them."""
    mine = {(x.target, x.operator) for x in r.changes if not x.origin.reading}
    for x in r.changes:
        if x.origin.reading and (x.target, x.operator) in mine:
            hint = "请把条款里的那一句写成“按读法…”的，每一种读法各写一句。"
            yield Diagnostic(
                "reading-beside", f"这一读法不能取代条款对“{x.target}”的限制或者变动，两句会一起起作用", x.origin.source, _span(x.origin), hint=hint
            )


def rounded(r: Resolving, documents: tuple[Document, ...]) -> Iterator[Diagnostic]:
    """Only amounts have fen."""
    for rule in (x for x in r.rules if x.steps and x.target in r.terms):
        term = r.terms[rule.target]
        if term.kind is not Kind.MONEY and any(isinstance(step, Rounded) for step in rule.steps):
            yield Diagnostic(
                "type-mismatch",
                f"“{term.name}”是{term.kind}，不能四舍五入到分",
                rule.origin.source,
                _span(rule.origin),
                hint="四舍五入请写在金额之后。",
            )


REFUSALS: tuple[Refusal, ...] = (filed, summed, left_over, alone, beside, rounded)
