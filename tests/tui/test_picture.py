"""The picture of a screen says what the screen says, each character in the room of its cells, and names nobody else's host."""

import asyncio
import re
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len
from rich.segment import Segment

from tui.dump import dump, screen_picture
from tui.picture import CELL, FRAMES, LINE, svg

SPACE = "{http://www.w3.org/2000/svg}"
DRAWN = re.compile(f"[{''.join(FRAMES)}\u2581-\u258f]")


def shown(form: str, sample: str = "a-county-stay") -> str:
    more = {"shown": screen_picture} if form == "picture" else {}
    return asyncio.run(dump(120, 40, "fumeng-2022", sample, **more))


def boxes(text: str) -> list[tuple[int, ...]]:
    """Left, top, width and height of what is drawn for one line of text."""
    paths = ElementTree.fromstring(svg([[Segment(text)]], "")).iter(f"{SPACE}path")
    return [tuple(int(n) for n in found) for p in paths for found in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", p.get("d", ""))]


@pytest.fixture(scope="module")
def picture() -> str:
    return shown("picture")


def test_the_words_stand_where_they_stand_on_the_screen(picture: str) -> None:
    rows = [[" "] * 120 for _ in range(40)]
    for text in ElementTree.fromstring(picture).iter(f"{SPACE}text"):
        column, row = int(text.get("x", "")) // CELL, int(text.get("y", "")) // LINE
        for character in text.text or "":
            rows[row][column : column + cell_len(character)] = [character, ""][: cell_len(character)]
            column += cell_len(character)
    wanted = [DRAWN.sub(" ", line.replace("　", "  ")).rstrip() for line in shown("text").splitlines()]
    assert wanted == ["".join(row).rstrip() for row in rows]


def test_every_run_has_the_room_of_its_cells(picture: str) -> None:
    texts = list(ElementTree.fromstring(picture).iter(f"{SPACE}text"))
    assert len(texts) > 100
    assert [] == [t.text for t in texts if int(t.get("textLength", "")) != cell_len(t.text or "") * CELL]


def test_the_same_screen_gives_the_same_picture(picture: str) -> None:
    assert picture == shown("picture")
    assert picture != shown("picture", "c-undetermined")


def test_no_host_and_no_font_is_fetched(picture: str) -> None:
    assert not re.search(r"url\(|@font-face|@import|<image|<script|href", picture)
    assert ["http://www.w3.org/2000/svg"] == re.findall(r"https?:[^\"' <]+", picture)


def test_bars_and_frames_close() -> None:
    assert [(0, 0, 2 * CELL, LINE), (2 * CELL, 0, CELL // 2, LINE)] == boxes("██▌")
    assert [(0, LINE // 2, CELL, LINE // 2)] == boxes("▄")
    across, down = boxes("─")[0], boxes("│")
    assert (0, CELL) == (across[0], across[2])
    assert {0, LINE} == {min(b[1] for b in down), max(b[1] + b[3] for b in down)}


def test_what_looks_like_markup_is_written_out() -> None:
    drawn = svg([[Segment("<b>&甲")]], "<i>")
    assert ["<b>&", "甲"] == [t.text for t in ElementTree.fromstring(drawn).iter(f"{SPACE}text")]
