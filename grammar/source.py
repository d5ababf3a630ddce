"""Text and places in it: the only arithmetic on offsets, lines and columns.

Reading folds widths with a one-to-one table, so an offset in the folded text is an offset in the text as written. NFKC is never used: it changes
lengths and amounts (`1000①元` would become 10001元).
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

MAX_CHARACTERS = 2_000_000

#: Invisible, bidirectional, private-use and control characters: refused in a policy, shown escaped everywhere else.
UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)

_TO_HALF = {0xFF01 + i: 0x21 + i for i in range(94)}
_TO_FULL = {ord(a): ord(b) for a, b in zip(",;:()?!", "，；：（）？！", strict=True)}
_WIDTHS = {k: v for k, v in _TO_HALF.items() if k not in set(_TO_FULL.values())} | _TO_FULL


def fold(text: str) -> str:
    """Digits, letters and signs to half width, punctuation to full width; same length as `text`."""
    return text.translate(_WIDTHS)


def visible(text: str) -> str:
    """`text` with every character that a terminal could obey or a reader could miss written out as `\\u202e`."""
    return UNSEEN.sub(lambda m: f"\\u{ord(m.group()):04x}", text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` (inclusive) to `end` (exclusive) of a source."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True)
class Source:
    """One policy file: its name as people know it, and its text as written."""

    name: str
    text: str

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return (0, *(m.end() for m in re.finditer("\n", self.text)))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        start = self._starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]
