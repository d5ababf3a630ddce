"""甘医保发〔2018〕16号 by hand: what the visits of one person should come to, written from the plan and its default readings.

Amounts are fen, ratios are fractions; each payer is rounded half up to the fen in the order they pay and the person bears the rest. Where the plan
says nothing and no reading of it is settled, an outcome is left out rather than guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tests.reference.amounts import fen, half_up, percent, ratio, yuan

Facts = dict[str, Any]

PRINTED, LAST_DAY = date(2018, 12, 25), date(2020, 12, 31)  # 印发日期, 题
FRAME_BY = date(2020, 1, 1)  # 四（二）第2句: 2020年前
OPEN = "待定"
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


def basic_of(visit: Facts, parameters: Facts, absorbed: int) -> tuple[int, int, int | None]:
    """起付线 of this stay, what it absorbs, and 基本医保, None while the cut for a stay elsewhere is not known.

    A chain of referrals goes on counting what earlier stays absorbed (三（三）8).
    """
    level, eligible = visit["医院级别"], fen(visit["合规费用"])
    referred = is_chained(visit)
    deductible = fen(parameters["基本医保起付线"][level])
    if referred:
        deductible = max(0, deductible - absorbed)
    share = ratio(parameters["基本医保支付比例"][level])
    at_home_terms = visit["就医地"] == "县内" or (referred and visit["就医地"].startswith("省内"))
    taken = min(eligible, deductible)
    given: int | None = None
    if at_home_terms or eligible == taken or "异地就医比例下调" in parameters:
        share -= 0 if at_home_terms else ratio(parameters.get("异地就医比例下调", "0%"))
        given = half_up((eligible - taken) * share)
    return deductible, taken if referred else 0, fen(visit["基本医保支付"]) if "基本医保支付" in visit else given


def serious_by_year(burden: int, poor: bool, parameters: Facts) -> int | None:
    """大病保险 for the burden of a year: 起付线降低50%, 每段提高5个百分点, 达到50%以上, 取消封顶线. None while a figure of it is not known."""
    if not burden or "大病保险起付线_普通人员" not in parameters:
        return None if burden else 0
    over = max(Fraction(0), burden - Fraction(fen(parameters["大病保险起付线_普通人员"])) / (2 if poor else 1))
    needed = ("大病保险分段", *(() if poor else ("大病保险封顶线_普通人员",)))
    if not over or any(name not in parameters for name in needed):
        return None if over else 0
    owed = Fraction(0)
    for low, high, share in parameters["大病保险分段"]:
        part = max(Fraction(0), (over if high is None else min(over, Fraction(fen(high)))) - fen(low))
        owed += part * (min(Fraction(1), max(ratio(share) + SERIOUS_POINTS, SERIOUS_FLOOR)) if poor else ratio(share))
    return half_up(owed) if poor else min(half_up(owed), fen(parameters["大病保险封顶线_普通人员"]))


def relief_of(left: int, parameters: Facts, paid: int | None) -> int | None:
    """三（二）6, within the limit of the year; None while ratio, limit or what was paid before is not known."""
    if not left:
        return 0
    if paid is None or any(name not in parameters for name in ("医疗救助比例_当地", "年度救助限额")):
        return None
    wanted = half_up(left * max(ratio(parameters["医疗救助比例_当地"]), RELIEF_FLOOR))
    return min(wanted, fen(parameters["年度救助限额"]) - paid)


def target_of_year(eligible: int, paid: int) -> tuple[int, Facts]:
    """二、3, for the person and the year so far: what is missing from 85%, the ratio, and whether it is met."""
    met = paid >= eligible * TARGET
    return max(0, half_up(eligible * TARGET - paid)), {
        "基本医保加大病实际报销比例": percent(paid, eligible, 2),
        "85%目标": "达标" if met else "未达标",
    }


@dataclass
class Year:
    """What has run up in a calendar year; None what is no longer known."""

    absorbed: int = 0
    burden: int = 0
    eligible: int = 0
    basic: int | None = 0
    serious: int | None = 0
    relief: int | None = 0


def plus(before: int | None, more: int | None) -> int | None:
    return None if before is None or more is None else before + more


def stay(visit: Facts, parameters: Facts, year: Year) -> Facts:
    deductible, taken, basic = basic_of(visit, parameters, year.absorbed)
    eligible, total, poor = fen(visit["合规费用"]), fen(visit["医疗总费用"]), POOR in visit["人员类别"]
    year.absorbed, year.eligible, year.basic = year.absorbed + taken, year.eligible + eligible, plus(year.basic, basic)
    if basic is None or year.basic is None:
        year.serious = year.relief = None
        return {} if basic is None and "基本医保支付" in visit else {"基本医保支付": OPEN if basic is None else yuan(basic)}
    year.burden += eligible - basic
    serious = fen(visit["大病保险支付"]) if "大病保险支付" in visit else None
    owed = serious_by_year(year.burden, poor, parameters)
    if serious is None and owed is not None and (year.serious is not None or owed == 0):  # nothing is owed, whatever was paid before
        serious = min(eligible - basic, max(0, owed - (year.serious or 0)))
    unknown = "大病保险起付线_普通人员" not in parameters or not (poor or "大病保险封顶线_普通人员" in parameters)
    moot = "大病保险支付" not in visit and ((unknown and serious == 0) or (serious is None and eligible == basic))
    serious = None if moot else serious  # nothing is due; whether to wait for the figures all the same is not settled
    year.serious = plus(year.serious, serious)
    left = None if serious is None else eligible - basic - serious
    relief = 0 if not poor else None if left is None else relief_of(left, parameters, year.relief)
    year.relief = plus(year.relief, relief)
    out: dict[str, int | None] = {"基本医保支付": basic, "大病保险支付": serious, "医疗救助支付": relief, "目录外个人负担": total - eligible}
    if "基本医保支付" not in visit:
        out["本次起付线"] = deductible
    own = None if left is None or relief is None else left - relief
    out |= {"合规费用个人负担": own, "个人负担合计": plus(own, total - eligible)}
    if moot:
        out = {name: out[name] for name in ("基本医保支付", "目录外个人负担")}
    text: Facts = {}
    if poor and eligible and serious is not None:
        text["本次实际报销比例"] = percent(basic + serious, eligible, 2)
    if total and serious is not None and relief is not None:
        text["占总费用比例"] = percent(basic + serious + relief, total, 2)
    return text | {name: OPEN if amount is None else yuan(amount) for name, amount in out.items()}


def stays(visits: Sequence[Facts], parameters: Facts) -> tuple[list[Facts], Facts]:
    """The visits of one person in one calendar year (A002-27), in order of discharge, and the year."""
    year, results = Year(), []
    poor_throughout = all(POOR in visit["人员类别"] for visit in visits)
    rest: Facts = {}
    for visit in visits:
        out = stay(visit, parameters, year)
        if poor_throughout and year.eligible and year.basic is not None and year.serious is not None:  # 二、3 tells of the poor only
            gap, rest = target_of_year(year.eligible, year.basic + year.serious)
            rest = rest | {"缺口": yuan(gap)}
            out |= rest
        if "参保年度" in visit and "个人缴费标准" in parameters:
            out |= premium(visit, parameters)
        results.append(out)
    known = {"基本医保支付": year.basic, "大病保险支付": year.serious, "医疗救助支付": year.relief}
    if any(is_chained(v) for v in visits):
        known["累计计入起付线"] = year.absorbed
    if poor_throughout and year.relief is not None and "年度救助限额" in parameters:
        known["限额剩余"] = fen(parameters["年度救助限额"]) - year.relief
    complete = year.basic is not None and year.serious is not None
    sums = {name: yuan(amount) for name, amount in known.items() if amount is not None}
    return results, sums | ({name: rest[name] for name in ("基本医保加大病实际报销比例", "缺口")} if rest and complete else {})


def premium(visit: Facts, parameters: Facts) -> Facts:
    """三（一）2: the better of full and fixed, never both, never above the premium."""
    whole = fen(parameters["个人缴费标准"])
    kinds = visit["人员类别"]
    aid = 0
    if any(k in FULL_AID for k in kinds):
        aid = whole
    elif any(k in FIXED_AID for k in kinds):
        if "定额资助标准" not in parameters:
            return {"资助": OPEN, "个人缴费": OPEN}
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
    if "合规费用" not in visits[0] and "参保年度" in visits[0]:
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
