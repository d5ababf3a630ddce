"""The words in which two sentences differ, told by brackets and not by colour: 〔-甲的-〕 〔+乙的+〕."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

#: A figure is one word, every other character one.
_WORD = re.compile(r"[0-9][0-9,.]*%?|[A-Za-z]+|.", re.DOTALL)
#: Less alike than this, and two sentences have nothing to do with each other.
_ALIKE = 0.4


def marked(first: str, second: str) -> tuple[str, str]:
    """Both with what the other has not between brackets; unmarked where they are the same or nothing alike."""
    one, other = _WORD.findall(first), _WORD.findall(second)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if first == second or matcher.ratio() < _ALIKE:
        return first, second
    left, right = "", ""
    for kind, a, b, c, d in matcher.get_opcodes():
        left += "".join(one[a:b]) if kind == "equal" else _between("-", one[a:b])
        right += "".join(other[c:d]) if kind == "equal" else _between("+", other[c:d])
    return left, right


def _between(sign: str, words: list[str]) -> str:
    return f"〔{sign}{''.join(words)}{sign}〕" if words else ""
