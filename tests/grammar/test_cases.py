"""【案例】: which visit a line speaks of, and amounts that no one can pay."""

import pytest

from grammar.diagnostic import Diagnostic
from grammar.document import Case
from grammar.parse import parse
from grammar.source import Source
from tests.tiny import KEY, WORDS, said


def written(*lines: str) -> tuple[Case, tuple[Diagnostic, ...]]:
    """The case of these lines, and what is wrong with it."""
    (document,), faults = parse((Source("小.policy", f"{WORDS}\n【案例 甲】\n" + "\n".join(lines) + "\n"),), KEY)
    return document.cases[0], faults


def case(*lines: str) -> tuple[Case, list[str]]:
    """The case, and the codes alone."""
    made, faults = written(*lines)
    return made, [f.code for f in faults]


@pytest.mark.parametrize("number", ["0", "00", "201", "999999999"])
def test_a_visit_that_is_not_counted_is_refused(number: str) -> None:
    made, codes = case(f"第{number}笔：费用为100元")
    assert ["bad-value"] == codes and 1 == len(made.visits) and () == made.visits[0].facts


def test_a_number_nobody_writes_is_an_unknown_line() -> None:
    assert ["unknown-line"] == case(f"第{'9' * 5000}笔：费用为100元")[1]


def test_visit_zero_leaves_the_last_visit_as_it_is() -> None:
    made, codes = case("第1笔：费用为100元", "第2笔：费用为200元", "第0笔：住院为是")
    assert ["bad-value"] == codes
    assert [["费用"], ["费用"]] == [[g.term for g in v.facts] for v in made.visits]


def test_visit_zero_is_told_where_to_begin() -> None:
    _, (fault,) = written("第0笔：费用为100元")
    assert "从第1笔写起" in said(fault) and fault.hint


TOO_FINE = (
    "第1笔：费用为1.239元",
    "第1笔：费用为0.001元，住院为是",
    "第1笔：费用为100元\n应得：给付为99.995元",
    "第1笔：费用为100元\n合计：给付为99.995元",
    "参数：标准为甲类1.239元、乙类2元",
    "已知：费用为0.0000001万元",
)


@pytest.mark.parametrize("lines", TOO_FINE)
def test_an_amount_below_a_fen_is_refused(lines: str) -> None:
    assert ["bad-value"] == case(*lines.split("\n"))[1]


@pytest.mark.parametrize(("text", "fen"), [("1.23元", 123), ("1.230元", 123), ("0.0001万元", 100), ("1.2345万元", 1234500)])
def test_an_amount_of_whole_fen_is_read(text: str, fen: int) -> None:
    made, codes = case(f"第1笔：费用为{text}")
    assert [] == codes and fen == made.visits[0].facts[0].values[0].value  # type: ignore[union-attr]


def test_what_follows_a_refused_amount_is_still_read() -> None:
    made, codes = case("第1笔：费用为1.239元，住院为是")
    assert ["bad-value"] == codes and ["费用", "住院"] == [g.term for g in made.visits[0].facts]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("已知：住院", "“住院”之后没有写“为”和值\n请写成“住院为…”。"),
        ("已知：费用100元", "“费用”之后没有写“为”和值\n请写成“费用为100元”。"),
        ("已知：甲类", "“甲类”之前没有写是哪一项\n请写成“…为甲类”。"),
    ],
)
def test_of_a_known_name_the_missing_part_is_said_and_the_name_is_not_proposed_for_itself(line: str, told: str) -> None:
    _, (fault,) = written(line)
    assert ("bad-value", told) == (fault.code, said(fault))


def test_a_name_that_only_begins_like_a_known_one_is_still_unknown() -> None:
    assert ["unknown-word"] == case("已知：费用报销为100元")[1]
