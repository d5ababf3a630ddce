"""Text and places in it: folding keeps every offset, and nothing invisible gets through."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grammar.blocks import border
from grammar.source import MAX_CHARACTERS, UNSEEN, Source, fold, visible

ROOT = Path(__file__).resolve().parents[2]


@given(st.text())
def test_folding_keeps_length_and_every_other_character(text: str) -> None:
    folded = fold(text)
    assert len(text) == len(folded)
    assert all(a == b or "\uff01" <= a <= "\uff5e" or a in ",;:()?!" for a, b in zip(text, folded, strict=True))


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(text) == fold(fold(text))


WIDTHS = {
    "２０２３": "2023",
    "５０％": "50%",
    "ＡｂＣ": "AbC",
    "(一)": "（一）",
    "a,b;c:d?": "a，b；c：d？",
    "，。；：": "，。；：",
    "＋－": "+-",
    "①Ⅷ½㎡": "①Ⅷ½㎡",
    "　": "　",
}


@pytest.mark.parametrize(("text", "folded"), WIDTHS.items())
def test_widths_fold_one_to_one(text: str, folded: str) -> None:
    assert folded == fold(text)


def test_nfkc_does_not_occur_in_the_code_base() -> None:
    """Words in prose may say why; no call may do it (reliability, finding 2)."""
    called = re.compile(r"unicodedata\.normalize|import normalize|is_normalized|\bnormalize\(")
    files = [p for room in ("grammar", "interpreter", "corpus", "tui") for p in (ROOT / room).rglob("*.py")]
    assert [] == [str(p) for p in files if called.search(p.read_text(encoding="utf-8"))]


def test_no_recursion_limit_eval_pickle_or_float_is_used() -> None:
    banned = re.compile(r"setrecursionlimit|\beval\(|\bpickle\b|\byaml\b|\bDecimal\b|\bfloat\(|fromisoformat|dateutil")
    files = [p for room in ("grammar", "interpreter") for p in (ROOT / room).rglob("*.py")]
    found = [f"{p.name}: {line.strip()}" for p in files for line in p.read_text(encoding="utf-8").splitlines() if banned.search(line)]
    assert [] == found


@pytest.mark.parametrize(("offset", "place"), [(0, (1, 1)), (1, (1, 2)), (2, (1, 3)), (3, (2, 1)), (4, (3, 1)), (5, (3, 2))])
def test_line_and_column_count_from_one(offset: int, place: tuple[int, int]) -> None:
    assert place == Source("x", "政策\n\n二").place(offset)


@given(st.text(alphabet="甲乙\n 12"), st.data())
def test_a_place_leads_back_to_its_character(text: str, data: st.DataObject) -> None:
    if not text:
        return
    offset = data.draw(st.integers(0, len(text) - 1))
    line, column = Source("x", text).place(offset)
    assert text[offset] == (Source("x", text).line(line) + "\n")[column - 1]


INVISIBLE = [
    "\u202e",
    "\u202a",
    "\u2066",
    "\u200b",
    "\u200d",
    "\u200e",
    "\ufeff",
    "\x00",
    "\x1b",
    "\x07",
    "\x9b",
    "\x7f",
    "\u00ad",
    "\u2028",
    "\u2029",
    "\ufe0f",
    "\ue000",
    "\ud800",
    "\U000e0041",
    "\x0b",
    "\x0c",
    "\x85",
]


@pytest.mark.parametrize("character", INVISIBLE, ids=[f"U+{ord(c):04X}" for c in INVISIBLE])
def test_an_invisible_character_is_refused_where_it_stands(character: str) -> None:
    source = Source("x", f"政策：甲\n乙{character}丙")
    (fault,) = border(source)
    assert ("invisible", (2, 2)) == (fault.code, source.place(fault.span.start))
    assert f"U+{ord(character):04X}" in fault.message


@pytest.mark.parametrize("character", ["\u3000", "\u00a0", "\u2002", "①", "Ⅱ", "％", "𠮷", "〇", "々", "·"])
def test_what_notices_really_hold_is_welcome(character: str) -> None:
    assert () == border(Source("x", f"政策：甲{character}乙"))


def test_windows_line_ends_are_welcome() -> None:
    assert () == border(Source("x", "政策：甲\r\n文号：乙\r\n"))


@given(st.text(alphabet=st.characters()))
def test_nothing_visible_out_holds_anything_unseen(text: str) -> None:
    assert None is UNSEEN.search(visible(text).replace("\n", ""))


@pytest.mark.parametrize(("depth", "codes"), [(1, []), (64, []), (65, ["too-deep"]), (497, ["too-deep"]), (100_000, ["too-deep"])])
def test_brackets_nest_to_64_and_no_deeper(depth: int, codes: list[str]) -> None:
    assert codes == [f.code for f in border(Source("x", "（" * depth + "）" * depth))]


@pytest.mark.parametrize(("length", "codes"), [(MAX_CHARACTERS, []), (MAX_CHARACTERS + 1, ["too-large"]), (10_000_000, ["too-large"])])
def test_a_file_above_the_cap_is_refused_unread(length: int, codes: list[str]) -> None:
    assert codes == [f.code for f in border(Source("x", "甲" * length))]
