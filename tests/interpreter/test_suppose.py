"""What an unknown parameter leaves possible: the lowest and the highest, wherever between its bounds they lie."""

from typing import Any

from tests.tiny import WORDS, convention, run, tiny

BOUNDED = f"{WORDS}自付、补助，金额，推导。\n【参数】\n率，比例，不低于0%，不超过100%。\n"


def bounds(*sentences: str, words: str = BOUNDED, **facts: Any) -> list[Any]:
    answer = run(tiny(convention(*sentences), words=words), {"就诊日期": "2023-05-01", **facts})["就诊"][0]["结果"]
    return [answer.get("给付_下限"), answer.get("给付_上限")]


def test_the_ends_of_the_parameter_are_the_ends_of_the_amount_where_nothing_turns() -> None:
    assert ["0.00", "1000.00"] == bounds("给付为费用乘以率", 费用="1000.00")


def test_a_condition_that_turns_over_between_the_ends_is_found_to_the_fen() -> None:
    cliff = ("自付为费用减去费用乘以率，四舍五入到分", "自付超过400元的，补助为自付；其他的，补助为0元", "给付为自付减去补助")
    assert ["0.00", "400.00"] == bounds(*cliff, 费用="1000.00")


def test_an_amount_that_rises_and_falls_again_has_its_highest_in_between() -> None:
    tent = ("自付为费用乘以率", "补助为费用减去费用乘以率", "给付为自付与补助孰低")
    assert ["0.00", "500.00"] == bounds(*tent, 费用="1000.00")


def test_no_bounds_are_told_where_another_unknown_leaves_it_open() -> None:
    assert [None, None] == bounds("住院的，给付为费用乘以率；其他的，给付为费用", 费用="1000.00")
