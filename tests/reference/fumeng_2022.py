"""阜蒙政办发〔2022〕9号 by hand: what the visits of one person should come to, written from the notice and its default readings.

Amounts are fen, ratios are fractions; each payer is rounded half up to the fen in the order they pay and the person bears the rest. Where the notice
says nothing and no reading of it is settled, an outcome is left out rather than guessed.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from tests.reference.amounts import fen, half_up, yuan
from tests.reference.fumeng_2022_relief import (
    COVERED,
    DIRECTLY,
    EDGE,
    ELSEWHERE,
    ILL,
    NO_DEPOSIT,
    OPEN,
    ORDINARY,
    RURAL,
    START,
    TERMS,
    TILTED,
    UNREFERRED,
    Facts,
    Year,
    by_cost,
    decided_on,
    kinds_of,
    plus,
    relieved,
    serious_of,
    shown,
    terms_of,
)

# --- kinds of rows --------------------------------------------------------------------------------------------------------------------------------


def undivided(visit: Facts, left: int | None) -> int | str | None:
    """What of the burden waits for rules that the notice does not hold; nothing is said of ILL before they apply."""
    kinds = kinds_of(visit)
    if RURAL in kinds or any(kind in ELSEWHERE for kind in kinds):
        return left
    if decided_on(visit) < START and visit["就医类型"] in COVERED and any(kind in DIRECTLY for kind in kinds):
        return left  # 三（一）第3句: 2023年1月起
    return "不适用"


def warned(visit: Facts, burden: int) -> Facts:
    """二（三）1 第2款."""
    again = ILL not in kinds_of(visit) and ORDINARY not in kinds_of(visit)
    standard = 5_000_00 if again else {"居民医保": 20_000_00, "职工医保": 50_000_00}[visit["参保险种"]]
    return {"监测类别": "因病返贫" if again else "因病致贫", "是否预警": "是" if burden >= standard else "否"}


def without_deposit(visit: Facts) -> bool:
    """二（五）2 第4句: all four conditions (A004-30)."""
    near = visit["就医类型"] == "住院" and visit["就医地"] in ("县内", "市域内") and visit.get("是否定点医疗机构", False)
    return near and visit.get("转诊情况") == "经基层首诊转诊" and any(kind in NO_DEPOSIT for kind in kinds_of(visit))


NOT_COMPARED = ("监测类别", "是否预警", "待申请合规负担", "待分配政策范围内金额", "押金免除", "应收住院押金", "病床日数", "需人工裁量")


def care(visit: Facts, parameters: Facts, year: Year) -> Facts:
    """Of several categories the one with the most from 大病保险 and relief (A004-17); of equals the first of 二（一）1."""
    if len(kinds_of(visit)) == 1:
        return care_as(visit, parameters, year)
    kinds = sorted(kinds_of(visit), key=(*DIRECTLY, ILL).index)
    ways = [(then := replace(year), care_as(visit | {"人员类别": kind}, parameters, then)) for kind in kinds]
    secured = [(out["大病保险支付"], out["医疗救助合计"]) for _, out in ways]
    if any(OPEN in amounts for amounts in secured):
        vars(year).update(vars(ways[0][0]), relief_open=True)
        return {name: value for name, value in ways[0][1].items() if all(other.get(name) == value for _, other in ways)}  # which is best is open
    sums = [sum(map(fen, amounts)) for amounts in secured]
    then, out = ways[sums.index(max(sums))]
    vars(year).update(vars(then))
    said = [name for name in out if name not in NOT_COMPARED or all(other.get(name) == out[name] for _, other in ways)]
    return {name: out[name] for name in said}


def care_as(visit: Facts, parameters: Facts, year: Year) -> Facts:
    total, scope, basic = (fen(visit[name]) for name in ("医疗总费用", "政策范围内费用", "基本医保支付"))
    year.burden += scope - basic if visit["就医类型"] in COVERED else 0
    serious = serious_of(visit, parameters, year)
    left = None if serious is None else scope - basic - serious
    year.serious, year.insurance_open = year.serious + (serious or 0), year.insurance_open or serious is None
    relief, further, by_bed = relieved(visit, left, year, parameters)
    aid = plus(relief, further, by_bed)
    own = None if left is None or aid is None else left - aid
    out: dict[str, int | None] = {"基本医保支付": basic, "大病保险支付": serious, "政策范围外个人自费": total - scope}
    if by_bed is not None:  # whether 0 or unknown is paid beside an unknown daily amount is not said
        out |= {"基本救助": relief, "倾斜救助": further}
    if by_bed != 0:
        out["床日定额救助"] = by_bed
    out |= {"医疗救助合计": aid, "个人负担合计": plus(own, total - scope)}
    if left != 0 or aid is not None:  # nothing is left of nothing, whatever the relief
        out["政策范围内个人自付"] = own
    kinds = kinds_of(visit)
    text: Facts = {}
    open_part = undivided(visit, left)
    if isinstance(open_part, str):
        text["待分配政策范围内金额"] = open_part
    else:
        out["待分配政策范围内金额"] = open_part
    if ILL in kinds and decided_on(visit) < START:
        del text["待分配政策范围内金额"]
    reached = visit["就医类型"] in COVERED and visit.get("是否定点医疗机构") and visit.get("转诊情况") != UNREFERRED
    if ILL in kinds and reached and "申请救助之日" not in visit:
        out["待申请合规负担"] = left
    free = without_deposit(visit)
    if not free and "是否定点医疗机构" in visit:
        text["押金免除"] = "不适用"
    if "医院标准押金" in visit:
        out["应收住院押金"] = 0 if free else fen(visit["医院标准押金"])
    if visit.get("转诊情况") == UNREFERRED and terms_of(visit) and ILL not in kinds and visit["就医类型"] in COVERED:
        text["需人工裁量"] = "是（原则上）"
    if "入院日期" in visit and "诊断" in visit and by_bed != 0:
        text["病床日数"] = str((decided_on(visit) - date.fromisoformat(visit["入院日期"])).days)
    if visit["就医类型"] in COVERED and serious is not None and not year.insurance_open and decided_on(visit) >= START:
        year.watched += total - basic - serious
        text |= warned(visit, year.watched)
    return shown(out) | text


def window_of(applied: date) -> tuple[date, date]:
    """自申请救助之日前12个月内 (A004-15): the day of the application is outside."""
    month_length = monthrange(applied.year - 1, applied.month)[1]
    return applied.replace(year=applied.year - 1, day=min(applied.day, month_length)), applied - timedelta(days=1)


def looked_back(visit: Facts) -> Facts:
    """二（三）2 第4句."""
    if visit["申请救助之日"] < START.isoformat():
        return dict.fromkeys(("基本救助", "倾斜救助", "医疗救助合计"), OPEN)
    if visit["参保险种"] == "未参保":
        return shown({"基本救助": 0, "倾斜救助": 0, "医疗救助合计": 0})
    first, last = window_of(date.fromisoformat(visit["申请救助之日"]))
    text: Facts = {"窗口起": first.isoformat(), "窗口止": last.isoformat()}
    if "窗口内合规个人负担" in visit:
        burden = fen(visit["窗口内合规个人负担"])
    else:
        inside = [i for i in visit["费用"] if first <= date.fromisoformat(i["费用日期"]) <= last and i["就医类型"] in COVERED]
        burden = sum(fen(i["政策范围内费用"]) - fen(i["基本医保支付"]) - fen(i["大病保险支付"]) for i in inside)
    relief, further = by_cost(burden, TERMS[ILL], Year())
    aid = relief + further
    sums = {"窗口内合规个人负担": burden, "基本救助": relief, "倾斜救助": further, "医疗救助合计": aid, "救助后政策范围内个人负担": burden - aid}
    return text | shown({**sums})


def premium(visit: Facts, parameters: Facts) -> Facts:
    """二（一）2 第3句; in full until another amount is published (A004-9)."""
    whole, most = fen(parameters["个人缴费标准"]), 0
    for kind in kinds_of(visit):
        aid = whole if kind in TILTED else half_up(whole * Fraction(60, 100)) if kind == EDGE else 0
        published = parameters.get(f"{kind}定额资助标准", "未公布")
        most = max(most, aid if published == "未公布" else min(whole, fen(published)))
    return shown({"参保资助": most, "个人缴费": whole - most})


def in_order(visits: list[Facts], parameters: Facts, voided: int = -1) -> tuple[list[Facts], dict[str, Year]]:
    years: dict[str, Year] = defaultdict(Year)
    rows: list[Facts] = []
    for number, visit in enumerate(visits):
        if number == voided:
            rows.append({"医疗救助合计": "0.00"})
        elif "申请救助之日" in visit and "就医类型" not in visit:
            rows.append(looked_back(visit))
        elif "参保年度" in visit:
            rows.append(premium(visit, parameters))
        elif "年度内个人累计负担" in visit:
            rows.append(warned(visit, fen(visit["年度内个人累计负担"])))
        else:
            rows.append(care(visit, parameters, years[f"{decided_on(visit).year}"]))
    return rows, years


def replayed(claim: Facts) -> Facts:
    """A cost found to be invented: the year is run through again without it."""
    visits, parameters = claim["就诊"], claim["参数"]
    number = int(claim["事件"][0]["事件"].removeprefix("第").partition("笔")[0]) - 1
    before = [fen(row["医疗救助合计"]) for row in in_order(visits, parameters)[0]]
    after = [fen(row["医疗救助合计"]) for row in in_order(visits, parameters, number)[0]]

    def by_visit(amounts: list[int]) -> Facts:
        return {f"第{n}笔": yuan(amount) for n, amount in enumerate(amounts, 1)} | {"合计": yuan(sum(amounts))}

    return {"原支付": by_visit(before), "重算后": by_visit(after), "医疗救助多付应追回": yuan(max(0, sum(before) - sum(after)))}


def settle(claim: Facts) -> tuple[list[Facts], Facts]:
    """What each visit of a claim file comes to, in its order, and what they come to by year."""
    if claim.get("事件"):
        return [], replayed(claim)
    rows, years = in_order(claim["就诊"], claim["参数"])
    sums = {
        f"{name}年度合计": shown({"大病保险支付": y.serious, "基本救助": y.relief, "倾斜救助": y.further, "累计救助基数": y.used})
        for name, y in years.items()
        if not (y.insurance_open or y.relief_open)
    }
    waiting = any(row.get("待分配政策范围内金额", "不适用") != "不适用" for row in rows)
    return rows, {} if waiting else sums
