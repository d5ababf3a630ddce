"""The engine and the hand-written reference of gansu-2018 agree on random claims, mostly several stays of one person around the thresholds."""

from fractions import Fraction
from random import Random

import pytest

from corpus.workspace import Policy
from tests.against import Facts, answered, beside, cases_of, compare, reproduced, unequal, unexplained
from tests.reference import gansu_2018 as by_hand
from tests.reference.amounts import fen, ratio, yuan
from tests.reference.gansu_2018 import POOR

CASES = cases_of("gansu-2018")
SEED, SLOW_SEED = 20181225, 20190111
LEVELS = ("乡镇", "县级", "市级", "省级")
DEDUCTIBLES = (
    {"乡镇": "150.00", "县级": "400.00", "市级": "1000.00", "省级": "3000.00"},
    {"乡镇": "0.00", "县级": "300.01", "市级": "999.99", "省级": "1500.00"},
)
RATIOS = ({"乡镇": "85%", "县级": "80%", "市级": "70%", "省级": "60%"}, {"乡镇": "90%", "县级": "77.5%", "市级": "65%", "省级": "55%"})
BANDS = (
    [["0", "10000", "60%"], ["10000", "20000", "65%"], ["20000", "50000", "70%"], ["50000", "100000", "75%"], ["100000", None, "80%"]],
    [["0", None, "40%"]],
    [["0", "5000.01", "44.99%"], ["5000.01", "30000", "45%"], ["30000", "60000", "45.01%"], ["60000", None, "97%"]],
)
BY_COUNTY = ("大病保险起付线_普通人员", "大病保险分段", "大病保险封顶线_普通人员", "医疗救助比例_当地", "年度救助限额")
SHARES = ("基本医保支付", "大病保险支付", "医疗救助支付", "个人负担合计")


# --- random claims --------------------------------------------------------------------------------------------------------------------------------


def given_parameters(rng: Random) -> Facts:
    parameters: Facts = {
        "基本医保起付线": rng.choice(DEDUCTIBLES),
        "基本医保支付比例": rng.choice(RATIOS),
        "大病保险起付线_普通人员": rng.choice(("5000.00", "12000.01")),
        "大病保险分段": rng.choice(BANDS),
        "大病保险封顶线_普通人员": rng.choice(("300000.00", "8000.00")),
        "医疗救助比例_当地": rng.choice(("60%", "69.99%", "70%", "70.01%", "85%")),
        "年度救助限额": rng.choice(("30000.00", "2000.00", "6545.00", "0.00")),
        "异地就医比例下调": rng.choice(("10%", "5%")),
    }
    if rng.random() < 0.08:
        for name in BY_COUNTY:
            del parameters[name]
    elif rng.random() < 0.12:
        del parameters[rng.choice((*BY_COUNTY, "异地就医比例下调"))]
    if "医疗救助比例_当地" not in parameters and "年度救助限额" in parameters:
        parameters["年度救助限额"] = "30000.00"  # of no limit nothing is paid, whatever the ratio
    return parameters


def eligible_cost(rng: Random, parameters: Facts, level: str, poor: bool, burden: Fraction) -> int:
    """A cost near the deductible, near the threshold of 大病保险 or of a band for the burden so far, or just any."""
    fixed, left = fen(parameters["基本医保起付线"][level]), 1 - ratio(parameters["基本医保支付比例"][level])
    goals = [Fraction(2_500_00)]
    if "大病保险分段" in parameters and "大病保险起付线_普通人员" in parameters:
        threshold = Fraction(fen(parameters["大病保险起付线_普通人员"])) / (2 if poor else 1)
        goals = [threshold + fen(low) for low, _, _ in parameters["大病保险分段"]]
    goal = max(Fraction(0), rng.choice(goals) - burden)
    return 1 + rng.choice(
        (
            beside(rng, fixed),
            beside(rng, fixed + max(Fraction(0), goal - fixed) / left),
            beside(rng, fixed + max(Fraction(0), goal - fixed) / left),
            rng.randrange(3_000_00),
            rng.randrange(60_000_00),
            rng.randrange(700_000_00),
        )
    )


def stays(rng: Random) -> Facts:
    poor, parameters = rng.random() < 0.85, given_parameters(rng)
    kinds = [POOR] if poor and rng.random() < 0.8 else [POOR, "特困人员"] if poor else ["普通居民"]
    referred = rng.choice(("按规定转诊", None, "未转诊"))
    changes = referred is None and rng.random() < 0.25  # the person comes onto the list of the poor, or goes off it
    across = referred != "按规定转诊" and rng.random() < 0.2
    days = sorted(rng.sample(range(1, 29), 4))
    visits: list[Facts] = []
    burden = Fraction(0)
    for number in range(rng.choice((1, 2, 3, 3, 4))):
        level = rng.choice(LEVELS)
        eligible = eligible_cost(rng, parameters, level, poor, burden)
        if rng.random() < 0.3:
            eligible = 20 + eligible // 20 * 20  # 85% of it is whole fen
        visit: Facts = {
            "人员类别": kinds,
            "参保险种": "城乡居民医保",
            "就医类型": "住院",
            "医院级别": level,
            "就医地": rng.choice(("县内", "县内", "省内", "省内（兰州）", "省外（西安）")) if level == "省级" else "县内",
            "出院日期": f"{2020 if across and number > 1 else 2019}-{3 * number + 1:02d}-{days[number]:02d}",
            "医疗总费用": yuan(eligible + rng.choice((0, rng.randrange(8_000_00)))),
            "合规费用": yuan(eligible),
        }
        if changes:
            visit["人员类别"] = rng.choice(([POOR], ["普通居民"]))
        if referred is None and rng.random() < 0.05:
            visit |= {"医疗总费用": yuan(rng.choice((0, rng.randrange(900_00)))), "合规费用": "0.00"}
            eligible = 0
        if rng.random() < 0.06:  # a year of insurance filed with a bill leaves the bill what it is
            visit["参保年度"] = 2019
            if rng.random() < 0.5:
                parameters |= {"个人缴费标准": "250.00", "定额资助标准": rng.choice(("100.00", "250.01"))}
        if referred:  # the same throughout: what an unreferred stay does to a chain is not said
            visit["转诊情况"] = referred
        if referred is None and rng.random() < 0.1:
            basic = rng.choice((beside(rng, eligible * Fraction(85, 100)), beside(rng, eligible * Fraction(85, 100)), rng.randrange(eligible + 1)))
            basic = min(basic, eligible)
            visit["基本医保支付"] = yuan(basic)
            if rng.random() < 0.3:
                visit["大病保险支付"] = yuan(rng.randrange(eligible - basic + 1))
        burden += (eligible - fen(parameters["基本医保起付线"][level])) * (1 - ratio(parameters["基本医保支付比例"][level]))
        visits.append(visit)
    return {"就诊": visits, "参数": parameters}


def one_stay(rng: Random) -> Facts:
    """Out of the period, or found to be invented."""
    claim = stays(rng)
    visit = claim["就诊"][0]
    claim["就诊"] = [visit]
    if rng.random() < 0.5 or any(name not in claim["参数"] for name in (*BY_COUNTY, "异地就医比例下调")):
        visit["出院日期"] = rng.choice(("2018-12-24", "2018-12-25", "2020-12-31", "2021-01-01", "2018-01-01"))
        return claim
    return claim | {"事件": [{"事件": "核定为虚假住院", "核定日期": "2019-12-01"}]}


def something_else(rng: Random) -> Facts:
    """Premiums, and aid outside the three systems."""
    if rng.random() < 0.3:
        closed = rng.choice(("2019-12-31", "2019-12-31", "2020-01-01", "2020-01-01", "2019-06-30", "2020-06-30", "2018-12-25", "2020-12-31"))
        return {"就诊": [{"出院日期": closed, "地方自设补助": yuan(rng.randrange(1, 3_000_00))}], "参数": {}}
    kinds = ("农村低保一类保障对象", "农村低保二类保障对象（差额）", "城市低保全额保障对象", "孤儿", POOR, "特困人员")
    premium = rng.choice((220_00, 250_00))
    fixed = rng.choice((beside(rng, premium), rng.randrange(1, premium)))
    parameters = {"个人缴费标准": yuan(premium), "定额资助标准": yuan(fixed)}
    if rng.random() < 0.1:
        del parameters["定额资助标准"]
    return {"就诊": [{"人员类别": rng.sample(kinds, rng.choice((1, 1, 2))), "参保险种": "城乡居民医保", "参保年度": 2019}], "参数": parameters}


def a_claim(rng: Random) -> Facts:
    return rng.choices((stays, one_stay, something_else), (74, 12, 14))[0](rng)


# --- comparison -----------------------------------------------------------------------------------------------------------------------------------


def differences(policy: Policy, claim: Facts) -> tuple[int, list[str]]:
    """How many outcomes the reference states, and what is wrong with the engine's answer."""
    answer = answered(policy, claim)
    expected, whole = by_hand.settle(claim)
    stated = sum(map(len, expected)) + len(whole)
    if claim.get("事件"):
        return stated, unequal(whole, answer["合计"], "")
    wrong = [fault for year, total in whole.items() for fault in unequal(total, answer["合计"][year], year)]
    relief = dict.fromkeys(("2018", "2019", "2020", "2021"), 0)
    for number, (visit, row, results) in enumerate(zip(claim["就诊"], answer["就诊"], expected, strict=True)):
        got = row["结果"]
        wrong += unequal(results, got, f"{number + 1} ")
        wrong += unexplained(row, [visit], claim["参数"])
        shares = [got.get(n, "不适用") for n in SHARES]
        if "医疗总费用" not in visit or "待定" in shares or "不适用" in shares:
            continue
        amounts = [fen(s) for s in shares]
        relief[visit["出院日期"][:4]] += fen(got["医疗救助支付"])
        if min(amounts) < 0 or sum(amounts) != fen(visit["医疗总费用"]):
            wrong.append(f"{number + 1} shares do not sum to the bill: {shares}")
        if sum(fen(r["金额"]) for r in row["瀑布"]) != fen(visit["合规费用"]):
            wrong.append(f"{number + 1} the waterfall does not sum to the eligible cost: {row['瀑布']}")
    if "年度救助限额" in claim["参数"] and max(relief.values()) > fen(claim["参数"]["年度救助限额"]):
        wrong.append(f"the limit of the year is passed: {relief}")
    return stated, wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["案例"]))
def test_the_reference_reproduces_the_worked_case(case: Facts) -> None:
    results, whole = by_hand.settle(case)
    reproduced(case, results, whole, "2019年度合计")


def test_engine_and_reference_agree_on_300_claims(gansu: Policy) -> None:
    compare(gansu, (SEED, 300), a_claim, differences, 85)


@pytest.mark.slow
def test_engine_and_reference_agree_on_10000_claims(gansu: Policy) -> None:
    compare(gansu, (SLOW_SEED, 10_000), a_claim, differences, 85)
