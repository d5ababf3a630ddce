"""A person's year: totals before and with this visit, caps, boundaries, totals kept apart, windows, voiding."""

import itertools
from typing import Any

import pytest

from tests.tiny import WORDS, convention, run, tiny


def amounts(policy: Any, *visits: dict[str, Any], name: str = "给付", **rest: Any) -> list[str]:
    return [v["结果"].get(name) for v in run(policy, *visits, **rest)["就诊"]]


def visit(day: str, cost: str, **facts: Any) -> dict[str, Any]:
    return {"就诊日期": day, "费用": cost, **facts}


CAPPED = tiny(convention("给付为费用乘以50%，本年度累计不超过1000元"))


def test_a_cap_of_the_year_runs_out_and_starts_again_on_the_first_of_january() -> None:
    given = amounts(CAPPED, visit("2023-03-01", "1500.00"), visit("2023-12-31", "1500.00"), visit("2024-01-01", "1500.00"))
    assert ["750.00", "250.00", "750.00"] == given


def test_totals_follow_the_dates_and_not_the_order_of_filing() -> None:
    visits = [visit("2023-03-01", "1500.00"), visit("2023-06-01", "300.00"), visit("2023-09-01", "1500.00")]
    expected = {"2023-03-01": "750.00", "2023-06-01": "150.00", "2023-09-01": "100.00"}
    for order in itertools.permutations(visits):
        assert [expected[v["就诊日期"]] for v in order] == amounts(CAPPED, *order)


def test_visits_of_one_day_count_in_the_order_filed() -> None:
    assert ["750.00", "250.00", "0.00"] == amounts(CAPPED, *(visit("2023-03-01", "1500.00") for _ in range(3)))


def test_the_cap_is_reached_and_not_passed_by_a_fen() -> None:
    assert ["999.99", "0.01", "0.00"] == amounts(CAPPED, visit("2023-01-01", "1999.98"), visit("2023-01-02", "0.04"), visit("2023-01-03", "9.00"))


def test_totals_of_each_year_stand_in_the_answer() -> None:
    answer = run(CAPPED, visit("2023-03-01", "1500.00"), visit("2024-03-01", "100.00"))
    assert ("800.00", "750.00", "50.00") == (answer["合计"]["给付"], answer["合计"]["2023年度合计"]["给付"], answer["合计"]["2024年度合计"]["给付"])


DEDUCTIBLE = tiny(convention("给付为（费用超过（1000元超过本年度此前费用的部分）的部分）"))


def test_a_yearly_deductible_is_borne_once() -> None:
    assert ["0.00", "100.00", "500.00", "0.00"] == amounts(
        DEDUCTIBLE, visit("2023-01-01", "600.00"), visit("2023-01-02", "500.00"), visit("2023-01-03", "500.00"), visit("2024-01-01", "500.00")
    )


@pytest.mark.parametrize(("first", "second"), [("999.99", "0.00"), ("1000.00", "0.00"), ("1000.01", "0.01")])
def test_a_deductible_one_fen_below_on_and_above(first: str, second: str) -> None:
    assert [second] == amounts(DEDUCTIBLE, visit("2023-01-01", first))


CUMULATIVE = tiny(convention("本年度累计费用超过1000元的，给付为100元", "其他的，给付为0元"))


def test_this_visit_counts_in_the_total_of_the_year_so_far() -> None:
    assert ["0.00", "0.00", "100.00"] == amounts(
        CUMULATIVE, visit("2023-01-01", "600.00"), visit("2023-01-02", "400.00"), visit("2023-01-03", "0.01")
    )


PEAK = tiny(convention("给付为本年度最高费用"))


def test_the_highest_of_the_year_so_far() -> None:
    assert ["500.00", "500.00", "900.00", "10.00"] == amounts(
        PEAK, visit("2023-01-01", "500.00"), visit("2023-01-02", "300.00"), visit("2023-01-03", "900.00"), visit("2024-01-03", "10.00")
    )


APART_WORDS = WORDS + "病种内费用，金额，推导，按病种分别累计。\n"
APART = tiny(convention("病种内费用为费用，本年度累计不超过1000元", "给付为病种内费用"), words=APART_WORDS)


def test_totals_are_kept_apart_by_disease() -> None:
    visits = [visit("2023-01-01", "800.00", 病种="糖尿病"), visit("2023-01-02", "800.00", 病种="癫痫"), visit("2023-01-03", "800.00", 病种="糖尿病")]
    assert ["800.00", "800.00", "200.00"] == amounts(APART, *visits)


def test_two_wordings_of_one_disease_share_a_quota(linxi: Any, cases: dict[str, Any]) -> None:
    case = cases["linxi-2017"][0]
    visits = [case["就诊"][0] | {"病种": name, "医药费用总额": "2000.00", "政策范围内费用": "2000.00"} for name in ("甲亢", "甲状腺功能亢进症")]
    parameters = {"按定额管理病种": ["甲亢", "甲状腺功能亢进症"], "年度定额": "2000.00", "定额口径": "报销额"}
    given = amounts(linxi, *visits, name="医保报销", 参数=parameters)
    assert ["1800.00", "200.00"] == given


def test_two_widths_of_bracket_are_one_disease() -> None:
    """800 of the quota of 1000 are gone after the first; on a list of diseases, and for a name that no list holds."""
    listed = tiny(f"{convention('病种内费用为费用，本年度累计不超过1000元', '给付为病种内费用')}【名录 甲病】\n肺癌、肝癌。\n", words=APART_WORDS)
    for policy, names in ((listed, ("肺癌（晚期）", "肺癌(晚期)", "肺癌")), (APART, ("痛风（原发）", "痛风(原发)", "痛风（原发)"))):
        visits = [visit(f"2023-01-0{n + 1}", "800.00", 病种=name) for n, name in enumerate(names)]
        assert ["800.00", "200.00", "0.00"] == amounts(policy, *visits)


# --- a total nobody can tell ----------------------------------------------------------------------------------------------------------------------


def missing(answer: dict[str, Any], number: int) -> list[str]:
    return [name for row in answer["就诊"][number]["待定"] for name in row["缺少"]]


def test_a_visit_without_a_date_comes_last_and_is_not_added_to_any_year() -> None:
    """Nobody knows its year: what was given before it in that year is not known, unless nothing was given in any."""
    answer = run(CAPPED, {"费用": "1500.00"}, visit("2023-03-01", "1500.00"), visit("2024-03-01", "100.00"))
    assert ["待定", "750.00", "50.00"] == [v["结果"]["给付"] for v in answer["就诊"]]
    assert ["就诊日期"] == missing(answer, 0)
    assert ["750.00"] == amounts(CAPPED, {"费用": "1500.00"})
    assert ["750.00", "0.00"] == amounts(CAPPED, {"费用": "1500.00"}, visit("2023-03-01", "0"))


def test_of_two_visits_without_a_date_the_second_does_not_know_the_first() -> None:
    assert ["750.00", "待定"] == amounts(CAPPED, {"费用": "1500.00"}, {"费用": "1500.00"})


def test_a_visit_without_a_date_is_decided_where_no_total_is_used() -> None:
    assert ["750.00", "750.00"] == amounts(tiny(convention("给付为费用乘以50%")), {"费用": "1500.00"}, visit("2023-03-01", "1500.00"))
    assert ["0.00", "750.00"] == amounts(CAPPED, {"费用": "0"}, visit("2023-03-01", "1500.00"))


def test_a_visit_without_a_date_does_not_know_the_deductible_borne_before() -> None:
    answer = run(DEDUCTIBLE, {"费用": "1500.00"}, visit("2023-03-01", "600.00"))
    assert ["待定", "0.00"] == [v["结果"]["给付"] for v in answer["就诊"]]
    assert ["就诊日期"] == missing(answer, 0)


def test_without_the_fact_that_keeps_totals_apart_the_total_before_is_not_known() -> None:
    """The third visit may be of the disease whose quota is all but spent; which one the 700 were taken from, later ones of that year cannot know."""
    answer = run(
        APART,
        visit("2023-01-01", "800.00", 病种="糖尿病"),
        visit("2024-01-01", "800.00", 病种="糖尿病"),
        visit("2023-01-03", "700.00"),
        visit("2023-01-04", "100.00", 病种="糖尿病"),
        visit("2023-01-05", "100.00", 病种="癫痫"),
        visit("2023-01-06", "100.00"),
    )
    assert ["800.00", "800.00", "待定", "待定", "待定", "待定"] == [v["结果"]["给付"] for v in answer["就诊"]]
    assert [["病种"]] * 4 == [missing(answer, n) for n in (2, 3, 4, 5)]


def test_the_first_visit_of_a_year_has_nothing_before_it_whatever_its_disease() -> None:
    assert ["800.00", "900.00"] == amounts(APART, visit("2023-01-01", "800.00"), visit("2024-01-01", "900.00", 病种="糖尿病"))


def test_a_visit_that_takes_nothing_takes_it_from_no_disease() -> None:
    visits = (visit("2023-01-01", "900.00", 病种="糖尿病"), visit("2023-01-02", "0"), visit("2023-01-03", "900.00", 病种="糖尿病"))
    assert ["900.00", "0.00", "100.00"] == amounts(APART, *visits)


def test_a_visit_without_a_date_knows_the_quota_of_a_disease_nobody_used() -> None:
    visits = (visit("2023-01-01", "800.00", 病种="糖尿病"), {"费用": "900.00", "病种": "癫痫"}, {"费用": "900.00", "病种": "糖尿病"})
    assert ["800.00", "900.00", "待定"] == amounts(APART, *visits)


def test_an_undetermined_payment_leaves_the_rest_of_the_year_undetermined() -> None:
    policy = tiny(convention("住院的，给付为费用乘以50%，本年度累计不超过1000元", "其他的，给付为0元"))
    visits = [
        visit("2023-01-01", "100.00", 住院=True),
        visit("2023-01-02", "100.00"),
        visit("2023-01-03", "100.00", 住院=True),
        visit("2024-01-03", "100.00", 住院=True),
    ]
    assert ["50.00", "待定", "待定", "50.00"] == amounts(policy, *visits)


# --- windows ------------------------------------------------------------------------------------------------------------------------------------

WINDOW_WORDS = """政策：窗口
原文：小
计算日期：申请日

【术语】
申请日，日期，填报。
费用日期，日期，填报。
费用项，金额，填报。
明细，清单，填报：费用日期、窗起、窗止、期内费用、费用项。
窗起、窗止，日期，结果，没有规定的为不适用。
期内费用，金额，结果，没有规定的为不适用。
一次性给付，是非，推导，没有规定的为否。
"""
WINDOW = tiny(convention("自申请日前12个月内费用项一次性给付"), words=WINDOW_WORDS)


def window(day: str, *items: tuple[str, str]) -> dict[str, Any]:
    listed = [{"费用日期": d, "费用项": m} for d, m in items]
    return run(WINDOW, {"申请日": day, "明细": listed})["就诊"][0]["结果"]


def test_twelve_months_back_crosses_the_year_and_leaves_out_the_day_itself() -> None:
    given = window(
        "2023-05-10", ("2022-05-09", "1.00"), ("2022-05-10", "20.00"), ("2022-12-31", "300.00"), ("2023-05-09", "4000.00"), ("2023-05-10", "50000.00")
    )
    assert ("2022-05-10", "2023-05-09", "4320.00") == (given["窗起"], given["窗止"], given["期内费用"])


def test_twelve_months_back_from_a_leap_day() -> None:
    assert "2023-02-28" == window("2024-02-29")["窗起"]


def test_an_empty_window_is_nothing_and_not_unknown() -> None:
    assert "0.00" == window("2023-05-10")["期内费用"]


def test_an_item_without_a_date_leaves_the_window_undetermined() -> None:
    answer = run(WINDOW, {"申请日": "2023-05-10", "明细": [{"费用项": "1.00"}, {"费用日期": "2023-01-01", "费用项": "1.00"}]})
    assert "待定" == answer["就诊"][0]["结果"]["期内费用"]


# --- events -------------------------------------------------------------------------------------------------------------------------------------

EVENT_WORDS = WORDS + "涉及、之后、当年，是非，填报，没有填报的为否。\n"
FRAUD = """【条款 甲】
约定：费用超过0元的，给付为费用乘以50%，本年度累计不超过1000元。
约定：其他的，给付为0元。

【事件 核定为虚假】
该笔作废，当年重新计算。
比较：给付
原记入：原
新记入：新
多付记入：多付
"""


def test_voiding_a_visit_replays_the_year_and_shows_the_difference() -> None:
    policy = tiny(FRAUD, words=EVENT_WORDS)
    visits = [visit("2023-01-01", "1500.00"), visit("2023-02-01", "1500.00"), visit("2023-03-01", "1500.00")]
    answer = run(policy, *visits, 事件=[{"事件": "第1笔核定为虚假", "核定日期": "2023-04-01"}])
    assert {"第1笔": "750.00", "第2笔": "250.00", "第3笔": "0.00", "合计": "1000.00"} == answer["合计"]["原"]
    assert {"第1笔": "0.00", "第2笔": "750.00", "第3笔": "250.00", "合计": "1000.00"} == answer["合计"]["新"]
    assert "0.00" == answer["合计"]["多付"]
    assert [True, None, None] == [v.get("作废") for v in answer["就诊"]]


@pytest.mark.parametrize(("event", "void"), [("核定为虚假", 1), ("第1笔核定为虚假", 0), ("（第3笔）核定为虚假", 2), ("第３笔核定为虚假", 2)])
def test_an_event_means_the_visit_it_names_or_the_latest_before_its_day(event: str, void: int) -> None:
    policy = tiny(FRAUD, words=EVENT_WORDS)
    visits = [visit("2023-01-01", "100.00"), visit("2023-02-01", "100.00"), visit("2023-05-01", "100.00")]
    answer = run(policy, *visits, 事件=[{"事件": event, "核定日期": "2023-04-01"}])
    assert [void] == [i for i, v in enumerate(answer["就诊"]) if v.get("作废")]


MARKED = """【条款 甲】
约定：之后的，给付为0元。
约定：其他的，给付为费用。

【事件 核定】
涉及该笔：涉及
此后当年：之后
当年各笔：当年
"""


def test_what_follows_a_finding_ends_with_its_year() -> None:
    policy = tiny(MARKED, words=EVENT_WORDS)
    visits = [visit("2023-01-01", "1.00"), visit("2023-04-01", "1.00"), visit("2023-12-31", "1.00"), visit("2024-01-01", "1.00")]
    assert ["1.00", "0.00", "0.00", "1.00"] == amounts(policy, *visits, 事件=[{"事件": "第1笔核定", "核定日期": "2023-04-01"}])


# --- in force -------------------------------------------------------------------------------------------------------------------------------------


def test_the_old_ratio_ends_where_the_new_one_begins() -> None:
    words = f"{WORDS}比率，比例，推导。\n"
    policy = tiny(convention("自2023年1月起，比率由70%提高到75%", "给付为费用乘以比率"), words=words)
    assert ["70.00", "75.00"] == amounts(policy, visit("2022-12-31", "100.00"), visit("2023-01-01", "100.00"))


def test_a_rule_from_a_day_on_holds_on_that_day_and_not_before() -> None:
    policy = tiny(convention("自2023年3月2日起给付为100元", "其他的，给付为0元"))
    assert ["0.00", "100.00"] == amounts(policy, visit("2023-03-01", "1"), visit("2023-03-02", "1"))


def test_before_a_notice_is_in_force_it_decides_nothing_and_says_so() -> None:
    words = f"{WORDS}待遇，项目组：给付。\n"
    policy = tiny(convention("给付为100元", "待遇自2023年3月2日起施行"), words=words)
    answer = run(policy, visit("2023-03-01", "1"), visit("2023-03-02", "1"))
    assert ["待定", "100.00"] == [v["结果"]["给付"] for v in answer["就诊"]]
    assert "尚未施行" == answer["就诊"][0]["待定"][0]["原因"][0]["情形"]
