"""A policy file as written: blocks of declarations, clauses, readings, accounting and worked cases.

The document knows nothing of meaning: terms are names, addresses are text plus the id they parse to, sentences are syntax.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from grammar.acts import Sentence
from grammar.literals import Literal
from grammar.source import NOWHERE, Span
from grammar.syntax import Condition, Expression

_WHERE = field(default=NOWHERE, compare=False)


class Kind(StrEnum):
    """What a term is."""

    MONEY = "金额"
    RATIO = "比例"
    COUNT = "数量"
    DATE = "日期"
    YEAR = "年份"
    MONTH = "月份"
    BOOLEAN = "是非"
    CHOICE = "类别"
    TEXT = "文本"
    LIST = "清单"
    PERSONS = "人员"
    TITLE = "称谓"
    SET = "项目组"
    RULESET = "外部规定"
    PAYER = "付费方"
    CATALOGUE = "名录"
    BANDS = "分段表"
    DATES = "日期表"


class Origin(StrEnum):
    """Who gives a term its value: the claim, the authority, the notice (shown as a result, or only on the way), or a sum over the claim."""

    FACT = "填报"
    PARAMETER = "参数"
    OUTCOME = "结果"
    DERIVED = "推导"
    SUMMARY = "合计"


@dataclass(frozen=True, slots=True)
class Address:
    """A place of the notice: the id it parses to, and the words it is narrowed to (empty: the whole unit)."""

    unit: str
    quote: str = ""
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Term:
    """One declared name, with the texts after its attributes.

    `default` stands after 没有填报的为, `closing` after 没有规定的为; `by` names the fact that keeps totals apart (按病种分别累计), `apart`
    the flag that never holds together with this one (与按定额管理不并存), `keyed` the fact that chooses among several values (按医院级别列值),
    `opening` the quantity whose year's total this fact opens (为七项应自付的期初数). `latest` says that a total shows the last visit's figure
    (限额剩余), not a sum. `at_least` and `at_most` are literals or names of terms.
    """

    name: str
    kind: Kind
    origin: Origin
    synonyms: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    several: bool = False
    ordered: bool = False
    at_least: str = ""
    at_most: str = ""
    default: str = ""
    closing: str = ""
    by: str = ""
    apart: str = ""
    keyed: str = ""
    opening: str = ""
    decimals: str = ""
    branching: bool = False
    filed_first: bool = False
    latest: bool = False
    source: str = ""
    meaning: Condition | Expression | None = None
    question: str = ""
    basis: tuple[Address, ...] = ()
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Synonym:
    name: str
    synonyms: tuple[str, ...]
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class CatalogueMember:
    """One entry of a list; `position` counts from 1 in the notice's own order."""

    name: str
    position: int
    synonyms: tuple[str, ...] = ()
    condition: Condition | None = None
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Catalogue:
    name: str
    members: tuple[CatalogueMember, ...]
    stated: int | None = None
    quote: str = ""
    basis: tuple[Address, ...] = ()
    span: Span = _WHERE
    itemised: bool = True


class Standing(StrEnum):
    """Where a sentence comes from (照录率 counts the first two)."""

    VERBATIM = "照录"
    PARAPHRASE = "释义"
    CONVENTION = "约定"
    DERIVATION = "推导"
    READING = "读法"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its standing; for 照录 `quote` is the notice's own text. `reading` guards it: (id, label)."""

    standing: Standing
    sentence: Sentence
    quote: str = ""
    basis: tuple[Address, ...] = ()
    reading: tuple[str, str] | None = None
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Binding:
    """本条所称X，指Y."""

    spoken: str
    term: str
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Waiver:
    """不计 (no construct answers this cue, and why) or 裁量 (a reading answers it)."""

    words: str
    reason: str
    reading: str = ""
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Clause:
    name: str
    basis: tuple[Address, ...]
    bindings: tuple[Binding, ...]
    premise: Condition | None
    statements: tuple[Statement, ...]
    over: tuple[str, ...]
    ranked: bool
    waivers: tuple[Waiver, ...]
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read the words. Without statements it says: as the clauses stand."""

    label: str
    default: bool
    statements: tuple[Statement, ...]
    deciding: tuple[str, ...] = ()
    text: str = ""
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Reading:
    """`basis` holds the words in doubt, `borrowed` the other words that a reading besides the default rests on."""

    id: str
    title: str
    basis: tuple[Address, ...]
    candidates: tuple[Candidate, ...]
    reason: str = ""
    borrowed: tuple[Address, ...] = ()
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Payment:
    term: str
    basis: tuple[Address, ...]
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Order:
    """支付顺序: the total, who pays in turn, who bears the rest."""

    name: str
    total: str
    payments: tuple[Payment, ...]
    rest: str
    condition: Condition | None = None
    basis: tuple[Address, ...] = ()
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Event:
    """A finding about a visit: the flags it sets on that visit, on later visits of its year, on all visits of its year; and what replay compares.

    `voids`: the visit is void. `uncounted`: it stands, for what is to be recovered of it, but adds nothing to the year's totals of later visits.
    """

    name: str
    touched: str = ""
    later: str = ""
    whole_year: str = ""
    voids: bool = False
    uncounted: bool = False
    compared: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    overpaid: str = ""
    basis: tuple[Address, ...] = ()
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class ChooseOne:
    """A person with several members of `term` is decided once for each; the highest of `criteria` in turn wins."""

    term: str
    criteria: tuple[str, ...]
    span: Span = _WHERE


class State(StrEnum):
    """The one state of a unit that no clause cites."""

    ENCODED = "已编码"
    DECLARATORY = "说明性"
    PROCEDURAL = "程序性"
    DISCRETION = "裁量"
    MISSING = "待补"
    OUT_OF_SCOPE = "不在范围"


@dataclass(frozen=True, slots=True)
class Accounted:
    units: tuple[Address, ...]
    state: State
    reason: str = ""
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a table in a case: 县级400元 (a member's value), 至10000元60% (a band's ratio), 以上80% (the last band's)."""

    key: str | Literal | None
    value: Literal


Value: TypeAlias = Literal | Entry | str | bool | None


@dataclass(frozen=True, slots=True)
class Given:
    """X为V in a case. A literal, a member, text in quotes, 是/否, 未知, or the rows of a table."""

    term: str
    values: tuple[Value, ...]
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class CaseVisit:
    facts: tuple[Given, ...]
    expected: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """What the case gives when other readings are chosen."""

    readings: tuple[tuple[str, str], ...]
    expected: tuple[tuple[int, tuple[Given, ...]], ...]
    totals: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class CaseEvent:
    text: str
    day: Literal | None


@dataclass(frozen=True, slots=True)
class Case:
    title: str
    common: tuple[Given, ...]
    parameters: tuple[Given, ...]
    visits: tuple[CaseVisit, ...]
    events: tuple[CaseEvent, ...]
    totals: tuple[Given, ...]
    fired: tuple[str, ...]
    unfired: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]
    alternatives: tuple[Alternative, ...]
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class HeadLine:
    key: str
    value: str
    span: Span = _WHERE


@dataclass(frozen=True)
class Document:
    """One policy file."""

    name: str
    head: tuple[HeadLine, ...] = ()
    terms: tuple[Term, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    catalogues: tuple[Catalogue, ...] = ()
    clauses: tuple[Clause, ...] = ()
    readings: tuple[Reading, ...] = ()
    orders: tuple[Order, ...] = ()
    events: tuple[Event, ...] = ()
    choices: tuple[ChooseOne, ...] = ()
    accounted: tuple[Accounted, ...] = ()
    cases: tuple[Case, ...] = ()

    def head_value(self, key: str) -> str:
        return next((h.value for h in self.head if h.key == key), "")
