"""One row per operator: what it computes in every state, and how a trace says it.

Truth tables (真 假 未知 不适用), published in the room's README: 假 且 任何 = 假; 真 或 任何 = 真; otherwise 未知 wins over 不适用. A comparison or
a sum with 未知 is 未知; 0 × 未知 = 0. A cap that is 不适用 or 不设 does not limit; a deductible that is 不设 deducts nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from grammar.literals import round_half_up
from interpreter.values import NOT_APPLICABLE, UNSET, Pending, Why, bare, merged, pending

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
        return UNSET if b is NOT_APPLICABLE else 0 if b is UNSET else -b
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


def _compare(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], Any]:
    def compare(a: Any, b: Any) -> Any:
        if a.__class__ is P or b.__class__ is P:
            return merged((a, b))
        if a is NOT_APPLICABLE or b is NOT_APPLICABLE:
            return NOT_APPLICABLE
        return test(0 if a is UNSET else a, 0 if b is UNSET else b)

    return compare


exceeds = _compare(lambda a, b: a > b)
below = _compare(lambda a, b: a < b)
at_least = _compare(lambda a, b: a >= b)
at_most = _compare(lambda a, b: a <= b)
equal = _compare(lambda a, b: bool(a == b))


def both(*parts: Any) -> Any:
    """且"""
    result: Any = True
    for part in parts:
        if part is False:
            return False
        if part.__class__ is P:
            result = merged((result, part)) if result.__class__ is P else part
        elif part is NOT_APPLICABLE and result is True:
            result = part
    return result


def either(*parts: Any) -> Any:
    """或"""
    result: Any = False
    for part in parts:
        if part is True:
            return True
        if part.__class__ is P:
            result = merged((result, part)) if result.__class__ is P else part
        elif part is NOT_APPLICABLE and result is False:
            result = part
    return result


def negate(a: Any) -> Any:
    return a if a.__class__ is P or a is NOT_APPLICABLE else not a


def is_in(a: Any, members: frozenset[str]) -> Any:
    if a.__class__ is P or a is NOT_APPLICABLE:
        return a
    return not members.isdisjoint(a) if a.__class__ is frozenset else a in members


def on_list(a: Any, names: Any) -> Any:
    """Membership in a list that an authority supplies."""
    if a.__class__ is P or names.__class__ is P:
        return merged((a, names))
    if a is NOT_APPLICABLE or names is NOT_APPLICABLE:
        return NOT_APPLICABLE
    return any(x in names or bare(x) in names for x in (a if isinstance(a, frozenset) else (a,)))


def settled(*parts: Any) -> Any:
    waiting = [p for p in parts if p.__class__ is P]
    return merged(waiting) if waiting else True


def apart(a: Any, other: Any) -> Any:
    """Of two that never hold together, one that holds settles the other."""
    return False if a.__class__ is P and other is True else a


def filled(a: Any) -> Any:
    """已填报: there is a value. What was not filled in is a fact about the claim, so the answer is never unknown."""
    return a.__class__ is not P and a is not NOT_APPLICABLE


def first_known(*parts: Any) -> Any:
    """The first that was filled in; what was not filled in is absent, not pending on the others."""
    known = next((p for p in parts if p.__class__ is not P and p is not NOT_APPLICABLE), None)
    if known is not None:
        return known
    waiting = [p for p in parts if p.__class__ is P]
    return merged(waiting) if waiting else parts[0]


def nights(a: Any, b: Any) -> Any:
    """Days from a to b, the last left out (算头不算尾)."""
    return _dates(a, b, lambda x, y: _counted((y - x).days, x, y))


def both_ends(a: Any, b: Any) -> Any:
    return _dates(a, b, lambda x, y: _counted((y - x).days + 1, x, y))


def _counted(days: int, first: date, last: date) -> Any:
    return days if first <= last else pending(Why.INCONSISTENT, "止日早于起日")


def _dates(a: Any, b: Any, f: Callable[[date, Any], Any]) -> Any:
    if a.__class__ is P or b.__class__ is P:
        return merged((a, b))
    if a is NOT_APPLICABLE or b is NOT_APPLICABLE:
        return NOT_APPLICABLE
    try:
        return f(a, b)
    except (ValueError, OverflowError):
        return pending(Why.INCONSISTENT, "日期超出了可以计算的范围")


def _on_date(f: Callable[[date], date]) -> Callable[[Any], Any]:
    def shifted(a: Any) -> Any:
        return a if a.__class__ is P or a is NOT_APPLICABLE else f(a)

    return shifted


def months_from(day: date, months: int) -> date:
    """The corresponding day `months` later (earlier when negative), or that month's last day (民法典第202条)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))


def back_months(a: Any, b: Any) -> Any:
    return _dates(a, b, lambda x, n: months_from(x, -int(n)))


def forth_months(a: Any, b: Any) -> Any:
    return _dates(a, b, lambda x, n: months_from(x, int(n)))


def back_days(a: Any, b: Any) -> Any:
    return _dates(a, b, lambda x, n: x - timedelta(days=int(n)))


def forth_days(a: Any, b: Any) -> Any:
    return _dates(a, b, lambda x, n: x + timedelta(days=int(n)))


def of_month(a: Any, b: Any) -> Any:
    """The n-th of that month, or its last day when it has fewer."""
    return _dates(a, b, lambda x, n: min(x.replace(day=1) + timedelta(days=int(n) - 1), months_from(x.replace(day=1), 1) - timedelta(days=1)))


def entry(table: Any, key: Any, name: str) -> Any:
    """The value listed for `key`; a key without one is missing by name."""
    if table.__class__ is P or key.__class__ is P:
        return merged((table, key))
    if table is NOT_APPLICABLE or key is NOT_APPLICABLE:
        return NOT_APPLICABLE
    if not isinstance(table, dict):
        return table
    return table[key] if key in table else pending(Why.MISSING, f"{name}（{key}）")


def by_bands(amount: Any, bands: Any) -> Any:
    """Each band's part of `amount` by the ratio a table gives it; bands are (above, up to, ratio)."""
    if amount.__class__ is not P and amount not in (NOT_APPLICABLE, UNSET) and amount <= 0:
        return 0
    if amount.__class__ is P or bands.__class__ is P:
        return merged((amount, bands))
    return NOT_APPLICABLE if bands in (NOT_APPLICABLE, UNSET) else banded(amount, bands)


def _each_band(f: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An operator on ratios, for every band of a table (分段比例每段提高5个百分点)."""

    def apply(bands: Any, operand: Any) -> Any:
        if bands.__class__ is P or operand.__class__ is P:
            return merged((bands, operand))
        if bands in (NOT_APPLICABLE, UNSET) or operand in (NOT_APPLICABLE, UNSET):
            return bands
        return tuple((low, high, f(ratio, operand)) for low, high, ratio in bands)

    return apply


def higher(a: Any, b: Any, order: tuple[str, ...]) -> Any:
    """The later of two members in the order declared; one that is absent does not count."""
    if a.__class__ is P or b.__class__ is P:
        return merged((a, b))
    if a is NOT_APPLICABLE or a == 0:
        return b
    return a if b is NOT_APPLICABLE or b == 0 else max(a, b, key=order.index)


def workday(day: Any, count: Any, off: Any, on: Any) -> Any:
    """The count-th working day after `day`: weekends and `off` days rest, days in `on` do not."""
    if any(x.__class__ is P for x in (day, count, off, on)):
        return merged((day, count, off, on))
    if day is NOT_APPLICABLE:
        return day
    left = int(count)
    while left:
        day += timedelta(days=1)
        left -= day in on or (day.weekday() < 5 and day not in off)
    return day


def first_of_year(a: Any) -> Any:
    return a if a.__class__ is P or a is NOT_APPLICABLE or isinstance(a, date) else date(int(a), 1, 1)


next_day = _on_date(lambda d: d + timedelta(days=1))
previous_day = _on_date(lambda d: d - timedelta(days=1))
year_end = _on_date(lambda d: date(d.year, 12, 31))
year_start = _on_date(lambda d: date(d.year, 1, 1))


def in_force(begun: Any, value: Any, otherwise: Pending) -> Any:
    """`value` once the notice is in force; before that, not determined by it."""
    if value is NOT_APPLICABLE:
        return value
    if begun.__class__ is P:
        return begun if value.__class__ is not P else merged((begun, value))
    return value if begun is True else otherwise


def banded(amount: Any, bands: tuple[tuple[int, int | None, Fraction], ...]) -> Any:
    """Each band's part of `amount` by its ratio; bands are (above, up to, ratio) in fen."""
    if amount.__class__ is P or amount in (NOT_APPLICABLE, UNSET):
        return amount
    total = sum((max(0, (amount if top is None else min(amount, top)) - low) * ratio for low, top, ratio in bands), Fraction(0))
    return whole(total)


@dataclass(frozen=True, slots=True)
class Operator:
    """`apply` in every state; `sign` joins the operands in a substituted formula."""

    name: str
    apply: Callable[..., Any]
    sign: str = ""


OPERATORS: tuple[Operator, ...] = (
    Operator("add", add, "＋"),
    Operator("subtract", subtract, "－"),
    Operator("multiply", multiply, "×"),
    Operator("divide", divide, "÷"),
    Operator("part_of", multiply, "×"),
    Operator("excess", excess, "超过"),
    Operator("lesser", lesser, "孰低"),
    Operator("greater", greater, "孰高"),
    Operator("cap_year", cap_year, "本年度累计不超过"),
    Operator("within", within, "不超过剩余费用"),
    Operator("fill", fill, "补足至"),
    Operator("rest", rest, "其余"),
    Operator("round", round_fen, "四舍五入到分"),
    Operator("round_down", round_down, "舍去不足一分的部分"),
    Operator("exceeds", exceeds, "超过"),
    Operator("below", below, "不足"),
    Operator("reaches", at_least, "达到"),
    Operator("at_least", at_least, "不低于"),
    Operator("at_most", at_most, "不超过"),
    Operator("equal", equal, "为"),
    Operator("both", both, "且"),
    Operator("either", either, "或"),
    Operator("not", negate, "不"),
    Operator("is_in", is_in, "属于"),
    Operator("on_list", on_list, "属于"),
    Operator("settled", settled, "已经确定"),
    Operator("apart", apart, "不并存"),
    Operator("filled", filled, "已填报"),
    Operator("first_known", first_known, "依次取"),
    Operator("nights", nights, "至"),
    Operator("both_ends", both_ends, "至"),
    Operator("back_months", back_months, "前推"),
    Operator("forth_months", forth_months, "后推"),
    Operator("back_days", back_days, "前推"),
    Operator("forth_days", forth_days, "后推"),
    Operator("of_month", of_month, "当月第"),
    Operator("next_day", next_day, "次日"),
    Operator("previous_day", previous_day, "前一日"),
    Operator("year_end", year_end, "年末"),
    Operator("year_start", year_start, "年初"),
    Operator("in_force", in_force, "施行"),
    Operator("banded", banded, "分段"),
    Operator("by_bands", by_bands, "分段"),
    Operator("bands_add", _each_band(add), "每段提高"),
    Operator("bands_multiply", _each_band(multiply), "每段乘以"),
    Operator("bands_lesser", _each_band(lesser), "每段不超过"),
    Operator("bands_greater", _each_band(greater), "每段不低于"),
    Operator("entry", entry, "取"),
    Operator("higher", higher, "孰高"),
    Operator("workday", workday, "后的第"),
    Operator("first_of_year", first_of_year, "年初"),
)
TABLE: Mapping[str, Operator] = {o.name: o for o in OPERATORS}
