"""What a policy declares agrees with itself: names that exist, values of their kind, lists that have what a period needs.

It stands before resolving: a policy that fails here is not compiled further, so that every later pass may trust a declaration.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from grammar.acts import Window
from grammar.diagnostic import Diagnostic
from grammar.document import Case, Document, HeadLine, Kind, Reading, Term
from grammar.document import Given as Filed
from grammar.document import Origin as Given
from grammar.literals import Literal, Measure, read_literal
from grammar.source import NOWHERE, Span, fold
from grammar.syntax import Figure
from grammar.walk import parts_of
from interpreter.figures import figure_value

AMOUNTS = (Kind.MONEY, Kind.RATIO, Kind.COUNT)
DAYS = (Kind.DATE,)
#: What may say when a visit is decided.
WHENEVER = (Kind.DATE, Kind.YEAR, Kind.MONTH)
#: What may be summed over a claim, or compared when a year is decided again.
TOTALLED = (Kind.MONEY, Kind.COUNT)
#: Lines that may stand before the first block, of a policy and of a set of parameters.
HEAD = (
    *("政策", "原文", "计算日期", "累计顺序", "工作日历", "施行", "公布", "印发", "转发", "文号", "发文机关", "上位文件"),
    *("参数集", "用于", "性质", "载入", "口径", "取值机关"),
)
#: What one line decides for the whole policy, in whatever file it stands.
ONCE = ("计算日期", "累计顺序", "工作日历")
#: The words that stand for a value of any kind (ref: the note on values).
WORDS_OF_VALUE = ("不适用", "不设")


@dataclass(frozen=True, slots=True)
class Declared:
    """The documents and their terms by name."""

    documents: tuple[Document, ...]
    terms: dict[str, Term]


def misdeclared(documents: tuple[Document, ...]) -> tuple[Diagnostic, ...]:
    """Codes: undeclared, declared-kind, declared-twice, bad-default, list-members."""
    whole = Declared(documents, {t.name: t for d in documents for t in d.terms})
    return tuple(fault for check in CHECKS for document in documents for fault in check(whole, document))


def _name(whole: Declared, document: Document, name: str, kinds: tuple[Kind, ...], said: str, span: Span) -> Iterator[Diagnostic]:
    """`name` is declared, and of one of `kinds` (empty: of any)."""
    term = whole.terms.get(name)
    if term is None:
        yield Diagnostic("undeclared", f"{said}的“{name}”没有登记", document.name, span, hint="请先在【术语】里登记它。")
    elif kinds and term.kind not in kinds:
        wanted = "或".join(kinds)
        yield Diagnostic("declared-kind", f"{said}的“{name}”是{term.kind}，这里需要{wanted}", document.name, span)


def _head(whole: Declared, document: Document) -> Iterator[Diagnostic]:
    for line in (h for h in document.head if h.key not in HEAD):
        hint = "可以写：" + "、".join(HEAD)
        yield Diagnostic("unknown-line", f"开头没有“{line.key or line.value}”这一行", document.name, line.span, hint=hint)
    for key in ("计算日期", "累计顺序"):
        for line in (h for h in document.head if h.key == key):
            for name in _names(line.value):
                yield from _name(whole, document, name, WHENEVER, key, line.span)
    for reading in document.readings:
        for candidate in reading.candidates:
            for name in candidate.deciding:
                yield from _name(whole, document, name, WHENEVER, f"读法“{reading.id}”计算日期", candidate.span)


def _names(listed: str) -> tuple[str, ...]:
    return tuple(n.strip() for n in listed.rstrip("。").split("、") if n.strip())


def _references(whole: Declared, document: Document) -> Iterator[Diagnostic]:
    for term in document.terms:
        if term.apart:
            yield from _name(whole, document, term.apart, (Kind.BOOLEAN,), f"“{term.name}”与之不并存", term.span)
        if term.by:
            yield from _name(whole, document, term.by, (), f"“{term.name}”分别累计所按", term.span)
        if term.opening:
            yield from _name(whole, document, term.opening, (), f"“{term.name}”作期初数", term.span)
        if term.keyed:
            yield from _name(whole, document, term.keyed, (Kind.CHOICE,), f"“{term.name}”列值所按", term.span)


def _summaries(whole: Declared, document: Document) -> Iterator[Diagnostic]:
    for term in (t for t in document.terms if t.origin is Given.SUMMARY):
        if not term.source:
            hint = "例如：全年支付，金额，合计，取本次支付。"
            yield Diagnostic("undeclared", f"合计“{term.name}”没有写明取什么", document.name, term.span, hint=hint)
        elif term.kind in TOTALLED:
            yield from _name(whole, document, term.source, (term.kind,), f"合计“{term.name}”所取", term.span)


def _payers(whole: Declared, document: Document) -> Iterator[Diagnostic]:
    for term in (t for t in document.terms if t.kind is Kind.PAYER):
        if not term.source:
            hint = "例如：基金，付费方，记入基金支付。"
            yield Diagnostic("undeclared", f"付费方“{term.name}”没有写明记入哪一项", document.name, term.span, hint=hint)
            continue
        yield from _name(whole, document, term.source, (Kind.MONEY,), f"付费方“{term.name}”记入", term.span)


def _values(whole: Declared, document: Document) -> Iterator[Diagnostic]:
    for term in document.terms:
        for said, text in (("没有填报的为", term.default), ("没有规定的为", term.closing)):
            if text and not _stands_for(term, text):
                yield Diagnostic("bad-default", f"“{term.name}”是{term.kind}，“{said}{text}”不是一个{term.kind}", document.name, term.span)
        for said, text in (("不低于", term.at_least), ("不超过", term.at_most)):
            known = whole.terms.get(text)
            if text and not (known.kind is term.kind if known else _stands_for(term, text)):
                yield Diagnostic(
                    "bad-default", f"“{term.name}”{said}的“{text}”既不是{term.kind}，也不是登记过的{term.kind}", document.name, term.span
                )


def _stands_for(term: Term, text: str) -> bool:
    """Is the text a value of the term: a literal of its kind, one of its members, 是 or 否, or a word for none?"""
    if text in WORDS_OF_VALUE or text in term.members:
        return True
    match term.kind:
        case Kind.BOOLEAN:
            return text in ("是", "否")
        case Kind.MONEY | Kind.RATIO | Kind.COUNT | Kind.DATE | Kind.MONTH | Kind.YEAR:
            return _is_literal(term.kind, text)
        case _:
            return True


def _is_literal(kind: Kind, text: str) -> bool:
    literal = read_literal(fold(text))
    if literal is None or literal[1] != len(fold(text)):
        return False
    value, found = figure_value(Figure(literal[0]))
    if kind in (Kind.MONTH, Kind.YEAR, Kind.DATE):
        return found is Kind.DATE
    return found is kind and isinstance(value, (int, Fraction)) and not isinstance(value, date)


def _orders(whole: Declared, document: Document) -> Iterator[Diagnostic]:
    for order in document.orders:
        names = (order.total, *(p.term for p in order.payments), order.rest)
        for name in dict.fromkeys(n for n in names if n):
            yield from _name(whole, document, name, (Kind.MONEY,), f"支付顺序“{order.name}”里", order.span)


def _choices(whole: Declared, document: Document) -> Iterator[Diagnostic]:
    for choice in document.choices:
        yield from _name(whole, document, choice.term, (Kind.CHOICE,), "逐项计算", choice.span)
        for name in choice.criteria:
            yield from _name(whole, document, name, AMOUNTS, "比较高低", choice.span)


def _events(whole: Declared, document: Document) -> Iterator[Diagnostic]:
    for event in document.events:
        for name in (n for n in (event.touched, event.later, event.whole_year) if n):
            yield from _name(whole, document, name, (Kind.BOOLEAN,), f"事件“{event.name}”", event.span)
        for name in event.compared:
            yield from _name(whole, document, name, TOTALLED, f"事件“{event.name}”比较", event.span)


def _cases(whole: Declared, document: Document) -> Iterator[Diagnostic]:
    clauses = {c.name for d in whole.documents for c in d.clauses}
    known = {r.id: {c.label for c in r.candidates} for d in whole.documents for r in d.readings}
    for case in document.cases:
        for name in (n for n in (*case.fired, *case.unfired) if n.partition("/")[0] not in clauses):
            yield Diagnostic("undeclared", f"案例“{case.title}”所称条款“{name}”没有", document.name, case.span)
        for id_, label in (*case.readings, *(r for a in case.alternatives for r in a.readings)):
            if label != "默认" and label not in known.get(id_, ()):
                yield Diagnostic("undeclared", f"案例“{case.title}”所称读法“{id_}”“{label}”没有", document.name, case.span)
        yield from _case(whole, document, case)


def _case(whole: Declared, document: Document, case: Case) -> Iterator[Diagnostic]:
    said = (case.common, case.parameters, case.totals, *(part for v in case.visits for part in (v.facts, v.expected)))
    for part in said:
        for given in part:
            yield from _filed(whole, document, case, given)
        for name, count in Counter(g.term for g in part).items():
            if count > 1:
                yield Diagnostic("declared-twice", f"案例“{case.title}”里“{name}”在同一处写了两次", document.name, case.span)
    if not (case.totals or case.fired or case.unfired or any(v.expected for v in case.visits)):
        hint = "请写“应得：”“合计：”“适用：”或者“未适用：”。"
        yield Diagnostic("empty-case", f"案例“{case.title}”没有写明应得什么，算对算错都看不出", document.name, case.span, hint=hint)


def _filed(whole: Declared, document: Document, case: Case, given: Filed) -> Iterator[Diagnostic]:
    term = whole.terms.get(given.term)
    figures = [v for v in given.values if isinstance(v, Literal)]
    if term and term.kind in AMOUNTS and not all(_filed_as(term.kind, f) for f in figures):
        hint = "数量只写数字，不写单位，例如3。" if term.kind is Kind.COUNT else ""
        message = f"案例“{case.title}”的“{given.term}”是{term.kind}，所填的不是"
        yield Diagnostic("declared-kind", message, document.name, given.span, hint=hint)


def _filed_as(kind: Kind, figure: Literal) -> bool:
    """A claim files a bare number; in a sentence months and days are numbers too."""
    return figure.measure is Measure.COUNT if kind is Kind.COUNT else figure_value(Figure(figure))[1] is kind


def _lists(whole: Declared, document: Document) -> Iterator[Diagnostic]:
    for term in (t for t in document.terms if t.kind is Kind.LIST):
        if not term.members:
            hint = "例如：费用，清单，填报：费用日期、费用金额。"
            yield Diagnostic("list-members", f"清单“{term.name}”没有写明各项有什么", document.name, term.span, hint=hint)
    sentences = tuple(s.sentence for c in document.clauses for s in c.statements)
    if any(isinstance(part, Window) for part in parts_of(sentences)):
        yield from _window_lists(whole, document)


def _window_lists(whole: Declared, document: Document) -> Iterator[Diagnostic]:
    lists = [t for t in whole.terms.values() if t.kind is Kind.LIST]
    for other in lists[1:]:
        yield Diagnostic("declared-twice", f"有期间的政策只能有一个清单，这里还有“{other.name}”", document.name, other.span)
    for term in lists[:1]:
        if len(term.members) < 4:
            yield Diagnostic(
                "list-members", f"清单“{term.name}”缺少项目：期间需要每项的日期、期间的起止和期内合计", document.name, term.span, hint="依次写四项。"
            )
            continue
        for name, kinds in zip(term.members, (DAYS, DAYS, DAYS, (Kind.MONEY,)), strict=False):
            yield from _name(whole, document, name, kinds, f"清单“{term.name}”", term.span)


def _twice(whole: Declared, document: Document) -> Iterator[Diagnostic]:
    named: tuple[tuple[str, Callable[[Document], tuple[Any, ...]]], ...] = (
        ("名录", lambda d: d.catalogues),
        ("事件", lambda d: d.events),
        ("条款", lambda d: d.clauses),
        ("读法", lambda d: d.readings),
        ("开头", lambda d: tuple(h for h in d.head if h.key in ONCE)),
    )
    for said, things in named:
        firsts = {_called(t): t for d in reversed(whole.documents) for t in reversed(things(d))}
        for thing in (t for t in things(document) if t is not firsts[_called(t)]):
            yield Diagnostic("declared-twice", f"有两个{said}叫“{_called(thing)}”", document.name, thing.span or NOWHERE)


def _called(thing: Any) -> str:
    match thing:
        case HeadLine(key):
            return key
        case Reading(id_):
            return id_
        case _:
            return str(thing.name)


CHECKS: tuple[Callable[[Declared, Document], Iterator[Diagnostic]], ...] = (
    _head,
    _references,
    _summaries,
    _payers,
    _values,
    _orders,
    _choices,
    _events,
    _cases,
    _lists,
    _twice,
)
