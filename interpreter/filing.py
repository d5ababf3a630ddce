"""One value as people file it → a checked value: money a string or an integer of yuan with at most two decimals, ratios "75%", dates ISO, booleans.

Raises Refused with the reason in Chinese; `read_claim` makes messages of it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from grammar.document import Kind, Term
from grammar.lexer import nearest_term
from grammar.source import fold, visible
from interpreter.rulebook import Rulebook
from interpreter.wording import plain_money

_MONEY = re.compile(r"^(?:[0-9]{1,12}|[0-9]{1,3}(?:，[0-9]{3}){1,3})(?:\.([0-9]{1,2}))?$")
_RATIO = re.compile(r"^([0-9]{1,6}(?:\.[0-9]{1,6})?)%$")
_DATE = re.compile(r"^([0-9]{4})-([0-9]{2})-([0-9]{2})$|^([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日$")
_MONTH = re.compile(r"^([0-9]{4})-([0-9]{2})$|^([0-9]{4})年([0-9]{1,2})月$")
#: So many choices are all named to somebody who has named none of them.
_FEW = 12
MAX_VISITS = 10_000


class Refused(Exception):
    """A value that is not of its kind; `read_claim` and `typed_money` catch it."""


def show(value: object) -> str:
    """A value as it may appear in a message: short, and with nothing invisible in it. Python writes out no number of some thousand digits."""
    try:
        text = visible(str(value))
    except (ValueError, RecursionError):
        return "（写不下的值）"
    return text if len(text) <= 40 else f"{text[:40]}…"


def read_value(term: Term, raw: Any, book: Rulebook) -> Any:
    """One filed value of the term's kind. Raises Refused with the reason in Chinese."""
    if isinstance(raw, dict) and term.keyed:
        return {str(k): read_value(replace(term, keyed=""), v, book) for k, v in raw.items() if v is not None}
    if isinstance(raw, str) and raw in term.members and term.kind not in (Kind.CHOICE, Kind.LIST):
        return raw
    match term.kind:
        case Kind.MONEY:
            return read_money(raw)
        case Kind.RATIO:
            return read_ratio(raw)
        case Kind.DATE:
            return read_date(raw)
        case Kind.MONTH:
            return read_month(raw)
        case Kind.BOOLEAN:
            return _boolean(raw)
        case Kind.CHOICE:
            return _choice(term, raw, book)
        case Kind.COUNT:
            return _count(raw)
        case Kind.YEAR:
            return _year(raw)
        case Kind.LIST:
            return _items(term, raw, book)
        case Kind.CATALOGUE:
            return tuple(spelling for text in _texts(raw) for spelling in book.spellings(text))
        case Kind.BANDS:
            return _bands(raw)
        case Kind.DATES:
            return _dates(raw)
        case _:
            return _text(raw)


def read_money(raw: Any) -> int:
    """Fen from yuan: "1,234.50", １２３４．５, 1234; no sign, exponent, third decimal or float."""
    if isinstance(raw, (bool, float)) or not isinstance(raw, (str, int)):
        raise Refused(f'不是金额：{show(raw)}。金额应写成文字，例如 "1234.50"')
    text = _numeral(raw).removesuffix("元")
    match = _MONEY.match(text)
    if not match:
        raise Refused(f"不是金额：{show(raw)}。最多两位小数，不能为负")
    whole, _, decimals = text.replace("，", "").partition(".")
    fen = int(whole) * 100 + int((decimals or "0").ljust(2, "0"))
    if fen > 10**12:
        raise Refused("超过了可以处理的最大金额（一百亿元）")
    return fen


def typed_money(text: str) -> tuple[int | None, str]:
    """Fen from what a person typed, or in Chinese why it is no amount."""
    try:
        return read_money(text), ""
    except Refused as refused:
        return None, str(refused)


def _numeral(raw: Any) -> str:
    """A number filed as text or as a whole number, in half width; nothing for anything else, or for more digits than any figure here has."""
    if isinstance(raw, str):
        return fold(raw.strip())
    return str(raw) if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) <= 10**12 else ""


def read_ratio(raw: Any) -> Fraction:
    match = _RATIO.match(fold(raw.strip())) if isinstance(raw, str) else None
    if not match:
        raise Refused(f'不是比例：{show(raw)}。应写成 "33.3%"')
    return Fraction(match[1]) / 100


def read_date(raw: Any) -> date:
    match = _DATE.match(fold(raw.strip())) if isinstance(raw, str) else None
    if match:
        year, month, day = (int(x) for x in match.groups() if x is not None)
        try:
            if 1900 <= year <= 2100:
                return date(year, month, day)
        except ValueError:
            pass
    raise Refused(f'不是日期：{show(raw)}。应写成 "2023-03-14"')


def read_month(raw: Any) -> date:
    match = _MONTH.match(fold(raw.strip())) if isinstance(raw, str) else None
    if match:
        year, month = (int(x) for x in match.groups() if x is not None)
        if 1900 <= year <= 2100 and 1 <= month <= 12:
            return date(year, month, 1)
    raise Refused(f'不是月份：{show(raw)}。应写成 "2017-11"')


def _boolean(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if raw in ("是", "否"):
        return bool(raw == "是")
    raise Refused(f"应为 true 或 false：{show(raw)}")


def _count(raw: Any) -> int:
    text = _numeral(raw)
    if not re.match(r"^[0-9]{1,9}$", text):
        unit = "，只写数字，不写单位" if re.match(r"^[0-9]+[^0-9.]", text) else ""
        raise Refused(f"应为整数：{show(raw)}{unit}")
    return int(text)


def _year(raw: Any) -> int:
    year = _count(raw)
    if not 1900 <= year <= 2100:
        raise Refused(f'不是年份：{show(raw)}。应写成 "2023"')
    return year


def _choice(term: Term, raw: Any, book: Rulebook) -> str | frozenset[str]:
    if isinstance(raw, list):
        if not term.several or not raw:
            raise Refused("不能填写多项" if raw else "至少填写一项")
        return frozenset(_member(term, x, book) for x in raw)
    return _member(term, raw, book)


def _member(term: Term, raw: Any, book: Rulebook) -> str:
    if isinstance(raw, str):
        if raw in term.members:
            return raw
        named = book.member_synonyms.get(fold(raw))
        if named in term.members:
            return named
    hint = nearest_term(show(raw), term.members) if len(term.members) > _FEW else None
    listed = "、".join(term.members[:_FEW]) + ("……" if len(term.members) > _FEW else "")
    raise Refused(f"没有“{show(raw)}”这一项，" + (f"是否指“{hint}”？" if hint else f"可以填：{listed}"))


def _items(term: Term, raw: Any, book: Rulebook) -> tuple[dict[str, Any], ...]:
    if not isinstance(raw, list) or len(raw) > MAX_VISITS:
        raise Refused("应为列表")
    keys = (term.members[0], *term.members[4:])
    made = []
    for number, item in enumerate(raw):
        if not isinstance(item, dict):
            raise Refused(f"第{number + 1}项应为一个对象")
        stray = [k for k in item if k not in keys]
        if stray:
            raise Refused(f"第{number + 1}项不认识“{show(stray[0])}”，可以填：{'、'.join(keys)}")
        unknown = [k for k in item if k not in book.term]
        if unknown:
            raise Refused(f"第{number + 1}项的“{unknown[0]}”没有在政策里登记，不能填写")
        made.append({k: read_value(book.term[k], v, book) for k, v in item.items() if v is not None})
    return tuple(made)


def _bands(raw: Any) -> tuple[tuple[int, int | None, Fraction], ...]:
    """[["0", "50000", "60%"], …]: above (excluded), up to (included, null is open), ratio; every amount stands in one of them."""
    if not isinstance(raw, list) or not raw or not all(isinstance(b, list) and len(b) == 3 for b in raw):
        raise Refused('应为分段的列表，例如 [["0", "50000", "60%"], …]')
    made = tuple((read_money(low), None if high is None else read_money(high), read_ratio(ratio)) for low, high, ratio in raw)
    begin: int | None = 0
    for number, (low, high, _) in enumerate(made):
        if low != begin:
            raise Refused(f"第{number + 1}段前面的一段没有上限" if begin is None else f"第{number + 1}段应当从{plain_money(begin)}起")
        if high is not None and high <= low:
            raise Refused(f"第{number + 1}段的上限应当高于下限")
        begin = high
    if begin is not None:
        raise Refused("最后一段不能有上限，应写成 null")
    return made


def _dates(raw: Any) -> frozenset[date]:
    if not isinstance(raw, list):
        raise Refused("应为日期的列表")
    return frozenset(read_date(x) for x in raw)


def _texts(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(x, str) for x in raw):
        raise Refused("应为文字的列表")
    return tuple(_text(x) for x in raw)


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or len(raw) > 200 or visible(raw) != raw or "\n" in raw:
        raise Refused("应为不超过 200 字的文字，不能有不可见字符")
    return raw.strip()
