"""What 对比 says, without a screen."""

import json
from dataclasses import replace
from functools import cache

import pytest
from rich.cells import cell_len

from corpus.history import Record, Status
from corpus.workspace import Workspace
from grammar.source import UNSEEN
from interpreter.compare import Divergence
from tui.compare.lines import Part, Row, pieces_of, rows_of, signed
from tui.compare.marks import marked
from tui.compare.pairs import Pair, claim_pair, first_pair, other_visit, policy_pair, reading_pair, record_pair, swapped, visit_pair
from tui.compare.sentences import panes
from tui.compare.sheet import sheet
from tui.compare.table import sources_of
from tui.screens.case import Case, open_case
from tui.screens.samples import samples

C = {"AY18-Q01": "C 起付线3750元、比例90%"}
HOSTILE = "甲\u202e[/red]\x1b]52;c;eA==\x07\u200b[@click=app.quit]乙"


@cache
def case(key: str = "anyi-2018", sample: str = "a-county-stay") -> Case:
    found, message = open_case(Workspace.open(), key, sample)
    assert found, message
    return found


def pair_of(made: Pair | str) -> Pair:
    assert isinstance(made, Pair), made
    return made


@pytest.mark.parametrize(
    ("first", "second", "left", "right"),
    [
        ("按50%支付", "按60%支付", "按〔-50%-〕支付", "按〔+60%+〕支付"),
        ("支付7,500.00元。", "支付7,500.00元，另加。", "支付7,500.00元。", "支付7,500.00元〔+，另加+〕。"),
        ("不减半执行", "减半执行", "〔-不-〕减半执行", "减半执行"),
        ("同一句", "同一句", "同一句", "同一句"),
        ("风马牛不相及", "起付标准八百元", "风马牛不相及", "起付标准八百元"),
        ("", "只有乙有", "", "只有乙有"),
    ],
)
def test_the_words_that_differ_stand_between_brackets(first: str, second: str, left: str, right: str) -> None:
    assert (left, right) == marked(first, second)


@pytest.mark.parametrize(("fen", "said"), [(0, "0.00"), (15300, "+153.00"), (-1370, "-13.70"), (None, "不能相减"), (123456789, "+1,234,567.89")])
def test_a_difference_has_its_sign(fen: int | None, said: str) -> None:
    assert said == signed(fen)


def test_amounts_partings_and_the_chain_are_rows() -> None:
    """3,920 − 3,750 = 170, of which 90% is 153; what is left to 补充保险 at 90% is 137.70 less."""
    pair = pair_of(reading_pair(case(), C))
    rows = rows_of(pair, "补充保险支付", only=True)
    amounts = {row.cells[0]: row.cells[3] for row in rows if row.part is Part.AMOUNT and not row.head}
    assert ("+153.00", "-137.70", "-15.30") == tuple(amounts[n] for n in ("大病保险支付", "补充保险支付", "个人自付"))
    assert "0.00" not in amounts.values()
    assert ["补充保险支付"] == [row.cells[0] for row in rows if row.mark == "▸"]
    (parting,) = [row for row in rows if row.mark == "◆"]
    assert parting.cells[0] == "大病保险累计应付" and "二（四）第1句" in parting.cells[3]
    (step,) = [row for row in rows if row.part is Part.STEP and not row.head]
    assert step.cells[1] == "-137.70" and "A 两段并存 → C 起付线3750元、比例90%" in step.cells[0]
    assert rows[-1].cells[:2] == ("合计", "-137.70")
    assert len(rows_of(pair, "补充保险支付", only=False)) > len(rows)


@pytest.mark.parametrize("width", [40, 60, 76, 116, 200])
def test_rows_fit_and_no_amount_is_cut(width: int) -> None:
    pair = pair_of(reading_pair(case(), C))
    for row in rows_of(pair, pair.main, only=False):
        shown = "".join(words for words, _ in pieces_of(row, width))
        assert width >= cell_len(shown) or (width < 60 and row.part in (Part.AMOUNT, Part.PARTING))
        for cell in row.cells[1:4] if row.part is Part.AMOUNT else ():
            assert cell in shown


def test_what_is_undetermined_on_both_sides_is_the_same_and_on_one_is_a_difference() -> None:
    same = pair_of(reading_pair(case("gansu-2018", "b-referred-up"), {"A002-12": "即为该数"}))
    open_ = [o for o in same.outcomes if "待定" == same.first.stand.said(o)]
    assert open_ and not same.difference(open_[0])
    kept = {row.cells[0] for row in rows_of(same, same.main, only=True) if row.part is Part.AMOUNT}
    assert all((o in kept) == (same.second.stand.said(o) != "待定") for o in open_)


def test_both_sentences_are_told_with_their_place() -> None:
    pair = pair_of(reading_pair(case(), C))
    assert pair.parting
    first, second = ("\n".join(words for words, _ in side) for side in panes(pair.parting))
    assert "大病保险累计应付　0.00元" in first and "约定 大病保险累计应付" in first
    assert "二（四）第1句" in second and "原文　建档立卡贫困人口城乡居民大病保险起付线下降50%" in second and "153.00" in second


def test_what_was_filed_has_no_sentence() -> None:
    filed, nothing = Divergence("诊断", "甲", "乙", (), (), True), Divergence("某数", "0", "1", (), ())
    assert "由填报而来" in panes(filed)[0][1][0] and "没有哪一句决定它" == panes(nothing)[1][1][0]


def test_without_a_choice_the_first_reading_that_changes_something_is_compared() -> None:
    pair = pair_of(first_pair(case()))
    assert "默认读法" == pair.first.title and "AY18-Q01" in pair.second.title and pair.difference(pair.main)
    none = first_pair(case("fumeng-2022"))
    assert isinstance(none, str) and "F8" in none
    broken = first_pair(replace(case(), faults=("错",)))
    assert isinstance(broken, str) and "填报有误" in broken


def test_two_claims_two_visits_and_the_same_the_other_way_round() -> None:
    other = next(s for s in samples("anyi-2018") if s.name == "b-listed-disease")
    pair = pair_of(claim_pair(case(), other))
    assert 1_000_000 == pair.difference("费用合计")
    assert -1_000_000 == swapped(pair).difference("费用合计")
    assert other_visit(pair, 1) is pair
    stays = pair_of(visit_pair(case("fumeng-2022", "b-two-stays"), 0, 1))
    assert 96_000 == stays.difference("基本救助") and 1 == stays.visits
    assert ["此前累计"] == [s.changes[0].sort for s in stays.steps("基本救助") if s.difference("基本救助")]


def test_another_policy_is_compared_by_the_facts_both_know() -> None:
    other, _ = Workspace.open().policy("fumeng-2022")
    assert other
    pair = pair_of(policy_pair(case(), other))
    assert "乙不认识" in pair.note and "目录外费用" in pair.note
    steps = pair.steps("基本医保支付")
    assert "政策" == steps[-1].changes[0].sort
    assert pair.difference("基本医保支付") is None or pair.difference("基本医保支付") == sum(s.difference("基本医保支付") or 0 for s in steps)
    assert 2 == len({notice.key for _, notice, _ in sources_of(pair, pair.partings[-1])} | {p.case.policy.key for p in (pair.first, pair.second)})


def test_the_two_records_of_history_are_decided_and_compared() -> None:
    a, b = (Record("", "anyi-2018", "", json.dumps(case().data | {"读法": chosen}), (), Status.DECIDED, "", n) for n, chosen in ((1, {}), (2, C)))
    pair = pair_of(record_pair(Workspace.open(), {"甲": a, "乙": b}))
    assert 15_300 == pair.difference("大病保险支付") and "历史 1" in pair.first.title
    for broken in (replace(a, policy="没有这个"), replace(a, claim="{")):
        assert isinstance(record_pair(Workspace.open(), {"甲": broken, "乙": b}), str)


def test_the_sheet_says_it_all_as_markdown() -> None:
    pair = pair_of(reading_pair(case(), C))
    text = sheet(pair, "大病保险支付")
    for part in ("# 对比", "| 大病保险支付 | 0.00元 | 153.00元 |", "## 最先不同的条款", "二（四）第1句", "为什么差", "| 合计 |"):
        assert part in text
    assert "「建档立卡贫困人口城乡居民大病保险起付线下降50%" in text


def test_hostile_words_are_inert() -> None:
    bad = Divergence(HOSTILE, HOSTILE, HOSTILE, (), ())
    for part, cells in ((Part.AMOUNT, 4), (Part.PARTING, 4), (Part.STEP, 3), (Part.SAID, 1)):
        for width in (76, 116):
            shown = "".join(words for words, _ in pieces_of(Row(part, (HOSTILE,) * cells, bad, HOSTILE), width))
            assert not UNSEEN.search(shown) and width >= cell_len(shown)
    named = replace(pair_of(reading_pair(case(), C)), note=HOSTILE)
    named = replace(named, first=replace(named.first, title=HOSTILE))
    assert not UNSEEN.search(sheet(named, named.main).replace("\n", ""))
