"""What holds for every claim of both notices: sums, limits, order, splitting, voiding."""

import copy
import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from corpus.workspace import Policy
from grammar.source import Source
from tests.strategies import FUMENG_PARAMETERS, claims, fumeng_visits, linxi_visits, yuan

quick = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much]
)
KEYS = ("fumeng-2022", "linxi-2017")

#: Who pays, the person last, and the bill they sum to.
SHARES = {
    "fumeng-2022": (("基本医保支付", "大病保险支付", "床日定额救助", "基本救助", "倾斜救助", "个人负担合计"), "医疗总费用"),
    "linxi-2017": (("医保报销", "脱贫医疗保障基金补偿", "个人自付"), "医药费用总额"),
}
#: 二（二）2 第1款第2句第1分句, 第2款第2句第2分句.
BASIC_LIMIT = 2_000_000
TOP_UP_LIMIT = {"低保对象": 2_000_000, "特困人员": 2_000_000, "孤儿": 2_000_000, "低保边缘家庭成员": 1_500_000, "因病致贫重病患者": 1_000_000}
FUND_YEAR_TOTALS = ("基本救助", "倾斜救助")


def fen(amount: str) -> int:
    """Fen of a filed amount, by hand."""
    whole, _, cents = amount.partition(".")
    return int(whole) * 100 + int(cents)


def decided(policy: Policy, claim: dict[str, Any]) -> dict[str, Any]:
    read, faults = policy.read(claim)
    assert read is not None, faults
    return policy.result(policy.decide(read))


def outcomes(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [v["结果"] for v in answer["就诊"]]


# --- sums and limits ------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
@quick
@given(st.data())
def test_shares_are_not_negative_and_sum_to_the_bill(policies: dict[str, Policy], key: str, data: st.DataObject) -> None:
    claim = data.draw(claims(key))
    names, bill = SHARES[key]
    for visit, result in zip(claim["就诊"], outcomes(decided(policies[key], claim)), strict=True):
        shares = [result[n] for n in names if n in result]
        if "待定" in shares or "冲突" in shares:
            continue
        amounts = [fen(s) for s in shares]
        assert min(amounts) >= 0
        assert fen(visit[bill]) == sum(amounts)


@pytest.mark.parametrize("key", KEYS)
@quick
@given(st.data())
def test_with_every_parameter_given_nothing_is_undetermined(policies: dict[str, Policy], key: str, data: st.DataObject) -> None:
    claim = data.draw(claims(key))
    waiting = [row for v in decided(policies[key], claim)["就诊"] for row in v["待定"]]
    assert [] == waiting


@pytest.mark.parametrize("key", KEYS)
@quick
@given(st.data())
def test_the_waterfall_is_the_shares_and_sums_to_the_bill(policies: dict[str, Policy], key: str, data: st.DataObject) -> None:
    claim = data.draw(claims(key, 2))
    for visit, row in zip(claim["就诊"], decided(policies[key], claim)["就诊"], strict=True):
        assert fen(visit[SHARES[key][1]]) == sum(fen(r["金额"]) for r in row["瀑布"])


@quick
@given(claims("fumeng-2022", 6))
def test_no_limit_of_a_year_is_passed(fumeng: Policy, claim: dict[str, Any]) -> None:
    results = outcomes(decided(fumeng, claim))
    category = claim["就诊"][0]["人员类别"]
    assert sum(fen(r["基本救助"]) for r in results) <= BASIC_LIMIT
    assert sum(fen(r["倾斜救助"]) for r in results) <= TOP_UP_LIMIT[category]


@quick
@given(claims("fumeng-2022", 6), st.randoms())
def test_no_limit_of_a_year_is_passed_when_the_category_changes(fumeng: Policy, claim: dict[str, Any], random: Any) -> None:
    for visit in claim["就诊"]:
        visit["人员类别"] = random.choice(list(TOP_UP_LIMIT))
    results = outcomes(decided(fumeng, claim))
    assert sum(fen(r["基本救助"]) for r in results) <= BASIC_LIMIT
    assert sum(fen(r["倾斜救助"]) for r in results) <= max(TOP_UP_LIMIT[v["人员类别"]] for v in claim["就诊"])


@quick
@given(claims("linxi-2017", 6))
def test_the_quota_of_a_disease_is_not_passed_in_a_year(linxi: Policy, claim: dict[str, Any]) -> None:
    """定额口径 报销额: what basic insurance gives for one disease of the list stays within the yearly quota."""
    given_by: dict[str, int] = {}
    for visit, result in zip(claim["就诊"], outcomes(decided(linxi, claim)), strict=True):
        if visit["病种"] in claim["参数"]["按定额管理病种"]:
            given_by[visit["病种"]] = given_by.get(visit["病种"], 0) + fen(result["医保报销"])
    assert all(total <= 300_000 for total in given_by.values())


# --- rules section 4.3 ------------------------------------------------------------------------------------------------------------------------------


@quick
@given(claims("fumeng-2022", 3), st.integers(0, 2), st.integers(1, 1_000_000))
def test_a_dearer_bill_never_lowers_a_payer_or_the_person(fumeng: Policy, claim: dict[str, Any], index: int, more: int) -> None:
    """4.3 item 3, for eligible cost raised at one visit, category fixed, the first two payers as settled."""
    for visit in claim["就诊"]:
        visit["大病保险支付"] = visit.get("大病保险支付", "0.00")
        visit["转诊情况"], visit["是否定点医疗机构"], visit["诊断"] = "县内就医，无需转诊", True, "肺炎"
    dearer = copy.deepcopy(claim)
    visit = dearer["就诊"][index % len(dearer["就诊"])]
    for name in ("医疗总费用", "政策范围内费用"):
        visit[name] = yuan(fen(visit[name]) + more)
    before, after = decided(fumeng, claim)["合计"], decided(fumeng, dearer)["合计"]
    assert fen(before["基本救助"]) <= fen(after["基本救助"])
    assert fen(before["医疗救助合计"]) <= fen(after["医疗救助合计"]) + 3
    assert fen(before["个人负担合计"]) <= fen(after["个人负担合计"]) + 3


@quick
@given(fumeng_visits(), st.integers(1, 10**8))
def test_a_claim_in_two_pieces_gives_the_year_the_same_but_for_a_fen(fumeng: Policy, visit: dict[str, Any], cut: int) -> None:
    """4.3 item 4: at most one fen for each payer and piece."""
    visit |= {"大病保险支付": visit.get("大病保险支付", "0.00"), "诊断": "肺炎"}
    pieces = [dict(visit), dict(visit)]
    for name in ("医疗总费用", "政策范围内费用", "基本医保支付", "大病保险支付"):
        whole = fen(visit[name])
        part = whole * (cut % 1000) // 1000
        pieces[0][name], pieces[1][name] = yuan(part), yuan(whole - part)
    assume(all(fen(p["政策范围内费用"]) >= fen(p["基本医保支付"]) + fen(p["大病保险支付"]) for p in pieces))
    assume(all(fen(p["医疗总费用"]) >= fen(p["政策范围内费用"]) for p in pieces))
    one = decided(fumeng, {"就诊": [visit], "参数": FUMENG_PARAMETERS})["合计"]
    two = decided(fumeng, {"就诊": pieces, "参数": FUMENG_PARAMETERS})["合计"]
    for name in FUND_YEAR_TOTALS:
        assert abs(fen(one[name]) - fen(two[name])) <= 2


@quick
@given(claims("fumeng-2022", 4), st.randoms())
def test_the_order_of_dates_changes_the_year_by_rounding_only(fumeng: Policy, claim: dict[str, Any], random: Any) -> None:
    """4.3 item 5: dates dealt out again among the visits of one year; category and all else fixed."""
    for visit in claim["就诊"]:
        visit["大病保险支付"] = visit.get("大病保险支付", "0.00")
        visit["转诊情况"], visit["是否定点医疗机构"], visit["诊断"] = "县内就医，无需转诊", True, "肺炎"
    dealt = copy.deepcopy(claim)
    days = [v["出院日期"] for v in dealt["就诊"]]
    random.shuffle(days)
    for visit, day in zip(dealt["就诊"], days, strict=True):
        visit["出院日期"] = visit["入院日期"] = day
    before, after = decided(fumeng, claim)["合计"], decided(fumeng, dealt)["合计"]
    for name in FUND_YEAR_TOTALS:
        assert abs(fen(before[name]) - fen(after[name])) <= len(days)


@quick
@given(fumeng_visits())
def test_weaker_categories_never_pay_more_for_one_bill(fumeng: Policy, visit: dict[str, Any]) -> None:
    """4.3 item 6: 特困 = 孤儿 ≤ 低保 ≤ 低保边缘 ≤ 因病致贫, burden after the first two payers equal."""
    visit |= {"大病保险支付": visit.get("大病保险支付", "0.00"), "转诊情况": "县内就医，无需转诊", "是否定点医疗机构": True, "诊断": "肺炎"}
    borne = []
    for category in ("特困人员", "孤儿", "低保对象", "低保边缘家庭成员"):
        answer = decided(fumeng, {"就诊": [visit | {"人员类别": category}], "参数": FUMENG_PARAMETERS})
        borne.append(fen(answer["就诊"][0]["结果"]["政策范围内个人自付"]))
    poorest, orphan, allowance, margin = borne
    assert poorest == orphan <= allowance <= margin


@quick
@given(linxi_visits(), st.integers(0, 95), st.sampled_from(["500.00", "3000.00", "未用尽"]))
def test_the_persons_part_does_not_depend_on_ratio_quota_or_scope(linxi: Policy, visit: dict[str, Any], ratio: int, quota: str) -> None:
    """4.3 item 7: while basic insurance pays no more than 95 % of the total."""
    parameters = {
        "按住院管理病种": ["恶性肿瘤放化疗", "肾衰透析"],
        "按定额管理病种": ["糖尿病", "甲亢", "癫痫"],
        "住院管理类是否二次补偿": True,
        "定额口径": "报销额",
    }
    base = decided(linxi, {"就诊": [visit], "参数": parameters | {"住院管理类基础报销比例": "50%", "年度定额": "未用尽"}})
    other_visit = visit | {"政策范围内费用": yuan(fen(visit["政策范围内费用"]) // 2)}
    other = decided(linxi, {"就诊": [other_visit], "参数": parameters | {"住院管理类基础报销比例": f"{min(ratio, 85)}%", "年度定额": quota}})
    a, b = base["就诊"][0]["结果"], other["就诊"][0]["结果"]
    assume(a["脱贫医疗保障基金补偿"] != "0.00" and b["脱贫医疗保障基金补偿"] != "0.00")
    assert a["个人自付"] == b["个人自付"]


@quick
@given(claims("fumeng-2022", 3))
def test_every_amount_names_the_words_it_rests_on(fumeng: Policy, claim: dict[str, Any]) -> None:
    """4.3 item 9: an amount that is not nothing has a sentence of the notice."""
    for row in decided(fumeng, claim)["就诊"]:
        for name in ("基本救助", "倾斜救助", "床日定额救助"):
            if row["结果"].get(name, "0.00") not in ("0.00", "待定"):
                assert any(name in r["代入"] and r["原文"] for r in row["适用"]), name


@quick
@given(claims("fumeng-2022", 4), st.integers(0, 3))
def test_voiding_a_visit_is_as_if_it_had_never_been(fumeng: Policy, claim: dict[str, Any], index: int) -> None:
    """4.3 item 10: the others get what they would have got without it, and entering it again restores every figure."""
    assume(len(claim["就诊"]) > 1)
    for visit in claim["就诊"]:
        visit["人员类别"] = claim["就诊"][0]["人员类别"]
    index %= len(claim["就诊"])
    void = decided(fumeng, claim | {"事件": [{"事件": f"第{index + 1}笔核定为虚假费用", "核定日期": "2023-12-31"}]})
    without = decided(fumeng, claim | {"就诊": [v for i, v in enumerate(claim["就诊"]) if i != index]})
    again = decided(fumeng, claim)
    assert [r for i, r in enumerate(outcomes(void)) if i != index] == outcomes(without)
    whole = {f"第{i + 1}笔": r["医疗救助合计"] for i, r in enumerate(outcomes(again))}
    assert whole == {k: v for k, v in void["合计"]["原支付"].items() if k != "合计"}
    assert outcomes(decided(fumeng, claim)) == outcomes(again)


# --- order -----------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
@quick
@given(st.data())
def test_the_order_of_keys_and_of_members_changes_nothing(policies: dict[str, Policy], key: str, data: st.DataObject) -> None:
    claim = data.draw(claims(key, 2))
    random = data.draw(st.randoms(use_true_random=False))
    assert json.dumps(decided(policies[key], claim), ensure_ascii=False) == json.dumps(
        decided(policies[key], shuffled(claim, random)), ensure_ascii=False
    )


def shuffled(value: Any, random: Any) -> Any:
    if isinstance(value, dict):
        names = list(value)
        random.shuffle(names)
        return {n: shuffled(value[n], random) for n in names}
    return [shuffled(v, random) for v in value] if isinstance(value, list) else value


@quick
@given(claims("fumeng-2022", 4), st.randoms(use_true_random=False))
def test_the_order_of_filing_changes_nothing_but_the_order_of_rows(fumeng: Policy, claim: dict[str, Any], random: Any) -> None:
    days = [v["出院日期"] for v in claim["就诊"]]
    assume(len(set(days)) == len(days))
    order = list(range(len(days)))
    random.shuffle(order)
    filed = decided(fumeng, claim | {"就诊": [claim["就诊"][i] for i in order]})
    expected = outcomes(decided(fumeng, claim))
    assert [expected[i] for i in order] == outcomes(filed)


def _blocks(text: str) -> list[str]:
    return [f"【{part}" for part in ("\n" + text).split("\n【")[1:]]


def _head(text: str) -> str:
    return ("\n" + text).split("\n【")[0]


def _rearranged(policy: Policy, random: Any, files: int = 1) -> Policy:
    """All blocks of all files in another order, in `files` files; the head stays in the first."""
    head = "\n".join(_head(s.text) for s in policy.sources)
    blocks = [b for s in policy.sources for b in _blocks(s.text)]
    random.shuffle(blocks)
    piles = [blocks[i::files] for i in range(files)]
    return Policy(tuple(Source(f"{i}.policy", (head if i == 0 else "") + "\n" + "\n".join(p) + "\n") for i, p in enumerate(piles)), policy.notice)


@pytest.mark.parametrize("files", [1, 2])
@pytest.mark.parametrize("key", KEYS)
def test_the_order_of_blocks_and_of_files_changes_no_amount(policies: dict[str, Policy], cases: dict[str, Any], key: str, files: int) -> None:
    from random import Random

    from interpreter.examples import claims_of

    filed = [c for case in cases[key] for c in claims_of(case)]
    expected = [[v["结果"] for v in decided(policies[key], c)["就诊"]] for c in filed]
    for seed in range(4):
        other = _rearranged(policies[key], Random(seed), files)
        assert expected == [[v["结果"] for v in decided(other, c)["就诊"]] for c in filed]


@pytest.mark.parametrize("key", KEYS)
def test_the_order_of_blocks_changes_no_sentence_that_fired(policies: dict[str, Policy], cases: dict[str, Any], key: str) -> None:
    from random import Random

    from interpreter.examples import claims_of

    filed = [c for case in cases[key] for c in claims_of(case)]

    def fired(policy: Policy) -> list[list[list[tuple[str, str]]]]:
        return [[sorted((r["条"], r["条款"]) for r in v["适用"]) for v in decided(policy, c)["就诊"]] for c in filed]

    expected = fired(policies[key])
    for seed in range(2):
        assert expected == fired(_rearranged(policies[key], Random(seed), 2))


@quick
@given(claims("fumeng-2022", 2))
def test_what_is_no_business_of_the_rules_changes_nothing(fumeng: Policy, claim: dict[str, Any]) -> None:
    other = copy.deepcopy(claim) | {"备注": "张三，13800000000"}
    assert decided(fumeng, claim) == decided(fumeng, other)


def test_an_exact_share_is_rounded_once(fumeng: Policy, cases: dict[str, Any]) -> None:
    """70% of 0.05 is 3.5 fen: rounded half up to 0.04, the person bears 0.01."""
    visit = cases["fumeng-2022"][0]["就诊"][0] | {"医疗总费用": "0.05", "政策范围内费用": "0.05", "基本医保支付": "0.00", "大病保险支付": "0.00"}
    (result,) = outcomes(decided(fumeng, {"就诊": [visit], "参数": FUMENG_PARAMETERS}))
    assert Fraction(7, 10) * 5 == Fraction(7, 2)
    assert ("0.04", "0.01") == (result["基本救助"], result["个人负担合计"])
