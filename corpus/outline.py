"""The outline: which label stands under which, and where each paragraph belongs.

From the first label to the foot of the notice. Ranks nest (一、 → （一） → 1.); 条 start an id of their own, 章 and 节 are headings only. Apart
from the front because here labels decide everything and the look of a line almost nothing.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from corpus.blocks import Block, Path, Role
from corpus.labels import Label, Rank, read_label
from corpus.lines import Line, is_closed, tighten
from corpus.marks import Mark, mark_of
from corpus.passages import is_cut, looks_like_heading, passage_of


@dataclass(frozen=True, slots=True)
class _Draft:
    """A block whose lines are still coming in; `lines` is the one list that grows."""

    path: Path
    role: Role
    lines: list[Line]
    rank: Rank | None = None

    def finished(self) -> Block:
        return Block(self.path, self.role, passage_of(self.lines, "／" if self.path[-1:] == ("附件",) else ""), self.rank)

    def is_open(self) -> bool:
        """Whether a line without a label continues this block."""
        last = self.lines[-1]
        if self.role is Role.META:
            return False
        if self.role is Role.LABELLED and len(self.lines) == 1:
            return not last.text or (is_cut(last) and (last.runs_on or not looks_like_heading(last.text)))
        return is_cut(last)


@dataclass(slots=True)
class _Walk:
    """Where the walk over the lines stands: open labels with their paths, drafts so far, paths in use, paragraphs under each path."""

    root: Path = ()
    places: list[tuple[Rank, Path]] = field(default_factory=list)
    drafts: list[_Draft] = field(default_factory=list)
    used: Counter[Path] = field(default_factory=Counter)
    counts: Counter[Path] = field(default_factory=Counter)
    #: Paths whose last text ends in a colon: the labels below are a list, and the text after the list is again their own.
    announcing: set[Path] = field(default_factory=set)


def read_outline(lines: tuple[Line, ...]) -> tuple[Block, ...]:
    """The blocks of a labelled text; lines before the first label belong to the root."""
    walk = _Walk()
    for line in lines:
        label = read_label(line.text)
        if label is not None and _names_annex(walk, label):
            walk.drafts[-1].lines.append(line)
        elif label is not None:
            _open_label(walk, label, line)
        elif is_annex_mark(line.text):
            _start_annex(walk, line)
        else:
            _take_text(walk, line)
    return tuple(draft.finished() for draft in walk.drafts if any(line.text for line in draft.lines))


def is_annex_mark(text: str) -> bool:
    """Whether the line is 附件 or 附件2 and nothing else: what follows is a document of its own."""
    tight = tighten(text[:20]).rstrip("：:")
    return len(text) <= 20 and tight.startswith("附件") and len(tight) <= 4 and all(char in "0123456789一二三四五六七八九十" for char in tight[2:])


def _open_label(walk: _Walk, label: Label, line: Line) -> None:
    while walk.places and walk.places[-1][0] >= label.rank:
        walk.places.pop()
    parent = walk.root if label.rank is Rank.ARTICLE or not walk.places else walk.places[-1][1]
    path = _unused(walk, parent, label.name)
    walk.places.append((label.rank, path))
    walk.drafts.append(_Draft(path, Role.LABELLED, [replace(line, text=label.rest)], label.rank))
    walk.counts[path] += bool(label.rest) and not looks_like_heading(label.rest)
    _note_colon(walk, path, label.rest)


def _unused(walk: _Walk, parent: Path, name: str) -> Path:
    """A second （一） under one article belongs to the paragraph above it and says so; any other repetition is numbered."""
    path = (*parent, name)
    if path in walk.used and walk.counts[parent] > 1:
        path = (*parent, f"p{walk.counts[parent]}", name)
    walk.used[path] += 1
    return path if walk.used[path] == 1 else (*path[:-1], f"{name}~{walk.used[path]}")


def _take_text(walk: _Walk, line: Line) -> None:
    last = walk.drafts[-1] if walk.drafts else None
    if last is not None and last.is_open():
        walk.counts[last.path] += not last.lines[-1].text and not looks_like_heading(line.text)
        last.lines.append(line)
        _note_colon(walk, last.path, line.text)
        return
    if last is not None and last.role is Role.LABELLED and is_closed(last.lines[-1].text) and last.path not in walk.announcing:
        _leave_list(walk)
    path = walk.places[-1][1] if walk.places else walk.root
    is_list = mark_of(line.text) is Mark.ANNEXES
    walk.drafts.append(_Draft((*walk.root, "附件") if is_list else path, Role.META if is_list else Role.PLAIN, [line]))
    walk.counts[path] += not is_list
    _note_colon(walk, path, line.text)


def _note_colon(walk: _Walk, path: Path, text: str) -> None:
    if text.endswith(("：", ":")):
        walk.announcing.add(path)
    else:
        walk.announcing.discard(path)


def _leave_list(walk: _Walk) -> None:
    """After the last member of a list that a colon announced, plain text is again the announcing label's."""
    while len(walk.places) > 1 and walk.places[-1][0] > Rank.ARTICLE and walk.places[-2][1] in walk.announcing:
        walk.places.pop()


def _names_annex(walk: _Walk, label: Label) -> bool:
    """Whether a line numbered 2. and so on continues the list of annexes under the text (附件：1.…)."""
    last = walk.drafts[-1] if walk.drafts else None
    is_list = last is not None and last.role is Role.META and last.path[-1] == "附件"
    return is_list and label.rank is Rank.DIGIT and looks_like_heading(label.rest)


def _start_annex(walk: _Walk, line: Line) -> None:
    """An annex numbers its labels afresh, so it has a segment of its own."""
    walk.root = _unused(walk, (), tighten(line.text).rstrip("：:"))
    walk.places.clear()
    walk.drafts.append(_Draft((*walk.root, "题"), Role.META, [line]))
