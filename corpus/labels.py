"""Printed labels of Chinese official documents: 第一章, 第三条, 一、, （一）, 1., （1）, ①.

A label is recognised only at the start of a line. Its name is what enters a unit id: brackets become `( )`, the trailing 、 or . goes, wide digits
become plain ones, 第X条 stays as printed. The ranks say what may stand inside what; they are an order, not a depth, so a notice may skip some of
them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from corpus.lines import tighten


class Rank(IntEnum):
    """Outer ranks first; an article (条) is numbered through its chapters and so starts an id of its own."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    ARTICLE = 3
    HAN = 4
    BRACKET_HAN = 5
    DIGIT = 6
    BRACKET_DIGIT = 7
    CIRCLE = 8


@dataclass(frozen=True, slots=True)
class Label:
    """The label at the start of a line; `rest` is what follows it."""

    rank: Rank
    name: str
    rest: str


_HAN = "[一二三四五六七八九十百千零〇○两]{1,7}"
_NUM = "[0-9０-９]{1,3}"
_WIDE = str.maketrans("０１２３４５６７８９（）", "0123456789()")
#: What follows 第X条 where it is a reference inside a sentence and not a label.
_REFERENCE = r"(?!规定|第|和|或|、|，|,|至|到|的|所|中|以及|及)"
_ORDINAL = rf"第\s*(?:{_HAN}|{_NUM})\s*"
#: 一、二级医院 is a list of grades, not item 一.
_GRADES = r"(?![二三四五六七八九十两0-9]{1,2}(?:[、级类档]|$))"
_BRACKETED = r"[（(]\s*({})\s*[)）]\s*[、.．]?"

_Namer = Callable[[str], str]


def _printed(label: str) -> str:
    return tighten(label).translate(_WIDE)


def _bracketed(label: str) -> str:
    return f"({_printed(label)})"


def _enclosed(mark: str) -> str:
    """The plain spelling of ㈠ ⑴ ⒈; ① is kept as printed."""
    for first, last, spelling in (("㈠", "㈩", ""), ("⑴", "⒇", "({})"), ("⒈", "⒛", "{}")):
        if first <= mark <= last:
            place = ord(mark) - ord(first)
            return spelling.format(place + 1) if spelling else f"({'一二三四五六七八九十'[place]})"
    return mark


#: Tried in this order: the rank, the pattern whose group 1 is named, and how it is spelt in an id.
_PATTERNS: tuple[tuple[Rank, re.Pattern[str], _Namer], ...] = (
    (Rank.PART, re.compile(rf"({_ORDINAL}分?编){_REFERENCE}(?=[^。]{{0,40}}$)"), _printed),
    (Rank.CHAPTER, re.compile(rf"({_ORDINAL}章){_REFERENCE}(?=[^。]{{0,40}}$)"), _printed),
    (Rank.SECTION, re.compile(rf"({_ORDINAL}节){_REFERENCE}(?=[^。]{{0,40}}$)"), _printed),
    (Rank.ARTICLE, re.compile(rf"({_ORDINAL}条(?:之{_HAN})?){_REFERENCE}[：:]?"), _printed),
    (Rank.HAN, re.compile(rf"({_HAN})\s*[、.．]{_GRADES}"), _printed),
    (Rank.BRACKET_HAN, re.compile(_BRACKETED.format(_HAN)), _bracketed),
    (Rank.BRACKET_HAN, re.compile(r"([㈠-㈩])[、.．]?"), _enclosed),
    (Rank.DIGIT, re.compile(rf"({_NUM})\s*[、.．](?:(?![0-9０-９])|(?=[0-9]{{4}}年))"), _printed),
    (Rank.DIGIT, re.compile(r"([⒈-⒛])"), _enclosed),
    (Rank.BRACKET_DIGIT, re.compile(_BRACKETED.format(_NUM)), _bracketed),
    (Rank.BRACKET_DIGIT, re.compile(r"([⑴-⒇])[、.．]?"), _enclosed),
    (Rank.BRACKET_DIGIT, re.compile(rf"({_NUM}[)）])"), _printed),
    (Rank.CIRCLE, re.compile(r"([①-⑳])[、.．]?"), _enclosed),
)


def read_label(text: str) -> Label | None:
    """The label a line starts with, if it starts with one."""
    if not text or text[0] not in _STARTS:
        return None
    for rank, pattern, spell in _PATTERNS:
        if found := pattern.match(text):
            return Label(rank, spell(found.group(1)), text[found.end() :].strip())
    return None


_STARTS = frozenset("第（(一二三四五六七八九十百千零〇○两0123456789０１２３４５６７８９") | {
    chr(code) for first, last in (("㈠", "㈩"), ("⑴", "⒇"), ("⒈", "⒛"), ("①", "⑳")) for code in range(ord(first), ord(last) + 1)
}
