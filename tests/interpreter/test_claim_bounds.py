"""What is declared of a value holds of what is filed: 不低于, 不超过, bands that leave no amount out, years, numbers of any length."""

from typing import Any

import pytest

from corpus.workspace import Policy
from tests.tiny import WORDS, convention, outcome, tiny

LEVELS = "医院级别，类别，填报：县级、市级。\n"
BOUNDED = (
    WORDS
    + LEVELS
    + """自付，金额，填报，不低于10元，不超过费用。
床日，数量，填报，不低于1，不超过次数。
结算日期，日期，填报，不低于出院日期，不超过2023年12月31日。
参保年份，年份，填报，不低于2010年。
起付，金额，参数，不低于100元，不超过限额。
支付比例，比例，参数，按医院级别列值，不低于10%，不超过100%。
最低比例，比例，参数，按医院级别列值，不超过支付比例。
比例表，分段表，参数，不超过95%。
补贴，金额，参数，不超过费用。
费用日期、窗起、窗止，日期，推导，没有规定的为不适用。
合计费用，金额，推导，没有规定的为不适用。
单价，金额，推导，不低于1元，不超过费用，没有规定的为不适用。
明细，清单，填报：费用日期、窗起、窗止、合计费用、单价。
"""
)


@pytest.fixture(scope="module")
def bounded() -> Policy:
    return tiny(convention("给付为费用"), words=BOUNDED)


def faults_of(policy: Policy, visit: dict[str, Any], **parameters: Any) -> tuple[str, ...]:
    return policy.read({"就诊": [visit], "参数": parameters})[1]


WITHIN: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    ({"自付": "10.00"}, {}),
    ({"自付": "10.00", "费用": "10.00"}, {}),
    ({"自付": "99.99"}, {}),
    ({"床日": 1, "次数": 1}, {}),
    ({"结算日期": "2023-12-31", "出院日期": "2023-12-31"}, {}),
    ({"参保年份": 2010}, {}),
    ({}, {"起付": "100", "限额": "100"}),
    ({}, {"支付比例": "100%"}),
    ({}, {"支付比例": {"县级": "10%", "市级": "100%"}, "最低比例": {"县级": "10%", "市级": "100%"}}),
    ({}, {"比例表": [["0", "100", "95%"], ["100", None, "0%"]]}),
    ({"费用": "5"}, {"补贴": "5"}),
    ({"费用": "5", "明细": [{"单价": "1"}, {"单价": "5"}]}, {}),
)


@pytest.mark.parametrize(("visit", "parameters"), WITHIN)
def test_what_is_on_a_bound_or_has_nothing_to_be_held_to_is_taken(bounded: Policy, visit: dict[str, Any], parameters: dict[str, Any]) -> None:
    assert () == faults_of(bounded, visit, **parameters)


BEYOND: tuple[tuple[dict[str, Any], dict[str, Any], str], ...] = (
    ({"自付": "9.99"}, {}, "第1笔“自付”不能低于10元"),
    ({"自付": "10.01", "费用": "10.00"}, {}, "第1笔“自付”不能超过费用"),
    ({"床日": 0}, {}, "第1笔“床日”不能低于1"),
    ({"床日": 3, "次数": 2}, {}, "第1笔“床日”不能超过次数"),
    ({"结算日期": "2024-01-01"}, {}, "第1笔“结算日期”不能超过2023年12月31日"),
    ({"结算日期": "2023-05-01", "出院日期": "2023-05-02"}, {}, "第1笔“结算日期”不能低于出院日期"),
    ({"参保年份": 2009}, {}, "第1笔“参保年份”不能低于2010年"),
    ({}, {"起付": "99.99"}, "参数“起付”不能低于100元"),
    ({}, {"起付": "500", "限额": "499.99"}, "参数“起付”不能超过限额"),
    ({}, {"支付比例": "150%"}, "参数“支付比例”不能超过100%"),
    ({}, {"支付比例": {"县级": "80%", "市级": "100.1%"}}, "参数“支付比例”的“市级”不能超过100%"),
    ({}, {"支付比例": {"县级": "9%", "市级": "70%"}}, "参数“支付比例”的“县级”不能低于10%"),
    ({}, {"支付比例": {"县级": "60%", "市级": "70%"}, "最低比例": {"县级": "61%", "市级": "61%"}}, "参数“最低比例”的“县级”不能超过支付比例"),
    ({}, {"比例表": [["0", "100", "95%"], ["100", None, "96%"]]}, "参数“比例表”第2段的比例不能超过95%"),
    ({"费用": "5"}, {"补贴": "5.01"}, "第1笔“补贴”不能超过费用"),
    ({"费用": "5", "明细": [{"单价": "1"}, {"单价": "5.01"}]}, {}, "第1笔“明细”第2项“单价”不能超过费用"),
    ({"明细": [{"单价": "0.99"}]}, {}, "第1笔“明细”第1项“单价”不能低于1元"),
)


@pytest.mark.parametrize(("visit", "parameters", "said"), BEYOND, ids=[b[2] for b in BEYOND])
def test_what_is_beyond_a_bound_is_refused_by_name_and_bound(bounded: Policy, visit: dict[str, Any], parameters: dict[str, Any], said: str) -> None:
    assert (said,) == faults_of(bounded, visit, **parameters)


def test_a_default_that_was_used_bounds_like_what_was_filed() -> None:
    policy = tiny(
        convention("给付为费用"), words=WORDS.replace("费用，金额，填报", "费用，金额，填报，没有填报的为0元") + "自付，金额，填报，不超过费用。\n"
    )
    assert ("第1笔“自付”不能超过费用",) == faults_of(policy, {"自付": "0.01"})


def test_the_ratio_of_basic_insurance_in_gansu_is_at_most_the_whole(gansu: Policy) -> None:
    """Declared 不超过100%; alone and for one level of hospital."""
    assert ("参数“基本医保支付比例”不能超过100%",) == faults_of(gansu, {}, 基本医保支付比例="150%")
    assert ("参数“基本医保支付比例”的“县级”不能超过100%",) == faults_of(gansu, {}, 基本医保支付比例={"县级": "150%", "市级": "70%"})
    assert () == faults_of(gansu, {}, 基本医保支付比例={"县级": "100%", "市级": "70%"})


# --- bands ---------------------------------------------------------------------------------------------------------------------------------------

BANDS = tiny(convention("给付为费用按照比例表分段计算"), words=f"{WORDS}比例表，分段表，参数。\n")
NO_BANDS: tuple[tuple[list[list[Any]], str], ...] = (
    ([["100", None, "50%"]], "第1段应当从0.00起"),
    ([["0", "100", "50%"]], "最后一段不能有上限，应写成 null"),
    ([["0", "100", "50%"], ["100", "200", "60%"]], "最后一段不能有上限，应写成 null"),
    ([["0", "100", "50%"], ["90", None, "60%"]], "第2段应当从100.00起"),
    ([["0", "100", "50%"], ["110", None, "60%"]], "第2段应当从100.00起"),
    ([["0", "0", "50%"], ["0", None, "60%"]], "第1段的上限应当高于下限"),
    ([["0", "100", "50%"], ["100", "40", "60%"], ["40", None, "70%"]], "第2段的上限应当高于下限"),
    ([["0", None, "50%"], ["100", None, "60%"]], "第2段前面的一段没有上限"),
    ([["100", None, "50%"], ["0", "100", "60%"]], "第1段应当从0.00起"),
)


@pytest.mark.parametrize(("bands", "said"), NO_BANDS)
def test_bands_that_leave_an_amount_out_or_take_one_twice_are_refused(bands: list[list[Any]], said: str) -> None:
    assert (f"参数“比例表”{said}",) == faults_of(BANDS, {}, 比例表=bands)


def test_bands_from_nothing_upward_are_read() -> None:
    """150 = 100 × 50% + 50 × 60%."""
    assert "80.00" == outcome(BANDS, parameters={"比例表": [["0", "100", "50%"], ["100", None, "60%"]]}, 费用="150.00")


# --- what raised an exception ----------------------------------------------------------------------------------------------------------------------

HUGE = 10**5000
ANY_KIND = (
    f"{WORDS}年度，年份，填报。\n月份项，月份，填报。\n明细，清单，填报：费用。\n比例表，分段表，参数。\n放假，日期表，参数。\n名单，名录，参数。\n"
)


def test_a_number_of_five_thousand_digits_is_refused_wherever_it_stands() -> None:
    policy = tiny(convention("给付为费用"), words=ANY_KIND)
    for term in policy.compiled().book.terms:
        for raw in (HUGE, -HUGE, [HUGE], {"x": HUGE}, [{"费用": HUGE}], [[HUGE, HUGE, HUGE]]):
            for data in ({"就诊": [{term.name: raw}]}, {"就诊": [{}], "参数": {term.name: raw}}):
                claim, faults = policy.read(data)
                assert claim is None and all(len(f) < 300 for f in faults)
    assert ("第1笔“费用”不是金额：（写不下的值）。最多两位小数，不能为负",) == faults_of(policy, {"费用": HUGE})


def test_a_reading_called_by_a_huge_number_is_refused(fumeng: Policy) -> None:
    claim, faults = fumeng.read({"就诊": [{}], "读法": {"A004-1": HUGE}})
    assert claim is None and "读法“A004-1”没有“（写不下的值）”" in faults[0]


@pytest.mark.parametrize("raw", [20230, 1899, 2101, 0, "99999"])
def test_a_year_nobody_lives_in_is_refused(raw: int | str) -> None:
    words = WORDS.replace("计算日期：就诊日期", "计算日期：就诊日期、年度") + "年度，年份，填报。\n"
    policy = tiny(convention("给付为费用"), words=words)
    assert (f'第1笔“年度”不是年份：{raw}。应写成 "2023"',) == faults_of(policy, {"年度": raw})
    assert () == faults_of(policy, {"年度": 2023}) == faults_of(policy, {"年度": "2023"})


def test_what_an_item_holds_must_be_declared() -> None:
    policy = tiny(convention("给付为费用"), words=f"{WORDS}明细，清单，填报：没有登记的。\n")
    assert ("第1笔“明细”第1项的“没有登记的”没有在政策里登记，不能填写",) == faults_of(policy, {"明细": [{"没有登记的": "1"}]})
