"""Days, months and working days in every state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from interpreter.values import NOT_APPLICABLE, Pending, Why, merged, pending

P = Pending


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
