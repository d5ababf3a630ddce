"""What was written: one frozen class for each thing a policy can say.

Spans are offsets into the source text and do not count for equality, so that a document printed back and read again is the same document. Conditions
and expressions are shared by every kind of sentence; a sentence is groups of deeds under leads.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from grammar.literals import Literal
from grammar.source import NOWHERE, Span

_WHERE = field(default=NOWHERE, compare=False)
#: Whether a comparison was said of days (早于) or of figures (不足): the same meaning, other words when it is read back.
_SPOKEN = field(default=False, compare=False)


# --- expressions -----------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    literal: Literal
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Name:
    term: str
    span: Span = _WHERE


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
    span: Span = _WHERE


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
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class SumOf:
    """A、B、C之和. A set's name stands for its members when `is_set`."""

    terms: tuple[str, ...]
    is_set: bool = False
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Gathered:
    """清单中…的各项（…）之和: the sum of an expression over those items of a list that meet a condition."""

    list_name: str
    condition: Condition
    value: Expression
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Chosen:
    """A member of an enumeration, or quoted text, as a value."""

    member: str
    quoted: bool = False
    span: Span = _WHERE


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
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class FlagIs:
    flag: str
    negated: bool = False
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Compare:
    left: Expression | None
    relation: Relation
    right: Expression
    scope: Scope | None = None
    span: Span = _WHERE
    dated: bool = _SPOKEN


@dataclass(frozen=True, slots=True)
class Belongs:
    """X为甲、乙 · X属于名录“Y”."""

    term: str
    members: tuple[Chosen, ...] = ()
    catalogue: str = ""
    negated: bool = False
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Settled:
    """经A、B支付后: those amounts are determined, and those facts hold (经医疗组审核后)."""

    terms: tuple[str, ...]
    flags: tuple[str, ...] = ()
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class During:
    """过渡期内: the period a flag stands for is running."""

    flag: str
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Filled:
    """已填报X: the claim states it, whatever it is."""

    term: str
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Condition, ...]
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition
    span: Span = _WHERE


Condition: TypeAlias = Persons | FlagIs | Compare | Belongs | Settled | During | Filled | AllOf | AnyOf | Not


# --- deeds -----------------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Define:
    target: str
    value: Expression
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Choose:
    """An enumeration takes a member: 监测类别为因病返贫. Without a target the member's own enumeration is meant (实行按费用救助)."""

    target: str
    member: Chosen
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Pairwise:
    target: str
    values: tuple[Figure, ...]
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Unset:
    """不设置X says there is none; 取消X (`removed`) takes away what another clause gives."""

    targets: tuple[str, ...]
    removed: bool = False
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Adjust:
    target: str
    upward: bool
    amount: Figure
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Changed:
    """由70%提高到75%: the old value before the onset, the new value from it on."""

    target: str
    old: Figure
    new: Figure
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Limit:
    """不超过 / 不低于 / 达到 said of a quantity; `target` is empty when the deed before it is meant, `scope` says a limit on the year's total."""

    relation: Relation
    target: str
    bound: Expression
    scope: Scope | None = None
    span: Span = _WHERE
    dated: bool = _SPOKEN


@dataclass(frozen=True, slots=True)
class Rounded:
    down: bool = False
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class SetFlag:
    flag: str
    value: bool = True
    in_principle: bool = False
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Same:
    target: str
    other: str
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Delegate:
    target: str
    ruleset: str
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Deny:
    """不给予X / 不予X / 免除X: an express nil. `waived` tells 免除 from 不给予."""

    targets: tuple[str, ...]
    waived: bool = False
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class OnlyThen:
    """需A，并B后方可F: F holds where A and B hold, and only there."""

    flag: str
    condition: Condition
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class KeyedBy:
    """X按照K确定: where the conditions of a rule for X name members of K's enumeration, it is K that must be one of them."""

    target: str
    key: str
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Only:
    target: str
    condition: Condition
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Cover:
    flag: str
    condition: Condition
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Window:
    """自D前P内Q给予F: Q is summed over the period before D (D itself left out); F holds wherever D is filed, whatever the sum."""

    day: str
    period: Figure
    quantity: str
    flag: str
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Commence:
    """A set of quantities (empty: the whole document) is in force from the onset of its group."""

    scope: str
    onset: Expression | None = None
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Include:
    scope: str
    terms: tuple[str, ...]
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Exempt:
    clauses: tuple[str, ...]
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Share:
    """由P补偿B的90%; without a base the quantity last spoken about is the base."""

    payer: str
    value: Expression
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Shares:
    """由P分别按X75%、Y90%的比例支付: quantities that are ratios take these figures; of amounts P pays these parts, together."""

    payer: str
    rows: tuple[tuple[str, Figure], ...]
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class GrantWhole:
    """给予全额X: X is the whole of what the group speaks of; a ratio is then the whole."""

    target: str
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class FillUp:
    """由P补偿至B的95%: P pays what is missing to the goal after all who stand before it in the payment order."""

    payer: str
    goal: Expression
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Residue:
    """个人自付5%: what is said to remain; shown and compared, moves no money."""

    target: str
    ratio: Figure
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Classify:
    """A class of persons is these names, less those, or whoever is outside that class."""

    group: str
    names: tuple[str, ...]
    without: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Describe:
    """A sentence that is only a description of persons (林西县户籍并…的贫困人口); the clause says whom it describes."""

    condition: Condition
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Band:
    """Above `lower` (excluded) up to `upper` (included); None is open."""

    lower: Figure | None
    upper: Figure | None
    ratio: Figure
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Banded:
    target: str
    base: Expression
    bands: tuple[Band, ...]
    span: Span = _WHERE


Deed: TypeAlias = (
    Define
    | Choose
    | Pairwise
    | Unset
    | Adjust
    | Changed
    | Limit
    | Rounded
    | SetFlag
    | Same
    | Delegate
    | Deny
    | Only
    | OnlyThen
    | KeyedBy
    | Cover
    | Window
    | Commence
    | Include
    | Exempt
    | Share
    | Shares
    | GrantWhole
    | FillUp
    | Residue
    | Classify
    | Describe
    | Banded
)


@dataclass(frozen=True, slots=True)
class Act:
    """A deed and whom it concerns, beyond the leads of its group."""

    subject: Condition | None
    deed: Deed
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Group:
    """Between two ；: an onset, leads that hold for every act, the acts, an exception."""

    acts: tuple[Act, ...]
    leads: tuple[Condition, ...] = ()
    onset: Expression | None = None
    exception: Condition | None = None
    otherwise: bool = False
    topic: str = ""
    base: Expression | None = None
    span: Span = _WHERE


@dataclass(frozen=True, slots=True)
class Sentence:
    groups: tuple[Group, ...]
    span: Span = _WHERE
