"""What a node can hold, and the states of a value: known, 不适用 and 未知.

Known: money as int fen (a Fraction of a fen until a rounding node), ratios as Fraction, counts, dates, booleans, members and text as str, several
members as frozenset. 不设 (`UNSET`) is known too: the notice says there is none, which an explanation must not call zero. 不适用 is
`NOT_APPLICABLE`; 未知 is `Pending`, which carries why. Nothing here is a float.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from fractions import Fraction
from typing import Any, TypeAlias


class Absent(Enum):
    """不设: expressly none. 不适用: the rule does not concern this person."""

    UNSET = "不设"
    NOT_APPLICABLE = "不适用"


UNSET, NOT_APPLICABLE = Absent.UNSET, Absent.NOT_APPLICABLE


class Why(StrEnum):
    """Why a value is not determined."""

    MISSING = "缺少"
    SILENT = "没有条款规定"
    EXTERNAL = "外部规定未载入"
    NOT_IN_FORCE = "尚未施行"
    CONFLICT = "冲突"
    INCONSISTENT = "填报不一致"


@dataclass(frozen=True, slots=True, order=True)
class Cause:
    """`name` is the missing fact or parameter, the quantity no clause decides, the rule set not loaded, or the clauses in conflict."""

    why: Why
    name: str


@dataclass(frozen=True, slots=True)
class Pending:
    """待定: not determined, and every cause of it."""

    causes: tuple[Cause, ...]


def pending(why: Why, name: str) -> Pending:
    return Pending((Cause(why, name),))


def merged(values: Iterable[Any]) -> Pending:
    """One Pending with the causes of all that are pending, sorted, each once."""
    return Pending(tuple(sorted({c for v in values if v.__class__ is Pending for c in v.causes})))


Number: TypeAlias = int | Fraction
Value: TypeAlias = Number | bool | str | date | frozenset[str] | tuple[Any, ...] | Absent | Pending


def is_pending(value: object) -> bool:
    return value.__class__ is Pending


def is_number(value: object) -> bool:
    """An amount, a ratio or a count: what can be reckoned with."""
    return isinstance(value, (int, Fraction)) and not isinstance(value, bool)


def bare(text: str) -> str:
    """A name without the bracket after it, which only says more about it; both widths of bracket are one."""
    return text.partition("（")[0].partition("(")[0].strip()
