"""Exercises of a policy of four clauses, reckoned by hand: 60 % of what exceeds 300 yuan, at most 1,000; category 乙 nothing."""

from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import pytest

from corpus.boundaries import boundaries, sides
from corpus.drawing import draw, drawn, situations, variant
from corpus.exercises import Exercise, Situation, Theme, askable, clauses, exercise, given, situation, weighed
from corpus.marking import FULL, HINTS, Answer, mark, slips
from corpus.workspace import Policy, Workspace
from interpreter.filing import typed_money
from tests.tiny import faults, tiny

NOTICE = "一、待遇\n（一）起付。费用超过300元的部分给予给付。\n（二）比例。按60%给付。\n（三）限额。不超过1000元。\n（四）除外。乙类不予给付。\n"
WORDS = """政策：小政策
原文：小
计算日期：就诊日期

【术语】
人员类别，类别，填报：甲类、乙类。
就诊日期，日期，填报。
费用，金额，填报。
次数，数量，填报。
起付标准，金额，推导，没有规定的为不设。
给付，金额，结果。
"""
TEXT = """【条款 起付】
依据：一（一）第1句
释义：起付标准为300元。

【条款 比例】
依据：一（二）第1句
释义：给付为费用超过起付标准的部分乘以60%。

【条款 限额】
依据：一（三）第1句
释义：给付不超过1000元。

【条款 除外】
依据：一（四）第1句
本条优先于条款“比例”。
释义：人员类别为乙类的，给付为0元。

【案例 甲】
第1笔：人员类别为甲类，就诊日期为2023年5月1日，费用为1300元
应得：给付为600元
"""


def policy() -> Policy:
    made = tiny(TEXT, NOTICE, words=WORDS)
    assert () == faults(made), faults(made)
    return made


def at(**facts: Any) -> Situation:
    made = situation(policy(), {"就诊": [{"人员类别": "甲类", "就诊日期": "2023-05-01", "次数": 1, "费用": "1300.00"} | facts]}, 0)
    assert made
    return made


def made(theme: Theme = Theme.PLAIN, topic: str = "", varied: str = "", **facts: Any) -> Exercise:
    found = exercise(theme, at(**facts), "给付", topic, varied)
    assert found
    return found


# --- what is asked


def test_the_answer_and_the_clauses_that_decide_it() -> None:
    asked = made()
    assert 60_000 == asked.answer
    assert {"起付", "比例"} == set(asked.required)


def test_a_limit_counts_where_it_is_reached() -> None:
    assert {"起付", "比例"} == set(made(费用="1966.65").required)
    assert "限额" in made(费用="3000.00").required
    assert 100_000 == made(费用="3000.00").answer


def test_facts_that_mattered_and_those_of_exceptions_that_do_not_hold() -> None:
    base = at()
    assert ("就诊日期", "费用") == tuple(dict.fromkeys(("就诊日期", *given(base, "给付"))))
    assert {"人员类别", "费用"} == set(weighed(base, "给付")) - {"就诊日期"}
    assert "次数" not in weighed(base, "给付")


def test_a_fact_that_is_missing_makes_the_answer_undetermined_and_the_clause_that_waits_is_named() -> None:
    asked = exercise(Theme.OPEN, at().changed("费用", None), "给付", varied="费用")
    assert asked
    assert (None, ("比例",)) == (asked.answer, asked.required)


def test_what_is_undetermined_for_another_reason_is_not_asked() -> None:
    assert None is exercise(Theme.PLAIN, at().changed("费用", None), "给付")
    assert None is exercise(Theme.OPEN, at().changed("费用", None), "给付", varied="人员类别")


def test_a_claim_that_cannot_be_read_is_no_exercise() -> None:
    assert None is at().changed("费用", "一百")
    assert None is exercise(Theme.PLAIN, None, "给付")


# --- boundaries


def test_the_thresholds_of_the_policy_are_found_and_met_to_the_fen() -> None:
    base = at(费用="1400.00")
    found = [tuple(s.facts["费用"] for s in sides(base, b)) for b in boundaries(base, "给付") if b.fact == "费用"]
    assert ("299.99", "300.00", "300.01") in found


def test_a_limit_behind_a_ratio_is_met_between_two_fen() -> None:
    base = at(费用="3000.00")
    met = {s.facts["费用"] for b in boundaries(base, "给付") for s in sides(base, b)}
    # 300 + 1000 ÷ 60 % = 1966.666…
    assert {"1966.66", "1966.67"} <= met


def test_a_boundary_moves_one_fact_and_nothing_else() -> None:
    base = at()
    for boundary in boundaries(base, "给付"):
        for side in sides(base, boundary):
            assert {k: v for k, v in base.facts.items() if k != boundary.fact} == {k: v for k, v in side.facts.items() if k != boundary.fact}


# --- marking


def test_everything_right_is_full_marks_and_each_hint_costs() -> None:
    asked = made()
    answer = Answer(60_000, asked.required)
    assert [FULL, FULL - HINTS[0], FULL - sum(HINTS)] == [mark(asked, answer, n).points for n in (0, 1, 2)]


def test_clauses_are_told_right_missed_and_superfluous() -> None:
    marking = mark(made(), Answer(60_001, ("比例", "除外")), 0)
    assert (False, 1) == (marking.is_right, marking.off)
    assert (("比例",), ("起付",), ("除外",)) == (marking.right, marking.missed, marking.superfluous)


def test_points_are_whole_numbers_and_never_below_nothing() -> None:
    asked = made()
    for fen in (None, 0, 60_000):
        for named in ((), ("比例",), ("除外", "限额"), ("起付", "比例", "除外")):
            for hints in (0, 1, 2):
                points = mark(asked, Answer(fen, named), hints).points
                assert isinstance(points, int) and 0 <= points <= FULL


@pytest.mark.parametrize(
    ("fen", "clause"),
    [(78_000, "起付"), (162_000, "限额")],
    ids=["without-the-deductible", "without-the-limit"],
)
def test_a_clause_left_out_is_recognised(fen: int, clause: str) -> None:
    # 1300 × 60 % = 780; (3000 − 300) × 60 % = 1620
    asked = made() if clause == "起付" else made(费用="3000.00")
    assert [clause] == [s.clause for s in slips(asked, Answer(fen, ()))]


def test_an_exception_left_out_is_recognised() -> None:
    asked = made(人员类别="乙类")
    assert 0 == asked.answer
    assert ["除外"] == [s.clause for s in slips(asked, Answer(60_000, ()))]


def test_the_other_side_of_what_was_varied_is_recognised() -> None:
    asked = replace(made(Theme.BOUNDARY, "起付", "费用", 费用="300.00"), others=(at(费用="310.00"),))
    assert ["像是把费用当作310.00"] == [s.said for s in slips(asked, Answer(600, ()))]


def test_an_amount_that_nothing_gives_is_no_slip_and_neither_is_a_right_one() -> None:
    assert () == slips(made(), Answer(12_345, ()))
    assert () == slips(made(), Answer(60_000, ()))


@pytest.mark.parametrize(("text", "fen"), [("６００", 60_000), ("1,234.50", 123_450), ("１，２３４．５０", 123_450), ("600元", 60_000)])
def test_an_amount_is_read_as_people_type_it(text: str, fen: int) -> None:
    assert (fen, "") == typed_money(text)


@pytest.mark.parametrize("text", ["", "-1", "1.234", "六百", "1e3", "１２３ ４"])
def test_what_is_no_amount_is_answered(text: str) -> None:
    fen, why = typed_money(text)
    assert None is fen and why


# --- sheets


def test_a_sheet_of_the_small_policy_holds_boundaries_and_exceptions() -> None:
    sheet = list(drawn(policy(), 1))
    assert {Theme.PLAIN, Theme.BOUNDARY, Theme.OPEN} <= {e.theme for e in sheet}
    assert all(set(e.required) <= set(clauses(e.policy)) for e in sheet)


def told(sheet: list[Exercise]) -> list[tuple[Any, ...]]:
    return [(e.theme, e.topic, e.asked, e.answer, e.required, e.at.facts) for e in sheet]


def test_the_same_number_gives_the_same_sheet_and_another_number_another() -> None:
    first, second = policy_of("linxi-2017"), policy_of("linxi-2017")
    sheet = told(sheet_of("linxi-2017"))
    assert sheet[:6] == told(list(drawn(second, 1, count=6)))
    assert sheet[:4] != told(list(drawn(first, 2, count=4)))


def policy_of(key: str) -> Policy:
    found, message = Workspace.open().policy(key)
    assert found, message
    return found


@cache
def sheet_of(key: str) -> list[Exercise]:
    return list(drawn(policy_of(key), 1))


@pytest.mark.parametrize("key", ["gansu-2018", "linxi-2017"])
def test_ten_exercises_none_twice_each_answered_as_youju_run_does(key: str) -> None:
    policy, sheet = policy_of(key), sheet_of(key)
    assert 10 == len(sheet)
    assert 10 == len({(str(e.at.data), e.at.visit, e.asked) for e in sheet})
    for e in sheet:
        claim, wrong = policy.read(e.at.data)
        assert claim, wrong
        shown = policy.result(policy.decide(claim))["就诊"][e.at.visit]
        said = "待定" if e.answer is None else f"{e.answer // 100}.{e.answer % 100:02d}"
        assert said == shown["结果"][e.asked]
        assert e.answer is None or set(e.required) - {e.topic} <= {f["条款"] for f in shown["适用"]}


@pytest.mark.slow
@pytest.mark.parametrize("key", Workspace.open().keys())
def test_every_policy_gives_ten_exercises(key: str) -> None:
    assert 10 == len(list(drawn(policy_of(key), 2)))


def test_a_sheet_on_one_clause_is_about_it() -> None:
    policy = policy_of("linxi-2017")
    topic = next(e for e in sheet_of("linxi-2017") if e.theme is Theme.BOUNDARY).topic
    sheet = list(drawn(policy, 1, topic, 4))
    assert sheet
    assert {topic} == {e.topic for e in sheet}
    assert all(topic in (*e.required, *e.accepted) for e in sheet)


def test_a_variant_is_of_the_same_amount_and_not_the_same_exercise() -> None:
    for e in sheet_of("linxi-2017")[:6]:
        other = variant(e, 0)
        assert other is None or (e.asked == other.asked and (e.at.data, e.at.visit) != (other.at.data, other.at.visit))


def test_a_policy_without_cases_gives_nothing() -> None:
    bare = tiny(TEXT.partition("【案例")[0], NOTICE, words=WORDS)
    assert () == situations(bare)
    assert [] == list(drawn(bare, 1))


def test_a_claim_that_asks_nothing_is_passed_over() -> None:
    base = at().changed("费用", None)
    assert base and () == askable(base)
    assert None is draw(base, Theme.PLAIN, "", Random(1))
