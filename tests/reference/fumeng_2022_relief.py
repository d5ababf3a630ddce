"""阜蒙政办发〔2022〕9号 by hand, who pays of one visit: the standards of the notice, 大病保险, 基本救助, 倾斜救助 and 床日定额.

Nothing is imported but `amounts`. Amounts are fen, ratios are fractions; None is what is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tests.reference.amounts import fen, half_up, yuan

Facts = dict[str, Any]

LOW, DESTITUTE, ORPHAN, EDGE, ILL, RETURNED = "低保对象", "特困人员", "孤儿", "低保边缘家庭成员", "因病致贫重病患者", "返贫致贫人口"
LEFT_POVERTY, ORDINARY = "脱贫人口（未纳入监测）", "普通参保人员"
RURAL, MONITORED = "农村易返贫致贫人口", ("监测帮扶对象", "其他监测范围内人口")
OPEN = "待定"
START = date(2023, 1, 1)  # 二（一）3 第4句, 二（二）2 第1款, 三（一）第3句: 2023年1月起
TILTED = (LOW, DESTITUTE, ORPHAN, RETURNED)  # 二（一）3 第4句
BY_BED_DAY = (LOW, DESTITUTE, ORPHAN)  # 二（二）2 第3款
NO_DEPOSIT = (LOW, DESTITUTE, ORPHAN, EDGE, RURAL)  # 二（五）2 第4句
ELSEWHERE = (RETURNED, *MONITORED)  # 二（二）3 第3句: another policy
DIRECTLY = (LOW, DESTITUTE, ORPHAN, EDGE)  # 二（三）2 第2句, those with standards of 二（二）2
COVERED = ("住院", "门诊慢特病")  # 二（二）1 第2句
UNREFERRED = "未按规定转诊"


@dataclass(frozen=True)
class Terms:
    """二（二）2: both deductibles, the one ratio, and the limit of 倾斜救助; in fen."""

    deductible: int
    further_deductible: int
    share: Fraction
    further_limit: int


BASIC_LIMIT = 20_000_00
TERMS = {  # the most favourable first (A004-17)
    DESTITUTE: Terms(0, 0, Fraction(70, 100), 20_000_00),
    ORPHAN: Terms(0, 0, Fraction(70, 100), 20_000_00),
    LOW: Terms(0, 3_000_00, Fraction(70, 100), 20_000_00),
    EDGE: Terms(2_000_00, 5_000_00, Fraction(60, 100), 15_000_00),
    ILL: Terms(5_000_00, 10_000_00, Fraction(50, 100), 10_000_00),
}


@dataclass
class Year:
    """What has run up in a calendar year, in the order of settlement; what of insurance or of relief in it is not known is open."""

    burden: int = 0
    serious: int = 0
    used: int = 0
    relief: int = 0
    further_used: int = 0
    further: int = 0
    watched: int = 0
    insurance_open: bool = False
    relief_open: bool = False


def shown(amounts: dict[str, int | None]) -> Facts:
    return {name: OPEN if amount is None else yuan(amount) for name, amount in amounts.items()}


def kinds_of(visit: Facts) -> tuple[str, ...]:
    kinds = visit["人员类别"]
    return (kinds,) if isinstance(kinds, str) else tuple(kinds)


def terms_of(visit: Facts) -> Terms | None:
    return next((terms for kind, terms in TERMS.items() if kind in kinds_of(visit)), None)


def decided_on(visit: Facts) -> date:
    """住院 by discharge, 门诊 by the day of the cost (A004-2)."""
    return date.fromisoformat(visit.get("出院日期") or visit["费用日期"])


def plus(*amounts: int | None) -> int | None:
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


# --- insurance ------------------------------------------------------------------------------------------------------------------------------------


def serious_of(visit: Facts, parameters: Facts, year: Year) -> int | None:
    """大病保险: of the year's burden above the threshold, less what was paid before; no more than this visit leaves after 基本医保."""
    if "大病保险支付" in visit:
        return fen(visit["大病保险支付"])
    left = fen(visit["政策范围内费用"]) - fen(visit["基本医保支付"]) if visit["就医类型"] in COVERED else 0
    if visit["参保险种"] != "居民医保":
        return 0 if visit["参保险种"] == "未参保" else None  # A004-18: the supplement of 职工医保 has its own rules
    if any(kind in TILTED for kind in kinds_of(visit)):
        threshold = parameters.get("大病保险起付线_困难群众")
        share = Fraction(75, 100) if decided_on(visit) >= START else Fraction(70, 100)
    else:
        threshold = parameters.get("大病保险起付线_其他人员")
        if "大病保险支付比例_其他人员" not in parameters:
            return None
        share = Fraction(parameters["大病保险支付比例_其他人员"].rstrip("%")) / 100
    if threshold is None or year.insurance_open:
        return None
    due = half_up(max(0, year.burden - fen(threshold)) * share)
    return min(left, max(0, due - year.serious))


# --- relief ---------------------------------------------------------------------------------------------------------------------------------------


def by_cost(left: int, terms: Terms, year: Year) -> tuple[int, int]:
    """基本救助 and 倾斜救助 of what insurance has left; the year runs on."""
    above = max(0, left - max(0, terms.deductible - year.used))
    relief = min(half_up(above * terms.share), BASIC_LIMIT - year.relief)
    rest = left - relief
    above = max(0, rest - max(0, terms.further_deductible - year.further_used))
    further = min(half_up(above * terms.share), max(0, terms.further_limit - year.further))
    year.used, year.relief = year.used + left, year.relief + relief
    year.further_used, year.further = year.further_used + rest, year.further + further
    return relief, further


def relieved(visit: Facts, left: int | None, year: Year, parameters: Facts) -> tuple[int | None, int | None, int | None]:
    """基本救助, 倾斜救助, 床日定额救助 of one visit; None where it waits for something."""
    kinds, terms = kinds_of(visit), terms_of(visit)
    if any(kind in ELSEWHERE for kind in kinds):
        return None, None, 0
    if decided_on(visit) < START:  # the rules before are not in the notice
        year.relief_open = True
        return None, None, 0
    if terms is None and RURAL not in kinds:
        return 0, 0, 0
    if visit["就医类型"] not in COVERED or visit.get("转诊情况") == UNREFERRED or visit.get("是否定点医疗机构") is False:
        return 0, 0, 0
    if ILL in kinds or left == 0:  # ILL only on application, 二（三）2 第4句
        return 0, 0, 0
    designated = "是否定点医疗机构" in visit
    if visit["就医类型"] == "住院" and "严重精神障碍" in visit.get("诊断", "") and any(kind in BY_BED_DAY for kind in kinds):
        days = (decided_on(visit) - date.fromisoformat(visit["入院日期"])).days
        daily = parameters.get("病床日定额救助标准")
        return 0, 0, min(fen(daily) * days, left) if designated and daily is not None and left is not None else None
    if visit["参保险种"] == "未参保":  # A004-26: left to the office
        year.relief_open = True
        return None, None, None
    if left is None or not designated or year.relief_open or terms is None:  # no standard for RURAL (A004-7)
        year.relief_open = True
        return None, None, 0
    relief, further = by_cost(left, terms, year)
    return relief, further, 0
