"""Comparisons and conditions in every state. 假 且 任何 = 假; 真 或 任何 = 真; otherwise 未知 wins over 不适用; a comparison with 未知 is 未知."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from interpreter.values import NOT_APPLICABLE, UNSET, Pending, bare, merged

P = Pending


def _compare(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], Any]:
    def compare(a: Any, b: Any) -> Any:
        if a.__class__ is P or b.__class__ is P:
            return merged((a, b))
        if a is NOT_APPLICABLE or b is NOT_APPLICABLE:
            return NOT_APPLICABLE
        return test(0 if a is UNSET else a, 0 if b is UNSET else b)

    return compare


exceeds = _compare(lambda a, b: a > b)


below = _compare(lambda a, b: a < b)


at_least = _compare(lambda a, b: a >= b)


at_most = _compare(lambda a, b: a <= b)


equal = _compare(lambda a, b: bool(a == b))


def both(*parts: Any) -> Any:
    """且"""
    result: Any = True
    for part in parts:
        if part is False:
            return False
        if part.__class__ is P:
            result = merged((result, part)) if result.__class__ is P else part
        elif part is NOT_APPLICABLE and result is True:
            result = part
    return result


def either(*parts: Any) -> Any:
    """或"""
    result: Any = False
    for part in parts:
        if part is True:
            return True
        if part.__class__ is P:
            result = merged((result, part)) if result.__class__ is P else part
        elif part is NOT_APPLICABLE and result is False:
            result = part
    return result


def negate(a: Any) -> Any:
    return a if a.__class__ is P or a is NOT_APPLICABLE else not a


def is_in(a: Any, members: frozenset[str]) -> Any:
    if a.__class__ is P or a is NOT_APPLICABLE:
        return a
    return not members.isdisjoint(a) if a.__class__ is frozenset else a in members


def on_list(a: Any, names: Any) -> Any:
    """Membership in a list that an authority supplies."""
    if a.__class__ is P or names.__class__ is P:
        return merged((a, names))
    if a is NOT_APPLICABLE or names is NOT_APPLICABLE:
        return NOT_APPLICABLE
    return any(x in names or bare(x) in names for x in (a if isinstance(a, frozenset) else (a,)))


def settled(*parts: Any) -> Any:
    waiting = [p for p in parts if p.__class__ is P]
    return merged(waiting) if waiting else True


def apart(a: Any, other: Any) -> Any:
    """Of two that never hold together, one that holds settles the other."""
    return False if a.__class__ is P and other is True else a


def filled(a: Any) -> Any:
    """已填报: there is a value. What was not filled in is a fact about the claim, so the answer is never unknown."""
    return a.__class__ is not P and a is not NOT_APPLICABLE


def first_known(*parts: Any) -> Any:
    """The first that was filled in; what was not filled in is absent, not pending on the others."""
    known = next((p for p in parts if p.__class__ is not P and p is not NOT_APPLICABLE), None)
    if known is not None:
        return known
    waiting = [p for p in parts if p.__class__ is P]
    return merged(waiting) if waiting else parts[0]
