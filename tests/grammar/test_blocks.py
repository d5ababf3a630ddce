"""Blocks and lines: comments, continuation, titles, and offsets that stay true through all of it."""

from hypothesis import given
from hypothesis import strategies as st

from grammar.blocks import Line, blocks, cut, labelled
from grammar.source import Source, Span

TEXT = """政策：甲          // 名称
  文号：乙

【术语 填报】
// 只有注释的一行
费用，金额，
    填报，          // 接上一行
    又称医药费用。
【条款 标准】
\u3000依据：二（二）
"""


def read(text: str) -> tuple[list[tuple[str, str, list[str]]], list[str]]:
    found, faults = blocks(Source("x", text))
    return [(b.kind, b.name, [" ".join(line.text.split()) for line in b.lines]) for b in found], [f.code for f in faults]


def test_blocks_open_with_a_title_and_run_to_the_next() -> None:
    found, faults = read(TEXT)
    assert [] == faults
    assert [
        ("", "", ["政策：甲", "文号：乙"]),
        ("术语", "填报", ["费用，金额， 填报， 又称医药费用。"]),
        ("条款", "标准", ["依据：二（二）"]),
    ] == found


def test_every_line_stands_where_its_span_says() -> None:
    source = Source("x", TEXT)
    for block in blocks(source)[0]:
        for line in block.lines:
            assert len(line.text) == line.span.end - line.span.start
            assert all(a in (b, " ") for a, b in zip(line.text, source.folded[line.span.start : line.span.end], strict=True))


def test_a_comment_ends_with_its_line_and_hides_nothing_after() -> None:
    assert [("", "", ["政策：甲", "原文：乙"])] == read("政策：甲//【条款 乙】\n原文：乙")[0]


def test_a_line_that_ends_in_a_comma_at_the_end_of_the_file_is_still_a_line() -> None:
    assert [("", "", []), ("条款", "甲", ["约定：给付为1元，"])] == read("【条款 甲】\n约定：给付为1元，\n\n")[0]


def test_an_unclosed_title_is_named_and_the_next_block_stands() -> None:
    found, faults = read("政策：甲\n【条款 乙\n约定：丙。\n【条款 丁】\n约定：戊。\n")
    assert ["unclosed-title"] == faults
    assert ("条款", "丁", ["约定：戊。"]) == found[-1]


def test_what_follows_the_title_on_its_line_is_kept_apart() -> None:
    (_, block), _ = blocks(Source("x", "【名录 病种】共24种 依据：第五条（一）\n甲、乙。\n"))
    assert ("共24种 依据：第五条（一）", ["甲、乙。"]) == (block.tail.text, [line.text for line in block.lines])


def test_an_empty_file_is_a_head_without_lines() -> None:
    assert ([("", "", [])], []) == read("")


def test_pieces_are_cut_outside_brackets_and_quotes_only() -> None:
    text = "甲（一，二），乙「三，四」，“五，六”，丁"
    assert ["甲（一，二）", "乙「三，四」", "“五，六”", "丁"] == [p.text for p in cut(Line(text, Span(0, len(text))), "，")]


def test_a_label_stands_before_the_first_colon_and_is_no_sentence() -> None:
    text = "依据：二（二）：乙"
    assert ("依据", "二（二）：乙") == (labelled(Line(text, Span(0, len(text))))[0], labelled(Line(text, Span(0, len(text))))[1].text)
    text = "费用为甲，乙：丙"
    assert "" == labelled(Line(text, Span(0, len(text))))[0]


@given(st.text(alphabet="甲【】//\n，；：、。（）「」 \u3000\r\t", max_size=60))
def test_any_text_is_cut_and_every_span_is_true(text: str) -> None:
    source = Source("x", text)
    for block in blocks(source)[0]:
        for line in (block.tail, *block.lines):
            assert 0 <= line.span.start <= line.span.end <= len(text)
            assert len(line.text) <= line.span.end - line.span.start
