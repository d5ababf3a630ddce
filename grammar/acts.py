"""What sentences do: one frozen class for each deed, the groups that hold deeds under their conditions, and the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from grammar.source import Span
from grammar.syntax import SPOKEN, WHERE, Chosen, Condition, Expression, Figure, Relation, Scope


@dataclass(frozen=True, slots=True)
class Define:
    target: str
    value: Expression
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Choose:
    """An enumeration takes a member: 监测类别为因病返贫. Without a target the member's own enumeration is meant (实行按费用救助)."""

    target: str
    member: Chosen
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Pairwise:
    target: str
    values: tuple[Figure, ...]
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Unset:
    """不设置X says there is none; 取消X (`removed`) takes away what another clause gives."""

    targets: tuple[str, ...]
    removed: bool = False
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Adjust:
    target: str
    upward: bool
    amount: Figure
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Changed:
    """由70%提高到75%: the old value before the onset, the new value from it on."""

    target: str
    old: Figure
    new: Figure
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Limit:
    """不超过 / 不低于 / 达到 said of a quantity; `target` is empty when the deed before it is meant, `scope` says a limit on the year's total."""

    relation: Relation
    target: str
    bound: Expression
    scope: Scope | None = None
    span: Span = WHERE
    dated: bool = SPOKEN


@dataclass(frozen=True, slots=True)
class Rounded:
    down: bool = False
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class SetFlag:
    flag: str
    value: bool = True
    in_principle: bool = False
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Same:
    target: str
    other: str
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Delegate:
    target: str
    ruleset: str
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Deny:
    """不给予X / 不予X / 免除X: an express nil. `waived` tells 免除 from 不给予."""

    targets: tuple[str, ...]
    waived: bool = False
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class OnlyThen:
    """需A，并B后方可F: F holds where A and B hold. That it does not hold elsewhere is not said: F needs a closing 否."""

    flag: str
    condition: Condition
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class KeyedBy:
    """X按照K确定: where the conditions of a rule for X name members of K's enumeration, it is K that must be one of them."""

    target: str
    key: str
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Only:
    target: str
    condition: Condition
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Cover:
    flag: str
    condition: Condition
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Window:
    """自D前P内Q给予F: Q is summed over the period before D (D itself left out); F holds wherever D is filed, whatever the sum."""

    day: str
    period: Figure
    quantity: str
    flag: str
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Commence:
    """A set of quantities (empty: the whole document) is in force from the onset of its group."""

    scope: str
    onset: Expression | None = None
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Include:
    scope: str
    terms: tuple[str, ...]
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Exempt:
    clauses: tuple[str, ...]
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Share:
    """由P补偿B的90%; without a base the quantity last spoken about is the base."""

    payer: str
    value: Expression
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Shares:
    """由P分别按X75%、Y90%的比例支付: quantities that are ratios take these figures; of amounts P pays these parts, together."""

    payer: str
    rows: tuple[tuple[str, Figure], ...]
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class GrantWhole:
    """给予全额X: X is the whole of what the group speaks of; a ratio is then the whole."""

    target: str
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class FillUp:
    """由P补偿至B的95%: P pays what is missing to the goal after all who stand before it in the payment order."""

    payer: str
    goal: Expression
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Residue:
    """个人自付5%: the ratio of what is said to remain; of an amount it would say nothing, for the order of payment gives that."""

    target: str
    ratio: Figure
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Classify:
    """A class of persons is these names, less those, or whoever is outside that class."""

    group: str
    names: tuple[str, ...]
    without: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Describe:
    """A sentence that is only a description of persons (林西县户籍并…的贫困人口); the clause says whom it describes."""

    condition: Condition
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Band:
    """Above `lower` (excluded) up to `upper` (included); None is open."""

    lower: Figure | None
    upper: Figure | None
    ratio: Figure
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Banded:
    target: str
    base: Expression
    bands: tuple[Band, ...]
    span: Span = WHERE


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
    span: Span = WHERE


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
    span: Span = WHERE


@dataclass(frozen=True, slots=True)
class Sentence:
    groups: tuple[Group, ...]
    span: Span = WHERE
