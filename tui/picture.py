"""A screen as an SVG picture. Textual's own export gives a Chinese character the room of one cell and names hosts of fonts; here every run of
characters of one width gets its room, frames and bars are drawn, all in whole pixels, and the fonts are those of the reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME as COLOURS

CELL, LINE, BASE = 12, 24, 18
FONTS = "'Sarasa Mono SC','Noto Sans Mono CJK SC','Source Han Mono SC',Consolas,Menlo,'DejaVu Sans Mono','WenQuanYi Zen Hei Mono',monospace"
#: Where the strokes of a frame go from the middle of their cell: left, right, up, down.
FRAMES = {"─": "lr", "│": "ud", "╭": "rd", "╮": "ld", "╰": "ru", "╯": "lu", "├": "udr", "└": "ur", "┌": "rd", "┐": "ld", "┘": "lu", "┤": "udl"}

Box = tuple[int, int, int, int]


def svg(lines: list[list[Segment]], title: str) -> str:
    """The lines of a screen; the same lines give the same picture, byte for byte."""
    width = max(sum(s.cell_length for s in line) for line in lines) * CELL
    height = len(lines) * LINE
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
            f"<title>{escape(title)}</title>",
            f"<style>text{{font:20px {FONTS}}}.w{{font-size:22px}}</style>",
            f'<rect width="{width}" height="{height}" fill="{COLOURS.background_color.hex}"/>',
            *(mark for number, line in enumerate(lines) for mark in _line(line, number * LINE)),
            "</svg>",
        )
    )


def _line(line: list[Segment], top: int) -> Iterator[str]:
    """Grounds first, so that no ground covers the edge of a character before it."""
    left = 0
    words: list[str] = []
    for segment in line:
        style, width = segment.style or Style.null(), segment.cell_length * CELL
        colour, ground = _colours(style)
        if ground != COLOURS.background_color.hex:
            yield f'<rect x="{left}" y="{top}" width="{width}" height="{LINE}" fill="{ground}"/>'
        words += _runs(segment.text, left, top, f'fill="{colour}"{_manner(style)}')
        left += width
    yield from words


def _runs(text: str, left: int, top: int, look: str) -> Iterator[str]:
    """Runs of one kind of character: blanks are left out, strokes and blocks drawn, words given the room of their cells."""
    for kind, group in groupby(text, key=_kind):
        run = "".join(group)
        width = cell_len(run) * CELL
        if kind == "drawn":
            boxes = "".join(_path(box) for box in _boxes(run, left, top))
            yield f'<path d="{boxes}" {look}/>'
        elif kind != "blank":
            wide = ' class="w"' if kind == "wide" else ""
            yield f'<text x="{left}" y="{top + BASE}" textLength="{width}"{wide} {look}>{escape(run)}</text>'
        left += width


def _kind(character: str) -> str:
    if character.isspace():
        return "blank"
    if character in FRAMES or "▁" <= character <= "▏":
        return "drawn"
    return "wide" if cell_len(character) == 2 else "narrow"


def _boxes(run: str, left: int, top: int) -> Iterator[Box]:
    """What a run of strokes and blocks fills; equal neighbours that reach from edge to edge are one box."""
    for character, group in groupby(run):
        cells = len(list(group))
        if character in "─█":
            y, height = (top, LINE) if character == "█" else (top + LINE // 2 - 1, 2)
            yield left, y, cells * CELL, height
        else:
            for number in range(cells):
                yield from _drawn(character, left + number * CELL, top)
        left += cells * CELL


def _drawn(character: str, left: int, top: int) -> Iterator[Box]:
    if character in FRAMES:
        x, y = left + CELL // 2 - 1, top + LINE // 2 - 1
        arms = {"l": (left, y, CELL // 2 + 1, 2), "r": (x, y, CELL // 2 + 1, 2), "u": (x, top, 2, LINE // 2 + 1), "d": (x, y, 2, LINE // 2 + 1)}
        yield from (arms[way] for way in FRAMES[character])
    elif character > "█":
        yield left, top, CELL * (0x2590 - ord(character)) // 8, LINE
    else:
        height = LINE * (ord(character) - 0x2580) // 8
        yield left, top + LINE - height, CELL, height


def _path(box: Box) -> str:
    x, y, width, height = box
    return f"M{x} {y}h{width}v{height}h-{width}z"


def _colours(style: Style) -> tuple[str, str]:
    """Of the words and of the ground."""
    words = (style.color.get_truecolor(COLOURS) if style.color else COLOURS.foreground_color).hex
    ground = (style.bgcolor.get_truecolor(COLOURS, foreground=False) if style.bgcolor else COLOURS.background_color).hex
    return (ground, words) if style.reverse else (words, ground)


def _manner(style: Style) -> str:
    said = (
        (style.bold, ' font-weight="bold"'),
        (style.underline, ' text-decoration="underline"'),
        (style.dim, ' opacity="0.6"'),
    )
    return "".join(mark for given, mark in said if given)
