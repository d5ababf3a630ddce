"""First letters of the pinyin of common characters, so that a command is found without leaving the Latin keyboard (核定 → hd).

The national standard GB 2312 orders its first 3755 characters by pinyin: where a character stands among the first of each letter tells its own.
A character with several readings has only one place there, and rarer ones have none.
"""

from bisect import bisect_right

_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "abcdefghjklmnopqrstwxyz"
_STARTS = tuple(int.from_bytes(char.encode("gb2312"), "big") for char in _FIRST)
_END = 0xD7F9


def initials(text: str) -> str:
    """Lower-case letters and digits as they are, a letter for each common character, nothing for the rest."""
    return "".join(_initial(char) for char in text.lower())


def _initial(char: str) -> str:
    if char.isascii():
        return char if char.isalnum() else ""
    code = int.from_bytes(char.encode("gb2312", "ignore"), "big")
    return _LETTERS[bisect_right(_STARTS, code) - 1] if _STARTS[0] <= code <= _END else ""
