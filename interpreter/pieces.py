"""A function of one figure in straight pieces: halved until every piece is straight, so that each break lies between two neighbouring values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Any, Generic, TypeVar

T = TypeVar("T")
#: (first, middle, last, how far the middle is along) → whether nothing turns over between them.
Straight = Callable[[T, T, T, Fraction], bool]


class Pieces(Generic[T]):
    """`at` gives what is at a value; values are multiples of `grain`. At most `most` are looked at."""

    def __init__(self, at: Callable[[Any], T], grain: Fraction, straight: Straight[T], most: int = 1000) -> None:
        self.at, self.grain, self.straight, self.most = at, grain, straight, most
        self.found: dict[Fraction, T] = {}

    def between(self, low: Fraction, high: Fraction, also: Iterable[Fraction] = ()) -> tuple[tuple[Fraction, T], ...]:
        """What is at the ends of every piece, in the order of the values; nothing where there are too many pieces to look at. `also` are values
        at which something is expected."""
        seeds = sorted({low, high, *(v for v in also if low < v < high)})
        waiting = list(pairwise(seeds))
        for value in seeds:
            self._look(value)
        while waiting:
            a, b = waiting.pop()
            middle = a + (b - a) / 2 // self.grain * self.grain
            if middle in (a, b) or self.straight(self._look(a), self._look(middle), self._look(b), (middle - a) / (b - a)):
                continue
            if len(self.found) > self.most:
                return ()
            waiting += [(a, middle), (middle, b)]
        return tuple((value, self.found[value]) for value in sorted(self.found))

    def _look(self, value: Fraction) -> T:
        if value not in self.found:
            self.found[value] = self.at(value if self.grain < 1 else int(value))
        return self.found[value]


def on_line(x: Any, y: Any, z: Any, share: Fraction) -> bool:
    """Within the rounding of the three: a fen or two."""
    return bool(abs(x + (z - x) * share - y) <= 2)
