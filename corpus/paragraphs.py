"""`split`: the text of a notice → its addressed units.

Front, outline and foot give blocks; here each block is cut into sentences, clauses and list members and every piece gets its id. The rules are
those under 切分规则 in this room's README: `h`, `pN` (left out where a label has one paragraph only), `sN`, `cN` (only where there are two), `iN`. No
rule knows a notice.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from corpus.blocks import Block, Role
from corpus.contents import take_contents
from corpus.front import Front, foot, read_front
from corpus.headings import find_headings
from corpus.labels import Rank, read_label
from corpus.lines import Line, read_lines
from corpus.marks import Mark, mark_of
from corpus.outline import read_outline
from corpus.passages import Passage, clauses, members, sentences
from interpreter.notice import Notice, Unit, UnitKind

_FOOT_MARKS = (Mark.BODY, Mark.DATE, Mark.DISCLOSURE, Mark.COLOPHON)


def split(key: str, text: str) -> Notice:
    """All leaf units of a notice text in reading order; never fails, whatever the text."""
    contents, lines = take_contents(read_lines(text))
    start = _body_start(lines)
    end = _body_end(lines, start)
    front = read_front(lines[: min(start, end)], start < len(lines))
    blocks = (*contents, *front.blocks, *read_outline(lines[start:end]), *_foot(lines[end:], front))
    in_order = tuple(sorted(blocks, key=lambda block: block.passage.first_line))
    units = tuple(_unique(unit for unit in _addressed(key, in_order, front.covers) if unit.text))
    return Notice(key, _title(key, units), units)


def _body_start(lines: tuple[Line, ...]) -> int:
    """The first label; the numbers in a letter's list of annexes (附件：1.… 2.…) are none."""
    in_annexes = False
    for i, line in enumerate(lines):
        label = read_label(line.text)
        if label is not None and not (in_annexes and label.rank is Rank.DIGIT):
            return i
        in_annexes = label is not None or mark_of(line.text) is Mark.ANNEXES
    return len(lines)


def _body_end(lines: tuple[Line, ...], start: int) -> int:
    """Where the foot begins: at 抄送, and above it at a signature that comes with a date."""
    start = start if start < len(lines) else 0
    end = next((i for i in range(max(start, len(lines) - 12), len(lines)) if mark_of(lines[i].text) is Mark.COPIES), len(lines))
    top = end
    while top > start and read_label(lines[top - 1].text) is None and mark_of(lines[top - 1].text) in _FOOT_MARKS:
        top -= 1
    return top if any(mark_of(line.text) is not Mark.BODY for line in lines[top:end]) else end


def _foot(lines: tuple[Line, ...], front: Front) -> tuple[Block, ...]:
    """The foot of the file; with copies named in it, it is the foot of the innermost covering letter, printed after what it sends."""
    has_copies = any(mark_of(line.text) is Mark.COPIES for line in lines)
    return foot(lines, front.covers[-1:] if has_copies else ())


def _addressed(key: str, blocks: tuple[Block, ...], covers: tuple[str, ...]) -> Iterator[Unit]:
    headings, runs_in = find_headings(blocks)
    totals = Counter(block.path for i, block in enumerate(blocks) if block.role is not Role.META and i not in headings)
    headed = {blocks[i].path for i in headings}
    seen: Counter[tuple[str, ...]] = Counter()
    for i, block in enumerate(blocks):
        address = "/".join((key, *block.path))
        if block.role is Role.META:
            yield _unit(address, UnitKind.META, block.passage)
        elif i in headings:
            yield _unit(f"{address}/h", UnitKind.HEADING, block.passage)
        else:
            seen[block.path] += 1
            is_numbered = totals[block.path] > 1 or block.path in ((), *((cover,) for cover in covers))
            yield from _paragraph(f"{address}/p{seen[block.path]}" if is_numbered else address, block, block.path in headed, i in runs_in)


def _paragraph(address: str, block: Block, is_headed: bool, runs_in: bool) -> Iterator[Unit]:
    parts = sentences(block.passage)
    if runs_in:
        yield _unit(f"{address}/h", UnitKind.HEADING, parts[0])
        parts = parts[1:]
    listed = members(block.passage) if is_headed else ()
    if listed:
        yield from (_unit(f"{address}/i{n}", UnitKind.ITEM, member) for n, member in enumerate(listed, 1))
        return
    for n, sentence in enumerate(parts, 1):
        yield from _sentence(f"{address}/s{n}", sentence)


def _sentence(address: str, sentence: Passage) -> Iterator[Unit]:
    parts = clauses(sentence)
    if len(parts) < 2:
        yield _unit(address, UnitKind.SENTENCE, sentence)
        return
    yield from (_unit(f"{address}/c{n}", UnitKind.CLAUSE, clause) for n, clause in enumerate(parts, 1))


def _unit(address: str, kind: UnitKind, passage: Passage) -> Unit:
    return Unit(address, kind, passage.text, passage.first_line, passage.last_line)


def _unique(units: Iterator[Unit]) -> Iterator[Unit]:
    """An id names one unit: a second unit that would carry it is numbered."""
    seen: Counter[str] = Counter()
    for unit in units:
        seen[unit.id] += 1
        yield unit if seen[unit.id] == 1 else replace(unit, id=f"{unit.id}~{seen[unit.id]}")


def _title(key: str, units: tuple[Unit, ...]) -> str:
    """The title of the notice itself, else of its covering letter, else its first words."""
    titles = [unit for unit in units if unit.id.endswith("/题")]
    own = [unit for unit in titles if unit.id == f"{key}/题"]
    return next((unit.text for unit in (*own, *titles)), units[0].text[:40] if units else key)
