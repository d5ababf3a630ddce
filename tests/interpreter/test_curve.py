"""An outcome over an amount: break points to the fen, slopes, cliffs, and what begins or ceases there."""

from fractions import Fraction

from corpus.workspace import Policy
from interpreter.curve import Curve, curve, default_range
from interpreter.trials import attempts
from tests.tiny import WORDS, convention, tiny

DAY = "2023-05-01"


def drawn(policy: Policy, high: int, filed: str = "0") -> Curve:
    data = {"就诊": [{"就诊日期": DAY, "费用": filed}], "参数": {"限额": "3000"}}
    return curve(attempts(data, policy.read, policy.decide), policy.compiled().book.term["费用"], 0, 0, "给付", 0, high, lambda: False)


def test_a_deductible_a_ratio_and_a_cap_are_three_pieces_with_exact_ends_and_slopes() -> None:
    found = drawn(tiny(convention("给付为费用超过400元的部分乘以70%，不超过限额")), 1_000_000)
    assert [(0, 0), (Fraction(7, 10), 0), (0, 300_000)] == [(p.slope, p.first) for p in found.pieces]
    assert [40_000, 468_571] == [b.at for b in found.breaks] or [40_000, 468_572] == [b.at for b in found.breaks]
    assert not any(b.is_cliff for b in found.breaks)


def test_a_condition_on_the_amount_is_a_cliff_where_one_fen_more_costs_everything() -> None:
    found = drawn(tiny(convention("费用超过1000元的，给付为0元", "其他的，给付为费用乘以50%")), 200_000)
    assert [(100_001, -50_000, True)] == [(b.at, b.jump, b.is_cliff) for b in found.breaks]
    assert [Fraction(1, 2), 0] == [p.slope for p in found.pieces]


def test_a_narrow_bump_between_equal_ends_is_found_by_the_figures_of_the_policy() -> None:
    rule = convention("费用超过777元且费用不超过780元的，给付为100元", "其他的，给付为0元")
    assert [77_701, 78_001] == [b.at for b in drawn(tiny(rule), 1_000_000_00).breaks]


def test_bands_break_where_each_begins() -> None:
    found = drawn(tiny(convention("给付按费用分段计算不足5000元的部分按50%超过5000元的部分按60%")), 1_000_000)
    assert [Fraction(1, 2), Fraction(3, 5)] == [p.slope for p in found.pieces]
    assert [500_000] == [b.at for b in found.breaks] or [500_001] == [b.at for b in found.breaks]


def test_where_the_claim_cannot_be_filed_there_is_no_amount() -> None:
    words = WORDS.replace("费用，金额，填报", "上限，金额，填报，没有填报的为50元。\n费用，金额，填报，不超过上限")
    found = drawn(tiny(convention("给付为费用"), words=words), 10_000)
    assert [(0, 5_000, 0, 5_000), (5_001, 10_000, None, None)] == [(p.low, p.high, p.first, p.last) for p in found.pieces]
    assert Fraction(1234) == found.value_at(1234)
    assert found.value_at(7000) is None


def test_the_range_is_the_declared_bounds_or_twice_what_is_filed() -> None:
    policy = tiny(convention("给付为费用"), words=WORDS.replace("标准、限额，金额，参数", "标准、限额，金额，参数，不低于100元，不超过900元"))
    claim, _ = policy.read({"就诊": [{"就诊日期": DAY, "费用": "200"}]})
    assert claim is not None
    term = policy.compiled().book.term
    assert (0, 40_000) == default_range(term["费用"], claim, 0)
    assert (10_000, 90_000) == default_range(term["标准"], claim, 0)
