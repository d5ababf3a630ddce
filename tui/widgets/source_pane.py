"""The notice itself, wrapped as Chinese is, at the paragraph of the statement under the cursor, the deciding words in reverse.

The whole notice is laid out once for a width; moving only changes what is lit and where the pane stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from grammar.address import spoken
from grammar.source import visible
from interpreter.graph import Anchor
from interpreter.notice import Notice, Unit, UnitKind
from tui.widgets.plain import plain
from tui.widgets.wrap import wrap


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Units printed together: the text shown, and unit id → where its text begins in it and where every character of it is shown."""

    text: str
    units: tuple[tuple[str, tuple[int, ...]], ...]
    heading: bool


def paragraphs(notice: Notice) -> tuple[Paragraph, ...]:
    """Units that share a line of the source make one paragraph."""
    groups: list[list[Unit]] = []
    for unit in notice.units:
        if groups and unit.first_line <= groups[-1][-1].last_line:
            groups[-1].append(unit)
        else:
            groups.append([unit])
    numbered = [_numbering(group[0]) for group in groups]
    repeated = [bool(n) and n == before for n, before in zip(numbered, ["", *numbered], strict=False)]
    return tuple(_paragraph(g, "" if again else n) for g, n, again in zip(groups, numbered, repeated, strict=True))


def _paragraph(group: list[Unit], number: str) -> Paragraph:
    text = number
    units = []
    for unit in group:
        if unit.kind is UnitKind.ITEM and text and not text.endswith("　"):
            text += "　"
        places = [len(text)]
        for character in unit.text:
            text += visible(character).replace("\n", " ").replace("\t", " ")
            places.append(len(text))
        units.append((unit.id, tuple(places)))
    return Paragraph(text, tuple(units), group[0].kind is UnitKind.HEADING and len(group) == 1)


def _numbering(unit: Unit) -> str:
    """The number a paragraph carries in print, for its first unit: 二、 （二） 2. 第六条."""
    path = unit.id.split("/")[1:]
    first = path[-1] in ("h", "s1", "p1", "i1") or path[-2:] == ["s1", "c1"] or path[-3:-1] == ["p1", "s1"]
    steps = [s for s in path if s and s[0] not in "pschi"]
    later = any(s[:1] == "p" and s[1:].isdigit() and s != "p1" for s in path)
    if not first or later or not steps or unit.kind is UnitKind.META:
        return ""
    step = visible(steps[-1])
    if len(step) > 8 or not step:
        return ""
    if step.startswith("("):
        return step.replace("(", "（").replace(")", "）")
    if step[0] in "引印题":
        return ""
    return step + ("　" if step.startswith("第") else ". " if step.isdigit() else "、")


@dataclass(frozen=True, slots=True)
class Line:
    paragraph: int
    start: int
    end: int


@lru_cache(maxsize=16)
def _laid_out(texts: tuple[str, ...], width: int) -> tuple[Line, ...]:
    return tuple(Line(i, a, b) for i, text in enumerate(texts) for a, b in wrap(text, width))


Span = tuple[int, int]


def lit(notice_paragraphs: Sequence[Paragraph], anchors: Sequence[Anchor]) -> dict[int, tuple[Span, ...]]:
    """Paragraph → the spans of its deciding words."""
    found: dict[int, tuple[Span, ...]] = {}
    for index, paragraph in enumerate(notice_paragraphs):
        for unit, places in paragraph.units:
            for anchor in anchors:
                if unit == anchor.unit or unit.startswith(anchor.unit + "/"):
                    end = min(anchor.end, len(places) - 1) or len(places) - 1
                    found[index] = (*found.get(index, ()), (places[min(anchor.start, end)], places[end]))
    return found


class SourcePane(ScrollView, can_focus=True):
    COMPONENT_CLASSES: ClassVar[set[str]] = {"source--words", "source--near", "source--far", "source--heading"}

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.paragraphs: tuple[Paragraph, ...] = ()
        self.lit: dict[int, tuple[Span, ...]] = {}
        self.lines: tuple[Line, ...] = ()
        self.border_title = "原文（o）"

    def open_notice(self, notice: Notice) -> None:
        self.paragraphs, self.lit = paragraphs(notice), {}
        self._lay_out()

    def show(self, anchors: Sequence[Anchor]) -> None:
        """Light the words and bring them into view with something of what stands before them; without anchors nothing moves."""
        self.lit = lit(self.paragraphs, anchors)
        cited = list(dict.fromkeys(spoken(a.unit) for a in anchors))
        self.border_subtitle = plain((cited[0] + (f" 等{len(cited)}处" if len(cited) > 1 else "")) if cited else "没有引用原文")
        self._reveal()
        self.refresh()

    def _reveal(self) -> None:
        hits = [y for y, line in enumerate(self.lines) if self._spans(line)]
        if hits:
            top = next(y for y, line in enumerate(self.lines) if line.paragraph == self.lines[hits[0]].paragraph)
            height = max(self.scrollable_content_region.height, 1)
            self.scroll_to(y=max(top - 2 if hits[0] - top < height - 4 else hits[0] - 2, 0), animate=False)

    def on_resize(self) -> None:
        self._lay_out()
        self._reveal()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        self.lines = _laid_out(tuple(p.text for p in self.paragraphs), width) if width > 1 else ()
        self.virtual_size = Size(width, len(self.lines))

    # --- painting

    def _spans(self, line: Line) -> list[Span]:
        spans = self.lit.get(line.paragraph, ())
        return [(max(a, line.start), min(b, line.end)) for a, b in spans if a < line.end and b > line.start]

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if at >= len(self.lines):
            return Strip.blank(width, self.rich_style)
        line = self.lines[at]
        base = self.get_component_rich_style(self._tone(line.paragraph))
        return Strip(list(self._segments(line, base))).adjust_cell_length(width, base)

    def _tone(self, paragraph: int) -> str:
        if paragraph in self.lit:
            return "source--near"
        return "source--heading" if self.paragraphs[paragraph].heading else "source--far"

    def _segments(self, line: Line, base: Style) -> list[Segment]:
        text, words = self.paragraphs[line.paragraph].text, self.get_component_rich_style("source--words")
        made, at = [], line.start
        for start, end in sorted(self._spans(line)):
            if start > at:
                made.append(Segment(text[at:start], base))
            if end > max(at, start):
                made.append(Segment(text[max(at, start) : end], words))
            at = max(at, end)
        return [*made, Segment(text[at : line.end], base)]
