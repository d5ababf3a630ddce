"""Expressions and conditions as written: one frozen class for each thing a policy can say. What sentences do with them stands in acts.py.

Spans are offsets into the source text and do not count for equality, so that a document printed back and read again is the same document.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from grammar.literals import Literal
from grammar.source import NOWHERE, Span

WHERE = field(default=NOWHERE, compare=False)
#: Whether a comparison was said of days (早于) or of figures (不足): the same meaning, other words when it is read back.
SPOKEN = field(default=False, compare=False)


# --- expressions -----------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    literal: Literal
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Name:
    term: str
    span: Span = WHERE


class Scope(StrEnum):
    """Over which of a person's visits a total runs. PRIOR leaves this visit out, YTD takes it in, PEAK is the highest of the year so far, LAST is
    the visit before this one, in whatever year."""

    PRIOR = "prior"
    YTD = "ytd"
    PEAK = "peak"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Total:
    scope: Scope
    term: str
    span: Span = WHERE


class Sign(StrEnum):
    ADD = "add"
    SUBTRACT = "subtract"
    MULTIPLY = "multiply"
    DIVIDE = "divide"
    EXCESS = "excess"
    PART_OF = "part_of"
    LESSER = "lesser"
    GREATER = "greater"
    NIGHTS = "nights"
    BOTH_ENDS = "both_ends"
    BACK = "back"
    FORTH = "forth"
    NEXT_DAY = "next_day"
    PREVIOUS_DAY = "previous_day"
    YEAR_END = "year_end"
    YEAR_START = "year_start"
    OF_MONTH = "of_month"
    WORKDAY = "workday"
    BY_BANDS = "by_bands"


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator applied to one or two operands."""

    sign: Sign
    operands: tuple[Expression, ...]
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class SumOf:
    """A、B、C之和. A set's name stands for its members when `is_set`."""

    terms: tuple[str, ...]
    is_set: bool = False
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Gathered:
    """清单中…的各项（…）之和: the sum of an expression over those items of a list that meet a condition."""

    list_name: str
    condition: Condition
    value: Expression
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Chosen:
    """A member of an enumeration, or quoted text, as a value."""

    member: str
    quoted: bool = False
    span: Span = WHERE


Expression: TypeAlias = Figure | Name | Total | Operation | SumOf | Gathered | Chosen


# --- conditions ------------------------------------------------------------------------------------------------------------------------------


class Relation(StrEnum):
    """民法典第1259条: at_most, at_least and reaches include the figure; exceeds and below do not."""

    EQUAL = "equal"
    EXCEEDS = "exceeds"
    BELOW = "below"
    REACHES = "reaches"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Persons:
    """One of these: members of an enumeration or named classes."""

    names: tuple[str, ...]
    title: str = ""
    etc: bool = False
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class FlagIs:
    flag: str
    negated: bool = False
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Compare:
    left: Expression | None
    relation: Relation
    right: Expression
    scope: Scope | None = None
    span: Span = WHERE
    dated: bool = SPOKEN


@dataclass(frozen=True, slots=True)
class Belongs:
    """X为甲、乙 · X属于名录“Y”."""

    term: str
    members: tuple[Chosen, ...] = ()
    catalogue: str = ""
    negated: bool = False
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Settled:
    """经A、B支付后: those amounts are determined, and those facts hold (经医疗组审核后)."""

    terms: tuple[str, ...]
    flags: tuple[str, ...] = ()
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class During:
    """过渡期内: the period a flag stands for is running."""

    flag: str
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Filled:
    """已填报X: the claim states it, whatever it is."""

    term: str
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Condition, ...]
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition
    span: Span = WHERE


Condition: TypeAlias = Persons | FlagIs | Compare | Belongs | Settled | During | Filled | AllOf | AnyOf | Not
