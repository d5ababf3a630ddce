"""The payment order: shares in turn, never below nothing, never above what is left, the person last; filling up; bands; rounding."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import yuan
from tests.tiny import convention, faults, outcome, run, tiny

WORDS = """政策：支付
原文：小
计算日期：就诊日期

【术语】
就诊日期，日期，填报。
总额、范围内，金额，填报。
住院，是非，填报。
比率，比例，参数。
甲付、乙付、个人，金额，结果。
甲方，付费方，记入甲付。
乙方，付费方，记入乙付。
"""
ORDER = "【支付顺序 一般】\n总额：总额\n依次：甲付\n依次：乙付\n其余：个人\n"


def pay(sentences: tuple[str, ...], parameters: dict[str, Any] | None = None, order: str = ORDER, **facts: Any) -> tuple[str, ...]:
    policy = tiny(f"{convention(*sentences)}{order}", words=WORDS)
    result = run(policy, {"就诊日期": "2023-05-01", **facts}, 参数=parameters or {})["就诊"][0]["结果"]
    return tuple(result.get(n) for n in ("甲付", "乙付", "个人"))


SHARES = ("由甲方支付总额的70%", "由乙方支付总额的20%")
FULL = ("由甲方支付总额的70%", "由乙方支付总额的50%")


def test_shares_are_taken_in_turn_and_the_person_bears_the_rest() -> None:
    assert ("70.00", "20.00", "10.00") == pay(SHARES, 总额="100.00")


def test_a_share_is_never_more_than_what_is_left() -> None:
    assert ("70.00", "30.00", "0.00") == pay(FULL, 总额="100.00")


def test_a_negative_share_is_nothing() -> None:
    assert ("0.00", "20.00", "80.00") == pay(("甲付为总额减去1000元", "由乙方支付总额的20%"), 总额="100.00")


def test_the_last_fen_goes_to_the_person_and_none_is_lost() -> None:
    """0.05 × 50% twice: each share rounds up, the second to what is left."""
    assert ("0.03", "0.02", "0.00") == pay(("由甲方支付总额的50%", "由乙方支付总额的50%"), 总额="0.05")


def test_the_order_of_lines_is_the_order_of_payment() -> None:
    turned = ORDER.replace("依次：甲付\n依次：乙付", "依次：乙付\n依次：甲付")
    assert ("50.00", "50.00", "0.00") == pay(FULL, order=turned, 总额="100.00")


def test_nothing_is_shared_of_nothing() -> None:
    assert ("0.00", "0.00", "0.00") == pay(SHARES, 总额="0")


def test_an_undetermined_share_leaves_those_after_it_undetermined() -> None:
    assert ("待定", "待定", "待定") == pay(("由甲方支付总额乘以比率", "由乙方支付总额的50%"), 总额="100.00")


FILL = ("由甲方支付范围内的60%", "由乙方补足至总额的95%")


@pytest.mark.parametrize(
    ("total", "inside", "shares"),
    [
        ("100.00", "100.00", ("60.00", "35.00", "5.00")),
        ("100.00", "50.00", ("30.00", "65.00", "5.00")),
        ("100.00", "0", ("0.00", "95.00", "5.00")),
        ("0.10", "0.10", ("0.06", "0.04", "0.00")),
        ("0.30", "0.30", ("0.18", "0.11", "0.01")),
    ],
)
def test_filling_up_pays_what_is_missing_to_the_goal(total: str, inside: str, shares: tuple[str, ...]) -> None:
    assert shares == pay(FILL, 总额=total, 范围内=inside)


def test_a_goal_already_reached_is_not_filled() -> None:
    assert ("99.00", "0.00", "1.00") == pay(("由甲方支付总额的99%", "由乙方补足至总额的95%"), 总额="100.00")


def test_two_orders_each_with_its_condition() -> None:
    order = "【支付顺序 住院】\n前提：住院\n总额：总额\n依次：甲付\n依次：乙付\n其余：个人\n【支付顺序 门诊】\n前提：不住院\n总额：范围内\n依次：甲付\n其余：个人\n"  # noqa: E501
    assert ("70.00", "30.00", "0.00") == pay(FULL, order=order, 总额="100.00", 范围内="80.00", 住院=True)
    assert ("70.00", "50.00", "10.00") == pay(FULL, order=order, 总额="100.00", 范围内="80.00", 住院=False)


def test_two_orders_may_turn_two_payers_round() -> None:
    order = (
        "【支付顺序 住院】\n前提：住院\n总额：总额\n依次：甲付\n依次：乙付\n其余：个人\n"
        "【支付顺序 门诊】\n前提：不住院\n总额：总额\n依次：乙付\n依次：甲付\n其余：个人\n"
    )
    assert ("70.00", "30.00", "0.00") == pay(FULL, order=order, 总额="100.00", 住院=True)
    assert ("50.00", "50.00", "0.00") == pay(FULL, order=order, 总额="100.00", 住院=False)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**6), st.integers(0, 10**6))
def test_shares_sum_to_the_bill_for_any_ratios(total: int, first: int, second: int) -> None:
    sentences = ("由甲方支付总额的50%", "由乙方支付范围内的50%")
    del first, second
    shares = [int(s.replace(".", "")) for s in pay(sentences, 总额=yuan(total), 范围内=yuan(total // 3))]
    assert total == sum(shares) and min(shares) >= 0


# --- bands --------------------------------------------------------------------------------------------------------------------------------------

BANDED = tiny(
    convention("甲付按总额分段计算不足5000元的部分按50%超过5000元至20000元的部分按60%超过20000元的部分按70%", "乙付为0元", "个人为0元"), words=WORDS
)


@pytest.mark.parametrize(
    ("total", "given"),
    [
        ("0", "0.00"),
        ("4999.99", "2500.00"),
        ("5000.00", "2500.00"),
        ("5000.01", "2500.01"),
        ("20000.00", "11500.00"),
        ("20000.01", "11500.01"),
        ("30000.00", "18500.00"),
    ],
)
def test_bands_are_marginal(total: str, given: str) -> None:
    assert given == outcome(BANDED, "甲付", 总额=total)


@pytest.mark.parametrize(
    "bands",
    [
        "不足5000元的部分按50%超过6000元的部分按60%",
        "不足5000元的部分按50%超过4000元的部分按60%",
        "超过5000元至2000元的部分按60%",
        "不足5000元的部分按50%不足5000元的部分按60%",
    ],
)
def test_bands_with_a_gap_or_an_overlap_are_refused(bands: str) -> None:
    policy = tiny(convention(f"甲付按总额分段计算{bands}", "乙付为0元", "个人为0元"), words=WORDS)
    assert () != faults(policy)


def test_rounding_is_a_step_where_it_is_written() -> None:
    """Half a fen goes up; 舍去 drops it."""
    for sentence, amount in (("甲付为总额乘以50%，四舍五入到分", "0.01"), ("甲付为总额乘以50%，舍去不足一分的部分", "0.00")):
        policy = tiny(convention(sentence, "乙付为0元", "个人为0元"), words=WORDS)
        assert amount == outcome(policy, "甲付", 总额="0.01")


def test_a_limit_after_rounding_and_before_it_are_told_apart() -> None:
    policy = tiny(convention("甲付为总额乘以50%，不超过0.01元，四舍五入到分", "乙付为0元", "个人为0元"), words=WORDS)
    assert "0.01" == outcome(policy, "甲付", 总额="5.00")
