"""A passage: running text put together from its lines, and the cuts made in it (sentences, clauses, list members).

Apart from the outline because these cuts depend on punctuation only, never on where the passage stands. A cut keeps the source's punctuation, and
the pieces of one passage put side by side are the passage again (list members lose the 、 between them).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lines import Line, is_closed, tighten

_SENTENCE = re.compile(r"[^。]*。[”’」』）)》】。]*|[^。]+$")
_CLAUSE = re.compile(r"[^；]*；|[^；]+$")
_NOT_A_LIST = re.compile(r"[。；：，,;:！？]")
_OPENING, _CLOSING = "（(《“「【[", "）)》”」】]"
_HEADING_LIMIT = 30
#: Words and figures of a rule: a short first sentence that holds one is the rule itself and no heading over it.
_RULE = re.compile("应当|必须|不得|可以|不予|只限|仅限|负责|百分之|[0-9０-９][%％元万]|[，,；;]")
_LABEL_LINE_LIMIT = 45


@dataclass(frozen=True, slots=True)
class Passage:
    """Text without layout; `marks` are (offset, line number) pairs, one for each line that went in."""

    text: str
    marks: tuple[tuple[int, int], ...]

    @property
    def first_line(self) -> int:
        return self.marks[0][1]

    @property
    def last_line(self) -> int:
        return self.marks[-1][1]

    def part(self, start: int, end: int) -> "Passage":
        """The stretch between two offsets, with the lines it stands on."""
        first = bisect_right(self.marks, start, key=_offset)
        last = bisect_left(self.marks, end, key=_offset)
        inside = tuple((offset - start, line) for offset, line in self.marks[first:last])
        return Passage(self.text[start:end], ((0, self.marks[max(first - 1, 0)][1]), *inside))


def _offset(mark: tuple[int, int]) -> int:
    return mark[0]


def passage_of(lines: Sequence[Line], separator: str = "") -> Passage:
    """Several lines as one passage; 落款 and 发文机关 put ／ between the bodies."""
    texts, marks, length = list[str](), list[tuple[int, int]](), 0
    for line in lines:
        text = tighten(line.text)
        if not text:
            continue
        length += len(separator) if texts else 0
        marks.append((length, line.number))
        texts.append(text)
        length += len(text)
    return Passage(separator.join(texts), tuple(marks) or ((0, lines[0].number),))


def is_cut(line: Line) -> bool:
    """Whether a line of prose breaks off in a sentence, so that the next line without a label continues it: a page or a narrow column cut it."""
    text = line.text
    return line.runs_on or (not is_closed(text) and (len(text) >= 20 or any(mark in text for mark in "，、。；：《“")))


def looks_like_heading(text: str) -> bool:
    """Whether the text after a label, alone on its line, can be a heading."""
    return "。" not in text and not is_closed(text) and text[-1:] not in "，、," and len(text) <= _LABEL_LINE_LIMIT


def sentences(passage: Passage) -> tuple[Passage, ...]:
    """Cut at 。 only; a closing quotation mark or bracket stays with its sentence."""
    return _cut(passage, _SENTENCE)


def clauses(sentence: Passage) -> tuple[Passage, ...]:
    """Cut at ；; a sentence without one is its own only clause."""
    return _cut(sentence, _CLAUSE)


def can_run_in(sentence: str) -> bool:
    """Whether a first sentence is short and plain enough to be a run-in heading."""
    return len(sentence) <= _HEADING_LIMIT and sentence.endswith("。") and not _RULE.search(sentence)


def members(passage: Passage) -> tuple[Passage, ...]:
    """The members of a pure 、 list, or nothing if the passage is not one; a trailing 、 makes no member."""
    if _NOT_A_LIST.search(passage.text):
        return ()
    starts, depth = [0], 0
    for i, char in enumerate(passage.text):
        depth += (char in _OPENING) - (char in _CLOSING)
        if char == "、" and depth <= 0:
            starts.append(i + 1)
    ends = [start - 1 for start in starts[1:]] + [len(passage.text)]
    found = tuple(passage.part(a, b) for a, b in zip(starts, ends, strict=True) if b > a)
    return found if len(found) >= 3 else ()


def _cut(passage: Passage, pattern: re.Pattern[str]) -> tuple[Passage, ...]:
    return tuple(passage.part(found.start(), found.end()) for found in pattern.finditer(passage.text) if found.end() > found.start())
