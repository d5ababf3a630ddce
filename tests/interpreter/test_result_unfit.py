"""What cannot be reckoned with is 待定 with a cause, and never an exception: words for numbers, dates that are 不设, calendars that are 不适用."""

from typing import Any

import pytest

from corpus.workspace import Policy
from tests.tiny import WORDS, convention, outcome, run, tiny, undetermined

DAY = "2023-05-01"
NO_CLAUSE = "没有条款规定"


def explained(policy: Policy, *visits: dict[str, Any], **rest: Any) -> dict[str, Any]:
    """The whole answer, after every question of why was asked of every visit."""
    claim, wrong = policy.read({"就诊": list(visits), **rest})
    assert claim is not None, wrong
    decision = policy.decide(claim)
    for number in range(len(visits)):
        assert policy.explain(decision, number).unfired is not None
    return policy.result(decision)


def causes(policy: Policy, name: str = "给付", **facts: Any) -> list[dict[str, str]]:
    return list(undetermined(policy, name, **facts)["原因"])


# --- words for numbers ---------------------------------------------------------------------------------------------------------------------------

WORDY = WORDS.replace("费用，金额，填报", "费用，金额，填报，另可取值未公布")
UNPUBLISHED = {"情形": NO_CLAUSE, "内容": "“未公布”不能用来计算"}


def test_a_word_is_not_reckoned_with() -> None:
    assert [UNPUBLISHED] == causes(tiny(convention("给付为费用乘以50%"), words=WORDY), 费用="未公布")


def test_a_word_in_the_highest_of_the_year_leaves_the_rest_of_the_year_undetermined() -> None:
    policy = tiny(convention("给付为本年度最高费用"), words=WORDY)
    visits = [{"就诊日期": DAY, "费用": "未公布"}, {"就诊日期": DAY, "费用": "5"}, {"就诊日期": "2024-05-01", "费用": "5"}]
    answer = explained(policy, *visits)
    assert ["待定", "待定", "5.00"] == [v["结果"]["给付"] for v in answer["就诊"]]
    assert [UNPUBLISHED] == answer["就诊"][1]["待定"][0]["原因"]


def test_a_table_with_a_word_in_it_is_read_by_its_key() -> None:
    words = f"{WORDS}医院级别，类别，填报：县级、市级。\n津贴，金额，参数，按医院级别列值，另可取值未公布。\n"
    policy = tiny(convention("给付为津贴乘以50%"), words=words)
    table = {"津贴": {"县级": "100.00", "市级": "未公布"}}
    assert ["50.00", "待定"] == [outcome(policy, parameters=table, 医院级别=level) for level in ("县级", "市级")]


def test_a_word_was_filed_all_the_same() -> None:
    policy = tiny(convention("已填报费用的，给付为1元", "其他的，给付为0元"), words=WORDY)
    assert "1.00" == outcome(policy, 费用="未公布")


LISTED = f"""{WORDS}明细，清单，填报：费用日期、窗起、窗止、合计费用、单价。
费用日期，日期，填报。
单价，金额，填报，另可取值未公布。
窗起、窗止，日期，结果，没有规定的为不适用。
合计费用，金额，结果，没有规定的为不适用。
一次性给付，是非，推导，没有规定的为否。
"""


def test_a_word_in_an_item_leaves_the_sum_of_the_list_undetermined() -> None:
    policy = tiny(convention("自就诊日期前12个月内单价一次性给付"), words=LISTED)
    items = [{"费用日期": "2023-01-01", "单价": "未公布"}, {"费用日期": "2023-01-02", "单价": "5"}]
    assert [UNPUBLISHED] == causes(policy, "合计费用", 明细=items)
    assert "5.00" == outcome(policy, "合计费用", 明细=items[1:])


def test_a_list_that_is_expressly_none_has_no_sum() -> None:
    policy = tiny(
        convention("自就诊日期前12个月内单价一次性给付"), words=LISTED.replace("明细，清单，填报：", "明细，清单，填报，没有填报的为不设：")
    )
    assert "不设" == outcome(policy, "合计费用")


def test_several_members_have_no_highest() -> None:
    words = WORDS.replace("可以多项：", "可以多项，由低到高：") + "最高类，类别，结果：甲类、乙类、丙类。\n"
    policy = tiny(convention("最高类为本年度最高人员类别"), words=words)
    visits = [{"就诊日期": DAY, "人员类别": ["甲类", "乙类"]}, {"就诊日期": DAY, "人员类别": "甲类"}, {"就诊日期": "2024-05-01", "人员类别": "丙类"}]
    assert ["待定", "待定", "丙类"] == [v["结果"]["最高类"] for v in explained(policy, *visits)["就诊"]]


# --- days ----------------------------------------------------------------------------------------------------------------------------------------

UNSET_DAY = WORDS.replace("出院日期，日期，填报", "出院日期，日期，填报，没有填报的为不设") + "期满日，日期，结果，没有规定的为不适用。\n"
NO_DAY = {"情形": NO_CLAUSE, "内容": "“不设”不能用来计算"}
OFF_CALENDAR = {"情形": "填报不一致", "内容": "日期超出了可以计算的范围"}


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("给付", ("出院日期不早于2023年1月1日的，给付为1元", "其他的，给付为0元")),
        ("给付", ("给付为（就诊日期至出院日期的天数）乘以费用",)),
        ("期满日", ("期满日为出院日期的次日",)),
    ],
)
def test_a_date_that_is_expressly_none_is_not_reckoned_with(name: str, sentences: tuple[str, ...]) -> None:
    assert [NO_DAY] == causes(tiny(convention(*sentences), words=UNSET_DAY), name, 费用="1.00")


def test_a_visit_on_no_day_is_under_no_rule_that_begins_on_one() -> None:
    words = WORDS.replace("就诊日期，日期，填报", "就诊日期，日期，填报，没有填报的为不设")
    answer = explained(tiny(convention("自2023年1月起给付为1元"), words=words), {})
    assert [NO_DAY] == answer["就诊"][0]["待定"][0]["原因"]


def test_a_day_beyond_the_calendar_is_undetermined() -> None:
    assert [OFF_CALENDAR] == causes(tiny(convention("期满日为9999年12月31日的次日"), words=UNSET_DAY), "期满日")


CALENDAR = WORDS.replace("计算日期：就诊日期", "计算日期：就诊日期\n工作日历：放假、上班")
CALENDAR += "期满日，日期，结果。\n放假、上班，日期表，参数，没有提供的为{}。\n"


def test_working_days_need_a_calendar_that_concerns_the_person() -> None:
    """Monday 1 May 2023: the first working day after it is Tuesday, the tenth Monday a fortnight later."""
    sentence = convention("期满日为就诊日期后的第10个工作日")
    assert "2023-05-15" == outcome(tiny(sentence, words=CALENDAR.format("空")), "期满日")
    said = [{"情形": NO_CLAUSE, "内容": "“不适用”不能用来计算"}]
    assert said == causes(tiny(sentence, words=CALENDAR.format("不适用")), "期满日")


def test_more_working_days_than_there_are_is_undetermined() -> None:
    sentence = convention("期满日为就诊日期后的第999999999个工作日")
    assert [OFF_CALENDAR] == causes(tiny(sentence, words=CALENDAR.format("空")), "期满日")


# --- 不设 and 不适用 -------------------------------------------------------------------------------------------------------------------------------


def test_no_disease_is_on_no_list() -> None:
    catalogue = "【名录 甲病】\n肺癌、肝癌。\n"
    words = WORDS.replace("病种，文本，填报", "病种，文本，填报，没有填报的为不设")
    policy = tiny(convention("病种属于甲病的，给付为1元", "其他的，给付为0元") + catalogue, words=words)
    assert ["0.00", "1.00"] == [v["结果"]["给付"] for v in explained(policy, {"就诊日期": DAY}, {"就诊日期": DAY, "病种": "肝癌"})["就诊"]]


def test_a_yearly_cap_on_what_does_not_concern_the_person_is_explained() -> None:
    """The second visit is cut to the cap of 1000, nothing having been given at the first."""
    words = f"{WORDS}甲额，金额，填报，没有填报的为不适用。\n"
    answer = explained(tiny(convention("给付为甲额，本年度累计不超过1000元"), words=words), {"就诊日期": DAY}, {"就诊日期": DAY, "甲额": "1200.00"})
    assert [None, "1000.00"] == [v["结果"].get("给付") for v in answer["就诊"]]


PAYMENT = """政策：支付
原文：小
计算日期：就诊日期

【术语】
就诊日期，日期，填报。
总额，金额，填报。
目标，金额，参数，没有提供的为不适用。
甲付、乙付，金额，结果，没有规定的为不适用。
个人，金额，推导。
甲方，付费方，记入甲付。
乙方，付费方，记入乙付。
"""
ORDER = "【支付顺序 一般】\n总额：总额\n依次：甲付\n依次：乙付\n其余：个人\n"


def rows(policy: Policy, **rest: Any) -> list[tuple[str, str]]:
    answer = explained(policy, {"就诊日期": DAY, "总额": "100.00"}, **rest)
    return [(row["付费方"], row["金额"]) for row in answer["就诊"][0]["瀑布"]]


def test_the_person_bears_the_rest_though_no_outcome_asks_for_it() -> None:
    """100 − 70 − 20."""
    policy = tiny(convention("由甲方支付总额的70%", "由乙方支付总额的20%") + ORDER, words=PAYMENT)
    assert [("甲方", "70.00"), ("乙方", "20.00"), ("个人", "10.00")] == rows(policy)


def test_a_share_that_no_outcome_asks_for_and_no_clause_gives_is_undetermined() -> None:
    words = PAYMENT.replace("甲付、乙付，金额，结果，没有规定的为不适用。", "甲付，金额，结果。\n乙付，金额，推导。")
    policy = tiny(convention("由甲方支付总额的70%") + ORDER, words=words)
    assert [("甲方", "70.00"), ("乙方", "待定"), ("个人", "待定")] == rows(policy)


def test_filling_up_to_what_does_not_concern_the_person_is_explained() -> None:
    """乙方 takes nothing, so the person bears the 30 that 甲方 leaves."""
    policy = tiny(convention("由甲方支付总额的70%", "由乙方补足至目标") + ORDER, words=PAYMENT)
    assert [("甲方", "70.00"), ("个人", "30.00")] == rows(policy)
    assert [("甲方", "70.00"), ("乙方", "25.00"), ("个人", "5.00")] == rows(policy, 参数={"目标": "95.00"})


# --- sums ----------------------------------------------------------------------------------------------------------------------------------------


def test_dates_have_no_sum() -> None:
    policy = tiny(convention("给付为1元"), words=f"{WORDS}全年日，日期，合计，取就诊日期。\n")
    assert "待定" == run(policy, {"就诊日期": DAY}, {"就诊日期": DAY})["合计"]["全年日"]


VOIDING = "【事件 核定为虚假】\n该笔作废，当年重新计算。\n比较：费用\n原记入：原\n新记入：新\n多付记入：多付\n"


def test_a_word_in_what_a_voiding_compares_leaves_the_comparison_undetermined() -> None:
    policy = tiny(convention("给付为1元") + VOIDING, words=WORDY)
    visits = [{"就诊日期": DAY, "费用": "未公布"}, {"就诊日期": DAY, "费用": "5.00"}]
    totals = run(policy, *visits, 事件=[{"事件": "第2笔核定为虚假", "核定日期": DAY}])["合计"]
    assert {"第1笔": "未公布", "第2笔": "5.00", "合计": "待定"} == totals["原"]
    assert "待定" == totals["多付"]


# --- several members, and several unknowns ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("origin", ["推导", "填报"])
def test_a_criterion_that_nothing_else_uses_decides_nothing(origin: str) -> None:
    choice = "【约定】\n人员类别有多项的，逐项计算，取另一费用最高的一项。\n"
    sentences = convention("属于甲类的，给付为1元", "其他的，给付为2元")
    policy = tiny(sentences + choice, words=f"{WORDS}另一费用，金额，{origin}。\n")
    assert "1.00" == outcome(policy, 人员类别=["乙类", "甲类"])


def test_every_unknown_that_is_supposed_both_ways_is_named() -> None:
    """住院 settles the payment when it is so; 转诊 alone settles nothing while 住院 is unknown, and it is named all the same."""
    words = WORDS.replace("是非，填报", "是非，填报，未知时两种情形并列")
    policy = tiny(convention("住院的，给付为1元", "未住院，且转诊的，给付为2元", "其他的，给付为0元"), words=words)
    both, one = (run(policy, {"就诊日期": DAY, **facts})["就诊"][0]["结果"] for facts in ({}, {"转诊": True}))
    assert ("住院、转诊", "1.00") == (both["缺失事实"], both["若为是_给付"])
    assert ("住院", "1.00", "2.00") == (one["缺失事实"], one["若为是_给付"], one["若为否_给付"])
