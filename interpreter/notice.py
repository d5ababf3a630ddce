"""A notice as the interpreter sees it: addressed units of text and nothing else.

The corpus makes these from files; the compiler checks quotes and figures against them. A unit never changes in place: another text is another
digest, which the store keeps beside it.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256


class UnitKind(StrEnum):
    HEADING = "heading"
    SENTENCE = "sentence"
    CLAUSE = "clause"
    ITEM = "item"
    META = "meta"


@dataclass(frozen=True, slots=True)
class Unit:
    """One leaf of a notice. `text` keeps the source's own punctuation; `first_line` and `last_line` are 1-based and inclusive."""

    id: str
    kind: UnitKind
    text: str
    first_line: int
    last_line: int

    @property
    def digest(self) -> str:
        return sha256(self.text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Notice:
    """All leaf units of one notice in reading order."""

    key: str
    title: str
    units: tuple[Unit, ...]

    @cached_property
    def by_id(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.units}

    def under(self, address: str) -> tuple[Unit, ...]:
        """The unit with this id, or every leaf below it (`…/s2` names both of its clauses)."""
        return tuple(u for u in self.units if u.id == address or u.id.startswith(address + "/"))
