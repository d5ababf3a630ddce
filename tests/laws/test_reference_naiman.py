"""The engine and the hand-written reference of naiman-2019 agree on random claims, most of them on or one fen beside a threshold."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from corpus.workspace import Policy
from tests.against import Facts, answered, beside, cases_of, compare, reproduced, unexplained
from tests.reference import naiman_2019 as by_hand
from tests.reference.amounts import fen, half_up, ratio, yuan
from tests.reference.naiman_2019_stay import CALLED, LEVELS, LISTED, YEAR_CAP, band_sum, bands_of

CASES = cases_of("naiman-2019")
SEED, SLOW_SEED = 20190101, 20190202
DEDUCTIBLES = {"苏木乡镇卫生院": "200", "一级医院": "300", "二级医院": "600", "三级医院": "1000", "市域外医院": "1500"}
RATIOS = ("45%", "55%", "60%", "75%", "80%", "85%", "67.5%")
BANDS = (
    [["0", "50000", "60%"], ["50000", "100000", "65%"], ["100000", None, "70%"]],
    [["0", "20000", "55%"], ["20000", "60000.01", "72.5%"], ["60000.01", None, "97%"]],
)
#: Who pays, and 个人 with them, in the names of the outcomes.
SHARES = ("医疗机构承担", "基本医保支付", "大病保险支付", "医疗救助支付", "健康扶贫基金支付", "社会救助支付", "个人自付")


# --- random claims --------------------------------------------------------------------------------------------------------------------------------


def gross(target: Fraction | int, deductible: int, share: Fraction) -> Fraction:
    """The cost of which the target is left after the deductible and the ratio above it."""
    return deductible + (target - deductible) / (1 - share)


def history(rng: Random, level: str, threshold: Fraction, bands: list[Any], tilt: bool) -> Facts:
    """What came before in the year: mostly nothing, mostly consistent with itself, at times neither."""
    earlier = rng.choice((None, *LEVELS))
    facts = {"年内同级别此前住院次数": rng.choice((0, 0, 1, 2)) if earlier else 0, "年内此前就诊最高级别": earlier}
    burden = borne = paid = covered = 0
    if earlier and rng.random() < 0.8:
        burden = rng.choice((0, rng.randrange(40_000_00), beside(rng, threshold), beside(rng, threshold * rng.randrange(1, 9))))
        borne = min(
            burden, rng.choice((0, rng.randrange(9_000_00), rng.randrange(30_000_00), beside(rng, YEAR_CAP[earlier]), beside(rng, YEAR_CAP[level])))
        )
        over = max(Fraction(0), burden - threshold)
        paid = (
            half_up(over * min(ratio(b[2]) for b in bands))
            if rng.random() < 0.2
            else 0
            if rng.random() < 0.1
            else half_up(band_sum(over, bands_of(bands, Fraction(5 * tilt, 100))))
        )
        covered = half_up(max(0, borne - YEAR_CAP[earlier]) * Fraction(90, 100))
        if rng.random() < 0.25:
            covered = rng.choice((0, rng.randrange(covered + 200_00)))
    names = ("年内此前累计大病口径个人负担", "年内此前大病保险已付", "年内此前累计七项应自付", "年内此前七项兜底已付")
    return facts | {n: yuan(a) for n, a in zip(names, (burden, paid, borne, covered), strict=True)}


def a_stay(rng: Random) -> Facts:
    level = rng.choice(LEVELS)
    place = "盟市及以上" if level == "市域外医院" else rng.choice(("旗内", "盟市及以上")) if level == "三级医院" else "旗内"
    adjusted = rng.choices((True, False, None), (8, 3, 1))[0]
    kind = rng.choices(("其他", "大病集中救治", "重特大疾病"), (5, 3, 3))[0]
    disease = {"其他": ("肺炎", "胆囊结石"), "大病集中救治": (*LISTED, *CALLED), "重特大疾病": ("外部清单病种", "再生障碍性贫血")}[kind]
    deductible, share, bands = DEDUCTIBLES[level], rng.choice(RATIOS), rng.choice(BANDS)
    original = rng.choice(("13000", "10000", "12000.01"))
    threshold = Fraction(fen(original)) / (1 if adjusted is False else 2)
    past = history(rng, level, threshold, bands, adjusted is not False)

    fixed, part = fen(deductible), ratio(share)
    goals = (
        max(Fraction(0), threshold - fen(past["年内此前累计大病口径个人负担"])),
        YEAR_CAP[level] - fen(past["年内此前累计七项应自付"]) + fixed,
        threshold * rng.randrange(1, 20),
    )
    listed = rng.choice(
        (
            rng.randrange(1, fixed + 2),
            rng.randrange(1, 300_000_00),
            rng.randrange(1, 12_000_00),
            *(max(1, beside(rng, max(Fraction(0), gross(goal, fixed, part)))) for goal in (*goals, goals[0])),
        )
    )
    # On the limit of costs outside the catalogue: u = limit × (listed + u).
    limit = Fraction(rng.choice((5, 10)), 100)
    unlisted = rng.choice((0, 0, rng.randrange(3_000_00), beside(rng, listed * limit / (1 - limit)), rng.randrange(listed // 4 + 1)))
    wasted = [rng.randrange(min(listed, 2_000_00) // 2 + 1) if rng.random() < 0.12 else 0 for _ in range(2)]
    basic = max(0, half_up((listed - sum(wasted) - fixed) * part))
    left = max(0, listed - sum(wasted) - basic - fixed)
    aid = rng.choice((0, 0, 0, min(left, 900_00), rng.randrange(left // 2 + 1), beside(rng, left * Fraction(1, 3))))
    if wasted[0] and rng.random() < 0.4:  # more aid than there is to be aided: what the patient bears stays theirs
        aid = left + rng.randrange(9_000_00)
    visit: Facts = {
        "就医类型": "住院",
        "扶贫部门清单在册": rng.random() < 0.95,
        "扶贫状态": rng.choice(("未脱贫",) * 6 + ("正常脱贫",) * 4 + ("清退",)),
        "医疗机构名称": "某医院",
        "医疗机构级别": level,
        "医院等级": rng.choice(("二级医院", "三级医院")) if level == "市域外医院" else None,
        "医疗机构辖区": place,
        "出院日期": rng.choice(("2018-12-31", "2019-01-01", "2019-12-31", *(f"2019-{m:02d}-15" for m in range(1, 13)))),
        "诊断": rng.choice(disease),
        "疾病归类": kind,
        "大病已核准": kind == "大病集中救治" and rng.random() < 0.85,
        "目录内费用": yuan(listed),
        "目录外费用": yuan(unlisted),
        "患者原因过度医疗费用": yuan(wasted[0]),
        "机构原因过度医疗费用": yuan(wasted[1]),
        "旗内二级医院转院意见": rng.random() < 0.8,
        "旗医保部门备案": rng.random() < 0.8,
        "危急重症": rng.random() < 0.3,
        "已向旗医保部门报备": rng.random() < 0.5,
        "病残儿童或重度残疾人": rng.random() < 0.15,
        "医保核销系统参数已调整": adjusted,
    }
    visit |= past
    if kind != "其他" and rng.random() < 0.1:
        visit["社会救助金额"] = yuan(rng.randrange(5_000_00))
    if place != "旗内" and rng.random() < 0.4:
        visit["结算日期"] = rng.choice(("2019-01-31", "2019-02-01", "2019-11-20"))
    parameters = {
        "基本医保起付线": deductible,
        "基本医保报销比例": share,
        "大病保险起付线_原": original,
        "大病保险分段_原": bands,
        "医疗救助金额": yuan(aid),
    }
    return {"就诊": [visit], "参数": parameters}


def a_year(rng: Random) -> Facts:
    """Stays of one person under one set of parameters: what came before them is filed with the first, and they run on by themselves."""
    claims = [a_stay(rng) for _ in range(rng.choice((2, 2, 3, 4)))]
    days = sorted(rng.sample(("2018-12-31", "2019-01-01", *(f"2019-{m:02d}-15" for m in range(1, 13)), "2020-01-02", "2020-03-31"), len(claims)))
    nothing = {"年内同级别此前住院次数": 0, "年内此前就诊最高级别": None} | dict.fromkeys(
        ("年内此前累计大病口径个人负担", "年内此前大病保险已付", "年内此前累计七项应自付", "年内此前七项兜底已付"), "0.00"
    )
    visits = []
    for number, (claim, closed) in enumerate(zip(claims, days, strict=True)):
        visit = claim["就诊"][0] | {"出院日期": closed}
        if number or closed < "2019" or visit["年内同级别此前住院次数"]:
            visit |= nothing
        if visit["医保核销系统参数已调整"] is None:
            visit["医保核销系统参数已调整"] = True
        if rng.random() < 0.1:
            visit |= dict.fromkeys(("目录内费用", "目录外费用", "患者原因过度医疗费用", "机构原因过度医疗费用"), "0.00")
        visit.pop("社会救助金额", None)
        visits.append(visit)
    first = claims[0]["参数"]
    return {"就诊": visits, "参数": first | {"医疗救助金额": rng.choice(("0", "0", first["医疗救助金额"]))}}


def an_outpatient(rng: Random) -> Facts:
    proof = rng.choice(("二级", "三级", "一级", None))
    visit = {
        "就医类型": "门诊",
        "扶贫部门清单在册": rng.random() < 0.95,
        "扶贫状态": rng.choice(("未脱贫", "正常脱贫", "未脱贫", "正常脱贫", "清退", None)),
        "医疗机构级别": rng.choice(LEVELS[:3]),
        "医疗机构辖区": "旗内",
        "就诊日期": rng.choice(("2018-12-31", "2019-01-01", "2019-06-05")),
        "目录内费用": yuan(rng.randrange(3_000_00)),
        "目录外费用": yuan(rng.choice((0, rng.randrange(300_00)))),
        "贫困慢病患者": rng.random() < 0.8,
        "慢病诊断证明级别": proof,
        "慢病已备案": rng.random() < 0.85,
        "医保核销系统参数已调整": rng.random() < 0.9,
    }
    return {"就诊": [visit], "参数": {"门诊基础比例": rng.choice(("50%", "55%", "59.99%", "60%", "60.01%", "69%", "70%", "71%", "75%", "92%"))}}


def something_else(rng: Random) -> Facts:
    """Premium, deadlines, deposit, consultation."""
    person = {"扶贫部门清单在册": rng.random() < 0.9, "扶贫状态": rng.choice(("未脱贫", "正常脱贫", "清退"))}
    kind = rng.randrange(5)
    early = rng.random() < 0.2
    if kind == 0:
        whole = rng.choice((220_00, 250_00))
        other = rng.choice((0, whole, beside(rng, whole - 50_00), rng.randrange(whole)))
        year = 2018 if early else rng.choice((2019, 2020))
        return {"就诊": [person | {"年度": year, "个人应缴保费": yuan(whole), "其他资助参保金额": yuan(min(other, whole))}], "参数": {}}
    if kind == 1:
        calendar = {"工作日历_放假": [f"2019-02-{d:02d}" for d in range(4, 11)], "工作日历_调休上班": ["2019-02-02", "2019-02-03"]}
        closed = "2018-12-31" if early else f"2019-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
        return {"就诊": [{"就医类型": "住院", "医疗机构辖区": "旗内", "出院日期": closed}], "参数": calendar}
    dated = {"出院日期": rng.choice(("2018-12-31", "2018-06-01"))} if early else {}
    if kind == 2:
        received = rng.choice(("2019-01-29", "2019-01-31", "2020-01-30", "2019-03-31", "2019-12-31", f"2019-{rng.randrange(1, 13):02d}-28"))
        return {"就诊": [dated | {"就医类型": "住院", "医疗机构辖区": "盟市及以上", "窗口受理日期": received}], "参数": {}}
    if kind == 3:
        flags = ("公立医疗机构", "家庭在恶意拖欠黑名单", "医疗机构已决定终止", "危急重症")
        place = rng.choice(("旗内", "盟市及以上"))
        return {"就诊": [person | dated | {"就医类型": "住院", "医疗机构辖区": place} | {f: rng.random() < 0.6 for f in flags}], "参数": {}}
    fee = yuan(rng.randrange(1, 2_000_00))
    visit = {"就医类型": "住院", "医疗机构辖区": "旗内", "疾病归类": "大病集中救治", "诊断": rng.choice(LISTED), "对口支援会诊费": fee}
    return {"就诊": [person | dated | visit], "参数": {}}


def a_claim(rng: Random) -> Facts:
    return rng.choices((a_stay, a_year, an_outpatient, something_else), (52, 28, 11, 9))[0](rng)


# --- comparison -----------------------------------------------------------------------------------------------------------------------------------


def of_visit(visit: Facts, row: Facts, expected: Facts) -> list[str]:
    got = row["结果"]
    # What does not depend on the unknown fact is stated once, not in each branch.
    found = {name: got.get(name, got.get(name.partition("_")[2], "不适用") if name.startswith("若为") else "不适用") for name in expected}
    wrong = [f"{name}: expected {value}, got {found[name]}" for name, value in expected.items() if found[name] != value]
    shares = [fen(got[n]) for n in SHARES if n in got and got[n] not in ("待定", "不适用")]
    if shares and min(shares) < 0:
        wrong.append(f"a negative share: {got}")
    if "目录内费用" in visit and got.get("个人自付") != "待定":
        bill = fen(visit["目录内费用"]) + fen(visit["目录外费用"])
        paid = [r["金额"] for r in row["瀑布"]]
        if sum(shares) != bill or "待定" in paid or sum(map(fen, paid)) != bill:
            wrong.append(f"shares do not sum to {yuan(bill)}: {row['瀑布']}")
    return wrong


def differences(policy: Policy, claim: Facts) -> tuple[int, list[str]]:
    """How many outcomes the reference states, and what is wrong with the engine's answer."""
    visits, answer, expected = claim["就诊"], answered(policy, claim), by_hand.settle(claim)
    wrong: list[str] = []
    for number, (visit, row, stated) in enumerate(zip(visits, answer["就诊"], expected, strict=True), 1):
        wrong += [f"{number} {u}" for u in (*of_visit(visit, row, stated), *unexplained(row, visits, claim["参数"]))]
    return sum(map(len, expected)), wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["案例"]))
def test_the_reference_reproduces_the_worked_case(case: Facts) -> None:
    reproduced(case, by_hand.settle(case), {}, "年度合计")


def test_engine_and_reference_agree_on_300_claims(naiman: Policy) -> None:
    compare(naiman, (SEED, 300), a_claim, differences, 85)


@pytest.mark.slow
def test_engine_and_reference_agree_on_10000_claims(naiman: Policy) -> None:
    compare(naiman, (SLOW_SEED, 10_000), a_claim, differences, 85)
