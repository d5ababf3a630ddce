"""The engine and the hand-written reference of linxi-2017 agree on random claims: quotas, approvals, places, false receipts."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from corpus.workspace import Policy
from tests.against import Facts, answered, beside, by_chance, cases_of, compare, reproduced, unequal, unexplained
from tests.reference import linxi_2017 as by_hand
from tests.reference.amounts import fen, half_up, yuan
from tests.reference.linxi_2017 import BY_COUNTY, BY_INSURANCE, CALLED, FILLED_TO, FIRST_DAY, INSIDE, STENT, anniversary, completions, named

CASES = cases_of("linxi-2017")
SEED, SLOW_SEED = 20170607, 20171225
INPATIENT_LIKE = ("肾衰透析", "恶性肿瘤放化疗", "器官移植后抗排斥治疗", "血友病")
UNLISTED = ("痛风", "肺炎", "白内障")
READINGS = (  # any other reading of the rules than A003-16's
    *(("A003-5", "限制费用额"), ("A003-6", "都用总额"), ("A003-6", "都用政策范围内"), ("A003-11", "含不符合准入条件者"), ("A003-13", "追溯到年初")),
    *(("A003-15", "都不予补偿"), ("A003-20", "不问准入"), ("A003-28", "先算个人")),
)
SHARES = ("医保报销", "脱贫医疗保障基金补偿", "个人自付")
NAMED_IN_A_FACT = (
    "医疗机构_县内",
    "医疗机构_签约",
    "医疗机构_定点",
    "专家审核通过",
    "符合医保慢病准入条件",
    "手术日期",
    "是否建档立卡贫困人口",
    "户籍地",
)


# --- random claims --------------------------------------------------------------------------------------------------------------------------------


def given_parameters(rng: Random) -> Facts:
    managed = [d for d in BY_INSURANCE if d not in INPATIENT_LIKE]
    parameters: Facts = {
        "按定额管理病种": managed,
        "按住院管理病种": list(INPATIENT_LIKE),
        "年度定额": rng.choice(("未用尽", yuan(rng.choice((1_000_00, 2_400_00, rng.randrange(50_00, 6_000_00)))))),
        "住院管理类基础报销比例": rng.choice(("70%", "84.99%", "85%", "85.01%", "90%", "92%", "65.5%")),
        "住院管理类是否二次补偿": by_chance(rng, 0.9),
    }
    if parameters["年度定额"] != "未用尽":
        parameters["定额口径"] = "费用额" if by_chance(rng, 0.2) else "报销额"
    if by_chance(rng, 0.06):
        del parameters[rng.choice(("年度定额", "住院管理类基础报销比例", "住院管理类是否二次补偿"))]
    return parameters


def costs(rng: Random, disease: str, parameters: Facts, used: int) -> tuple[int, int]:
    """Total and scope: at the quota's end, where 医保 reaches 95% of the total, at half a fen, or just any."""
    total = rng.choice((rng.randrange(1, 900_00), rng.randrange(1, 9_000_00), 10 + 20 * rng.randrange(40_00)))
    scope = rng.choice((total, total, rng.randrange(total + 1)))
    if disease in INPATIENT_LIKE and "住院管理类基础报销比例" in parameters and by_chance(rng, 0.5):
        share = min(Fraction(1), Fraction(parameters["住院管理类基础报销比例"].rstrip("%")) / 100 + Fraction(1, 10))
        scope = min(total, beside(rng, total * FILLED_TO / share))
    elif parameters.get("年度定额", "未用尽") != "未用尽" and by_chance(rng, 0.5):
        scope = beside(rng, Fraction(max(0, fen(parameters["年度定额"]) - used) * 10, 9))
        total = max(1, scope + rng.choice((0, 0, rng.randrange(300_00))))
    return total, scope


def also_called(rng: Random, disease: str) -> str:
    names = [name for name, listed in CALLED.items() if listed == disease]
    return rng.choice(names) if names and by_chance(rng, 0.4) else disease


def a_visit(rng: Random, disease: str, day: date, parameters: Facts, used: int) -> Facts:
    total, scope = costs(rng, disease, parameters, used)
    visit: Facts = {
        "户籍地": "林西县",
        "参保地": "林西县",
        "参保险种": "城乡居民医疗保险",
        "是否建档立卡贫困人口": True,
        "病种": also_called(rng, disease),
        "年度申报审核通过日期": max(FIRST_DAY, min(day, date(day.year, 1, 5))).isoformat(),
        "就诊日期": day.isoformat(),
        **dict.fromkeys(INSIDE, True),
        "医药费用总额": yuan(total),
        "政策范围内费用": yuan(scope),
    }
    if disease in BY_INSURANCE:
        visit["符合医保慢病准入条件"] = True
    if disease in BY_COUNTY:
        visit["专家审核通过"] = True
    if disease == STENT:
        operated = day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else day - timedelta(366)
        visit["手术日期"] = (operated + timedelta(rng.choice((-1, 0, 1, -40, 200, 365, 366, 367, 420)))).isoformat()
    return visit


def disturb(rng: Random, visit: Facts) -> None:
    """One condition not met."""
    day = date.fromisoformat(visit["就诊日期"])
    late = (None, visit["就诊日期"], (day + timedelta(1)).isoformat(), f"{day.year - 1}-12-31", (day - timedelta(1)).isoformat())
    changes: tuple[tuple[str, Any], ...] = (
        *((name, False) for name in INSIDE),
        ("是否建档立卡贫困人口", False),
        ("参保险种", "城镇职工基本医疗保险"),
        ("户籍地", "其他"),
        ("参保地", "其他"),
        *(("年度申报审核通过日期", value) for value in late),
        ("专家审核通过" if "专家审核通过" in visit else "符合医保慢病准入条件", False),
    )
    name, value = rng.choice(changes)
    if name != "年度申报审核通过日期" or value is None or value >= FIRST_DAY.isoformat():
        visit[name] = value


def days(rng: Random, count: int) -> list[date]:
    span = rng.choice((200, 500, 1400))
    return sorted(FIRST_DAY + timedelta(rng.randrange(span)) for _ in range(count))


def visits_of(rng: Random, parameters: Facts, diseases: tuple[str, ...]) -> list[Facts]:
    """Quotas run up by disease and year as the reference has it, so that the next bill can be put on the quota's end."""
    visits: list[Facts] = []
    for day in days(rng, rng.choice((1, 2, 3, 4, 5))):
        disease = rng.choice(diseases)
        same = [v for v in visits if named(v) == disease and v["就诊日期"][:4] == str(day.year)]
        used = sum(half_up(fen(v["政策范围内费用"]) * Fraction(9, 10)) for v in same)
        visits.append(a_visit(rng, disease, day, parameters, used))
    return visits


def ordinary(rng: Random) -> Facts:
    parameters = given_parameters(rng)
    diseases = tuple(rng.choice((BY_INSURANCE, BY_INSURANCE, BY_COUNTY, INPATIENT_LIKE, (STENT,))) for _ in range(2))
    chosen = tuple(rng.choice(some) for some in diseases)
    visits = visits_of(rng, parameters, (*chosen, rng.choice(UNLISTED)) if by_chance(rng, 0.1) else chosen)
    for visit in visits:
        if by_chance(rng, 0.2):
            disturb(rng, visit)
    if by_chance(rng, 0.12):  # unknown facts, in the last visit only
        for name in rng.sample(NAMED_IN_A_FACT, 2):
            visits[-1].pop(name, None)
    return {"就诊": visits, "参数": parameters}


def false_receipt(rng: Random) -> Facts:
    """A bill of any list found to be false: what is recovered, the rest of the year, and quotas that it no longer uses up."""
    parameters: Facts = given_parameters(rng)
    visits = visits_of(rng, parameters, (rng.choice(BY_COUNTY), rng.choice(("糖尿病", "糖尿病", "血友病")), "糖尿病"))
    number = rng.randrange(len(visits))
    for n, visit in enumerate(visits):
        visit["单据"] = "虚假凭据" if n == number else "真实"
        if by_chance(rng, 0.1):
            visit[rng.choice(INSIDE)] = False
        elif n != number and by_chance(rng, 0.15):
            disturb(rng, visit)
    found = date.fromisoformat(visits[number]["就诊日期"]) + timedelta(rng.choice((1, 5, 60, 200)))
    if by_chance(rng, 0.5) and number + 1 < len(visits):
        found = max(found, date.fromisoformat(visits[-1]["就诊日期"]) + timedelta(rng.choice((-1, 0, 1))))
    claim = {"就诊": visits, "事件": [{"事件": f"核定提供虚假凭据（第{number + 1}笔）", "核定日期": found.isoformat()}], "参数": parameters}
    if by_chance(rng, 0.3):
        claim["读法"] = dict([rng.choice((("A003-16", "当年全部"), rng.choice(READINGS)))])
    return claim


def too_early(rng: Random) -> Facts:
    parameters, day = given_parameters(rng), FIRST_DAY - timedelta(rng.choice((0, 1, 1, 90)))
    return {"就诊": [a_visit(rng, rng.choice((*BY_COUNTY, *BY_INSURANCE)), day, parameters, 0)], "参数": parameters}


def monthly_report(rng: Random) -> Facts:
    month = f"{rng.randrange(2018, 2021)}-{rng.randrange(1, 13):02d}"
    return {"就诊": [{"机构": "县内定点医疗机构", "结算月份": month}], "参数": {}}


def a_claim(rng: Random) -> Facts:
    return rng.choices((ordinary, false_receipt, too_early, monthly_report), (76, 20, 2, 2))[0](rng)


# --- comparison -----------------------------------------------------------------------------------------------------------------------------------


def differences(policy: Policy, claim: Facts) -> tuple[int, list[str]]:
    """How many outcomes the reference states, and what is wrong with the engine's answer."""
    visits, parameters = claim["就诊"], claim["参数"]
    answer = answered(policy, claim)
    expected, whole = by_hand.settle(claim)
    wrong: list[str] = []
    for name, value in whole.items():
        wrong += unequal(value, answer["合计"][name], name) if isinstance(value, dict) else unequal({name: value}, answer["合计"], "")
    paid: Counter[tuple[str, str]] = Counter()
    for number, (visit, row, stated) in enumerate(zip(visits, answer["就诊"], expected, strict=True), 1):
        got = row["结果"]
        if "就诊日期" in visit and len(completions(visit)) > 1:  # agreed by the amounts alone: the engine may wait for the fact
            stated = {name: value for name, value in stated.items() if got.get(name) != "待定" or value == "待定"}
        wrong += unequal(stated, got, str(number))
        wrong += [f"{number} {u}" for u in unexplained(row, visits, parameters)]
        shares = [got.get(n, "不适用") for n in SHARES]
        if "待定" in shares or "不适用" in shares:
            continue
        amounts = [fen(s) for s in shares]
        if min(amounts) < 0 or sum(amounts) != fen(visit["医药费用总额"]) or sum(fen(p["金额"]) for p in row["瀑布"]) != sum(amounts):
            wrong.append(f"{number} shares do not sum to the bill: {shares} {row['瀑布']}")
        if named(visit) in parameters.get("按定额管理病种", []) and "单据" not in visit:
            paid[named(visit), visit["就诊日期"][:4]] += amounts[0]
    if parameters.get("年度定额", "未用尽") != "未用尽" and paid and max(paid.values()) > fen(parameters["年度定额"]):
        wrong.append(f"a quota is passed: {paid}")
    return sum(map(len, expected)) + len(whole), wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["案例"]))
def test_the_reference_reproduces_the_worked_case(case: Facts) -> None:
    results, whole = by_hand.settle(case)
    reproduced(case, results, whole, "2017年度合计")


def test_the_fund_pays_nothing_outside_the_county_whatever_else_is_unknown(linxi: Policy) -> None:
    visit = {name: value for name, value in CASES[3]["就诊"][0].items() if name not in ("医疗机构_签约", "医疗机构_定点")}
    assert CASES[3]["案例"] == "linxi-2017/C06"
    expected, _ = by_hand.settle({"就诊": [visit], "参数": CASES[3]["参数"]})
    answer = answered(linxi, {"就诊": [visit], "参数": CASES[3]["参数"]})
    assert expected == [{"医保报销": "900.00", "脱贫医疗保障基金补偿": "0.00", "个人自付": "100.00"}]
    assert unequal(expected[0], answer["就诊"][0]["结果"], "") == []


def test_a_year_after_the_29th_of_february_ends_with_that_february() -> None:
    assert anniversary(date(2020, 2, 29)) == date(2021, 2, 28)


def test_engine_and_reference_agree_on_400_claims(linxi: Policy) -> None:
    compare(linxi, (SEED, 400), a_claim, differences, 95)


@pytest.mark.slow
def test_engine_and_reference_agree_on_10000_claims(linxi: Policy) -> None:
    compare(linxi, (SLOW_SEED, 10_000), a_claim, differences, 95)
