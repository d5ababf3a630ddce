"""Why a sentence did not fire, and the smallest changes of the claim that would make it."""

from typing import Any

from corpus.workspace import Policy
from interpreter.explain import Explanation
from interpreter.remedies import MOST, Search
from interpreter.trials import attempts, gaps, parted, raw_of, refiled, yearly_gaps
from interpreter.whynot import Question, conditions, of_outcome, of_statement
from tests.tiny import WORDS, convention, faults, tiny

CLAUSE = "【条款 甲】\n依据：一（一）第1句\n释义：{}\n约定：其他的，给付为0元。\n"
DAY = "2023-05-01"


def search(policy: Policy, data: dict[str, Any], clause: str = "") -> tuple[Search, Question, Explanation]:
    assert () == faults(policy)
    claim, wrong = policy.read(data)
    assert claim is not None, wrong
    decision = policy.decide(claim)
    explanation = policy.explain(decision, 0)
    unfired = [u for u in explanation.unfired if u.origin.clause == clause]
    question = of_statement(explanation, unfired[0]) if unfired else of_outcome(explanation, "给付")
    return Search(explanation, question, decision, policy.compiled().book, attempts(data, policy.read, policy.decide)), question, explanation


def said(policy: Policy, clause: str = "", **facts: Any) -> list[str]:
    found, _, _ = search(policy, {"就诊": [{"就诊日期": DAY, **facts}]}, clause)
    return ["；".join(c.said for c in r.changes) for r in found.remedies()]


def test_an_amount_is_told_to_the_fen_at_which_the_sentence_fires() -> None:
    policy = tiny(CLAUSE.format("费用超过1000元的，给付为100元。"))
    assert ["费用 200.00元 → 1,000.01元（差 800.01元）"] == said(policy, "甲", 费用="200")


def test_a_threshold_of_a_quantity_is_found_through_its_arithmetic() -> None:
    rule = CLAUSE.format("自付超过1000元的，给付为100元。") + convention("自付为费用乘以30%", name="乙")
    policy = tiny(rule, words=f"{WORDS}自付，金额，推导。\n")
    assert ["费用 200.00元 → 3,333.34元（差 3,133.34元）"] == said(policy, "甲", 费用="200")


def test_a_day_is_told_to_the_day_in_either_direction() -> None:
    policy = tiny(CLAUSE.format("出院日期不晚于2023年3月31日的，给付为100元。"))
    assert ["出院日期 2023年5月8日 → 2023年3月31日（差 38 天）"] == said(policy, "甲", 出院日期="2023-05-08")


def test_a_yes_or_no_and_a_choice_are_tried_before_amounts() -> None:
    policy = tiny(CLAUSE.format("住院的，给付为100元。").replace("约定", "释义：费用超过1000元的，给付为100元。\n约定"))
    assert ["住院 否 → 是", "费用 200.00元 → 1,000.01元（差 800.01元）"] == said(policy, 住院=False, 费用="200")


def test_two_facts_are_changed_only_where_no_single_one_does() -> None:
    policy = tiny(CLAUSE.format("住院且转诊的，给付为100元。"))
    assert ["住院 否 → 是；转诊 否 → 是"] == said(policy, "甲", 住院=False, 转诊=False)
    assert ["住院 否 → 是"] == said(policy, "甲", 住院=False, 转诊=True)


def test_a_fact_nobody_filed_is_supplied() -> None:
    policy = tiny(CLAUSE.format("住院的，给付为100元。"))
    assert ["住院 不知道 → 是"] == said(policy, "甲")


def test_a_year_is_looked_for_about_the_days_of_the_claim_and_the_policy() -> None:
    policy = tiny(CLAUSE.format("年度为年度项的，给付为100元。"), words=f"{WORDS}年度，年份，填报。\n年度项，年份，填报。\n")
    assert ["年度 2021 → 2024（差 3）"] == [s for s in said(policy, "甲", 年度="2021", 年度项="2024") if s.startswith("年度 ")]


def test_a_day_that_stands_at_a_word_unless_it_is_filed_is_supplied() -> None:
    words = WORDS.replace("出院日期，日期，填报。", "出院日期，日期，填报，没有填报的为不适用。")
    rule = CLAUSE.format("填报出院日期且住院的，给付为100元。")
    assert ["出院日期 不适用 → 2023年5月1日；住院 否 → 是"] == said(tiny(rule, words=words), "甲", 住院=False)


def test_an_outcome_of_nothing_is_asked_to_become_something() -> None:
    policy = tiny(CLAUSE.format("费用超过1000元的，给付为100元。"))
    assert ["费用 200.00元 → 1,000.01元（差 800.01元）"] == said(policy, 费用="200")


def test_an_amount_that_something_decides_is_asked_to_be_decided_by_another_sentence() -> None:
    policy = tiny(CLAUSE.format("费用超过1000元的，给付为100元。"))
    assert ["费用 2,000.00元 → 1,000.00元（差 1,000.00元）"] == said(policy, 费用="2000")


def test_the_conditions_are_told_one_by_one_with_their_distance() -> None:
    policy = tiny(CLAUSE.format("住院且转诊且费用超过1000元的，给付为100元。"))
    _, _, explanation = search(policy, {"就诊": [{"就诊日期": DAY, "住院": True, "费用": "200"}]})
    told = conditions(explanation, explanation.unfired[0])
    assert [True, None, False] == [c.holds for c in told]
    assert "差 800.00元" in told[2].text


def test_a_search_is_bounded_and_can_be_stopped() -> None:
    policy = tiny(CLAUSE.format("病种为“甲病”且住院且转诊且费用超过1000元且次数超过3且出院日期晚于2023年6月1日的，给付为100元。"))
    data = {"就诊": [{"就诊日期": DAY, "住院": False, "转诊": False, "费用": "1", "次数": "1", "病种": "乙", "出院日期": "2023-05-02"}]}
    found, question, explanation = search(policy, data, "甲")
    assert [] == list(found.remedies())
    assert 0 < MOST - found.left <= MOST
    stopped = Search(explanation, question, found.decision, found.book, found.attempt, stop=lambda: True)
    assert [] == list(stopped.remedies())
    assert MOST == stopped.left


def test_a_change_is_filed_as_a_claim_has_it_and_the_rest_stays() -> None:
    policy = tiny(CLAUSE.format("费用超过1000元的，给付为100元。"))
    data = {"就诊": [{"就诊日期": DAY, "费用": "200"}], "备注": "甲"}
    found, _, _ = search(policy, data)
    remedy = next(found.remedies())
    assert {"就诊": [{"就诊日期": DAY, "费用": "1000.01"}], "备注": "甲"} == refiled(data, remedy.changes)
    assert {"就诊": [{"就诊日期": DAY, "费用": "200"}], "备注": "甲"} == data
    assert "2023-05-01" == raw_of(policy.compiled().book.term["就诊日期"], found.decision.claim.visits[0]["就诊日期"])


def test_two_decisions_are_told_apart_by_amounts_sums_and_sentences() -> None:
    policy = tiny(CLAUSE.format("费用超过1000元的，给付为100元。"))
    data = {"就诊": [{"就诊日期": DAY, "费用": "200"}, {"就诊日期": DAY, "费用": "3000"}]}
    found, _, explanation = search(policy, data)
    other = next(found.remedies()).decision
    assert [("给付", "0.00", "100.00", "+100.00")] == [(g.name, g.before, g.after, g.by) for g in gaps(found.decision, other, 0)]
    assert [("合计 给付", "100.00", "200.00", "+100.00")] == [
        (g.name, g.before, g.after, g.by) for g in yearly_gaps(found.book, found.decision, other)
    ]
    lost, gained = parted(explanation, policy.explain(other, 0))
    assert ([], ["甲"]) == ([f.origin.clause for f in lost], [f.origin.clause for f in gained])
