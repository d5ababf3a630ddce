"""Raising, lowering and limiting: what a sentence does to an amount that other sentences give."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from grammar.acts import Adjust, Limit, Rounded
from grammar.document import Kind
from grammar.literals import Measure, literal_text
from grammar.syntax import Expression, Relation
from interpreter.rulebook import Change, Rule
from interpreter.speaking import Resolving, Speaking, made


def change(target: str, operator: str, operand: Expression | Fraction | None, at: Speaking) -> Change:
    return Change(target, operator, operand, at.guard, at.origin, at.onset, at.without, at.otherwise)


def step(r: Resolving, said: Rounded | Limit, at: Speaking) -> None:
    """A limit that names nothing bounds what was said just before it, under the same conditions: of 分别 every value."""
    given = r.given
    same = given is not None and given.guard == at.guard and given.origin is at.origin
    mine = [i for i in range(given.start, given.end) if r.rules[i].target == r.rules[-1].target] if same and given else []
    if not mine:
        r.fault("nothing-to-limit", "前面没有可以限制的项目", at, said.span, "请写明项目，例如：给付不超过…")
    for index in mine:
        r.rules[index] = replace(r.rules[index], steps=(*r.rules[index].steps, said))


def adjust(r: Resolving, deed: Adjust, at: Speaking) -> None:
    deed = replace(deed, target=deed.target or at.topic)
    if not deed.target:
        r.fault("nothing-to-change", "没有写明提高或者降低的是哪一项", at, deed.span, "请写明项目，例如：救助比例提高5个百分点")
        return
    term, literal = r.terms[deed.target], deed.amount.literal
    spelled = literal_text(literal)
    if term.kind in (Kind.RATIO, Kind.BANDS) and literal.measure is Measure.RATIO:
        verb = "提高" if deed.upward else "降低"
        if any(verb in w for w in at.waived):
            return
        hint = f"请改写为“{verb}{spelled[:-1]}个百分点”或者“{deed.target}为{deed.target}乘以…”，或者用读法并列。"
        r.fault("ambiguous-raise", f"“{verb}{spelled}”可以是百分点，也可以是倍数", at, deed.span, hint)
        return
    assert isinstance(literal.value, Fraction)
    if not _adjustable(term.kind, literal.measure):
        r.fault("type-mismatch", f"“{term.name}”是{term.kind}，不能提高或者降低{spelled}", at, deed.span)
        return
    if literal.measure in (Measure.POINTS, Measure.MONEY):
        operand = literal.value if deed.upward else -literal.value
        r.changes.append(change(deed.target, "add", operand, at))
    else:
        factor = 1 + literal.value if deed.upward else 1 - literal.value
        r.changes.append(change(deed.target, "multiply", Fraction(factor), at))


def _adjustable(kind: Kind, measure: Measure) -> bool:
    """Ratios rise by points, amounts by a sum of their own or in proportion."""
    if measure is Measure.POINTS:
        return kind in (Kind.RATIO, Kind.BANDS)
    return kind is Kind.MONEY or (kind is Kind.COUNT and measure is Measure.RATIO)


def limit(r: Resolving, deed: Limit, at: Speaking) -> None:
    if deed.relation is Relation.REACHES:
        r.rules.append(made(Rule(deed.target, deed.bound, at.guard, at.origin), at))
        return
    operator = "lesser" if deed.relation is Relation.AT_MOST else "greater"
    r.changes.append(change(deed.target, operator, deed.bound, at))
