"""Figures as people write them: 2万元, 百分之七十, 5个百分点, 2023年1月1日, 12个月.

One reader for policy text and for figure grounding, so that “2万元” in a notice and “20000元” in a clause are the same figure. Nothing here
accepts an exponent, an infinity or a digit of another script.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Measure(StrEnum):
    """What a literal measures. MONEY is in fen, RATIO and POINTS are plain fractions (70% = 7/10), PERIOD is in months or days."""

    MONEY = "金额"
    RATIO = "比例"
    POINTS = "百分点"
    COUNT = "数量"
    DATE = "日期"
    MONTHS = "月数"
    DAYS = "日数"
    WORKDAYS = "工作日数"


@dataclass(frozen=True, slots=True)
class Literal:
    """A figure with its measure. `value` is a Fraction, or a date for DATE."""

    measure: Measure
    value: Fraction | date


_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_BLOCK = r"(?:[0-9]+(?:\.[0-9]+)?|[〇零一二两三四五六七八九]+)"
_COMPOUND = re.compile(rf"{_BLOCK}?[十百千万亿]+(?:{_BLOCK}?[十百千万亿]+)*{_BLOCK}?")
_MYRIADS = {"": 1, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_NUMBER = r"(?P<n>[0-9]{1,3}(?:，[0-9]{3})+(?:\.[0-9]{1,4})?|[0-9]{1,12}(?:\.[0-9]{1,4})?)"
_HAN = r"(?P<h>[〇零一二两三四五六七八九十百千]{1,9})"
_ANY = rf"(?:{_NUMBER}|{_HAN})"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("date", re.compile(r"(?P<y>[0-9]{4})年(?:(?P<m>[0-9]{1,2})月(?:(?P<d>[0-9]{1,2})日)?)?")),
    (
        "han_date",
        re.compile(
            r"(?P<y>[〇零一二三四五六七八九]{4})年(?P<m>十[一二]|[一二三四五六七八九十])月(?:(?P<d>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日)?"
        ),
    ),
    (
        "money",
        re.compile(
            rf"{_ANY}(?P<u>百万|千万|十万|万|亿|百|千|)(?P<rest>(?<=[万亿])(?:[0-9]{{1,4}}[千百]?|零?[一二两三四五六七八九十百千]{{1,7}}))?元"
        ),
    ),
    (
        "mixed",
        re.compile(
            r"(?=[0-9]+[万千百十])(?:(?P<w>[0-9]{1,4})万)?(?:零?(?P<k>[0-9])千)?(?:零?(?P<h>[0-9])百)?"
            r"(?:零?(?P<t>[0-9])十)?(?:(?:零|(?<=十))(?P<o>[0-9]))?元"
        ),
    ),
    ("points", re.compile(rf"{_ANY}个百分点")),
    ("ratio", re.compile(rf"{_NUMBER}%")),
    ("ratio", re.compile(rf"百分之(?:{_NUMBER}|(?P<h>[〇零一二两三四五六七八九十百]{{1,5}}))(?:点(?P<part>[〇零一二三四五六七八九]{{1,4}}))?")),
    ("tenths", re.compile(r"(?P<h>[一二三四五六七八九])成")),
    ("workdays", re.compile(rf"{_ANY}个工作日")),
    ("months", re.compile(rf"{_ANY}(?P<p>个月|年)(?![0-9])")),
    ("days", re.compile(rf"{_ANY}(?P<p>日|天)")),
    ("count", re.compile(rf"{_NUMBER}(?P<p>床日|种|次|笔|人|类|倍)?")),
)


_PLACES = re.compile(
    r"^(?:(?P<k>[一二两三四五六七八九])千)?零?(?:(?P<h>[一二两三四五六七八九])百)?零?(?:(?P<t>[一二三四五六七八九])?(?P<ten>十))?"
    r"(?:(?<=[十零])(?P<o>[一二两三四五六七八九]))?$"
)
_YEARLIKE = re.compile(r"^[〇零一二三四五六七八九]{4}$|^[〇一二三四五六七八九]*〇[〇一二三四五六七八九]*$|^[〇零一二两三四五六七八九]$")


def han_number(text: str) -> int | None:
    """一百零五 → 105, 二十五 → 25, 二〇二三 → 2023; None when nobody writes it so (二五十, 十百) or two read it differently (一千五)."""
    if _YEARLIKE.match(text):
        return int("".join(str(_DIGITS[c]) for c in text))
    match = _PLACES.match(text) if text else None
    if not match or not any(match.group(g) for g in ("k", "h", "ten", "o")):
        return None
    tens = _DIGITS[match["t"]] if match["t"] else (1 if match["ten"] else 0)
    places = (match["k"], match["h"])
    thousands, hundreds = (_DIGITS[p] if p else 0 for p in places)
    return thousands * 1000 + hundreds * 100 + tens * 10 + (_DIGITS[match["o"]] if match["o"] else 0)


def read_literal(text: str, at: int = 0) -> tuple[Literal, int] | None:
    """The longest literal of folded `text` that starts at `at`, and where it ends; never a part of a longer numeral."""
    best: tuple[Literal, int] | None = None
    for kind, pattern in _PATTERNS:
        match = pattern.match(text, at)
        if match and (best is None or match.end() > best[1]):
            literal = _literal(kind, match)
            best = (literal, match.end()) if literal else best
    whole = _COMPOUND.match(text, at)
    return None if best and whole and best[1] < whole.end() else best


def _literal(kind: str, match: re.Match[str]) -> Literal | None:
    if kind == "date":
        return _date(match["y"], match["m"], match["d"])
    if kind == "han_date":
        return _date(*(None if g is None else str(han_number(g)) for g in (match["y"], match["m"], match["d"])))
    if kind == "mixed":
        return Literal(Measure.MONEY, Fraction(_mixed(match.groupdict()) * 100))
    value = _value(match.groupdict())
    if value is None:
        return None
    unit = match.groupdict().get("p") or ""
    match kind:
        case "money":
            rest = _rest(match["rest"] or "")
            return None if rest is None else Literal(Measure.MONEY, (value * _MYRIADS[match["u"]] + rest) * 100)
        case "points":
            return Literal(Measure.POINTS, value / 100)
        case "ratio":
            return Literal(Measure.RATIO, (value + _decimals(match.groupdict().get("part"))) / 100)
        case "tenths":
            return Literal(Measure.RATIO, value / 10)
        case "months":
            return Literal(Measure.MONTHS, value * (12 if unit == "年" else 1))
        case "days":
            return Literal(Measure.DAYS, value)
        case "workdays":
            return Literal(Measure.WORKDAYS, value)
        case _:
            return Literal(Measure.RATIO if unit == "倍" else Measure.COUNT, value)


def _mixed(groups: dict[str, str | None]) -> int:
    """1千5百元, 3万5千5百元: digits with a unit after each."""
    return sum(int(groups[g] or 0) * unit for g, unit in (("w", 10**4), ("k", 1000), ("h", 100), ("t", 10), ("o", 1)))


def _rest(text: str) -> int | None:
    """What follows 万: 2000 (一万2000元), 5千 (3万5千元), 二千 (一万二千元). A single digit could mean thousands or ones."""
    if len(text) < 2:
        return None if text else 0
    if text[0] in "0123456789":
        return int(text.rstrip("千百")) * _MYRIADS.get(text[-1], 1)
    return han_number(text.removeprefix("零"))


def _decimals(han: str | None) -> Fraction:
    """点五 → 1/2."""
    digits = "".join(str(_DIGITS[c]) for c in han or "")
    return Fraction(int(digits), 10 ** len(digits)) if digits else Fraction(0)


def _value(groups: dict[str, str | None]) -> Fraction | None:
    digits, han = groups.get("n"), groups.get("h")
    if digits:
        return Fraction(digits.replace("，", ""))
    number = han_number(han or "")
    return None if number is None else Fraction(number)


def _date(year: str | None, month: str | None, day: str | None) -> Literal | None:
    try:
        return Literal(Measure.DATE, date(int(year or 0), int(month or 1), int(day or 1)))
    except ValueError:
        return None


def literals_in(text: str) -> tuple[Literal, ...]:
    """Every figure that stands in folded `text`, in order."""
    found: list[Literal] = []
    at = 0
    while at < len(text):
        hit = read_literal(text, at) if text[at].isdigit() or text[at] in _DIGITS or text[at] in "十百" else None
        if hit:
            found.append(hit[0])
        at = hit[1] if hit else _past(text, at)
    return tuple(found)


def _past(text: str, at: int) -> int:
    """Where to go on: after the whole of a numeral, so that the end of one nobody can read (一万二元, 1千5元) is not read as another."""
    whole = _COMPOUND.match(text, at)
    return whole.end() if whole else at + 1


def money_text(fen: Fraction | int) -> str:
    """12,000.00 for 1200000 fen; an unrounded amount keeps its further digits or its fraction."""
    value = Fraction(fen)
    if value.denominator == 1:
        sign, whole = ("-" if value < 0 else ""), abs(int(value))
        return f"{sign}{whole // 100:,}.{whole % 100:02d}"
    scaled = value * 10000
    if scaled.denominator == 1:
        sign, whole = ("-" if value < 0 else ""), abs(int(scaled))
        return f"{sign}{whole // 10**6:,}.{whole % 10**6:06d}".rstrip("0")
    return f"{money_text(round_half_up(value))}（约）"


def ratio_text(value: Fraction) -> str:
    """70%, 66.67%（约) for a ratio that has no short decimal."""
    percent = value * 100
    if percent.denominator == 1:
        return f"{int(percent)}%"
    exact = percent * 10000
    if exact.denominator == 1:
        whole = abs(int(exact))
        return f"{'-' if exact < 0 else ''}{whole // 10000}.{whole % 10000:04d}".rstrip("0") + "%"
    rounded = abs(round_half_up(percent * 100))
    return f"{'-' if percent < 0 else ''}{rounded // 100}.{rounded % 100:02d}%（约）"


def round_half_up(value: Fraction | int) -> int:
    """四舍五入 to a whole number; halves go away from zero."""
    exact = Fraction(value)
    sign = -1 if exact < 0 else 1
    return sign * ((2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator))


def literal_text(literal: Literal) -> str:
    """The canonical spelling: 20000元, 70%, 5个百分点, 2023年1月1日, 12个月."""
    value = literal.value
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    match literal.measure:
        case Measure.MONEY:
            return f"{money_text(value).replace(',', '').removesuffix('.00')}元"
        case Measure.RATIO:
            return ratio_text(value)
        case Measure.POINTS:
            return f"{ratio_text(value)[:-1]}个百分点"
        case Measure.MONTHS:
            return f"{value}个月"
        case Measure.DAYS:
            return f"{value}日"
        case Measure.WORKDAYS:
            return f"{value}个工作日"
        case _:
            return str(value)
