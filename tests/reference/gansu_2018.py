"""甘医保发〔2018〕16号 by hand: what the visits of one person should come to, written from the plan and its default readings.

Amounts are fen, ratios are fractions; each payer is rounded half up to the fen in the order they pay and the person bears the rest. Where the plan
says nothing and no reading of it is settled, an outcome is left out rather than guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from tests.reference.amounts import fen, half_up, percent, ratio, yuan

Facts = dict[str, Any]

PRINTED, LAST_DAY = date(2018, 12, 25), date(2020, 12, 31)  # 印发日期, 题
FRAME_BY = date(2020, 1, 1)  # 四（二）第2句: 2020年前
POOR = "建档立卡贫困人口"
TARGET = Fraction(85, 100)  # 二、3
SERIOUS_POINTS, SERIOUS_FLOOR = Fraction(5, 100), Fraction(50, 100)  # 三（二）5
RELIEF_FLOOR = Fraction(70, 100)  # 三（二）6
FULL_AID = ("城市低保全额保障对象", "农村低保一类保障对象", "特困人员", "孤儿")  # 三（一）2
FIXED_AID = ("农村低保二类保障对象（差额）", POOR)


def shown(amounts: dict[str, int]) -> Facts:
    return {name: yuan(amount) for name, amount in amounts.items()}


def out_of_period(visit: Facts) -> str:
    closed = date.fromisoformat(visit["出院日期"])
    return "文件印发前" if closed < PRINTED else "行动期满" if closed > LAST_DAY else ""


def is_chained(visit: Facts) -> bool:
    """三（三）8: 按规定转诊的贫困患者."""
    return POOR in visit["人员类别"] and visit.get("转诊情况") == "按规定转诊"


def basic_of(visit: Facts, parameters: Facts, absorbed: int) -> tuple[int, int, int]:
    """起付线 of this stay, what it absorbs, and 基本医保; a chain of referrals goes on counting what earlier stays absorbed (三（三）8)."""
    level, eligible = visit["医院级别"], fen(visit["合规费用"])
    referred = is_chained(visit)
    deductible = fen(parameters["基本医保起付线"][level])
    if referred:
        deductible = max(0, deductible - absorbed)
    share = ratio(parameters["基本医保支付比例"][level])
    at_home_terms = visit["就医地"] == "县内" or (referred and visit["就医地"].startswith("省内"))
    if not at_home_terms:
        share -= ratio(parameters.get("异地就医比例下调", "0%"))
    taken = min(eligible, deductible)
    given = fen(visit["基本医保支付"]) if "基本医保支付" in visit else half_up((eligible - taken) * share)
    return deductible, taken if referred else 0, given


def serious_by_year(burden: int, poor: bool, parameters: Facts) -> int:
    """大病保险 for the burden of a year: 起付线降低50%, 每段提高5个百分点, 达到50%以上, 取消封顶线."""
    over = max(Fraction(0), burden - Fraction(fen(parameters["大病保险起付线_普通人员"])) / (2 if poor else 1))
    owed = Fraction(0)
    for low, high, share in parameters["大病保险分段"]:
        part = max(Fraction(0), (over if high is None else min(over, Fraction(fen(high)))) - fen(low))
        owed += part * (min(Fraction(1), max(ratio(share) + SERIOUS_POINTS, SERIOUS_FLOOR)) if poor else ratio(share))
    return half_up(owed) if poor else min(half_up(owed), fen(parameters["大病保险封顶线_普通人员"]))


def target_of_year(eligible: int, paid: int) -> tuple[int, Facts]:
    """二、3, for the person and the year so far: what is missing from 85%, the ratio, and whether it is met."""
    met = paid >= eligible * TARGET
    return max(0, half_up(eligible * TARGET - paid)), {
        "基本医保加大病实际报销比例": percent(paid, eligible, 2),
        "85%目标": "达标" if met else "未达标",
    }


def stays(visits: Sequence[Facts], parameters: Facts) -> tuple[list[Facts], Facts]:
    """The visits of one person in one calendar year (A002-27), in order of discharge, and the year."""
    absorbed = burden = serious_paid = relief_paid = basic_paid = eligible_sum = 0
    results: list[Facts] = []
    for visit in visits:
        deductible, taken, basic = basic_of(visit, parameters, absorbed)
        absorbed, basic_paid = absorbed + taken, basic_paid + basic
        out = {"基本医保支付": basic}
        if "基本医保支付" not in visit:
            out["本次起付线"] = deductible
        eligible, total = fen(visit["合规费用"]), fen(visit["医疗总费用"])
        burden, eligible_sum = burden + eligible - basic, eligible_sum + eligible
        poor = POOR in visit["人员类别"]
        if "大病保险分段" not in parameters:
            given = visit.get("大病保险支付", "待定")
            waiting = {"大病保险支付": given, "医疗救助支付": "待定" if poor else "0.00"} if eligible > basic else {}
            results.append(shown(out) | waiting)
            continue
        due = min(eligible - basic, max(0, serious_by_year(burden, poor, parameters) - serious_paid))
        serious = fen(visit["大病保险支付"]) if "大病保险支付" in visit else due
        serious_paid += serious
        left = eligible - basic - serious
        relief = 0
        if poor:
            wanted = half_up(left * max(ratio(parameters["医疗救助比例_当地"]), RELIEF_FLOOR))
            relief = min(wanted, fen(parameters["年度救助限额"]) - relief_paid)
        relief_paid += relief
        out |= {"大病保险支付": serious, "医疗救助支付": relief, "合规费用个人负担": left - relief, "目录外个人负担": total - eligible}
        out["个人负担合计"] = total - basic - serious - relief
        text: Facts = {}
        if poor and eligible:
            text["本次实际报销比例"] = percent(basic + serious, eligible, 2)
        if poor and eligible_sum:
            target, done = target_of_year(eligible_sum, basic_paid + serious_paid)
            text, out["缺口"] = text | done, target
        if total:
            text["占总费用比例"] = percent(basic + serious + relief, total, 2)
        results.append(text | shown(out))
    year = {"基本医保支付": basic_paid, "累计计入起付线": absorbed}
    if not any(is_chained(v) for v in visits):
        del year["累计计入起付线"]
    if "大病保险分段" not in parameters:
        return results, shown(year)
    year |= {"大病保险支付": serious_paid, "医疗救助支付": relief_paid}
    rest: Facts = {}
    if POOR in visits[0]["人员类别"]:
        year["限额剩余"] = fen(parameters["年度救助限额"]) - relief_paid
        if eligible_sum:
            year["缺口"], done = target_of_year(eligible_sum, basic_paid + serious_paid)
            rest["基本医保加大病实际报销比例"] = done["基本医保加大病实际报销比例"]
    return results, rest | shown(year)


def premium(visit: Facts, parameters: Facts) -> Facts:
    """三（一）2: the better of full and fixed, never both, never above the premium."""
    whole = fen(parameters["个人缴费标准"])
    kinds = visit["人员类别"]
    aid = 0
    if any(k in FULL_AID for k in kinds):
        aid = whole
    elif any(k in FIXED_AID for k in kinds):
        aid = min(whole, fen(parameters["定额资助标准"]))
    return shown({"资助": aid, "个人缴费": whole - aid})


def outside_frame(visit: Facts) -> Facts:
    """四（二）第2句第2分句."""
    late = date.fromisoformat(visit["出院日期"]) >= FRAME_BY
    return {"三重框架外支付": "应已转入三重框架，提示核查" if late else "允许（过渡）"}


def voided(visits: Sequence[Facts], parameters: Facts) -> Facts:
    """A stay found to be invented: what was paid for it, and all of it overpaid; the plan has no other sanction."""
    paid = stays(visits, parameters)[0][0]
    names = ("基本医保支付", "大病保险支付", "医疗救助支付")
    return {"原支付": {n: paid[n] for n in names}, "作废后应付": dict.fromkeys(names, "0.00"), "多付合计": yuan(sum(fen(paid[n]) for n in names))}


def settle(claim: Facts) -> tuple[list[Facts], Facts]:
    """What each visit of a claim file comes to, in order of discharge, and what they come to by year."""
    visits, parameters = claim["就诊"], claim["参数"]
    if claim.get("事件"):
        return [], voided(visits, parameters)
    if "参保年度" in visits[0]:
        return [premium(v, parameters) for v in visits], {}
    if "地方自设补助" in visits[0]:
        return [outside_frame(v) for v in visits], {}
    if any(map(out_of_period, visits)):
        return [{"原因": out_of_period(v)} if POOR in v["人员类别"] else {} for v in visits], {}
    results: list[Facts] = []
    years: Facts = {}
    for year in sorted({v["出院日期"][:4] for v in visits}):
        some, total = stays([v for v in visits if v["出院日期"].startswith(year)], parameters)
        results += some
        years[f"{year}年度合计"] = total
    return results, years
