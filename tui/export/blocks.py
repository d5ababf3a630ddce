"""What an exported text is made of, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 is the title of the whole."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Para:
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """`amounts` are the columns that end flush."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    amounts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the notice and where they stand."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One step; `basis` says which clause it is, `quotes` its words."""

    text: str
    basis: str = ""
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    items: tuple[Item, ...]


Block = Heading | Para | Table | Items
