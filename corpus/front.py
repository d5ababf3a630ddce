"""The front of a notice: covering letters, the title, and the paragraphs before the first label.

A covering letter is recognised by its addressees. It is a document of its own only if another title follows it before the first label; a letter
that holds the rules itself gives its number, title and addressees to the notice. Apart from the outline because nothing here carries a label.
"""

from dataclasses import dataclass
from itertools import groupby, takewhile

from corpus.blocks import Block, Path, Role
from corpus.labels import read_label
from corpus.lines import Line, is_closed, is_running, tighten
from corpus.marks import Mark, is_addressees, mark_of, place_of
from corpus.passages import is_cut, passage_of

_ONE = ("题", "主送", "抄送")
_TITLE_LINES = 6
_HEAD_LINES = 60


@dataclass(frozen=True, slots=True)
class Letter:
    """The lines of one letter, by their part in it."""

    head: tuple[Line, ...]
    addressees: tuple[Line, ...]
    text: tuple[Line, ...]
    foot: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """The blocks before the first label; `covers` names the segments of the covering letters, outermost first."""

    blocks: tuple[Block, ...]
    covers: tuple[str, ...]


def read_front(lines: tuple[Line, ...], has_labels: bool) -> Front:
    """Sort the lines before the first label (all lines, where a notice has none)."""
    letters, rest = _letters(lines)
    title, rest = _title(rest, has_labels or bool(letters))
    covers = _segments(letters) if title else ()
    blocks: list[Block] = []
    for i, letter in enumerate(letters):
        place = (covers[i],) if covers else ()
        under = place if covers or not has_labels else ("引言",)
        blocks += [*_head(letter, place), *paragraphs(letter.text, under), *foot(letter.foot, place)]
    under = ("引言",) if has_labels or covers else ()
    return Front((*blocks, *_titles(title), *paragraphs(rest, under)), covers)


def paragraphs(lines: tuple[Line, ...], path: Path) -> tuple[Block, ...]:
    """Running text without labels, put together where a line was cut."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and is_cut(groups[-1][-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(Block(path, Role.PLAIN, passage_of(group)) for group in groups)


def foot(lines: tuple[Line, ...], path: Path) -> tuple[Block, ...]:
    """The marks under a text; a body and a date below the copies (抄送) are its imprint: 印发机关, 印发日期."""
    names: list[str] = []
    for line in lines:
        mark = mark_of(line.text)
        names.append(_foot_name(mark, Mark.COPIES in names) if mark else (names or ["落款"])[-1])
    return _grouped(lines, tuple(names), path)


def _foot_name(mark: Mark, is_imprint: bool) -> str:
    if mark is Mark.BODY:
        return "印发机关" if is_imprint else "落款"
    return "印发日期" if mark is Mark.DATE and is_imprint else mark.value


def _letters(lines: tuple[Line, ...]) -> tuple[tuple[Letter, ...], tuple[Line, ...]]:
    letters: list[Letter] = []
    while (at := _address_end(lines)) is not None:
        start = _address_start(lines, at)
        text_end = _text_end(lines, at + 1)
        foot_end = _foot_end(lines, text_end)
        letters.append(Letter(lines[:start], lines[start : at + 1], lines[at + 1 : text_end], lines[text_end:foot_end]))
        lines = lines[foot_end:]
    return tuple(letters), lines


def _address_end(lines: tuple[Line, ...]) -> int | None:
    """The last line of the addressees; only a head stands above them, never a finished sentence."""
    head = takewhile(lambda i: "。" not in lines[i].text, range(min(len(lines), _HEAD_LINES)))
    return next((i for i in head if is_addressees(_address(lines, i))), None)


def _address(lines: tuple[Line, ...], i: int) -> str:
    return "".join(line.text for line in lines[_address_start(lines, i) : i + 1])


def _address_start(lines: tuple[Line, ...], end: int) -> int:
    """Addressees may run over several lines; the first of them starts with 各."""
    above = range(end - 1, max(end - 5, -1), -1)
    own = tuple(takewhile(lambda i: not is_closed(lines[i].text) and mark_of(lines[i].text) is None, above))
    starts = [i for i in own if lines[i].text.startswith("各")]
    return min(starts, default=end) if is_closed(lines[end].text) else end


def _text_end(lines: tuple[Line, ...], start: int) -> int:
    """Where the paragraphs of a letter stop: at a mark, or at a line that is no prose while no sentence is open."""
    end, is_open = start, True
    while end < len(lines) and (mark_of(lines[end].text) is None or (is_open and end > start and is_closed(lines[end].text))):
        if not is_open and (not _is_prose(lines[end]) or is_addressees(lines[end].text)):
            break
        is_open = lines[end].runs_on or not is_closed(lines[end].text)
        end += 1
    return end


def _foot_end(lines: tuple[Line, ...], start: int) -> int:
    """Where the marks under a letter stop: at text, at a letterhead, or at an issuer after a signature is complete."""
    end, seen = start, list[Mark]()
    while end < len(lines):
        mark = mark_of(lines[end].text)
        if mark is None and seen[-1:] == [Mark.ANNEXES] and read_label(lines[end].text):
            mark = Mark.ANNEXES
        is_second = mark is Mark.BODY and Mark.BODY in seen[:-1] and seen[-1] is not Mark.BODY
        if mark in (None, Mark.LETTERHEAD, Mark.NUMBER, Mark.SIGNER) or is_second:
            break
        seen.append(mark)
        end += 1
    return end


def _is_prose(line: Line) -> bool:
    return line.runs_on or is_running(line.text)


def _title(lines: tuple[Line, ...], is_sure: bool) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of the title; without letters or labels only a short line above prose counts as one."""
    end = 0
    while end < min(len(lines), _HEAD_LINES) and (mark_of(lines[end].text) or (end < _TITLE_LINES and not _is_prose(lines[end]))):
        end += 1
    if is_sure or (0 < end < len(lines) and all(len(line.text) <= 40 or mark_of(line.text) for line in lines[:end])):
        return lines[:end], lines[end:]
    return (), lines


def _segments(letters: tuple[Letter, ...]) -> tuple[str, ...]:
    if len(letters) == 1:
        return ("印发",)
    names: list[str] = []
    for number, letter in enumerate(letters, 1):
        name = place_of(letter.head[0].text) if letter.head else ""
        names.append(name if name and name not in names else f"印发{number}")
    return tuple(names)


def _head(letter: Letter, path: Path) -> tuple[Block, ...]:
    return (*_titles(letter.head, path), Block((*path, "主送"), Role.META, passage_of(letter.addressees)))


def _titles(lines: tuple[Line, ...], path: Path = ()) -> tuple[Block, ...]:
    """Letterhead, number and title above a text, each as one block even where it was set in several lines."""
    return _grouped(lines, tuple(_head_name(lines, i) for i in range(len(lines))), path)


def _head_name(lines: tuple[Line, ...], i: int) -> str:
    mark = mark_of(lines[i].text)
    if mark in (Mark.BODY, Mark.LETTERHEAD):
        follows = i + 1 < len(lines) and lines[i + 1].number == lines[i].number + 1 and tighten(lines[i + 1].text).startswith("关于")
        return "题" if follows else "发文机关"
    if mark is None:
        return Mark.ADOPTED if i and mark_of(lines[i - 1].text) is Mark.ADOPTED else "题"
    return mark.value


def _grouped(lines: tuple[Line, ...], names: tuple[str, ...], path: Path) -> tuple[Block, ...]:
    """Neighbouring lines of one name as one block; ／ stands between things that are several, nothing between the lines of one."""
    found: list[Block] = []
    for name, pairs in groupby(zip(names, lines, strict=True), key=lambda pair: pair[0]):
        group = tuple(line for _, line in pairs)
        found.append(Block((*path, name), Role.META, passage_of(group, "" if name in _ONE else "／")))
    return tuple(found)
