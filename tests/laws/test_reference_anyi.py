"""The engine and the hand-written reference of anyi-2018 agree on random claims, most of them on or one fen beside a threshold."""

from fractions import Fraction
from random import Random

import pytest

from corpus.workspace import Policy
from tests.against import Facts, answered, beside, by_chance, cases_of, compare, reproduced, unequal, unexplained
from tests.reference import anyi_2018 as by_hand
from tests.reference.amounts import fen, half_up, ratio, yuan
from tests.reference.anyi_2018 import GRANT_ABOVE, LISTED, QUOTA, SNAIL_FEVER, THRESHOLD

CASES = cases_of("anyi-2018")
SEED, SLOW_SEED = 20180101, 20180707
DEDUCTIBLES = {"一级": "100", "二级": "400", "三级": "600"}
RATIOS = ("45%", "60%", "80%", "90%", "72.5%")
DATES = ("2017-12-31", "2018-01-01", "2018-12-31", *(f"2018-{m:02d}-10" for m in range(1, 13)))
#: Who pays, and 个人 with them, in the names of the outcomes.
SHARES = (
    *("基本医保支付", "大病保险支付", "医疗救助支付", "补充保险支付", "公共卫生项目资金支付", "县财政补助"),
    *("医疗机构承担", "抗结核药品_项目承担", "个人自付"),
)


# --- random claims --------------------------------------------------------------------------------------------------------------------------------


def a_stay(rng: Random, disease: str = "") -> Facts:
    level, card = rng.choice(tuple(DEDUCTIBLES)), bool(disease) or by_chance(rng, 0.88)
    status = rng.choice(("无", "无", "低保对象", "农村特困人员")) if card else "无"
    deductible, share = rng.choice((DEDUCTIBLES[level], "0", "333.33")), rng.choice(RATIOS)
    fixed, part = fen(deductible), ratio(share)
    threshold = THRESHOLD if card else 15_000_00
    before = rng.choice((0, 0, rng.randrange(30_000_00), beside(rng, threshold)))
    goal = max(0, threshold - before)
    scope = rng.choice(
        (
            rng.randrange(1, fixed + 2),
            rng.randrange(1, 40_000_00),
            rng.randrange(1, 300_000_00),
            max(1, beside(rng, fixed + (goal - fixed) / (1 - part))),
            max(1, beside(rng, fixed + (2 * goal - fixed) / (1 - part))),
        )
    )
    owed = half_up(Fraction(max(0, before - threshold), 2))
    paid = rng.choice((0, rng.randrange(owed + 1))) if by_chance(rng, 0.15) else owed
    listed = scope + rng.choice((0, 0, 0, rng.randrange(2_000_00)))
    # Where 补充保险 just reaches 90%: 0.15 × 目录外 = 0.10 × what was paid before it.
    insured = max(0, scope - fixed) * part
    unlisted = rng.choice(
        (0, rng.randrange(4_000_00), rng.randrange(scope + 1), beside(rng, insured * Fraction(2, 3)), beside(rng, scope * Fraction(2, 3)))
    )
    place = rng.choice(("县域内", "统筹区内县域外", "统筹区外"))
    visit: Facts = {
        "就医类型": "住院",
        "建档立卡贫困人口": card,
        "救助身份": status,
        "医疗机构级别": level,
        "医疗机构辖区": place,
        "定点医疗机构": by_chance(rng, 0.85),
        "定点救治医院": by_chance(rng, 0.5),
        "已纳入医保系统标识": by_chance(rng, 0.85),
        "出院日期": rng.choice(DATES),
        "诊断": disease or rng.choice(("肺炎", "胆囊结石", "脑出血", "肺炎", "肺癌", "胰腺癌", "肾移植", "甲亢")),
        "目录内费用": yuan(listed),
        "政策范围内费用": yuan(scope),
        "目录外费用": yuan(unlisted),
        "年内此前累计政策范围内个人自付": yuan(before),
        "年内此前大病保险已付_累计段": yuan(paid),
        "年内此前基本医保已付": "0.00",
    }
    parameters: Facts = {"基本医保起付线": deductible, "基本医保报销比例": share}
    if visit["诊断"] in LISTED and level in QUOTA:
        visit["定点救治医院"] = False  # else the quota, which asks for other facts
    if status == "低保对象":
        parameters["低保现行救助比例"] = rng.choice(("70%", "94.99%", "95%", "95.01%", "98%", "0%", None))
    elif status == "无" and by_chance(rng, 0.3):
        parameters["医疗救助金额"] = yuan(rng.randrange(half_up(scope * (1 - part) / 2) + 1))
    if not card:
        parameters |= {"大病保险起付线_普通居民": "15000", "大病保险比例_普通居民": "50%"}
    if by_chance(rng, 0.15):
        parameters["基本医保年度封顶线"] = "100000"
        given = half_up(max(0, scope - fixed) * part)
        visit["年内此前基本医保已付"] = yuan(rng.choice((rng.randrange(100_000_00), beside(rng, max(0, 100_000_00 - given)))))
    if by_chance(rng, 0.04):
        parameters["10种免费救治病种清单"] = rng.choice(([visit["诊断"]], ["儿童先天性心脏病"], None))
    return {"就诊": [visit], "参数": parameters}


def a_year(rng: Random) -> Facts:
    """Visits of one person under one set of parameters: what came before them is filed with the first, and they run on by themselves.

    Often a cancer whose own part goes above 1万元 in the second or third visit, at times after a grant that was given before.
    """
    claims = [rng.choice((a_stay, a_stay, a_stay, chronic, a_quota))(rng) for _ in range(rng.choice((2, 3, 3, 4)))]
    days = sorted(rng.sample(("2017-12-31", "2018-01-01", *(f"2018-{m:02d}-10" for m in range(1, 13)), "2019-01-01", "2019-02-03"), len(claims)))
    ill = rng.choice(("肺癌", "胰腺癌", "抗排斥反应", "食管癌"))
    visits = []
    for number, (claim, day) in enumerate(zip(claims, days, strict=True)):
        visit = claim["就诊"][0] | {"建档立卡贫困人口": True}
        visit |= {"就诊日期" if "就诊日期" in visit else "出院日期": day}
        if visit["就医类型"] == "住院" and "救治实际费用" not in visit:
            visit["定点救治医院"] = False
            if by_chance(rng, 0.6):
                visit["诊断"] = ill
            if by_chance(rng, 0.4):  # about 5,000 to the person: 10% of what is filled up to 90%
                visit["目录外费用"] = yuan(beside(rng, rng.choice((50_000_00, 20_000_00, 80_000_00))))
        if number or by_chance(rng, 0.6):
            for name in ("年内此前累计政策范围内个人自付", "年内此前大病保险已付_累计段", "年内此前基本医保已付", "年内此前该限额已支付"):
                visit[name] = "0.00"
        if not number and by_chance(rng, 0.2):
            visit["年内已给予1万元补助"] = True
        visits.append(visit)
    parameters: Facts = {}
    for claim in claims:
        parameters = claim["参数"] | parameters
    parameters |= {"低保现行救助比例": "70%", "年度支付限额": rng.choice(("5000", "3600"))}
    for name in ("10种免费救治病种清单", "医疗救助金额", "大病保险起付线_普通居民", "大病保险比例_普通居民"):
        parameters.pop(name, None)
    if any(v.get("病种类别") == "Ⅰ类" for v in visits):
        parameters["年度支付限额"] = "100000"
    defaults: Facts = {"基本医保起付线": "400", "基本医保报销比例": "60%"}
    return {"就诊": visits, "参数": defaults | parameters}


def snail_fever(rng: Random) -> Facts:
    claim = a_stay(rng, SNAIL_FEVER)
    visit = claim["就诊"][0]
    visit |= {"目录内费用": visit["政策范围内费用"], "定点医疗机构": True}
    if claim["参数"].get("低保现行救助比例", "70%") is None:
        claim["参数"]["低保现行救助比例"] = "70%"
    return claim


def a_quota(rng: Random) -> Facts:
    level = rng.choice(tuple(QUOTA))
    line = rng.choice((10_000_00, rng.randrange(1_000, 60_000) * 100, rng.randrange(1_000_00, 60_000_00), rng.randrange(1_000_00, 60_000_00)))
    first, _, last = QUOTA[level]
    target = Fraction(line * first, 100)
    basic = rng.choice((rng.randrange(line), beside(rng, target), beside(rng, Fraction(line * (100 - last), 100)), half_up(target * Fraction(2, 3))))
    actual = max(basic, rng.choice((line, beside(rng, line), rng.randrange(line), line + rng.randrange(line))))
    visit = {
        "就医类型": "住院",
        "建档立卡贫困人口": True,
        "救助身份": rng.choice(("无", "无", "低保对象", "农村特困人员")),
        "医疗机构级别": level,
        "医疗机构辖区": rng.choice(("县域内", "统筹区内县域外")),
        "定点医疗机构": True,
        "定点救治医院": True,
        "出院日期": rng.choice(DATES),
        "诊断": rng.choice(LISTED),
        "救治实际费用": yuan(actual),
        "基本医保已报金额": yuan(basic),
    }
    return {"就诊": [visit], "参数": {"病种定额标准": yuan(line)}}


def chronic(rng: Random) -> Facts:
    kind, level = rng.choice((("Ⅰ类", "尿毒症透析"), ("Ⅱ类", "结核病"), ("Ⅱ类", "癫痫"))), rng.choice(tuple(DEDUCTIBLES))
    limit = rng.choice((100_000_00,) if kind[0] == "Ⅰ类" else (3_600_00, 5_000_00))
    scope = rng.choice((rng.randrange(1, 10_000_00), rng.randrange(1, 600_00)))
    given = scope * by_hand.CHRONIC_RATIO[level]
    visit = {
        "就医类型": "门诊特殊慢性病",
        "建档立卡贫困人口": True,
        "病种类别": kind[0],
        "诊断": kind[1],
        "医疗机构级别": level,
        "政策范围内费用": yuan(scope),
        "目录外费用": yuan(rng.choice((0, rng.randrange(500_00)))),
        "年内此前该限额已支付": yuan(rng.choice((0, limit, rng.randrange(limit), beside(rng, max(Fraction(0), limit - given))))),
        "就诊日期": rng.choice(DATES),
    }
    parameters: Facts = {"年度支付限额": yuan(limit), "门诊特殊慢性病起付线": rng.choice(("0", "0", "200"))}
    if kind[0] == "Ⅰ类" and by_chance(rng, 0.3):
        del parameters["年度支付限额"]  # the plan itself says 10万元
    if by_chance(rng, 0.05):
        visit["诊断"] = "肾移植" if kind[0] == "Ⅰ类" else visit["诊断"]
    if by_chance(rng, 0.2):
        visit["救助身份"] = rng.choice(("农村特困人员", "低保对象"))
        parameters["低保现行救助比例"] = "70%"
    return {"就诊": [visit], "参数": parameters}


def something_else(rng: Random) -> Facts:
    """The grant of 10,000, the money of 补充保险, free drugs."""
    kind = rng.randrange(3)
    if kind == 0:
        borne = rng.choice((beside(rng, GRANT_ABOVE), rng.randrange(40_000_00)))
        visit: Facts = {
            "建档立卡贫困人口": by_chance(rng, 0.85),
            "诊断": rng.choice(("肺癌", "胃癌", "尿毒症透析", "肺炎", "癫痫")),
            "年度": 2018,
            "四道保障线后年度个人自付": yuan(borne),
            "年内已给予1万元补助": by_chance(rng, 0.2),
        }
        return {"就诊": [visit], "参数": {}}
    if kind == 1:
        persons = rng.choice((7575, 7576, rng.randrange(1, 20_000)))
        income = persons * 330_00
        edge = income - min(half_up(income * Fraction(6, 100)), 150_000_00)
        visit = {"参保贫困人口数": persons, "当年补偿款": yuan(rng.choice((beside(rng, edge), rng.randrange(income * 2))))}
        if by_chance(rng, 0.4):
            visit["亏损性质"] = "政策性"
        return {"就诊": [visit], "参数": {"每人筹资": "330"}}
    visit = {"就医类型": "门诊", "贫困家庭": by_chance(rng, 0.8), "结核病定点医疗机构": by_chance(rng, 0.8), "诊断": rng.choice(("肺结核", "结核病"))}
    visit |= {"建档立卡贫困人口": True, "就诊日期": rng.choice(DATES)}
    return {"就诊": [visit | {"抗结核药品费": yuan(rng.randrange(1, 900_00)), "其他门诊费用": yuan(rng.randrange(900_00))}], "参数": {}}


def a_claim(rng: Random) -> Facts:
    return rng.choices((a_stay, a_year, a_quota, snail_fever, chronic, something_else), (36, 22, 14, 7, 10, 11))[0](rng)


# --- comparison -----------------------------------------------------------------------------------------------------------------------------------


def bill(visit: Facts, claim: Facts) -> int | None:
    """What the shares sum to: the bill; the quota with the hospital's excess where there is one; nothing where no bill is filed."""
    if "救治实际费用" in visit:
        return max(fen(claim["参数"]["病种定额标准"]), fen(visit["救治实际费用"]))
    for names in (("目录内费用", "目录外费用"), ("政策范围内费用", "目录外费用")):
        if all(name in visit for name in names):
            return sum(fen(visit[name]) for name in names)
    return None


def of_visit(visit: Facts, row: Facts, expected: Facts, claim: Facts) -> list[str]:
    got = row["结果"]
    wrong = [*unequal(expected, got, ""), *unexplained(row, claim["就诊"], claim["参数"])]
    shares = [got[n] for n in SHARES if n in got and got[n] != "不适用"]
    if "待定" in shares:
        return wrong
    amounts, whole = [fen(s) for s in shares], bill(visit, claim)
    if amounts and min(amounts) < 0:
        wrong.append(f"a negative share: {got}")
    if whole is not None and sum(amounts) != whole:
        wrong.append(f"shares do not sum to {yuan(whole)}: {got}")
    return wrong


def differences(policy: Policy, claim: Facts) -> tuple[int, list[str]]:
    """How many outcomes the reference states, and what is wrong with the engine's answer."""
    answer, expected = answered(policy, claim), by_hand.settle(claim)
    wrong: list[str] = []
    for number, (visit, row, stated) in enumerate(zip(claim["就诊"], answer["就诊"], expected, strict=True), 1):
        wrong += [f"{number} {fault}" for fault in of_visit(visit, row, stated, claim)]
    return sum(map(len, expected)), wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["案例"]))
def test_the_reference_reproduces_the_worked_case(case: Facts) -> None:
    reproduced(case, by_hand.settle(case), {}, "年度合计")


def test_engine_and_reference_agree_on_300_claims(anyi: Policy) -> None:
    compare(anyi, (SEED, 300), a_claim, differences, 85)


@pytest.mark.slow
def test_engine_and_reference_agree_on_10000_claims(anyi: Policy) -> None:
    compare(anyi, (SLOW_SEED, 10_000), a_claim, differences, 85)
