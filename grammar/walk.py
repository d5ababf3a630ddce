"""Walking syntax trees: every node without recursion, every name of the vocabulary that a tree mentions, the tree at another place of its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from grammar.literals import Literal
from grammar.source import NOWHERE, Span
from grammar.syntax import Belongs, During, Filled, FlagIs, Gathered, Name, Persons, Settled, SumOf, Total


def parts_of(tree: object) -> Iterator[Any]:
    """Every node of a syntax tree (or tuple of trees)."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(node)
        elif is_dataclass(node) and not isinstance(node, (type, Literal)):
            yield node
            waiting.extend(getattr(node, f.name) for f in fields(node) if f.name != "span")


def moved(tree: Any, by: int) -> Any:
    """The same tree (or document, or diagnostic) with every place in its text that many characters further on; nowhere stays nowhere."""
    if isinstance(tree, Span):
        return tree if tree == NOWHERE else Span(tree.start + by, tree.end + by)
    if isinstance(tree, tuple):
        return tuple([moved(part, by) for part in tree]) if tree else tree
    kind: object = type(tree)
    names = _held(kind)
    return tree if not names else type(tree)(*[moved(getattr(tree, name), by) for name in names])


@cache
def _held(kind: object) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) and kind is not Literal else ()


def names_in(tree: object) -> Iterator[str]:
    """What the conditions and expressions of a tree rest on: terms, flags, persons, lists and catalogues, in no order, perhaps more than once.

    Left out are the members after 为 and what a deed is about; an empty name stands for no catalogue.
    """
    for node in parts_of(tree):
        match node:
            case Name(term) | Total(_, term) | Filled(term):
                yield term
            case FlagIs(flag) | During(flag):
                yield flag
            case Persons(names) | SumOf(names):
                yield from names
            case Belongs(term, _, catalogue):
                yield term
                yield catalogue
            case Settled(terms, flags):
                yield from (*terms, *flags)
            case Gathered(list_name):
                yield list_name
            case _:
                pass
