"""A claim as people file it → checked values. Every fault is a message; no claim raises, and no message repeats more than the field's own name needs.

Money is a string or an integer of yuan with at most two decimals, ratios "75%", dates ISO, booleans true/false, null unknown (interface, section 2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from grammar.document import Kind, Origin, Term
from grammar.lexer import nearest_term
from grammar.source import fold, visible
from interpreter.arrange import literal_value
from interpreter.resolve import label_of
from interpreter.rulebook import Rulebook
from interpreter.values import is_number
from interpreter.wording import plain_money

_MONEY = re.compile(r"^(?:[0-9]{1,12}|[0-9]{1,3}(?:，[0-9]{3}){1,3})(?:\.([0-9]{1,2}))?$")
_RATIO = re.compile(r"^([0-9]{1,6}(?:\.[0-9]{1,6})?)%$")
_DATE = re.compile(r"^([0-9]{4})-([0-9]{2})-([0-9]{2})$|^([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日$")
_MONTH = re.compile(r"^([0-9]{4})-([0-9]{2})$|^([0-9]{4})年([0-9]{1,2})月$")
#: So many choices are all named to somebody who has named none of them.
_FEW = 12
_EVENT = re.compile(r"[（(]?第([0-9]{1,4})笔[）)]?")
MAX_VISITS = 10_000


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An event found in a claim: its declared name, the visit it touches (from 0; None for the latest before), its day."""

    event: str
    visit: int | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Claim:
    """`visits` and `parameters` hold values by term; `assumed` lists defaults that were used, for 提示."""

    visits: tuple[dict[str, Any], ...]
    parameters: dict[str, Any]
    readings: dict[str, str]
    events: tuple[Occurrence, ...] = ()
    assumed: tuple[tuple[int, str, str], ...] = ()


class Refused(Exception):
    """A value that is not of its kind; inside this module only."""


def read_claim(data: Any, book: Rulebook) -> tuple[Claim | None, tuple[str, ...]]:
    """A claim, or what is wrong with it."""
    if not isinstance(data, dict):
        return None, ("申报应当是一个对象：{“就诊”：[…]}",)
    faults = [f"不认识的栏目“{show(k)}”，可用的有：{'、'.join(_SECTIONS)}" for k in data if k not in _SECTIONS]
    visits_in = data.get("就诊", [])
    if not isinstance(visits_in, list) or not visits_in or len(visits_in) > MAX_VISITS:
        return None, (*faults, f"“就诊”应当是 1 至 {MAX_VISITS} 笔的列表")
    parameters, supposed, wrong = _parameters(data.get("参数") or {}, book)
    visits, assumed, first = _visits(visits_in, parameters, book)
    readings, more = _readings(data.get("读法") or {}, book)
    events, most = _events(data.get("事件") or [], book, len(visits))
    faults += [*first, *wrong, *more, *most]
    return (None, tuple(faults)) if faults else (Claim(visits, parameters, readings, events, (*assumed, *supposed)), ())


_SECTIONS = ("政策", "就诊", "事件", "参数", "读法", "备注")


def show(value: object) -> str:
    """A value as it may appear in a message: short, and with nothing invisible in it. Python writes out no number of some thousand digits."""
    try:
        text = visible(str(value))
    except (ValueError, RecursionError):
        return "（写不下的值）"
    return text if len(text) <= 40 else f"{text[:40]}…"


def _filed_terms(book: Rulebook, origin: Origin) -> dict[str, Term]:
    return {t.name: t for t in book.terms if t.origin is origin or (origin is Origin.FACT and t.filed_first)}


def _visits(
    visits_in: list[Any], parameters: dict[str, Any], book: Rulebook
) -> tuple[tuple[dict[str, Any], ...], list[tuple[int, str, str]], list[str]]:
    """The facts of each visit, the defaults that were used, and the faults."""
    visits: list[dict[str, Any]] = []
    assumed: list[tuple[int, str, str]] = []
    faults: list[str] = []
    by_facts = _bounded_by_facts(parameters, book)
    for number, visit in enumerate(visits_in):
        where = f"第{number + 1}笔"
        filed, wrong = _facts(visit, book, where)
        facts = dict(filed)
        assumed += _defaults(facts, book, number, Origin.FACT)
        visits.append(facts)
        faults += wrong + _bounds(filed | by_facts, parameters | facts, book, where)
    return tuple(visits), assumed, faults


def _facts(visit: Any, book: Rulebook, where: str) -> tuple[dict[str, Any], list[str]]:
    if not isinstance(visit, dict):
        return {}, [f"{where}应当是一个对象"]
    known = _filed_terms(book, Origin.FACT)
    facts: dict[str, Any] = {}
    faults: list[str] = []
    for name, raw in _flattened(visit, known):
        term = known.get(name)
        if term is None:
            hint = nearest_term(str(name)[:40], tuple(sorted(known)))
            faults.append(f"{where}：不认识“{show(name)}”" + (f"，是否指“{hint}”？" if hint else ""))
            continue
        if raw is None:
            continue
        try:
            facts[term.name] = read_value(term, raw, book)
        except Refused as refused:
            faults.append(f"{where}“{term.name}”{refused}")
    return facts, faults


def _flattened(visit: dict[Any, Any], known: dict[str, Term]) -> list[tuple[str, Any]]:
    """「上次住院」: {…} stands for the declared names 上次住院_出院日期 and so on."""
    pairs: list[tuple[str, Any]] = []
    for name, raw in visit.items():
        parts = raw.items() if isinstance(raw, dict) and str(name) not in known else ()
        pairs += [(f"{name}_{part}", value) for part, value in parts] or [(str(name), raw)]
    return pairs


# --- declared bounds -----------------------------------------------------------------------------------------------------------------------------


def _bounds(filed: Mapping[str, Any], given: Mapping[str, Any], book: Rulebook, where: str) -> list[str]:
    """What was filed against 不低于 and 不超过; `given` holds the quantities that a bound may name."""
    return [f"{where}“{name}”{fault}" for name, value in filed.items() for fault in _beyond(book.term[name], value, given, book)]


def _beyond(term: Term, value: Any, given: Mapping[str, Any], book: Rulebook, key: Any = None) -> Iterator[str]:
    """Of a keyed table every entry, of bands every ratio, of a list every item is held to the bounds declared for it."""
    if isinstance(value, dict):
        for member, entry in value.items():
            yield from (f"的“{show(member)}”{fault}" for fault in _beyond(term, entry, given, book, member))
    elif isinstance(value, tuple) and term.kind is Kind.LIST:
        for number, item in enumerate(value):
            yield from (f"第{number + 1}项{fault}" for fault in _bounds(item, {**given, **item}, book, ""))
    elif isinstance(value, tuple) and term.kind is Kind.BANDS:
        for number, (_, _, ratio) in enumerate(value):
            yield from (f"第{number + 1}段的比例{fault}" for fault in _beyond(term, ratio, given, book, key))
    else:
        lowest, highest = (_limit(term, bound, given, book, key) for bound in (term.at_least, term.at_most))
        if _comparable(value, lowest) and value < lowest:
            yield f"不能低于{term.at_least}"
        if _comparable(value, highest) and value > highest:
            yield f"不能超过{term.at_most}"


def _limit(term: Term, bound: str, given: Mapping[str, Any], book: Rulebook, key: Any) -> Any:
    """What a bound says: a literal, or the quantity it names; of a table the entry for the same member."""
    named = book.term.get(bound)
    if named is None:
        literal = literal_value(term, bound) if bound else None
        return literal.year if isinstance(literal, date) and term.kind is Kind.YEAR else literal
    limit = given.get(bound)
    return limit.get(given.get(named.keyed) if key is None else key) if isinstance(limit, dict) else limit


def _comparable(a: Any, b: Any) -> bool:
    return (is_number(a) and is_number(b)) or (isinstance(a, date) and isinstance(b, date))


def _bounded_by_facts(parameters: dict[str, Any], book: Rulebook) -> dict[str, Any]:
    """Parameters that are held to a fact are held to it in every visit."""
    facts = _filed_terms(book, Origin.FACT)
    return {name: value for name, value in parameters.items() if {book.term[name].at_least, book.term[name].at_most} & facts.keys()}


# --- the other sections --------------------------------------------------------------------------------------------------------------------------


def _parameters(data: Any, book: Rulebook) -> tuple[dict[str, Any], list[tuple[int, str, str]], list[str]]:
    """The parameters, the defaults that were used, and the faults."""
    if not isinstance(data, dict):
        return {}, [], ["“参数”应当是一个对象"]
    known = _filed_terms(book, Origin.PARAMETER)
    values: dict[str, Any] = {}
    faults: list[str] = []
    for name, raw in data.items():
        term = known.get(str(name))
        if term is None:
            hint = nearest_term(str(name)[:40], tuple(sorted(known)))
            faults.append(f"参数：不认识“{show(name)}”" + (f"，是否指“{hint}”？" if hint else ""))
        elif raw is None:
            values[term.name] = None  # said to be unknown: no default stands in for it
        else:
            try:
                values[term.name] = read_value(term, raw, book)
            except Refused as refused:
                faults.append(f"参数“{term.name}”{refused}")
    filed = dict(values)
    assumed = _defaults(values, book, -1, Origin.PARAMETER)
    return values, assumed, faults + _bounds(filed, values, book, "参数")


def _defaults(values: dict[str, Any], book: Rulebook, visit: int, origin: Origin) -> list[tuple[int, str, str]]:
    used = []
    for term in book.terms:
        if term.default and term.origin is origin and term.name not in values:
            values[term.name] = literal_value(term, term.default)
            used.append((visit, term.name, term.default))
    return used


def _readings(data: Any, book: Rulebook) -> tuple[dict[str, str], list[str]]:
    if not isinstance(data, dict):
        return {}, ["“读法”应当是一个对象"]
    known = {r.id: r for r in book.readings}
    chosen = {k: v if isinstance(v, str) else show(v) for k, v in data.items() if k in known}
    faults = [f"没有读法“{show(k)}”" for k in data if k not in known]
    for name, label in chosen.items():
        if label_of(known[name], label) is None:
            faults.append(f"读法“{name}”没有“{show(label)}”，可选：{'、'.join(c.label for c in known[name].candidates)}")
    return chosen, faults


def _events(data: Any, book: Rulebook, count: int) -> tuple[tuple[Occurrence, ...], list[str]]:
    if not isinstance(data, list):
        return (), ["“事件”应当是一个列表"]
    found: list[Occurrence] = []
    faults: list[str] = []
    known = {e.name for e in book.events}
    for entry in data:
        if not isinstance(entry, dict) or not isinstance(entry.get("事件"), str):
            faults.append("事件应写明“事件”和“核定日期”")
            continue
        match = _EVENT.search(fold(entry["事件"]))
        name = _EVENT.sub("", fold(entry["事件"])).strip()
        visit = int(match[1]) - 1 if match else None
        meant = next((k for k in sorted(known) if name.endswith(k)), "")
        if meant and name != meant:
            faults.append(f"读不懂“{show(entry['事件'])}”是哪一笔：每一笔写一个事件，例如“第1笔{meant}”")
        elif name not in known:
            faults.append(f"不认识的事件“{show(name)}”，已登记的有：{'、'.join(sorted(known)) or '（无）'}")
        elif visit is not None and not 0 <= visit < count:
            faults.append(f"事件“{name}”所指的第{visit + 1}笔不存在")
        else:
            try:
                found.append(Occurrence(name, visit, None if entry.get("核定日期") is None else read_date(entry["核定日期"])))
            except Refused as refused:
                faults.append(f"事件“{name}”的核定日期{refused}")
    return tuple(found), faults


# --- values ------------------------------------------------------------------------------------------------------------------------------------


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
        raise Refused(f"应为整数：{show(raw)}")
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
