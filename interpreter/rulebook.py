"""Resolved rules: what each sentence of a policy does to which quantity, under which conditions, on whose authority.

Unlike the document, every name here is known and every clause kind has become one of three: a rule that gives a value, a rule that changes one, and
a date from which something is in force. Unlike the graph, nothing is arranged yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from grammar.acts import Band, Limit, Rounded
from grammar.document import Catalogue, ChooseOne, Event, Kind, Order, Reading, Statement, Term
from grammar.document import Origin as Given
from grammar.source import fold
from grammar.syntax import Condition, Expression
from interpreter.graph import Origin
from interpreter.values import bare


class Fixed(StrEnum):
    """Values a sentence gives without an expression."""

    UNSET = "不设"
    NIL = "不给予"
    TRUE = "是"
    FALSE = "否"


@dataclass(frozen=True, slots=True)
class Outside:
    """按照…规定执行: determined elsewhere."""

    ruleset: str


@dataclass(frozen=True, slots=True)
class Filling:
    """补足至: the goal less what stands earlier in the payment order in force."""

    goal: Expression


@dataclass(frozen=True, slots=True)
class InBands:
    base: Expression
    bands: tuple[Band, ...]


Giving: TypeAlias = Expression | Fixed | Outside | Filling | InBands


@dataclass(frozen=True, slots=True)
class Rule:
    """`guard` parts all hold; `onset` and `until` bound the deciding date (from that day on; before that day); `steps` follow in order."""

    target: str
    giving: Giving
    guard: tuple[Condition, ...]
    origin: Origin
    onset: Expression | None = None
    until: Expression | None = None
    without: tuple[Condition, ...] = ()
    steps: tuple[Limit | Rounded, ...] = ()
    otherwise: bool = False
    over: tuple[str, ...] = ()
    ranked: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A modifier of whatever the rules give: raised, lowered, limited, removed. `otherwise`: where no other of its clause and target applies."""

    target: str
    operator: str
    operand: Expression | Fraction | None
    guard: tuple[Condition, ...]
    origin: Origin
    onset: Expression | None = None
    without: tuple[Condition, ...] = ()
    otherwise: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """`targets` are in force from `onset`."""

    targets: tuple[str, ...]
    onset: Expression
    origin: Origin


@dataclass(frozen=True)
class Rulebook:
    """Everything a policy says, with one selection of readings."""

    key: str
    name: str
    terms: tuple[Term, ...]
    catalogues: tuple[Catalogue, ...]
    rules: tuple[Rule, ...] = ()
    changes: tuple[Change, ...] = ()
    starts: tuple[Start, ...] = ()
    orders: tuple[tuple[Order, Origin, tuple[Origin, ...]], ...] = ()
    events: tuple[Event, ...] = ()
    choices: tuple[ChooseOne, ...] = ()
    readings: tuple[Reading, ...] = ()
    selected: tuple[tuple[str, str], ...] = ()
    deciding: tuple[str, ...] = ()
    sequence: tuple[str, ...] = ()
    calendar: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    statements: tuple[tuple[str, Statement, Origin], ...] = field(default=())
    meanings: tuple[tuple[str, Origin], ...] = ()
    sets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    wordings: tuple[tuple[str, str], ...] = ()

    @cached_property
    def member_synonyms(self) -> dict[str, str]:
        """Folded wording → the name it is another name for."""
        return dict(self.wordings)

    @cached_property
    def term(self) -> dict[str, Term]:
        return {t.name: t for t in self.terms}

    @cached_property
    def enumerations(self) -> dict[str, tuple[str, ...]]:
        """Member → the enumerations it belongs to."""
        found: dict[str, tuple[str, ...]] = {}
        for term in self.terms:
            if term.kind not in (Kind.SET, Kind.LIST):
                for member in term.members:
                    found[member] = (*found.get(member, ()), term.name)
        return {member: self._filed(owners) for member, owners in found.items()}

    def _filed(self, owners: tuple[str, ...]) -> tuple[str, ...]:
        """Of several enumerations with the same member, the one that is filed; derived ones and opening balances repeat its members."""
        if len(owners) == 1:
            return owners
        filed = tuple(o for o in owners if self.term[o].origin is Given.FACT and not self.term[o].opening)
        return filed if len(filed) == 1 else owners

    @cached_property
    def payment_of(self) -> dict[str, str]:
        """Payer → the quantity that records what it pays."""
        return {t.name: t.source for t in self.terms if t.kind is Kind.PAYER}

    @cached_property
    def entries(self) -> dict[str, str]:
        """Every wording of every catalogue entry → the entry's own name."""
        return {w: m.name for c in self.catalogues for m in c.members for w in (*m.synonyms, m.name)}

    def spellings(self, text: str) -> tuple[str, ...]:
        """The text itself, then the other wordings of the catalogue entry it names."""
        own = self.entries.get(text)
        return (text, *(w for w, name in self.entries.items() if name == own and w != text and own is not None))

    def canonical(self, value: object) -> object:
        """A filed text under the name its catalogue gives it, or in one width, so that two spellings are one thing."""
        if not isinstance(value, str):
            return value
        return self.entries.get(value, self.entries.get(bare(value), fold(value)))

    @cached_property
    def openings(self) -> dict[str, str]:
        """Quantity → the fact that opens its total of the year."""
        return {t.opening: t.name for t in self.terms if t.opening}

    @cached_property
    def set_members(self) -> dict[str, tuple[str, ...]]:
        return dict(self.sets)
