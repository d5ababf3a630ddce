"""A claim as people file it → checked values. Every fault is a message; no claim raises, and no message repeats more than the field's own name needs.

Money is a string or an integer of yuan with at most two decimals, ratios "75%", dates ISO, booleans true/false, null unknown (interface, section 2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from grammar.document import Origin, Term
from grammar.lexer import nearest_term
from grammar.source import fold
from interpreter.figures import literal_value
from interpreter.filing import MAX_VISITS, Refused, read_date, read_value, show
from interpreter.limits import bounded_by_facts, bounds
from interpreter.resolve import label_of
from interpreter.rulebook import Rulebook

_EVENT = re.compile(r"[（(]?第([0-9]{1,4})笔[）)]?")


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


def _filed_terms(book: Rulebook, origin: Origin) -> dict[str, Term]:
    return {t.name: t for t in book.terms if t.origin is origin or (origin is Origin.FACT and t.filed_first)}


def _visits(
    visits_in: list[Any], parameters: dict[str, Any], book: Rulebook
) -> tuple[tuple[dict[str, Any], ...], list[tuple[int, str, str]], list[str]]:
    """The facts of each visit, the defaults that were used, and the faults."""
    visits: list[dict[str, Any]] = []
    assumed: list[tuple[int, str, str]] = []
    faults: list[str] = []
    by_facts = bounded_by_facts(parameters, book)
    for number, visit in enumerate(visits_in):
        where = f"第{number + 1}笔"
        filed, wrong = _facts(visit, book, where)
        facts = dict(filed)
        assumed += _defaults(facts, book, number, Origin.FACT)
        visits.append(facts)
        faults += wrong + bounds(filed | by_facts, parameters | facts, book, where)
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
    return values, assumed, faults + bounds(filed, values, book, "参数")


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
        faults += [f"事件里没有“{show(k)}”这一项，可以写：事件、核定日期" for k in entry if k not in ("事件", "核定日期")]
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


def understood(data: dict[str, Any], book: Rulebook) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The part of a claim of another policy that this one can read, and the names of what it cannot. Readings and events stay behind."""
    left_out: dict[str, None] = {}

    def known(filed: Any, parameters: bool) -> dict[str, Any]:
        kept = {}
        for name, raw in filed.items() if isinstance(filed, dict) else ():
            faults = _parameters({name: raw}, book)[2] if parameters else _facts({name: raw}, book, "")[1]
            if faults:
                left_out[str(name)] = None
            else:
                kept[name] = raw
        return kept

    visits = [known(visit, False) for visit in data.get("就诊") or [{}]]
    parameters = known(data.get("参数") or {}, True)
    made = {k: v for k, v in data.items() if k == "备注"} | {"就诊": visits} | ({"参数": parameters} if parameters else {})
    return made, tuple(left_out)
