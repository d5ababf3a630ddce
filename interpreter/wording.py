"""Values in words: for people with units and thousands separators, for files plainly."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from grammar.document import Kind
from grammar.literals import money_text, ratio_text, round_half_up
from interpreter.values import NOT_APPLICABLE, UNSET, Absent, Pending, Why


def spoken(value: Any, kind: Kind | None, unit: bool = True) -> str:
    """2,047.50元, 70%, 2023年3月14日, 是, 不设, 待定."""
    if isinstance(value, Pending):
        return "冲突" if any(c.why is Why.CONFLICT for c in value.causes) else "待定"
    if isinstance(value, Absent):
        return value.value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月" if kind is Kind.MONTH else f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, (int, Fraction)):
        return _number(value, kind, unit)
    if isinstance(value, frozenset):
        return "、".join(sorted(value))
    if kind is Kind.BANDS and isinstance(value, tuple):
        return "、".join(f"{'以上' if high is None else f'至{money_text(high)}元'}{ratio_text(Fraction(ratio))}" for _, high, ratio in value)
    return f"{len(value)}项" if isinstance(value, tuple) else str(value)


def _number(value: int | Fraction, kind: Kind | None, unit: bool) -> str:
    match kind:
        case Kind.MONEY:
            return f"{money_text(value)}{'元' if unit else ''}"
        case Kind.RATIO:
            return ratio_text(Fraction(value))
        case _:
            return str(value)


def filed_text(value: Any, kind: Kind | None, decimals: str = "") -> Any:
    """As interface section 3 has it: money "7575.00", dates ISO, booleans 是/否; ratios to four decimals, or as declared."""
    if kind is Kind.RATIO and isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return plain_ratio(Fraction(value), decimals)
    if isinstance(value, date):
        return value.isoformat()[:7] if kind is Kind.MONTH else value.isoformat()
    if kind is Kind.MONEY and isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return plain_money(round_half_up(value))
    return spoken(value, kind)


def plain_money(fen: int) -> str:
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def plain_ratio(value: Fraction, decimals: str) -> str:
    """69.5122%, 90%; with declared decimals 86.00%."""
    places = int(decimals) if decimals else 4
    scaled = round_half_up(value * 100 * 10**places)
    sign, whole = ("-" if scaled < 0 else ""), abs(scaled)
    text = f"{sign}{whole // 10**places}.{whole % 10**places:0{places}d}" if places else f"{sign}{whole}"
    return f"{text if decimals else text.rstrip('0').rstrip('.')}%"


def distance(a: Any, b: Any, kind: Kind | None) -> str:
    """「差 320.00元」「差 12 天」 between two known values, or nothing."""
    if isinstance(a, date) and isinstance(b, date):
        return f"差 {abs((a - b).days)} 天"
    plain = [0 if v is UNSET else v for v in (a, b)]
    if all(isinstance(v, (int, Fraction)) and not isinstance(v, bool) for v in plain):
        gap = abs(Fraction(plain[0]) - Fraction(plain[1]))
        return f"差 {spoken(gap if gap.denominator != 1 else gap.numerator, kind)}"
    return ""


def cause_text(pending: Pending) -> str:
    """「缺少：病床日定额救助标准；外部规定未载入：…」"""
    grouped: dict[str, list[str]] = {}
    for cause in pending.causes:
        grouped.setdefault(cause.why, []).append(cause.name)
    return "；".join(f"{why}：{'、'.join(n for n in names if n)}".rstrip("：") for why, names in grouped.items())


def is_absent(value: Any) -> bool:
    return value is UNSET or value is NOT_APPLICABLE
