"""Amounts, ratios and counts in every state: int fen and exact Fractions.

A cap that is 不适用 or 不设 does not limit; a deductible that is 不设 deducts nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grammar.literals import round_half_up
from interpreter.values import NOT_APPLICABLE, UNSET, Pending, Why, merged, pending

P = Pending


def add(a: Any, b: Any, onto: bool = False) -> Any:
    """The sum; `onto`: b only changes a, and where there is no a there is nothing to change."""
    if onto and (a is NOT_APPLICABLE or a is UNSET):
        return a
    if a.__class__ is P or b.__class__ is P:
        return merged((a, b))
    if a is NOT_APPLICABLE or a is UNSET:
        return 0 if b is NOT_APPLICABLE or b is UNSET else b
    return a if b is NOT_APPLICABLE or b is UNSET else a + b


def subtract(a: Any, b: Any) -> Any:
    if a.__class__ is P or b.__class__ is P:
        return merged((a, b))
    if a is NOT_APPLICABLE:
        return a
    if a is UNSET:
        return UNSET
    return a if b is NOT_APPLICABLE or b is UNSET else a - b


def multiply(a: Any, b: Any) -> Any:
    if (a.__class__ is not P and a == 0) or (b.__class__ is not P and b == 0):
        return 0
    if a.__class__ is P or b.__class__ is P:
        return merged((a, b))
    if a is NOT_APPLICABLE or b is NOT_APPLICABLE:
        return NOT_APPLICABLE
    return UNSET if a is UNSET or b is UNSET else whole(a * b)


def divide(a: Any, b: Any) -> Any:
    if a.__class__ is P or b.__class__ is P:
        return merged((a, b))
    if a in (NOT_APPLICABLE, UNSET) or b in (NOT_APPLICABLE, UNSET):
        return NOT_APPLICABLE
    if b == 0:
        return NOT_APPLICABLE if a == 0 else pending(Why.INCONSISTENT, "除数为零")
    return whole(Fraction(a) / Fraction(b))


def whole(value: Any) -> Any:
    """An int when a Fraction is one, so that exact fen stay ints."""
    return value.numerator if value.__class__ is Fraction and value.denominator == 1 else value


def excess(a: Any, b: Any) -> Any:
    """a超过b的部分: never negative. Nothing in excess of anything is nothing, whatever the threshold."""
    if a.__class__ is not P and a not in (NOT_APPLICABLE, UNSET) and a <= 0:
        return 0
    if a.__class__ is P or b.__class__ is P:
        return merged((a, b))
    if a in (NOT_APPLICABLE, UNSET):
        return a
    return a if b in (NOT_APPLICABLE, UNSET) else max(0, a - b)


def lesser(a: Any, b: Any, bounding: bool = False) -> Any:
    """孰低; a side that is 不设 or 不适用 does not count. `bounding`: b only limits a, and is never given in its stead."""
    if bounding and (a is NOT_APPLICABLE or a is UNSET):
        return a
    if a.__class__ is P or b.__class__ is P:
        return merged((a, b))
    if a in (NOT_APPLICABLE, UNSET):
        return b
    return a if b in (NOT_APPLICABLE, UNSET) else min(a, b)


def greater(a: Any, b: Any, bounding: bool = False) -> Any:
    """孰高, as `lesser` is 孰低."""
    if bounding and (a is NOT_APPLICABLE or a is UNSET):
        return a
    if a.__class__ is P or b.__class__ is P:
        return merged((a, b))
    if a in (NOT_APPLICABLE, UNSET):
        return b
    return a if b in (NOT_APPLICABLE, UNSET) else max(a, b)


def cap_year(value: Any, before: Any, cap: Any) -> Any:
    """本年度累计不超过: what is left of `cap` after what was given `before` this year."""
    if value.__class__ is not P and value not in (NOT_APPLICABLE, UNSET) and value <= 0:
        return value
    if cap is NOT_APPLICABLE or cap is UNSET:
        return value
    if value.__class__ is P or before.__class__ is P or cap.__class__ is P:
        return merged((value, before, cap))
    if value in (NOT_APPLICABLE, UNSET) or cap in (NOT_APPLICABLE, UNSET):
        return value
    return min(value, max(0, cap - (0 if before in (NOT_APPLICABLE, UNSET) else before)))


def within(value: Any, remaining: Any) -> Any:
    """A payer's share: not below nothing, not above what is left of the bill."""
    if value.__class__ is not P and value not in (NOT_APPLICABLE, UNSET) and value <= 0:
        return 0
    if value.__class__ is P or remaining.__class__ is P:
        return merged((value, remaining))
    if value in (NOT_APPLICABLE, UNSET) or remaining in (NOT_APPLICABLE, UNSET):
        return value
    return min(value, max(0, remaining))


def fill(target: Any, *paid: Any) -> Any:
    """补足至: the target less all that was paid before; not positive when the target is reached already."""
    left = target
    for share in paid:
        left = subtract(left, share)
    return left


def rest(left: Any) -> Any:
    """What remains for the person. Shares that were filed may not add up to more than the bill: then nothing is decided."""
    if left.__class__ is P or left in (NOT_APPLICABLE, UNSET) or left >= 0:
        return left
    return pending(Why.INCONSISTENT, "各项支付之和超过费用总额")


def round_fen(a: Any) -> Any:
    return round_half_up(a) if a.__class__ is Fraction else a


def round_down(a: Any) -> Any:
    return a.numerator // a.denominator if a.__class__ is Fraction else a
