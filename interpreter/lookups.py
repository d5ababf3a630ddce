"""Tables, bands and orders that a policy or an authority declares, in every state."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from interpreter.amounts import whole
from interpreter.values import NOT_APPLICABLE, UNSET, Pending, Why, merged, pending

P = Pending


def entry(table: Any, key: Any, name: str) -> Any:
    """The value listed for `key`; a key without one is missing by name."""
    if table.__class__ is P or key.__class__ is P:
        return merged((table, key))
    if table is NOT_APPLICABLE or key is NOT_APPLICABLE:
        return NOT_APPLICABLE
    if not isinstance(table, dict):
        return table
    return table[key] if key in table else pending(Why.MISSING, f"{name}（{key}）")


def by_bands(amount: Any, bands: Any) -> Any:
    """Each band's part of `amount` by the ratio a table gives it; bands are (above, up to, ratio)."""
    if amount.__class__ is not P and amount not in (NOT_APPLICABLE, UNSET) and amount <= 0:
        return 0
    if amount.__class__ is P or bands.__class__ is P:
        return merged((amount, bands))
    return NOT_APPLICABLE if bands in (NOT_APPLICABLE, UNSET) else banded(amount, bands)


def banded(amount: Any, bands: tuple[tuple[int, int | None, Fraction], ...]) -> Any:
    """Each band's part of `amount` by its ratio; bands are (above, up to, ratio) in fen."""
    if amount.__class__ is P or amount in (NOT_APPLICABLE, UNSET):
        return amount
    total = sum((max(0, (amount if top is None else min(amount, top)) - low) * ratio for low, top, ratio in bands), Fraction(0))
    return whole(total)


def each_band(f: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An operator on ratios, for every band of a table (分段比例每段提高5个百分点)."""

    def apply(bands: Any, operand: Any) -> Any:
        if bands.__class__ is P or operand.__class__ is P:
            return merged((bands, operand))
        if bands in (NOT_APPLICABLE, UNSET) or operand in (NOT_APPLICABLE, UNSET):
            return bands
        return tuple((low, high, f(ratio, operand)) for low, high, ratio in bands)

    return apply


def higher(a: Any, b: Any, order: tuple[str, ...]) -> Any:
    """The later of two members in the order declared; one that is absent does not count."""
    if a.__class__ is P or b.__class__ is P:
        return merged((a, b))
    if a is NOT_APPLICABLE or a == 0:
        return b
    return a if b is NOT_APPLICABLE or b == 0 else max(a, b, key=order.index)


def in_force(begun: Any, value: Any, otherwise: Pending) -> Any:
    """`value` once the notice is in force; before that, not determined by it."""
    if value is NOT_APPLICABLE:
        return value
    if begun.__class__ is P:
        return begun if value.__class__ is not P else merged((begun, value))
    return value if begun is True else otherwise
